using Eigenflow.Numerics;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Epochs;

/// <summary>
/// A curve in twelve bins a decade of the epoch, with the standard error of every bin: white noise from row to row, by second differences of neighbouring rows over the root of the rows of the bin, and what all epochs of a run share,
/// by the deviation over runs.
/// </summary>
public sealed record EpochBins
{
    private const int PerDecade = 12;
    private const int Reach = 2;

    // A median of absolute values to a standard deviation, and the factor of second differences of independent numbers.
    private const double NormalMedian = 1.4826;
    private static readonly double SecondDifference = Math.Sqrt(6);

    /// <summary>Geometric means of the epochs of the bins.</summary>
    public required double[] Epochs { get; init; }

    /// <summary>Mean errors.</summary>
    public required double[] Values { get; init; }

    /// <summary>Standard errors.</summary>
    public required double[] Errors { get; init; }

    /// <summary>Quantile of Student's t at 97.5 % for the runs; of the normal distribution where their number is not known.</summary>
    public required double Quantile { get; init; }

    /// <summary>Number of bins.</summary>
    public int Count => Values.Length;

    /// <summary>Averages.</summary>
    /// <param name="curve">The curve.</param>
    public static EpochBins Of(EpochCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var rows = curve.Mean.Length;
        var starts = new List<int>();
        for (var row = 0; row < rows; row++)
        {
            if (row == 0 || BinOf(row) != BinOf(row - 1))
                starts.Add(row);
        }

        starts.Add(rows);
        var count = starts.Count - 1;
        double[] epochs = new double[count], values = new double[count], errors = new double[count];
        for (var bin = 0; bin < count; bin++)
        {
            var (from, to) = (starts[bin], starts[bin + 1]);
            double logs = 0, sum = 0, spread = 0;
            for (var row = from; row < to; row++)
            {
                logs += Math.Log(row + 1);
                sum += curve.Mean[row];
                spread += curve.Deviation?[row] ?? 0;
            }

            var size = to - from;
            epochs[bin] = Math.Exp(logs / size);
            values[bin] = sum / size;
            var white = White(curve.Mean, starts[Math.Max(0, bin - Reach)], starts[Math.Min(count, bin + Reach + 1)]) / Math.Sqrt(size);

            // The deviation has divisor n: the standard error of the mean is s/√(n − 1).
            var shared = curve.Deviation is null ? 0 : spread / size / Math.Sqrt(curve.Runs!.Value - 1);
            errors[bin] = Math.Sqrt((white * white) + (shared * shared));
        }

        return new EpochBins
        {
            Epochs = epochs,
            Values = values,
            Errors = errors,
            Quantile = curve.Runs is >= 2 ? StudentInterval.Quantile(curve.Runs.Value - 1) : Normal.InvCDF(0, 1, 0.975),
        };
    }

    // An epoch on the edge of two bins belongs to the upper one whatever rounding does to its logarithm.
    private static int BinOf(int row) => (int)Math.Floor((PerDecade * Math.Log10(row + 1)) + 1e-9);

    private static double White(double[] mean, int from, int to)
    {
        var (first, last) = (Math.Max(1, from), Math.Min(mean.Length - 1, to));
        if (last <= first)
            return 0;
        var differences = new double[last - first];
        for (var row = first; row < last; row++)
            differences[row - first] = Math.Abs(mean[row - 1] - (2 * mean[row]) + mean[row + 1]);
        return NormalMedian * Numerics.Quantile.Median(differences) / SecondDifference;
    }
}
