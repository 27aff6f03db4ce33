namespace Eigenflow.Numerics;

/// <summary>Errors by leaving out parts in turn.</summary>
internal static class Jackknife
{
    /// <summary>Standard error of an estimate: (n − 1)/n times the sum of squares of its values without each part around their mean, and the root of that.</summary>
    /// <param name="without">The estimate without each of n parts in turn.</param>
    public static double Error(IReadOnlyCollection<double> without)
    {
        var mean = without.Average();
        return Math.Sqrt(without.Sum(value => (value - mean) * (value - mean)) * (without.Count - 1) / without.Count);
    }
}
