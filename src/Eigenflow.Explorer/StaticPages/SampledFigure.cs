using Eigenflow.Figures;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>
/// The curves of a figure on a common grid: each is sampled at equal ways between its first and its last abscissa, in the logarithm where the axis has it, so that the curves of neighbouring settings can be
/// mixed point by point, and their ends with them.
/// </summary>
internal sealed class SampledFigure
{
    /// <summary>Points of a curve.</summary>
    public const int Points = 192;

    // Curves with fewer points than this have the points that they have, such as one per layer.
    private const int FewPoints = 16;

    private SampledFigure(Figure figure, string likeness, IReadOnlyList<Curve> curves)
    {
        Figure = figure;
        Likeness = likeness;
        Curves = curves;
    }

    /// <summary>The figure.</summary>
    public Figure Figure { get; }

    /// <summary>Equal for figures whose curves can be mixed.</summary>
    public string Likeness { get; }

    /// <summary>The curves, panel by panel.</summary>
    public IReadOnlyList<Curve> Curves { get; }

    /// <summary>Samples a figure.</summary>
    public static SampledFigure Of(Figure figure)
    {
        var curves = figure.Panels.SelectMany((panel, index) => panel.Series.Select(series => Curve.Of(index, panel, series))).ToArray();
        var likeness = string.Join(';', figure.Panels.Select(panel =>
            FormattableString.Invariant($"{panel.X.IsLogarithmic}{panel.Y.IsLogarithmic}{panel.HeatMap is null}{panel.Images is null}{panel.Field is null}:")
            + string.Join(',', panel.Series.Select(series => FormattableString.Invariant($"{series.Style}{series.Role}{series.Color}{series.Lower is null}{Curve.CountOf(series)}")))));
        return new SampledFigure(figure, likeness, curves);
    }

    /// <summary>A curve: where it begins and ends, and its values at equal ways between; logarithms to base ten where the axes have them. NaN is a gap.</summary>
    /// <param name="Panel">Index of its panel.</param>
    /// <param name="IsLogarithmicX">Whether abscissae are logarithms.</param>
    /// <param name="IsLogarithmicY">Whether values are logarithms.</param>
    /// <param name="Start">First abscissa.</param>
    /// <param name="End">Last abscissa.</param>
    /// <param name="Y">The values.</param>
    /// <param name="Lower">Those of the lower edge of its band, or null.</param>
    /// <param name="Upper">Those of the upper edge.</param>
    internal sealed record Curve(int Panel, bool IsLogarithmicX, bool IsLogarithmicY, double Start, double End, double[] Y, double[]? Lower, double[]? Upper)
    {
        public static int CountOf(Series series) => series.X.Length < FewPoints ? series.X.Length : Points;

        public static Curve Of(int index, Panel panel, Series series)
        {
            var (logX, logY) = (panel.X.IsLogarithmic, panel.Y.IsLogarithmic);
            var count = CountOf(series);
            var x = Array.ConvertAll(series.X, value => Scaled(value, logX));
            var first = Array.FindIndex(x, double.IsFinite);
            var last = Array.FindLastIndex(x, double.IsFinite);
            if (first < 0)
                return new Curve(index, logX, logY, double.NaN, double.NaN, [.. Enumerable.Repeat(double.NaN, count)], null, null);
            var places = Enumerable.Range(0, count).Select(i => count == 1 ? x[first] : x[first] + ((x[last] - x[first]) * i / (count - 1))).ToArray();
            double[] Column(double[] values) => At(x, Array.ConvertAll(values, value => Scaled(value, logY)), places, first, last);
            return new Curve(index, logX, logY, x[first], x[last], Column(series.Y), series.Lower is { } lower ? Column(lower) : null, series.Upper is { } upper ? Column(upper) : null);
        }

        /// <summary>Whether it reaches as far as another, with a value wherever that has one.</summary>
        public bool Covers(Curve other)
        {
            var slack = 1e-6 * Math.Abs(other.End - other.Start);
            return Start <= other.Start + slack && End >= other.End - slack && !Y.Zip(other.Y).Any(pair => double.IsNaN(pair.First) && !double.IsNaN(pair.Second));
        }

        /// <summary>The value at a place, or NaN beyond the ends and in gaps.</summary>
        public double ValueAt(double place)
        {
            // Sums of the ends are off by a last digit.
            var position = (place - Start) / (End - Start) * (Y.Length - 1);
            return Y.Length < 2 || !(position > -1e-3 && position < Y.Length - 1 + 1e-3) ? double.NaN : Straight(Y, Math.Clamp(position, 0, Y.Length - 1));
        }

        private static double Straight(double[] values, double position)
        {
            var k = Math.Min((int)position, values.Length - 2);
            return k == position ? values[k] : values[k] + ((position - k) * (values[k + 1] - values[k]));
        }

        /// <summary>A number in the coordinates of its axis; NaN where that has no place for it.</summary>
        public static double Scaled(double value, bool isLogarithmic) => !isLogarithmic ? value : value > 0 ? Math.Log10(value) : double.NaN;

        // Straight between rows, in the coordinates of the axes.
        private static double[] At(double[] x, double[] y, double[] places, int first, int last)
        {
            var result = new double[places.Length];
            var k = first;
            for (var i = 0; i < places.Length; i++)
            {
                while (k < last - 1 && x[k + 1] < places[i])
                    k++;
                var width = k < last ? x[k + 1] - x[k] : 0;
                var share = width > 0 ? Math.Clamp((places[i] - x[k]) / width, 0, 1) : 0;
                result[i] = share == 0 ? y[k] : share == 1 ? y[k + 1] : y[k] + (share * (y[k + 1] - y[k]));
            }

            return result;
        }
    }
}
