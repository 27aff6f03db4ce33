using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Drawing;

/// <summary>
/// What pictures are drawn on. Coordinates are CSS pixels from the upper left corner. The two implementations
/// (pixels, SVG) receive the same calls, so that PNG and SVG of a figure agree.
/// </summary>
internal abstract class Surface
{
    private readonly List<PlacedText> texts = [];

    /// <summary>All texts with their places, in drawing order: what a test of overlaps asks.</summary>
    public IReadOnlyList<PlacedText> Texts => texts;

    /// <summary>Width of the narrowest detail that can be seen, in CSS pixels: curves are thinned to it.</summary>
    public abstract double Resolution { get; }

    public abstract void Rectangle(Box box, Ink fill);

    public abstract void Polyline(ReadOnlySpan<Position> points, Stroke stroke);

    public abstract void Polygon(ReadOnlySpan<Position> points, Ink fill);

    /// <summary>Filled circles, each with a thin halo in the background colour when <paramref name="halo"/> is positive.</summary>
    public abstract void Dots(ReadOnlySpan<Position> centers, double radius, double halo, Ink fill);

    /// <summary>Text with its baseline starting at <paramref name="origin"/>, turned by quarter turns counter-clockwise.</summary>
    public void Text(ShapedText text, Position origin, bool vertical, Ink ink)
    {
        texts.Add(new PlacedText(text.Source, text.Runs.Count == 0 ? text.Size : text.Runs.Min(run => run.Size), text.BoxAt(origin, vertical)));
        DrawText(text, origin, vertical, ink);
    }

    /// <summary>Pixels, each a rectangle of one colour, over the whole box.</summary>
    public abstract void Image(Box box, Raster raster);

    /// <summary>Everything until <see cref="EndGroup"/> belongs to the named part, and is clipped to the box if one is given.</summary>
    public abstract void BeginGroup(string name, Box? clip = null);

    public abstract void EndGroup();

    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        Polyline([new Position(x1, y1), new Position(x2, y2)], stroke);

    protected abstract void DrawText(ShapedText text, Position origin, bool vertical, Ink ink);
}

/// <summary>A text where it was drawn.</summary>
/// <param name="Text">The text as it was written.</param>
/// <param name="SmallestSize">Size of its smallest letters in CSS pixels.</param>
/// <param name="Box">What it covers.</param>
internal readonly record struct PlacedText(string Text, double SmallestSize, Box Box);
