using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 5: the detailed fluctuation theorem of Gaussian noise for short and long windows, where entropy production is of order one.</summary>
internal static class DetailedFigure
{
    private const int Chains = 102_400;
    private const int BurnIn = 600;
    private const int LongWindow = 200;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new Progress(0.05, "running chains"));
        var run = TwoModes.Stationary(new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = Chains, BurnIn = BurnIn, Steps = BurnIn + (2 * LongWindow), Window = LongWindow, Seed = 51 }, cancellation);
        var theory = TwoModes.Theory(SamplingScheme.WithReplacement, TwoModes.Rate);
        int[] windows = [1, 3, LongWindow];
        int[] places = [0, 2, 3];
        var (panels, claims, title) = (new List<Panel>(), new List<Claim>(), new List<string>());
        foreach (var (k, window) in windows.Index())
        {
            var points = FluctuationTest.Points(run.Histogram(places[k]), run.Width(places[k])).ToArray();
            var slope = run.Slope(places[k]);
            panels.Add(new Panel
            {
                Title = $"τ = {window}",
                X = new Axis("entropy production σ"),
                Y = new Axis("ln [P(σ)/P(−σ)]"),
                Series =
                [
                    new Series { Label = "σ", X = [0, points[^1].Entropy], Y = [0, points[^1].Entropy], Color = CurveColors.Neutral },
                    new Series
                    {
                        Label = "chains",
                        X = [.. points.Select(point => point.Entropy)],
                        Y = [.. points.Select(point => point.LogRatio)],
                        Lower = [.. points.Select(point => point.LogRatio - (Normal95 * point.Error))],
                        Upper = [.. points.Select(point => point.LogRatio + (Normal95 * point.Error))],
                        Style = SeriesStyle.Points,
                    },
                ],
            });
            title.Add(DisplayNumber.WithInterval(slope.Value, Normal95 * slope.Error));
            claims.Add(Measured($"detailed-theorem-{window}", $"ln[P(σ)/P(−σ)] = σ over windows of {window} steps (two modes)", 1, slope, 0.05, Paper, $"slope through the origin, {Chains} chains, 95 % interval by leaving out blocks of chains, seed 51").At("chains", Chains));
            claims.Add(Measured($"integral-theorem-{window}", $"⟨exp(−σ)⟩ = 1 over windows of {window} steps, to a fifth of ⟨σ⟩ (two modes)", 1, run.IntegralRatio(places[k]), 0.2, Paper, $"⟨exp(−σ) − 1 + σ⟩/⟨σ⟩, {Chains} chains, seed 51").At("chains", Chains));
        }

        claims.Add(Measured("entropy-two-modes", "entropy production of a step is that of the two-time log-ratio, exact in η (two modes)", theory.Exact.Entropy, run.Entropy, 0.03, Derived, $"{Chains} chains of {2 * LongWindow} steps, seed 51").At("chains", Chains));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"The detailed theorem holds at every τ: slopes {string.Join(", ", title)} for τ = {string.Join(", ", windows)}",
                    Caption = DisplayText.Of($"ln[P(σ)/P(−σ)] of the entropy production σ of windows of τ steps, over bins with at least {FluctuationTest.FewestCounts:0} counts on both sides, 95 % intervals by the counts; line: σ. H = diag(2, 1), D = 10^{{−4}}(1, ½; ½, 1), η = 0.01; {Chains} chains of {2 * LongWindow} steps after {BurnIn}."),
                    Panels = panels,
                },
            ],
        };
    }
}
