using Eigenflow.Figures;
using Eigenflow.Rendering.Layout;
using Eigenflow.Rendering.Terminal;

namespace Eigenflow.Rendering;

/// <summary>Draws figures as text for terminals: curves in Braille dots, axes, ticks, phases, named lines and a legend; no bands, guides or annotations.</summary>
public static class TerminalPlot
{
    /// <summary>Renders a figure, one panel below the other.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="width">Columns of the terminal, at least 20; no line is longer.</param>
    /// <param name="height">
    /// Lines of one panel with its texts, at least 10; the title of the figure is included when there is one panel. A legend that needs more
    /// lines than remain makes the panel longer.
    /// </param>
    /// <param name="colour">Whether curves have ANSI colours (24 bit). Without them letters on the curves name them.</param>
    /// <param name="unicode">Whether characters beyond ASCII may be drawn; labels keep the characters that they have.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    /// <exception cref="ParameterException">Too small, or the figure contradicts itself.</exception>
    public static string Render(Figure figure, int width, int height, bool colour, bool unicode = true)
    {
        ArgumentNullException.ThrowIfNull(figure);
        FigureValidation.Check(figure);
        if (width is < 20 or > 10_000)
            throw new ParameterException("width", width, "from 20 to 10000 columns");
        if (height is < 10 or > 10_000)
            throw new ParameterException("height", height, "from 10 to 10000 lines");
        var inks = new SeriesInks(figure);
        var painter = new PanelText(width, colour, unicode);
        var lines = new List<string>();
        if (figure.Title.Length > 0)
            lines.Add(TerminalText.Fit(TerminalText.Script(figure.Title, unicode), width, unicode));
        foreach (var panel in figure.Panels)
        {
            if (figure.Panels.Count > 1)
                lines.Add("");
            lines.AddRange(painter.Render(panel, inks, figure.Panels.Count > 1 ? height : height - lines.Count));
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }
}
