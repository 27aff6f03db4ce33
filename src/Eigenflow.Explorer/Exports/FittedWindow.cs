using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Studies;

namespace Eigenflow.Explorer.Exports;

/// <summary>The windows of fitted slopes that are open on the panels of a figure, with what is fitted in them.</summary>
/// <param name="Panel">Number of the panel.</param>
/// <param name="From">Left end.</param>
/// <param name="To">Right end.</param>
/// <param name="Fits">The fits of its curves.</param>
internal sealed record FittedWindow(int Panel, double From, double To, IReadOnlyList<WindowFit> Fits)
{
    /// <summary>The windows of a figure.</summary>
    /// <exception cref="ExplorerException">A window that is none.</exception>
    public static IReadOnlyList<FittedWindow> Of(Figure figure, IReadOnlyDictionary<int, PanelViewRequest>? views) =>
    [
        .. (views ?? new Dictionary<int, PanelViewRequest>()).Where(pair => pair.Value?.Window is not null && pair.Key >= 0 && pair.Key < figure.Panels.Count).OrderBy(pair => pair.Key).Select(pair =>
            pair.Value.Window is [var from, var to] ? new FittedWindow(pair.Key, from, to, WindowFit.Of(figure.Panels[pair.Key], from, to)) : throw new ExplorerException("The window of a slope is two numbers: [10, 1000].")),
    ];

    /// <summary>The figure with its windows: their ends as lines, the fits as guides, and in the caption in words.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="name">What its ends are called; empty in pictures, where the caption says it.</param>
    public static Figure Marked(Figure figure, IReadOnlyList<FittedWindow> windows, string name = "")
    {
        if (windows.Count == 0)
            return figure;
        Panel[] panels = [.. figure.Panels];
        foreach (var window in windows)
        {
            var panel = panels[window.Panel];
            panels[window.Panel] = panel with
            {
                Lines = [.. panel.Lines, new ReferenceLine(window.From, name), new ReferenceLine(window.To, name)],
                Slopes = [.. panel.Slopes, .. window.Fits.Select(fit => fit.Guide(window.Fits.Count > 1)).Select(guide => guide with { Label = guide.Label.Replace("\n", ", ", StringComparison.Ordinal) })],
            };
        }

        return figure with { Panels = panels, Caption = string.Join(' ', ((string[])[figure.Caption, .. windows.Select(window => window.Words(figure))]).Where(words => words.Length > 0)) };
    }

    /// <summary>Writes the windows with their fits as members of an object.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<FittedWindow> windows) => writer.Objects("windows", windows, window =>
    {
        writer.WriteNumber("panel", window.Panel);
        writer.WriteNumber("from", window.From);
        writer.WriteNumber("to", window.To);
        writer.Objects("fits", window.Fits, fit =>
        {
            writer.WriteString("label", fit.Label);
            writer.WriteNumber("from", fit.Window.From);
            writer.WriteNumber("to", fit.Window.To);
            SlopeJson.WriteNumbers(writer, fit);
        });
    });

    private string Words(Figure figure)
    {
        var name = figure.Panels.Count > 1 ? $" of panel ({(char)('a' + Panel)})" : "";
        var fits = string.Join("; ", Fits.Select(fit => (fit.Label.Length > 0 && Fits.Count > 1 ? fit.Label + ": " : "") + fit.Text));
        return $"Dashed window{name} from {DisplayNumber.Of(From)} to {DisplayNumber.Of(To)}: {(fits.Length > 0 ? fits : "no curve has three points in it")}.";
    }
}
