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

    // Long lines have a head every so many pixels.
    private const double BetweenHeads = 150;

    public static void Draw(Surface surface, PanelFrame frame, VectorField field)
    {
        var lines = Streamlines.Of(new FieldSampler(field, frame.X, frame.Y), frame.Plot);
        foreach (var line in lines)
        {
            // The halo keeps the line apart from dark and from bright cells.
            surface.Polyline(line, new Stroke(new Ink(InkRole.Background, Opacity: HaloOpacity), Halo));
            surface.Polyline(line, new Stroke(InkRole.Text, Width));
        }

        foreach (var line in lines)
        {
            var length = 0.0;
            for (var i = 1; i < line.Length; i++)
                length += double.Hypot(line[i].X - line[i - 1].X, line[i].Y - line[i - 1].Y);
            var heads = Math.Max(1, (int)(length / BetweenHeads));
            for (var head = 0; head < heads; head++)
                DrawHead(surface, line, (int)((head + 0.5) * (line.Length - 1) / heads) + 1);
        }
    }

    private static void DrawHead(Surface surface, Position[] line, int index)
    {
        var (tip, before) = (line[index], line[Math.Max(0, index - 2)]);
        var length = double.Hypot(tip.X - before.X, tip.Y - before.Y);
        if (!(length > 0))
            return;
        var (x, y) = ((tip.X - before.X) / length, (tip.Y - before.Y) / length);
        var front = new Position(tip.X + (x * HeadLength / 2), tip.Y + (y * HeadLength / 2));
        var back = new Position(tip.X - (x * HeadLength / 2), tip.Y - (y * HeadLength / 2));
        surface.Polygon([front, new Position(back.X - (y * HeadWidth / 2), back.Y + (x * HeadWidth / 2)), new Position(back.X + (y * HeadWidth / 2), back.Y - (x * HeadWidth / 2))], InkRole.Text);
    }
}
