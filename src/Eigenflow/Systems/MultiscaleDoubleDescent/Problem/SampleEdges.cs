using Eigenflow.Numerics;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>
/// The edges of the eigenvalues Λ of XᵀX for large n and d (derived): outside the support the renormalised ridge at z = −Λ is real, −x, and z(x) = x (1 + Σ m s²/(d x − n s²)) has its
/// extremes at the edges, a minimum beyond n s₁²/d and a maximum below n s_d²/d. One scale gives s²(√n ± √d)²/d.
/// </summary>
internal readonly record struct SampleEdges(double Lowest, double Largest)
{
    // Times at which the fastest mode has not moved, and the slowest has relaxed.
    private const double Unmoved = 0.03;
    private const double Relaxations = 10;
    private const int GridPoints = 160;

    /// <summary>The first time of interest, rounded to a power of ten.</summary>
    public double FirstTime => Math.Pow(10, Math.Floor(Math.Log10(Unmoved / Largest) + 1e-9));

    /// <summary>The edges of a problem, with its ridge added.</summary>
    public static SampleEdges Of(MultiscaleProblem problem)
    {
        var (values, counts) = (problem.Scales.Values, problem.Scales.Multiplicities);
        double n = problem.Samples, d = problem.Dimension;
        double Image(double x)
        {
            var sum = 1.0;
            for (var j = values.Length - 1; j >= 0; j--)
                sum += counts[j] * values[j] * values[j] / ((d * x) - (n * values[j] * values[j]));
            return x * sum;
        }

        double top = n * Square(problem.Scales.Largest) / d, bottom = n * Square(problem.Scales.Smallest) / d;
        var trace = values.Zip(counts, (value, count) => count * value * value).Sum() / d;
        var largest = ScalarMinimum.Find(log => Image(top + Math.Exp(log)), Math.Log(top * 1e-6), Math.Log(10 * (top + trace)), GridPoints, 1e-6).Value;

        // To the left of the smallest eigenvalue: positive x with more samples than dimensions, negative ones with fewer.
        var lowest = n > d
            ? -ScalarMinimum.Find(log => -Image(bottom * -double.ExpM1(log)), -20, -1e-9, GridPoints, 1e-6).Value
            : -ScalarMinimum.Find(log => -Image(-Math.Exp(log)), Math.Log(bottom * 1e-3), Math.Log(10 * (top + trace)), GridPoints, 1e-6).Value;

        // At n = d the edge is zero, and the smallest eigenvalue of a sample is about s²/d².
        return new SampleEdges(Math.Max(lowest, bottom / (n * Math.Max(n, d))) + problem.Ridge, largest + problem.Ridge);
    }

    /// <summary>The time at which the slowest mode has relaxed.</summary>
    public double RelaxedTime => Relaxations / Lowest;

    private static double Square(double value) => value * value;
}
