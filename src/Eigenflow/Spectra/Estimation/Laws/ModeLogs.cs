namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Logarithms of eigenvalues against those of their mode numbers, for fits over any range of modes: every mode weighs ln((i + ½)/(i − ½)), its part of the logarithmic axis, so that no decade outweighs another.
/// From mode 12 on, neighbours are averaged to points a tenth apart. Work O(points) per range.
/// </summary>
internal sealed class ModeLogs
{
    private const int FirstShared = 12;
    private const double PointRatio = 1.1;

    // Sums over the first modes of weight, weight · ln i and weight · ln λ.
    private readonly double[] weights;
    private readonly double[] numbers;
    private readonly double[] values;

    public ModeLogs(ReadOnlySpan<double> eigenvalues)
    {
        weights = new double[eigenvalues.Length + 1];
        numbers = new double[eigenvalues.Length + 1];
        values = new double[eigenvalues.Length + 1];
        for (var i = 1; i <= eigenvalues.Length; i++)
        {
            var weight = Math.Log((i + 0.5) / (i - 0.5));
            weights[i] = weights[i - 1] + weight;
            numbers[i] = numbers[i - 1] + (weight * Math.Log(i));
            values[i] = values[i - 1] + (weight * Math.Log(Math.Max(eigenvalues[i - 1], double.Epsilon)));
        }
    }

    /// <summary>Number of modes.</summary>
    public int Count => weights.Length - 1;

    /// <summary>The points of modes first … last, 1-based.</summary>
    public (double[] U, double[] V, double[] Weights) Points(int first, int last)
    {
        List<double> u = [], v = [], w = [];
        for (var i = first; i <= last;)
        {
            var end = Math.Min(last, i < FirstShared ? i : Math.Max(i, (int)(i * PointRatio)));
            var weight = weights[end] - weights[i - 1];
            u.Add((numbers[end] - numbers[i - 1]) / weight);
            v.Add((values[end] - values[i - 1]) / weight);
            w.Add(weight);
            i = end + 1;
        }

        return ([.. u], [.. v], [.. w]);
    }
}
