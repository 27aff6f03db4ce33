namespace Eigenflow.Solutions;

/// <summary>Turns the rows of independent replicas into columns: mean, and beside it standard error (<c>-se</c>) and the 10 and 90 % quantiles (<c>-q10</c>, <c>-q90</c>).</summary>
public static class ReplicaColumns
{
    /// <summary>The columns of one observable; the three beside the mean only when there are at least two replicas.</summary>
    /// <param name="name">Name of the observable.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="meaning">Its meaning.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="replicas">Number of replicas, ≥ 1.</param>
    /// <param name="value">The value of (replica, row).</param>
    public static IEnumerable<Observable> Of(string name, string symbol, string meaning, int rows, int replicas, Func<int, int, double> value)
    {
        double[] mean = new double[rows], error = new double[rows], low = new double[rows], high = new double[rows];
        var values = new double[replicas];
        for (var row = 0; row < rows; row++)
        {
            for (var replica = 0; replica < replicas; replica++)
                values[replica] = value(replica, row);
            var average = values.Average();
            mean[row] = average;
            error[row] = replicas > 1 ? Math.Sqrt(values.Sum(item => (item - average) * (item - average)) / (replicas - 1) / replicas) : 0;
            Array.Sort(values);
            low[row] = Quantile(values, 0.1);
            high[row] = Quantile(values, 0.9);
        }

        yield return new Observable(name, symbol, meaning + " Mean over replicas.", mean);
        if (replicas < 2)
            yield break;
        yield return new Observable(name + "-se", "", $"Standard error of the mean of {name}.", error);
        yield return new Observable(name + "-q10", "", $"10 % quantile of {name} over replicas.", low);
        yield return new Observable(name + "-q90", "", $"90 % quantile of {name} over replicas.", high);
    }

    // Linear interpolation between order statistics.
    private static double Quantile(double[] sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var index = (int)position;
        return index + 1 < sorted.Length ? sorted[index] + ((position - index) * (sorted[index + 1] - sorted[index])) : sorted[index];
    }
}
