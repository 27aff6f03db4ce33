using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>The overlay of a system with what is predicted of its curves marked in it. Every system has it: its overlay says what is drawn, and its predictions what they are.</summary>
internal static class PredictedFigure
{
    /// <summary>The figure: the panels of the overlay as they are without marks, and a panel more for what is predicted of a column that none of them shows.</summary>
    /// <param name="overlay">How solutions of the system are overlaid.</param>
    /// <param name="methods">Its methods.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="declared">Its predictions.</param>
    /// <param name="curves">Solutions, each with the predictions of its setting.</param>
    public static Figure Of(
        Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Parameter> parameters, IReadOnlyList<PredictedQuantity> declared, IReadOnlyList<PredictedCurve> curves)
    {
        Solution[] solutions = [.. curves.Select(curve => curve.Solution)];
        var (figure, drawn) = OverlayFigure.Drawn(overlay, methods, parameters, solutions);
        var marks = new CurveMarks(declared, curves);
        List<Panel> panels = [.. drawn.Select(marks.On)];
        OverlayPanel[] more = [.. overlay.Panels.Where(panel => panel is not OwnPanel && !panel.Folds && marks.Lacks(panel)).Select(panel => panel with { OfOne = null, Solutions = (0, int.MaxValue) })];
        if (more.Length > 0)
            panels.AddRange(OverlayFigure.Drawn(overlay with { Panels = more }, methods, parameters, solutions).Panels.Select(marks.On));
        return figure with
        {
            Id = "learning-curve",
            Title = marks.Claim.Length == 0 ? figure.Title : Headline.FirstThatFits($"{figure.Title}; {marks.Claim}", $"{overlay.Title}: {marks.Claim}"),
            Caption = string.Join(" ", new[] { figure.Caption, marks.Explanation }.Where(part => part.Length > 0)),
            Panels = panels,
        };
    }
}
