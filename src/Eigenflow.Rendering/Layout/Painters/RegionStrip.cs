using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// The names of phases above a panel: each is centred on its phase, and goes one row up where it would touch its neighbour,
/// so names never cover data and never overlap.
/// </summary>
internal sealed class RegionStrip
{
    private const double Gap = 8;

    private readonly List<(ShapedText Text, double X, int Row)> names = [];

    /// <summary>Lays out the names.</summary>
    /// <param name="regions">The phases.</param>
    /// <param name="range">The horizontal range.</param>
    /// <param name="left">Left edge of the panel in pixels.</param>
    /// <param name="right">Right edge of the panel in pixels.</param>
    public RegionStrip(IReadOnlyList<Region> regions, AxisRange range, double left, double right)
    {
        var rowEnds = new List<double>();
        foreach (var region in regions)
        {
            var (from, to) = Edges(region, range);
            if (region.Label.Length == 0 || !(to > from))
                continue;
            var text = RichText.Shape(region.Label, Style.GuideSize);
            var center = left + ((right - left) * (from + to) / 2);
            var x = Math.Clamp(center - (text.Width / 2), left, Math.Max(left, right - text.Width));
            var row = rowEnds.FindIndex(end => end + Gap <= x);
            if (row < 0)
            {
                row = rowEnds.Count;
                rowEnds.Add(double.NegativeInfinity);
            }

            rowEnds[row] = x + text.Width;
            names.Add((text, x, row));
        }

        Rows = rowEnds.Count;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Height in pixels.</summary>
    public double Height => Rows == 0 ? 0 : (Rows * 1.3 * Style.GuideSize) + 4;

    /// <summary>Fractions of the axis at which a phase begins and ends, cut to what is shown; equal when it is not shown.</summary>
    public static (double From, double To) Edges(Region region, AxisRange range)
    {
        var from = range.Fraction(region.Start);
        var to = double.IsPositiveInfinity(region.End) ? 1 : range.Fraction(region.End);

        // A phase that begins at zero (or below) has no beginning on a logarithmic axis: it begins where the axis does.
        from = double.IsNaN(from) ? 0 : Math.Clamp(from, 0, 1);
        return (from, double.IsNaN(to) ? from : Math.Clamp(to, from, 1));
    }

    /// <summary>Draws the names with the lowest row ending at a height.</summary>
    public void Draw(Surface surface, double bottom)
    {
        foreach (var (text, x, row) in names)
            surface.Text(text, new Position(x, bottom - 6 - (row * 1.3 * Style.GuideSize)), vertical: false, InkRole.Muted);
    }
}
