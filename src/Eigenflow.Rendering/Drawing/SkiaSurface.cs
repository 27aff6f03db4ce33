using Eigenflow.Rendering.Text;
using SkiaSharp;

namespace Eigenflow.Rendering.Drawing;

/// <summary>Draws on a canvas of Skia: pixels or a page of PDF. Text is filled outlines, so the picture does not depend on fonts, hinting or screen settings.</summary>
internal sealed class SkiaSurface : Surface, IDisposable
{
    private readonly SKCanvas canvas;
    private readonly ThemeKind theme;
    private readonly SKPaint fillPaint = new() { IsAntialias = true, Style = SKPaintStyle.Fill };
    private readonly SKPaint strokePaint = new() { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeJoin = SKStrokeJoin.Round };
    private readonly SKPathEffect dashes = SKPathEffect.CreateDash([6f, 3.5f], 0);
    private readonly SKPathEffect dots = SKPathEffect.CreateDash([0.01f, 3.5f], 0);

    /// <param name="canvas">The canvas; stays open.</param>
    /// <param name="scale">Its units per CSS pixel.</param>
    /// <param name="resolution">Width of the narrowest detail in CSS pixels.</param>
    /// <param name="theme">Light or dark.</param>
    public SkiaSurface(SKCanvas canvas, double scale, double resolution, ThemeKind theme)
    {
        this.canvas = canvas;
        this.theme = theme;
        Resolution = resolution;
        canvas.Clear(Color(InkRole.Background));
        canvas.Scale((float)scale);
    }

    public override double Resolution { get; }

    public override void Rectangle(Box box, Ink fill)
    {
        fillPaint.Color = Color(fill);
        canvas.DrawRect(new SKRect((float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom), fillPaint);
    }

    public override void Polyline(ReadOnlySpan<Position> points, Stroke stroke)
    {
        if (points.Length < 2)
            return;
        strokePaint.Color = Color(stroke.Ink);
        strokePaint.StrokeWidth = (float)stroke.Width;
        strokePaint.StrokeCap = stroke.Dash == DashPattern.Dotted ? SKStrokeCap.Round : SKStrokeCap.Butt;
        using var turn = stroke.Turn.IsShared ? SKPathEffect.CreateDash([(float)DashTurn.Length, (float)stroke.Turn.Gap], (float)stroke.Turn.Offset) : null;
        strokePaint.PathEffect = turn ?? stroke.Dash switch { DashPattern.Dashed => dashes, DashPattern.Dotted => dots, _ => null };
        using var path = Path(points, close: false);
        canvas.DrawPath(path, strokePaint);
        strokePaint.PathEffect = null;
    }

    public override void Polygon(ReadOnlySpan<Position> points, Ink fill)
    {
        if (points.Length < 3)
            return;
        fillPaint.Color = Color(fill);
        using var path = Path(points, close: true);
        canvas.DrawPath(path, fillPaint);
    }

    public override void Dots(ReadOnlySpan<Position> centers, double radius, double halo, Ink fill)
    {
        foreach (var center in centers)
        {
            if (halo > 0)
            {
                fillPaint.Color = Color(InkRole.Background);
                canvas.DrawCircle((float)center.X, (float)center.Y, (float)(radius + halo), fillPaint);
            }

            fillPaint.Color = Color(fill);
            canvas.DrawCircle((float)center.X, (float)center.Y, (float)radius, fillPaint);
        }
    }

    public override void Image(Box box, Raster raster)
    {
        using var image = raster.Image();
        canvas.DrawImage(image, new SKRect((float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom), new SKSamplingOptions(SKFilterMode.Nearest));
    }

    protected override void DrawText(ShapedText text, Position origin, bool vertical, Ink ink)
    {
        fillPaint.Color = Color(ink);
        var saved = canvas.Save();
        canvas.Translate((float)origin.X, (float)origin.Y);
        if (vertical)
            canvas.RotateDegrees(-90);
        foreach (var run in text.Runs)
        {
            foreach (var glyph in run.Glyphs)
            {
                var unit = (float)run.UnitScale;
                var inner = canvas.Save();
                canvas.Translate((float)(run.X + (glyph.X * unit)), (float)((glyph.Y * unit) - run.Rise));
                if (run.IsSlanted)
                    canvas.Skew((float)-GlyphRun.Slant, 0);
                canvas.Scale(unit);
                canvas.DrawPath(run.Face.Outline(glyph.Glyph), fillPaint);
                canvas.RestoreToCount(inner);
            }
        }

        canvas.RestoreToCount(saved);
    }

    public override void BeginGroup(string name, Box? clip = null)
    {
        canvas.Save();
        if (clip is { } box)
            canvas.ClipRect(new SKRect((float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom));
    }

    public override void EndGroup() => canvas.Restore();

    public void Dispose()
    {
        fillPaint.Dispose();
        strokePaint.Dispose();
        dashes.Dispose();
        dots.Dispose();
    }

    private static SKPath Path(ReadOnlySpan<Position> points, bool close)
    {
        using var path = new SKPathBuilder();
        path.MoveTo((float)points[0].X, (float)points[0].Y);
        foreach (var point in points[1..])
            path.LineTo((float)point.X, (float)point.Y);
        if (close)
            path.Close();
        return path.Detach();
    }

    private SKColor Color(Ink ink)
    {
        var rgb = Palette.Rgb(ink, theme);
        return new SKColor((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb, (byte)Math.Round(255 * ink.Opacity));
    }
}
