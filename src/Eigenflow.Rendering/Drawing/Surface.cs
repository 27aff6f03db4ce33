using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Drawing;

/// <summary>
/// What pictures are drawn on. Coordinates are CSS pixels from the upper left corner. The two implementations
/// (pixels, SVG) receive the same calls, so that PNG and SVG of a figure agree.
/// </summary>
internal abstract class Surface
{
    /// <summary>Width of the narrowest detail that can be seen, in CSS pixels: curves are thinned to it.</summary>
    public abstract double Resolution { get; }

    public abstract void Rectangle(Box box, Ink fill);

    public abstract void Polyline(ReadOnlySpan<Position> points, Stroke stroke);

    public abstract void Polygon(ReadOnlySpan<Position> points, Ink fill);

    /// <summary>Filled circles, each with a thin halo in the background colour when <paramref name="halo"/> is positive.</summary>
    public abstract void Dots(ReadOnlySpan<Position> centers, double radius, double halo, Ink fill);

    /// <summary>Text with its baseline starting at <paramref name="origin"/>, turned by quarter turns counter-clockwise.</summary>
    public abstract void Text(ShapedText text, Position origin, bool vertical, Ink ink);

    /// <summary>Everything until <see cref="EndGroup"/> belongs to the named part, and is clipped to the box if one is given.</summary>
    public abstract void BeginGroup(string name, Box? clip = null);

    public abstract void EndGroup();

    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        Polyline([new Position(x1, y1), new Position(x2, y2)], stroke);
}
