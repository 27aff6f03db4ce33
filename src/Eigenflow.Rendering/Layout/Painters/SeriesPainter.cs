using System.Runtime.InteropServices;
using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws curves, dots and bands of a panel.</summary>
internal static class SeriesPainter
{
    // A band that belongs to at most this many dots is drawn as error bars: between so few points a filled band would claim too much.
    private const int MostErrorBars = 40;

    private const int MostTouchingDots = 50;

    // A ring stays visible around a dot at the same place.
    private const double RingMargin = 0.8;
    private const double RingWidth = 1.3;

    // Computed points of a line are shown where they lie farther apart than this, in pixels.
    private const double SparseDistance = 16;

    /// <summary>The stroke of a style and colour.</summary>
    public static Stroke LineStroke(SeriesStyle style, Ink ink) => style switch
    {
        SeriesStyle.Dashed => new Stroke(ink, Style.CurveWidth, DashPattern.Dashed),
        SeriesStyle.Dotted => new Stroke(ink, Style.CurveWidth + 0.2, DashPattern.Dotted),
        _ => new Stroke(ink, Style.CurveWidth),
    };

    /// <summary>The stroke of error bars.</summary>
    public static Stroke BarStroke(Ink ink) => new(ink with { Opacity = 0.75 }, 1.1);

    /// <summary>Whether a series has error bars.</summary>
    public static bool HasBars(Series series) => HasInterval(series) && series.Style == SeriesStyle.Points && series.X.Length <= MostErrorBars;

    /// <summary>Whether a series has a band.</summary>
    public static bool HasBand(Series series) => HasInterval(series) && !HasBars(series);

    /// <summary>Draws the band or the error bars.</summary>
    public static void DrawBand(Surface surface, PanelFrame frame, Series series, LabelPlacer placer)
    {
        if (!HasInterval(series))
            return;
        var ink = frame.Inks.Of(series);
        if (HasBars(series))
        {
            for (var i = 0; i < series.X.Length; i++)
            {
                var (x, top, bottom) = Extent(frame, series, i);
                if (double.IsNaN(x) || double.IsNaN(top))
                    continue;
                surface.Line(x, top, x, bottom, BarStroke(ink));
                placer.Mark([new(x, top), new(x, bottom)]);
            }

            return;
        }

        var upper = new List<Position>();
        var lower = new List<Position>();
        var column = double.NaN;
        for (var i = 0; i <= series.X.Length; i++)
        {
            var (x, top, bottom) = i < series.X.Length ? Extent(frame, series, i) : (double.NaN, double.NaN, double.NaN);
            if (double.IsNaN(x) || double.IsNaN(top))
            {
                FillBand(surface, ink, upper, lower);
                column = double.NaN;
                continue;
            }

            var inColumn = Math.Floor(x / surface.Resolution);
            if (inColumn == column)
            {
                upper[^1] = new Position(x, Math.Min(top, upper[^1].Y));
                lower[^1] = new Position(x, Math.Max(bottom, lower[^1].Y));
                continue;
            }

            column = inColumn;
            upper.Add(new Position(x, top));
            lower.Add(new Position(x, bottom));
        }
    }

