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

        var name = quantity.Name;
        yield return new Observable(name, quantity.Symbol, quantity.Meaning + " Mean over replicas.", mean);
        if (replicas < 2)
            yield break;
        yield return new Observable(name + Error, "", $"Standard error of the mean of {name}.", error);
        yield return new Observable(name + Low, "", $"10 % quantile of {name} over replicas.", low);
        yield return new Observable(name + High, "", $"90 % quantile of {name} over replicas.", high);
        yield return new Observable(name + Median, "", $"Median of {name} over replicas.", middle);
    }
}
