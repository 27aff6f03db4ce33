using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 4: the entropy production of windows of one, two and three steps of the network, and both fluctuation theorems.</summary>
internal static class EntropyFigure
{
    private const double Rate = 1e-6;
    private const int Chains = 512;
    private const int Recorded = 30_000;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = EquilibriumParameters.Defaults(EquilibriumModel.Network) with { LearningRate = Rate };
        progress?.Report(new Progress(0.05, "running chains of the network"));
        var theory = problem.Theory(SamplingScheme.WithReplacement, Rate);
        var burnIn = EquilibriumParameters.Relaxation(theory.Expansion, Rate);
        var run = problem.Stationary(new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = Chains, BurnIn = burnIn, Steps = burnIn + Recorded, Seed = 41 }, cancellation);
        var (laws, factors, ratios, claims) = (new List<Series>(), new List<Series>(), new List<Series>(), new List<Claim>());
        var slopes = new List<string>();
        for (var index = 0; index < 3; index++)
        {
            var (window, width, counts) = (index + 1, run.Width(index), run.Histogram(index));
            var label = $"τ = {window}";
            var total = counts.Sum();
            double[] centres = [.. Enumerable.Range(0, counts.Length).Select(k => (k + 0.5 - (counts.Length / 2)) * width)];
            laws.Add(new Series { Label = label, X = centres, Y = [.. counts.Select(count => count > 0 ? count / (total * width) : double.NaN)], Color = index, Style = SeriesStyle.Points });
            factors.Add(new Series { Label = label, X = [.. centres.Reverse().Select(entropy => Math.Exp(-entropy))], Y = [.. centres.Zip(counts).Reverse().Select(pair => pair.Second > 0 ? pair.Second / (total * width * Math.Exp(-pair.First)) : double.NaN)], Color = index, Style = SeriesStyle.Points });
            var points = FluctuationTest.Points(counts, width).ToArray();
            ratios.Add(new Series
            {
                Label = label,
                X = [.. points.Select(point => point.Entropy)],
                Y = [.. points.Select(point => point.LogRatio)],
                Lower = [.. points.Select(point => point.LogRatio - (Normal95 * point.Error))],
                Upper = [.. points.Select(point => point.LogRatio + (Normal95 * point.Error))],
                Color = index,
                Style = SeriesStyle.Points,
            });
            var slope = run.Slope(index);
            slopes.Add(DisplayNumber.WithInterval(slope.Value, Normal95 * slope.Error));
            claims.Add(Measured($"integral-theorem-network-{window}", DisplayText.Of($"⟨exp(−σ)⟩ = 1 over windows of {window} steps of the network, to a fifth of ⟨σ⟩ (η = {Rate:G2})"), 1, run.IntegralRatio(index), 0.2, Paper, $"⟨exp(−σ) − 1 + σ⟩/⟨σ⟩, {Chains} chains of {Recorded} steps after the burn-in, seed 41", PredictionKind.Heuristic).At("chains", Chains));
            claims.Add(Measured($"detailed-theorem-network-{window}", DisplayText.Of($"ln[P(σ)/P(−σ)] is σ to a tenth over windows of {window} steps of the network, whose batch noise is not Gaussian (η = {Rate:G2})"), 1, slope, 0.1, Paper, "slope through the origin, 95 % interval by leaving out blocks of chains", PredictionKind.Heuristic).At("chains", Chains));
        }

        claims.Add(Measured("entropy-network", DisplayText.Of($"the network produces −tr(CD^{{−1}}CΣ^{{−1}}) of entropy per step (η = {Rate:G2})"), theory.Leading.Entropy, run.Entropy, 0.1, Paper, $"{Chains} chains of {Recorded} steps after the burn-in, seed 41; Ornstein–Uhlenbeck law at the minimum", PredictionKind.Asymptotic).At("chains", Chains));
        var longest = Math.Max(0.05, ratios.Max(series => series.X.LastOrDefault()));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = $"Entropy production of the network: slopes {string.Join(", ", slopes)} for τ = 1, 2, 3",
                    Caption = DisplayText.Of($"(a) Density of the entropy production σ of windows of τ steps. (b) Density of exp(−σ), whose mean is 1. (c) ln[P(σ)/P(−σ)] with 95 % intervals by the counts; line: σ. Network of seven weights, N = 200, B = 10, η = {Rate:G2}, {Chains} chains of {Recorded} steps with replacement after {burnIn} steps."),
                    Panels =
                    [
                        new Panel { Title = "entropy production", X = new Axis("entropy production σ"), Y = new Axis("density P(σ)", true), Series = laws },
                        new Panel { Title = "integral theorem", X = new Axis("exp(−σ)"), Y = new Axis("density", true), Series = factors, Lines = [new ReferenceLine(1, "mean 1")] },
                        new Panel { Title = "detailed theorem", X = new Axis("entropy production σ", false, 0, null), Y = new Axis("ln [P(σ)/P(−σ)]"), Series = [.. ratios, new Series { Label = "σ", X = [0, longest], Y = [0, longest], Color = CurveColors.Neutral }] },
                    ],
                },
            ],
        };
    }
}
