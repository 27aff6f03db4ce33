using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Claims: how the levels of the theory differ from each other.</summary>
internal static class LevelClaims
{
    private static readonly long[] Horizons = [100, 1000, 10_000, 100_000, 1_000_000];

    private static readonly int[] SubSteps = [8, 16, 32];

    private static readonly double[] Peaks = [0.002, 0.001];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problem = new ScalingLawProblem { Capacity = 4, Difficulty = 0.5, Features = 128, ModelSize = 64, Noise = 0.04 };
        var claims = new List<Claim>();
        var errors = new double[Peaks.Length];
        for (var k = 0; k < Peaks.Length; k++)
        {
            errors[k] = Difference(problem, Peaks[k], 5);
        }

        claims.Add(Claim.Absolute("levels-sde", "the SDE differs from the exact moments by 3.6 % at a constant η = 0.2 (s = 0.5, β = 4, N = 128, M = 64, σ² = 0.04, T = 200)", 0.036, Difference(problem, 0.2, 200), 0.001, LawCurves.Derived, "relative difference of the final losses").UpTo(200).At("M", problem.ModelSize));
        var order = Math.Log(errors[0] / errors[1]) / Math.Log(Peaks[0] / Peaks[1]);
        claims.Add(Claim.Absolute("levels-sde-order", "and early, while the first modes are learned, that difference is of first order in η (the same, T = 5)", 1, order, 0.1, LawCurves.Derived, "between η = 0.002 and 0.001 at the same intrinsic time; the difference changes its sign near η = 0.03", PredictionKind.Asymptotic).UpTo(5).At("M", problem.ModelSize).Over("η → 0, early"));

        // Two recursions of one equation: sub-steps lead to its solution in continuous time.
        var volterra = problem.With("cosine", 0.2, 1000, 0);
        double[] values = [.. SubSteps.Select(parts => Final(volterra, new VolterraEquation { SubSteps = parts }, 1000))];
        claims.Add(Claim.Absolute("levels-sub-steps", "sub-steps approach continuous intrinsic time with first order (Volterra equation, cosine from 0.2, K = 1000)", 1, Math.Log2((values[0] - values[1]) / (values[1] - values[2])), 0.1, LawCurves.Derived, "ratio of the differences between 8, 16 and 32 sub-steps", PredictionKind.Asymptotic).UpTo(1000, "k").At("M", problem.ModelSize).At("sub-steps", SubSteps[^1]));
        claims.Add(Bounded(cancellation));
        return new ReproductionResult { Claims = claims };
    }

    // The theorems hold up to constants: over four decades of steps the ratio has to stay within one.
    private static Claim Bounded(CancellationToken cancellation)
    {
        var ratios = new List<double>();
        foreach (var (s, beta) in new[] { (0.5, 4.0), (1.0, 2.0) })
        {
            var problem = new ScalingLawProblem { Capacity = beta, Difficulty = s, Features = 4096, ModelSize = 100, Noise = 1 };
            foreach (var steps in Horizons)
            {
                cancellation.ThrowIfCancellationRequested();
                const double Peak = 0.1;
                ratios.Add(Final(problem.With("constant", Peak, steps), new ExactMoments(), steps) / ClosedForms.ConstantBound(problem, Peak, steps, 1));
                ratios.Add(Final(problem.With("exponential", Peak, steps, Peak / steps), new ExactMoments(), steps) / ClosedForms.ExponentialBound(problem, Peak, Peak / steps, steps, 1));
                ratios.Add(Final(problem.With("wsd", Peak, steps, Peak / steps, steps / 5), new ExactMoments(), steps) / ClosedForms.StableDecayBound(problem, Peak, Peak / steps, steps, steps / 5, 1));
            }
        }

        return Claim.AtMost(
            "levels-theorems", "the theorems for constant, exponential and WSD schedules hold up to constants (s = 0.5, β = 4 and s = 1, β = 2; M = 100, σ² = 1, a = 0.1, K = 10^{2} … 10^{6})", 10, ratios.Max() / ratios.Min(), LawCurves.Paper,
            $"largest over smallest ratio of the exact final loss to the right-hand side with constants one ({DisplayNumber.Of(ratios.Min(), 3)} … {DisplayNumber.Of(ratios.Max(), 3)}); the bound 10 stands for a constant", PredictionKind.Asymptotic)
            .UpTo(Horizons[^1], "k").At("M", 100).Over("σ² bounded from below, K from 10^{2} to 10^{6}");
    }

    private static double Difference(ScalingLawProblem problem, double rate, double time)
    {
        var steps = (long)Math.Round(time / rate);
        var run = problem.With("constant", rate, steps);
        return Math.Abs((Final(run, new StochasticDifferential(), steps) / Final(run, new ExactMoments(), steps)) - 1);
    }

    private static double Final(ScalingLawProblem problem, ScalingLawMethod method, long steps) => problem.Run(method with { AtSteps = [steps] }, CancellationToken.None)["loss"][^1];
}
