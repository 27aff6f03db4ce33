using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 1: stationary variance, circulation and entropy production of steps with replacement against the learning rate.</summary>
internal static class ReplacementFigure
{
    private const int Chains = 2048;
    private const double UnitsPerRate = 60;
    private const double SmallFrom = 1e-6, SmallTo = 1e-5;

    private static readonly double[] Rates = Logarithmic(5e-4, 1e-2, 6);

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var runs = new List<ChainSummary>();
        foreach (var (index, rate) in Rates.Index())
        {
            progress?.Report(new Progress((double)index / Rates.Length, "running chains"));
            var expansion = Reference.Expand();
            var burnIn = EquilibriumParameters.Relaxation(expansion, rate);
            runs.Add((Reference with { LearningRate = rate }).Stationary(
                new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = Chains, BurnIn = burnIn, Steps = burnIn + (long)(UnitsPerRate / rate), Seed = 11 }, cancellation));
        }

        SchemeTheory At(double rate) => Reference.Theory(SamplingScheme.WithReplacement, rate);
        (string Id, string Name, string Label, double Power, double Tolerance, Func<StationaryLaw, double> Value, Func<ChainSummary, (double Value, double Error)> Measure)[] quantities =
        [
            ("variance", "Σ_{11}", "variance Σ_{11}", 1, 0.1, law => law.Covariance[0, 0], run => run.CovarianceOf(0, 0)),
            ("circulation", "C_{12}", "circulation C_{12} per step", 2, 0.1, law => law.Circulation[0, 1], run => run.CirculationOf(0, 1)),
            ("entropy", "σ̇", "entropy production σ̇ per step", 1, 0.1, law => law.Entropy, run => run.Entropy),
        ];
        var grid = Logarithmic(Rates[0] / 2, Rates[^1] * 2, 41);
        var (panels, claims, title) = (new List<Panel>(), new List<Claim>(), new List<string>());
        foreach (var (id, name, label, power, tolerance, value, measure) in quantities)
        {
            var measured = runs.Select(measure).ToArray();
            var line = Line("Ornstein–Uhlenbeck", grid, rate => value(At(rate).Leading), 0);
            var dots = Dots("chains", Rates, measured, 0);
            panels.Add(new Panel
            {
                Title = label[..label.LastIndexOf(' ')].Replace(" " + name, "", StringComparison.Ordinal).Replace(" per", "", StringComparison.Ordinal),
                X = new Axis("learning rate η", true),
                Y = new Axis(label, true),
                Series = [line, Line("exact in η", grid, rate => value(At(rate).Exact), 1, SeriesStyle.Dashed), dots],
                Slopes = [line.Triangle(grid[24], grid[36], power)],
            });
            var what = $"{name} ∝ η^{{{power:0}}} with replacement";
            claims.Add(SlopeOfTheory($"{id}-slope", what, power, rate => value(At(rate).Exact), SmallFrom, SmallTo, Paper));
            claims.Add(SlopeOfChains($"{id}-slope", what, power, tolerance, Rates[..4], measured[..4], Paper));
            var (slope, half) = Slope(Rates, measured);
            title.Add($"{name} ∝ η^{{{DisplayNumber.WithInterval(slope, half)}}}");
            claims.Add(Measured(
                $"{id}-value", DisplayText.Of($"{name} of steps with replacement is that of the exact moments (η = {Rates[0]:G2})"), value(At(Rates[0]).Exact), measured[0], 0.05, Derived,
                $"{Chains} chains over {UnitsPerRate:0}/η steps, seed 11").At("chains", Chains));
        }

        var entropy = runs[0].Entropy;
        claims.Add(Claim.AtLeast("entropy-positive", "steps with replacement produce entropy where H and D do not commute", 0, entropy.Value, Paper, DisplayText.Of($"lower end included; η = {Rates[0]:G2}"), PredictionKind.Exact, Normal95 * entropy.Error));
        claims.Add(Commuting(cancellation));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = "With replacement: " + string.Join(", ", title),
                    Caption = $"Stationary variance, circulation C_{{12}} = mean of ½(δ_{{1}}δ_{{2}}' − δ_{{2}}δ_{{1}}'), and entropy production per step against the learning rate. Lines: Ornstein–Uhlenbeck law; dashed: exact in η; dots: {Chains} chains over {UnitsPerRate:0}/η steps after the burn-in, 95 % intervals. Linear regression on six rows without randomness, d = 2, B = 2, s = 0.5, λ = 0.1.",
                    Panels = panels,
                },
            ],
        };
    }

    // The mean of rows: every Hessian is a multiple of the identity, which commutes with all D.
    private static Claim Commuting(CancellationToken cancellation)
    {
        var problem = new EquilibriumProblem { Model = EquilibriumModel.Mean, Samples = 24, Batch = 4, LearningRate = 1e-3 };
        var run = problem.Stationary(new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = Chains, BurnIn = 250, Steps = 5000, Seed = 12 }, cancellation);
        var theory = problem.Theory(SamplingScheme.WithReplacement, 1e-3);
        var scale = Math.Sqrt(theory.Exact.Covariance[0, 0] * 2 * theory.Diffusion[1, 1]);
        var (value, error) = run.CirculationOf(0, 1);
        return Claim.Absolute(
            "no-currents", "there are no currents where H and D commute (mean of rows)", 0, value / scale, 0.001, Paper, $"circulation in parts of √(Σ_{{11}} 2D_{{22}}), {Chains} chains of 4750 steps, seed 12", PredictionKind.Exact, Normal95 * error / scale);
    }
}
