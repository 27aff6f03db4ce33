using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>The learning curves that go with predictions, with what is predicted of them marked. Every system has it: its overlay says what is drawn, and its predictions what they are.</summary>
internal static class PredictedFigure
{
    /// <summary>The figure.</summary>
    /// <param name="overlay">How solutions of the system are overlaid.</param>
    /// <param name="methods">Its methods.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="declared">Its predictions.</param>
    /// <param name="curves">Solutions, each with the predictions of its setting.</param>
    public static Figure Of(
        Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Parameter> parameters, IReadOnlyList<PredictedQuantity> declared, IReadOnlyList<PredictedCurve> curves)
    {
        var marked = declared.Where(quantity => quantity.Mark is not null).Select(quantity => quantity.Mark!.Observable).ToHashSet(StringComparer.Ordinal);
        OverlayPanel[] candidates = [.. overlay.Panels.Where(panel => panel is not OwnPanel && curves.Count >= panel.Solutions.Fewest && curves.Count <= panel.Solutions.Most)];
        OverlayPanel[] kept = [.. candidates.Where(panel => marked.Contains(panel.Observable))];

        // One panel per column of the overlay, so that it is known which is which.
        kept = [.. (kept.Length > 0 ? kept : candidates.Take(1)).Select(panel => panel with { OfOne = null, Beside = null, Solutions = (0, int.MaxValue) })];
        string[] titles = [.. kept.Select(panel => "the " + panel.Title)];
        var shown = titles.Length == 1 ? titles[0] : $"{string.Join(", ", titles[..^1])} and {titles[^1]}";
        var description = $"T{shown[1..]}, solved by {string.Join(" and ", curves.Select(curve => curve.Solution.Method).Distinct(StringComparer.Ordinal))}.";
        var (figure, drawn) = OverlayFigure.Drawn(overlay with { Panels = kept, Description = description }, methods, parameters, [.. curves.Select(curve => curve.Solution)]);
        var marks = new CurveMarks(declared, curves);
        Panel[] panels = [.. drawn.Select(marks.On)];
        return figure with
        {
            Id = "learning-curve",
            Title = $"{overlay.Title}: {(marks.Summary.Length > 0 ? marks.Summary : "the learning curve")}",
            Caption = string.Join(" ", new[] { figure.Caption, marks.Explanation(panels) }.Where(part => part.Length > 0)),
            Panels = panels,
        };
    }
}
