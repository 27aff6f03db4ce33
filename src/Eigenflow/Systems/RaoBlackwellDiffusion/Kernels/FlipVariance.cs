using Eigenflow.Numerics.Quadrature;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// The variance of targets under flips of a sign, one line integral each: v(s) = 1 − E tanh(s² + sz) = e^{−s²/2} E sech(sz), in which every term is positive at any noise, and the rest 1 − v = E tanh²(s² + sz).
/// Flips of all coordinates are independent of each other; the flip of a vector is that of its length. Derived.
/// </summary>
internal static class FlipVariance
{
    private const double LargestSignal = 40;
    private const double Tolerance = 1e-11, Rounding = 1e-15;

    /// <summary>E‖x₀ − φ*‖² and E‖φ*‖² with their absolute errors, or null where the group does not flip signs one by one.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (double Orbit, double Square, double OrbitError, double SquareError)? Of(DiffusionProblem problem, CancellationToken cancellation)
    {
        var isWhole = problem.Group is GlobalSign && (problem.Spread == 0 || problem.Dimension == 1);
        if (problem.IsTorus || problem.IsCentred || !(isWhole || problem.Group is CoordinateSigns))
            return null;
        var sums = new double[4];
        for (var m = 0; m < problem.Templates.Count; m++)
        {
            var (template, weight) = (problem.Templates.Values[m], problem.Templates.Weights[m]);
            var lengths = isWhole ? [Math.Sqrt(Vectors.Dot(template, template))] : template;
            for (var j = 0; j < lengths.Length && weight > 0; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                var part = problem.Spread > 0 ? Around(problem.Level, lengths[j], Math.Sqrt(problem.Spread)) : At(problem.Level, lengths[j]);
                for (var k = 0; k < 2; k++)
                    (sums[k], sums[2 + k]) = (sums[k] + (weight * part.Values[k]), sums[2 + k] + (weight * part.Errors[k]));
            }
        }

        return (sums[0], sums[1], sums[2], sums[3]);
    }

    private static Expectation Around(NoiseLevel level, double length, double deviation) =>
        LineRule.Expect((place, values) => At(level, length + (deviation * place)).Values.CopyTo(values), 2, kinks: [-length / deviation], tolerance: Tolerance);

    private static Expectation At(NoiseLevel level, double length)
    {
        var signal = level.Alpha * Math.Abs(length) / level.Sigma;
        var square = length * length;

        // Beyond, e^{−s²/2} is no number.
        if (signal > LargestSignal)
            return new Expectation([0, square], [0, Rounding * square], 1);
        var scale = 1 / Math.Max(signal, 1);
        var left = LineRule.Expect((z, values) => values[0] = 1 / Math.Cosh(signal * z), 1, scale);
        var kept = LineRule.Expect((z, values) => values[0] = Math.Pow(Math.Tanh(signal * (signal + z)), 2), 1, scale);
        var factor = Math.Exp(-signal * signal / 2);
        return new Expectation([square * factor * left.Value, square * kept.Value], [square * factor * left.Error, square * kept.Error], left.Points + kept.Points);
    }
}
