using Eigenflow.Numerics;

namespace Eigenflow.Solutions;

/// <summary>Turns the rows of independent replicas into columns: mean, and beside it standard error, median, and the 10 and 90 % quantiles.</summary>
public static class ReplicaColumns
{
    /// <summary>What is added to the name of an observable for its standard error, its median and its quantiles.</summary>
    public const string Error = "-se", Median = "-median", Low = "-q10", High = "-q90";

    /// <summary>All that is added to the name of an observable.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = [Error, Low, High, Median];

    /// <summary>Whether a column is a spread over replicas of another one.</summary>
    /// <param name="name">Name of the column.</param>
    public static bool IsSpread(string name) => Suffixes.Any(suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>The columns of one observable; those beside the mean only when there are at least two replicas.</summary>
    /// <param name="quantity">Name, symbol and meaning.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="replicas">Number of replicas, ≥ 1.</param>
    /// <param name="value">The value of (replica, row).</param>
    /// <param name="sumsBySize">Whether deviations are summed in the order of their values and not of the replicas: the last digit of standard errors depends on it, and each system keeps its own.</param>
    public static IEnumerable<Observable> Of(NamedQuantity quantity, int rows, int replicas, Func<int, int, double> value, bool sumsBySize = false)
    {
        double[] mean = new double[rows], error = new double[rows], middle = new double[rows], low = new double[rows], high = new double[rows];
        var values = new double[replicas];
        for (var row = 0; row < rows; row++)
        {
            for (var replica = 0; replica < replicas; replica++)
                values[replica] = value(replica, row);
            var average = values.Average();
            mean[row] = average;
            var inOrder = values.Sum(item => (item - average) * (item - average));
            Array.Sort(values);

            // Replicas share their start: by size, the rounding of its average is not taken for a scatter.
            var squares = !sumsBySize ? inOrder : values[0] < values[^1] ? values.Sum(item => (item - average) * (item - average)) : 0;
            error[row] = Math.Sqrt(squares / (replicas - 1) / replicas);
            middle[row] = Quantile.OfSorted(values, 0.5);
            low[row] = Quantile.OfSorted(values, 0.1);
            high[row] = Quantile.OfSorted(values, 0.9);
        }

        foreach (var column in Columns(quantity, "Mean over replicas.", replicas, mean, error, low, high, middle))
            yield return column;
    }

    /// <summary>The columns of a ratio whose denominator may vanish in a replica, so that a mean of ratios means nothing: the mean of the numerators over that of the denominators, with its standard error to first order; median and quantiles of the ratios.</summary>
    /// <param name="quantity">Name, symbol and meaning.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="replicas">Number of replicas, ≥ 1.</param>
    /// <param name="value">The ratio of (replica, row).</param>
    /// <param name="denominator">Its denominator; where all are 0, as at a start from nothing, the ratio is the mean of the ratios.</param>
    public static IEnumerable<Observable> OfRatio(NamedQuantity quantity, int rows, int replicas, Func<int, int, double> value, Func<int, int, double> denominator)
    {
        var own = Of(quantity, rows, replicas, value, sumsBySize: true).ToArray();
        double[] ratio = new double[rows], error = new double[rows];
        var (ratios, below) = (new double[replicas], new double[replicas]);
        for (var row = 0; row < rows; row++)
        {
            for (var replica = 0; replica < replicas; replica++)
                (ratios[replica], below[replica]) = (value(replica, row), denominator(replica, row));
            var whole = below.Sum();
            if (whole == 0)
            {
                ratio[row] = own[0].Values[row];
                error[row] = own.Length > 1 ? own[1].Values[row] : 0;
                continue;
            }

            var quotient = ratios.Zip(below, (part, all) => part * all).Sum() / whole;
            var squares = ratios.Zip(below, (part, all) => (part - quotient) * all).Sum(departure => departure * departure);
            ratio[row] = quotient;
            error[row] = Math.Sqrt(squares / (replicas - 1) * replicas) / Math.Abs(whole);
        }

        return Columns(quantity, "Mean of its numerator over that of its denominator, over replicas.", replicas, ratio, error, Values(Low), Values(High), Values(Median));

        double[] Values(string suffix) => own.FirstOrDefault(column => column.Name.EndsWith(suffix, StringComparison.Ordinal))?.Values ?? ratio;
    }

    private static IEnumerable<Observable> Columns(NamedQuantity quantity, string what, int replicas, double[] mean, double[] error, double[] low, double[] high, double[] middle)
    {
        var name = quantity.Name;
        yield return new Observable(name, quantity.Symbol, $"{quantity.Meaning} {what}", mean);
        if (replicas < 2)
            yield break;
        yield return new Observable(name + Error, "", $"Standard error of the mean of {name}.", error);
        yield return new Observable(name + Low, "", $"10 % quantile of {name} over replicas.", low);
        yield return new Observable(name + High, "", $"90 % quantile of {name} over replicas.", high);
        yield return new Observable(name + Median, "", $"Median of {name} over replicas.", middle);
    }
}
