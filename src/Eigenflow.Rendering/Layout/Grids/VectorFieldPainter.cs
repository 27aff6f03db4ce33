using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws the streamlines of a vector field, each with an arrow head or more.</summary>
internal static class VectorFieldPainter
{
    private const double Width = 1;
    private const double Halo = 2.6;
    private const double HaloOpacity = 0.6;
    private const double HeadLength = 6;
    private const double HeadWidth = 5;
    private const double HeadHalo = 1.5;

    // Long lines have a head every so many pixels.
    private const double BetweenHeads = 150;

    /// <summary>Draws the streamlines.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="frame">The axes.</param>
    /// <param name="field">The field.</param>
    /// <param name="isOverScale">Whether the cells of a heat map lie below, whose colours are those of every theme.</param>
    public static void Draw(Surface surface, PanelFrame frame, VectorField field, bool isOverScale)
    {
        var (line, halo) = isOverScale ? (InkRole.OverScale, InkRole.UnderLine) : (InkRole.Text, InkRole.Background);
        var lines = Streamlines.Of(new FieldSampler(field, frame.X, frame.Y), frame.Plot);

        // The halo keeps the line apart from dark and from bright cells; all of them lie below all lines and heads.
        foreach (var places in lines)
            surface.Polyline(places, new Stroke(new Ink(halo, Opacity: HaloOpacity), Halo));
        foreach (var places in lines)
        {
            surface.Polyline(places, new Stroke(line, Width));
            var length = 0.0;
            for (var i = 1; i < places.Length; i++)
                length += double.Hypot(places[i].X - places[i - 1].X, places[i].Y - places[i - 1].Y);
            var heads = Math.Max(1, (int)(length / BetweenHeads));
            for (var head = 0; head < heads; head++)
                DrawHead(surface, places, (int)((head + 0.5) * (places.Length - 1) / heads) + 1, line, halo);
        }
    }

    private static void DrawHead(Surface surface, Position[] line, int index, InkRole ink, InkRole halo)
    {
        var (tip, before) = (line[index], line[Math.Max(0, index - 2)]);
        var length = double.Hypot(tip.X - before.X, tip.Y - before.Y);
        if (!(length > 0))
            return;
        var (x, y) = ((tip.X - before.X) / length, (tip.Y - before.Y) / length);
        surface.Polygon(Head(HeadHalo), new Ink(halo, Opacity: HaloOpacity));
        surface.Polygon(Head(1), ink);

        Position[] Head(double scale)
        {
            var (length, width) = (scale * HeadLength / 2, scale * HeadWidth / 2);
            var back = new Position(tip.X - (x * length), tip.Y - (y * length));
            return [new Position(tip.X + (x * length), tip.Y + (y * length)), new Position(back.X - (y * width), back.Y + (x * width)), new Position(back.X + (y * width), back.Y - (x * width))];
        }
    }
}
