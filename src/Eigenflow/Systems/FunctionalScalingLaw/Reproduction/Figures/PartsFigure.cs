using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 12: what the loss consists of under three schedules.</summary>
internal static class PartsFigure
{
    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problem = new ScalingLawProblem { Capacity = 2, Difficulty = 0.5, Features = 4096, ModelSize = 128, Noise = 1 };
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var shares = new List<(string Name, double Share)>();
        foreach (var (schedule, name) in new[] { ("constant", "constant"), ("exponential", "exponential"), ("wsd", "WSD") })
        {
            var exact = problem.With(schedule, 0.1, 100_000).Run(new ExactMoments(), cancellation);
            panels.Add(LawPanels.Parts(exact) with { Title = name });
            shares.Add((name, 100 * exact["noise"][^1] / exact["loss"][^1]));
            if (schedule is not "constant")
                continue;
            var stability = new Stability(problem.Modes(), problem.Noise, 0.1, 1);
            var longer = problem.With(schedule, 0.1, 1_000_000).Run(new ExactMoments { AtSteps = [1_000_000] }, cancellation);
            claims.Add(Claim.Relative(
                "stationary-loss", "a constant rate ends at the stationary loss (D_M + σ²Q/2)/(1 − Q) (s = 0.5, β = 2, N = 4096, M = 128, σ² = 1, η = 0.1)", stability.StationaryLoss, longer["loss"][^1], 1e-6, LawCurves.Derived, "exact moments after 10^{6} steps").UpTo(1_000_000, "k").At("M", problem.ModelSize));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-12",
                    Title = $"Part of the noise in the last loss, in %: {Headline.Ascending(shares)}",
                    Caption = "Excess risk and its parts: approximation error, signal and noise (exact moments; σ²/2 = 0.5 of irreducible risk not shown). s = 0.5, β = 2, N = 4096, M = 128, σ² = 1, B = 1, a = 0.1, K = 10^{5}; decays to a/100, WSD over the last fifth.",
                    Panels = panels,
                },
            ],
        };
    }
}
