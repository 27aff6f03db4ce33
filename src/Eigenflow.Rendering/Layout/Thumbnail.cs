using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>A panel without words: its phases, grid, curves and axes alone, for a picture so small that words could not be read.</summary>
internal sealed class Thumbnail
{
    private const double Margin = 11;
    private readonly PanelFrame frame;

    /// <param name="figure">A figure that does not contradict itself; its first panel is shown.</param>
    /// <param name="width">Width in CSS pixels.</param>
    /// <param name="height">Height in CSS pixels.</param>
    public Thumbnail(Figure figure, double width, double height)
    {
        var panel = figure.Panels[0];
        var wordless = panel with
        {
            Title = "",
            X = panel.X with { Label = "" },
            Y = panel.Y with { Label = "" },
            Regions = [.. panel.Regions.Select(region => region with { Label = "" })],
            Lines = [.. panel.Lines.Select(line => line with { Label = "" })],
            Series = [.. panel.Series.Select(series => series with { Expected = null })],
            Slopes = [],
            Annotations = [],
        };
        frame = new PanelFrame(wordless, new SeriesInks(figure), "", width, height);
        frame.SetPlot(new Box(Margin, Margin, width - Margin, height - Margin));
    }

    /// <summary>Draws it.</summary>
    public void Draw(Surface surface) => PanelPainter.DrawWordless(surface, frame);
}
