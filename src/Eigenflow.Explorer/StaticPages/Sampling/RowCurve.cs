using Eigenflow.Figures;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>A curve as the engine gave it: its rows in the coordinates of the axes, logarithms to base ten where those are logarithmic; NaN is a gap.</summary>
internal sealed class RowCurve
{
    // Points that stand apart, such as one per layer, stay those that they are; so does what does not run from left to right.
    private const int FewRows = 16;
    private const int MostPoints = 256;

    // What lies below the frame of the figure is no error that anybody sees.
    private readonly double floor;
    private readonly double range;

    private RowCurve(int panel, Panel owner, Series series)
    {
        Panel = panel;
        (IsLogarithmicX, IsLogarithmicY) = (owner.X.IsLogarithmic, owner.Y.IsLogarithmic);
        int[] seen = [.. Enumerable.Range(0, series.X.Length).Where(row => double.IsFinite(Scaled(series.X[row], IsLogarithmicX)))];
        double[] Column(double[] values, bool isLogarithmic) => Array.ConvertAll(seen, row => Scaled(values[row], isLogarithmic));
        X = Column(series.X, IsLogarithmicX);
        Y = Column(series.Y, IsLogarithmicY);
        Lower = series.Lower is { } lower ? Column(lower, IsLogarithmicY) : null;
        Upper = series.Upper is { } upper ? Column(upper, IsLogarithmicY) : null;
        var isAscending = Enumerable.Range(1, Math.Max(0, X.Length - 1)).All(row => X[row] > X[row - 1]);
        IsWhole = X.Length < FewRows || !isAscending || (series.Style == SeriesStyle.Points && X.Length <= MostPoints);
        floor = owner.Y.Minimum is { } minimum ? Scaled(minimum, IsLogarithmicY) is var low && double.IsNaN(low) ? double.NegativeInfinity : low : double.NegativeInfinity;
        double[] finite = [.. Y.Where(double.IsFinite)];
        range = finite.Length == 0 ? 0 : finite.Max() - finite.Min();
    }

    /// <summary>Index of its panel.</summary>
    public int Panel { get; }

    /// <summary>Whether abscissae are logarithms.</summary>
    public bool IsLogarithmicX { get; }

    /// <summary>Whether values are logarithms.</summary>
    public bool IsLogarithmicY { get; }

    /// <summary>The abscissae.</summary>
    public double[] X { get; }

    /// <summary>The values.</summary>
    public double[] Y { get; }

    /// <summary>Those of the lower edge of its band, or null.</summary>
    public double[]? Lower { get; }

    /// <summary>Those of the upper edge.</summary>
    public double[]? Upper { get; }

    /// <summary>Whether it is kept row by row.</summary>
    public bool IsWhole { get; }

    /// <summary>Its columns: values, and edges where it has a band.</summary>
    public IReadOnlyList<double[]> Columns => Lower is null || Upper is null ? [Y] : [Y, Lower, Upper];

    /// <summary>Reads a curve.</summary>
    public static RowCurve Of(int index, Panel panel, Series series) => new(index, panel, series);

    /// <summary>A number in the coordinates of its axis; NaN where that has no place for it.</summary>
    public static double Scaled(double value, bool isLogarithmic) => !isLogarithmic ? value : value > 0 ? Math.Log10(value) : double.NaN;

    /// <summary>The error of a value that is shown where the engine has another: relative on a logarithmic axis, else as a part of the range of the curve; NaN where either has none, or the frame hides it.</summary>
    public double Error(double truth, double shown)
    {
        if (!double.IsFinite(truth) || double.IsNaN(shown) || truth < floor)
            return double.NaN;
        return IsLogarithmicY ? Math.Abs(Math.Pow(10, shown - truth) - 1) : range > 0 ? Math.Abs(shown - truth) / range : 0;
    }

    /// <summary>A column at a place, straight between rows; NaN beyond the ends and in gaps.</summary>
    public static double At(double[] x, double[] column, double place)
    {
        // Sums of the ends are off by a last digit.
        if (x.Length < 2 || x[^1] - x[0] is var width && !(place >= x[0] - (1e-5 * width) && place <= x[^1] + (1e-5 * width)))
            return double.NaN;
        var found = Array.BinarySearch(x, place);
        if (found >= 0)
            return column[found];
        var next = Math.Clamp(~found, 1, x.Length - 1);
        var share = Math.Clamp((place - x[next - 1]) / (x[next] - x[next - 1]), 0, 1);
        return share == 0 ? column[next - 1] : share == 1 ? column[next] : column[next - 1] + (share * (column[next] - column[next - 1]));
    }
}
