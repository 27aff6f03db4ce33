namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Sums over short vectors in a fixed order, so that they have the same bits on every machine.</summary>
internal static class Vectors
{
    /// <summary>⟨a, b⟩.</summary>
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var sum = 0.0;
        for (var j = 0; j < first.Length; j++)
            sum += first[j] * second[j];
        return sum;
    }

    /// <summary>‖a − b‖².</summary>
    public static double SquaredDistance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var sum = 0.0;
        for (var j = 0; j < first.Length; j++)
            sum += (first[j] - second[j]) * (first[j] - second[j]);
        return sum;
    }

    /// <summary>Turns logarithms into weights that sum to one; −∞ has the weight 0.</summary>
    /// <param name="logarithms">The logarithms; receives the weights.</param>
    /// <returns>ln Σ exp.</returns>
    public static double Softmax(Span<double> logarithms)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in logarithms)
            largest = Math.Max(largest, value);
        var sum = 0.0;
        for (var k = 0; k < logarithms.Length; k++)
            sum += logarithms[k] = Math.Exp(logarithms[k] - largest);
        for (var k = 0; k < logarithms.Length; k++)
            logarithms[k] /= sum;
        return largest + Math.Log(sum);
    }

    /// <summary>Index of the largest number; the first of equal ones.</summary>
    public static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++)
        {
            if (values[k] > values[best])
                best = k;
        }

        return best;
    }

    /// <summary>Takes the mean of the points away, in place.</summary>
    /// <param name="cloud">Points as rows, one after another.</param>
    /// <param name="columns">Numbers of a point.</param>
    public static void Centre(Span<double> cloud, int columns)
    {
        var rows = cloud.Length / columns;
        for (var c = 0; c < columns; c++)
        {
            var sum = 0.0;
            for (var j = c; j < cloud.Length; j += columns)
                sum += cloud[j];
            for (var j = c; j < cloud.Length; j += columns)
                cloud[j] -= sum / rows;
        }
    }
}