    /// <summary>Draws the curve or the dots and marks what they cover.</summary>
    public static void DrawCurve(Surface surface, PanelFrame frame, Series series, LabelPlacer placer, DashTurn turn = default)
    {
        Position At(int i) => frame.Map(series.X[i], series.Y[i]);
        var ink = frame.Inks.Of(series);
        if (series.Style == SeriesStyle.Points)
        {
            // Of a dense trajectory only dots that can be told apart are drawn, so that what lies below it stays visible.
            var dots = Thinning.Dots(series.X.Length, At, Math.Max(surface.Resolution, 0.35), frame.Plot.Inflate(1));
            if (dots.Count > MostTouchingDots)
                dots = Thinning.Apart(dots, 2.5 * Style.DotRadius);
            var crowded = dots.Count > 150;
            DrawDots(surface, CollectionsMarshal.AsSpan(dots), crowded ? 0.65 * Style.DotRadius : Style.DotRadius, crowded ? 0 : 0.7, ink, series.IsHollow);
            foreach (var dot in dots)
                placer.Mark(new Box(dot.X - 3, dot.Y - 3, dot.X + 3, dot.Y + 3));
            return;
        }

        var stroke = LineStroke(series.Style, ink) with { Turn = turn };
        var chatter = Chatter.Of(series.X.Length, At);
        foreach (var (from, to) in chatter.Quiet)
        {
            foreach (var piece in Thinning.Curve(to - from, i => At(from + i), surface.Resolution, frame.Plot.Inflate(20)))
            {
                // A line needs two points: one that stands alone between gaps would vanish.
                if (piece.Count == 1)
                    surface.Dots([piece[0]], Style.DotRadius * 0.8, 0, ink);
                surface.Polyline(CollectionsMarshal.AsSpan(piece), stroke);
                placer.Mark(piece);
            }
        }

        foreach (var band in chatter.Bands)
        {
            surface.Polygon([.. band.Upper, .. Enumerable.Reverse(band.Lower)], ink with { Opacity = 1.5 * Style.BandOpacity });
            surface.Polyline(CollectionsMarshal.AsSpan(band.Middle), stroke);
            placer.Mark(band.Upper);
            placer.Mark(band.Lower);
        }

        if (series.Role is SeriesRole.Theory or SeriesRole.Simulation)
            DrawSparseDots(surface, frame, series, At, ink);
    }

    /// <summary>Draws dots, or rings.</summary>
    public static void DrawDots(Surface surface, ReadOnlySpan<Position> dots, double radius, double halo, Ink ink, bool isHollow)
    {
        surface.Dots(dots, isHollow ? radius + RingMargin : radius, halo, ink);
        if (isHollow)
            surface.Dots(dots, radius + RingMargin - RingWidth, 0, InkRole.Background);
    }

    // Where few points were computed the line between them is no more than a connection, and says so.
    private static void DrawSparseDots(Surface surface, PanelFrame frame, Series series, Func<int, Position> at, Ink ink)
    {
        var dots = Enumerable.Range(0, series.X.Length).Select(at).Where(frame.Plot.Inflate(1).Contains).ToArray();
        if (dots.Length > 2 && dots.Zip(dots.Skip(1)).Average(pair => Math.Abs(pair.Second.X - pair.First.X)) > SparseDistance)
            surface.Dots(dots, 0.62 * Style.DotRadius, 0, ink);
    }

    private static bool HasInterval(Series series) => series.Lower is not null || series.Upper is not null;

    // Pixel extent of the band at a point. Where the lower edge has no place on the scale, the band reaches the bottom of the panel.
    private static (double X, double Top, double Bottom) Extent(PanelFrame frame, Series series, int i)
    {
        var x = frame.Map(series.X[i], double.NaN).X;
        if (x < frame.Plot.Left - 1e4 || x > frame.Plot.Right + 1e4 || !double.IsFinite(series.Y[i]))
            return (double.NaN, double.NaN, double.NaN);
        var up = (series.Upper ?? series.Y)[i];
        var down = (series.Lower ?? series.Y)[i];
        var top = double.IsPositiveInfinity(up) ? frame.Plot.Top - 20 : frame.Map(double.NaN, up).Y;
        var bottom = double.IsNegativeInfinity(down) || (frame.Y.IsLogarithmic && down <= 0)
            ? frame.Plot.Bottom + 20
            : frame.Map(double.NaN, down).Y;
        return double.IsNaN(bottom)
            ? (double.NaN, double.NaN, double.NaN)
            : (x, Math.Clamp(top, frame.Plot.Top - 20, frame.Plot.Bottom + 20), Math.Clamp(bottom, frame.Plot.Top - 20, frame.Plot.Bottom + 20));
    }

    private static void FillBand(Surface surface, Ink ink, List<Position> upper, List<Position> lower)
    {
        if (upper.Count == 1)
            surface.Line(upper[0].X, upper[0].Y, lower[0].X, lower[0].Y, new Stroke(ink with { Opacity = 2 * Style.BandOpacity }, 2));
        lower.Reverse();
        upper.AddRange(lower);
        surface.Polygon(CollectionsMarshal.AsSpan(upper), ink with { Opacity = Style.BandOpacity });
        upper.Clear();
        lower.Clear();
    }
}
