using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The loss law of momentum with its constants against the exact recursion.</summary>
internal static class MomentumLawFigure
{
    private const double Rate = 0.03, Strength = 0.98, Batch = 32, Margin = 0.02, RippledMargin = 0.07, RippledCapacity = 6;
    private const long MainSteps = 1_000_000;
    private const double FirstMemories = 20, FirstTime = 10, FirstFitted = 1;
    private const int Points = 60;

    // s, β, model and steps: a small β needs many modes, and η_ρk ≪ M^β.
    private static readonly (double Difficulty, double Capacity, long Size, long Steps)[] Cases =
        [(0.3, 4, 200, MainSteps), (0.3, 6, 64, 500_000), (0.5, 4, 128, 500_000), (0.5, 6, 64, 500_000), (0.5, 1.5, MomentumLab.Features, 10_000), (0.2, 2, MomentumLab.Features, 10_000), (0.5, 2.5, 2048, 20_000)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> curves = [], ratios = [];
        var rows = new List<IReadOnlyList<string>>();
        var largest = 0.0;
        foreach (var (n, (s, beta, size, steps)) in Cases.Index())
        {
            foreach (var (kind, name) in new[] { (MomentumKind.Polyak, "Polyak"), (MomentumKind.Nesterov, "Nesterov") })
            {
                // The features that the law counts are all there are; those beyond the model are learned in no run here.
                var problem = MomentumLab.Problem(s, beta, size, 1) with { Features = 100_000_000, Batch = Schedules.BatchSchedule.Constant((long)Batch) };
                var exact = problem.With("constant", Rate, steps).Run(new ExactMoments { Points = Points, Momentum = new MomentumOptions { Strength = Strength, Kind = kind } }, cancellation, PartOfProgress.Of(progress, (2 * n) + (kind == MomentumKind.Nesterov ? 1 : 0), 2 * Cases.Length));
                var modes = problem.Modes();
                var (effective, gain, floor) = (Rate / (1 - Strength), new MomentumStability(modes, 1, Rate, Batch, kind, Strength).Gain, MomentumLaw.Floor(kind, modes, 1, Rate / (1 - Strength), Batch));
                double Law(double step) => MomentumLaw.Signal(beta, s, effective * step) + floor;
                var first = Math.Max(FirstMemories / (1 - Strength), FirstTime / effective);
                var curve = LawCurves.Of(exact, "loss", name, (int)kind + 1).Against(Law);
                var tested = curve.Where((step, _) => step >= first);
                double[] quotient = [.. tested.Y.Zip(tested.Expected!, (value, law) => value / law)];
                var margin = beta >= RippledCapacity ? RippledMargin : Margin;
                var label = $"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}";
                var id = $"{name.ToLowerInvariant()}-s{DisplayNumber.Of(s)}-b{DisplayNumber.Of(beta)}".Replace('.', '-');
                claims.Add(Within(Claim.AtMost("momentum-law-high-" + id, $"the exact mean risk exceeds the loss law at most by the factor 1 + 2κ, ± {DisplayNumber.Percent(margin)} ({name}, {label}, η = 0.03, ρ = 0.98, B = 32, σ = 1)", (1 + (2 * gain)) * (1 + margin), quotient.Max(), LawCurves.Derived, "largest ratio for k ≥ 20/(1 − ρ) and η_ρk ≥ 10", PredictionKind.Asymptotic)));
                claims.Add(Within(Claim.AtLeast("momentum-law-low-" + id, "and is not below it (the same)", 1 - margin, quotient.Min(), LawCurves.Derived, "smallest ratio", PredictionKind.Asymptotic)));
                rows.Add(Fit(curve, kind, name, label, s, beta, modes.NoiseWeights.Sum(), effective, floor));
                ratios.Add(new Series { Label = $"{label}", X = [.. tested.X.Select(step => effective * step)], Y = quotient, Color = n, Style = kind == MomentumKind.Polyak ? SeriesStyle.Line : SeriesStyle.Dashed, Role = SeriesRole.Theory });
                largest = Math.Max(largest, quotient.Max(value => Math.Abs(value - 1)));
                if (n > 0)
                    continue;
                curves.Add(curve.Thinned(28) with { Style = SeriesStyle.Points });
                curves.Add(LawCurves.Function(curve.X.Where(step => step >= FirstTime), Law, name, (int)kind + 1, SeriesStyle.Line));
                claims.Add(Claim.Relative("momentum-floor-" + name.ToLowerInvariant(), $"the floor that is reached is the exact stationary one ({name}, s = 0.3, β = 4; in units of the floor of the law)", (new MomentumStability(modes, 1, Rate, Batch, kind, Strength).StationaryRisk - modes.Approximation) / floor, (curve.Y[^1] - MomentumLaw.Signal(beta, s, effective * steps)) / floor, 0.02, LawCurves.Derived, "exact risk less the signal of the law, over its floor, at k = 10^{6}", PredictionKind.Asymptotic).UpTo(steps, "k").At("M", size));

                Claim Within(Claim claim) => claim.UpTo(steps, "k").At("M", size).Over("κ ≤ 0.05, 1 ≪ η_ρk ≪ N^β");
            }
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("momentum-fits", "Constants of the loss law, fitted and stated", ["rule", "problem", "signal", "Γ(s)2^{−s}/(2β)", "floor", "sum over modes", "limit"], rows, "Relative least squares of c₁(η_ρk)^{−s} + c₂ σ²η_ρ/B (Nesterov: σ²η_ρ^{1/β}/B) + c₃ρ^{k} with constants that are not negative, η_ρk ≥ 1. Limits: Tr/4 and (π/β)/(4 sin(π/β)), the latter for η_ρ ≫ 1 (here 1.5). At small s the floor is not reached within these steps, and its constant is not known.")],
            Figures =
            [
                new Figure
                {
                    Id = "beyond-momentum-law",
                    Title = Headline.Departure("Exact risk with momentum", "its law with constants", largest),
                    Caption = "(a) Exact mean risk (dots) and the loss law Γ(s)/(2β) (2η_{ρ}k)^{−s} + floor with its constants (lines), s = 0.3, β = 4. (b) Exact risk over the law from k = 20/(1 − ρ) on, Polyak (lines) and Nesterov (dashed); at these settings the law is low by at most about 1 + 2κ. η = 0.03, ρ = 0.98, B = 32, σ = 1.",
                    Panels =
                    [
                        new Panel { Title = "risk and law", X = new Axis("step k", true), Y = new Axis("excess risk E", true), Series = [.. curves, SolutionSeries.Key("exact", SeriesStyle.Points), SolutionSeries.Key("law", SeriesStyle.Line)] },
                        new Panel { Title = "exact over law", X = new Axis("η_{ρ}k", true), Y = new Axis("E/law"), Series = [.. ratios, SolutionSeries.Key("Polyak", SeriesStyle.Line), SolutionSeries.Key("Nesterov", SeriesStyle.Dashed)], Lines = [new ReferenceLine(1, "", IsVertical: false)] },
                    ],
                },
            ],
        };
    }

    private static string[] Fit(Series curve, MomentumKind kind, string name, string label, double s, double beta, double trace, double effective, double floor)
    {
        var fitted = curve.Where((step, _) => effective * step >= FirstFitted);
        var scale = (kind == MomentumKind.Polyak ? effective : Math.Pow(effective, 1 / beta)) / Batch;
        var constants = NonNegativeLeastSquares.Solve(
            [[.. fitted.X.Select(step => Math.Pow(effective * step, -s))], [.. fitted.X.Select(_ => scale)], [.. fitted.X.Select(step => Math.Pow(Strength, step))]], fitted.Y, [.. fitted.Y.Select(value => 1 / value)]);
        var stated = kind == MomentumKind.Polyak ? trace / 4 : Math.PI / beta / (4 * Math.Sin(Math.PI / beta));
        return [name, label, DisplayNumber.Of(constants[0], 3), DisplayNumber.Of(MomentumLaw.Signal(beta, s, 1), 3), DisplayNumber.Of(constants[1], 3), DisplayNumber.Of(floor / scale, 3), DisplayNumber.Of(stated, 3)];
    }
}
