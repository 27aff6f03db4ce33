using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Circular filters of full width and of a finite radius on a stationary field: weight sharing makes all rates N times as large, locality couples the waves.</summary>
internal static class FilterFigure
{
    private const int Places = 32;
    private const double Length = 3;
    private const int SmallPlaces = 8;
    private const int Replicas = 12;
    private const int Steps = 200;
    private const double Rate = 0.004;
    private static readonly int[] Radii = [0, 1, 3, 7, 15];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var basis = new WaveBasis(Places, 1);
        var waves = StationaryModes.OfLength(Length, basis);
        DiffusionProblem full = Problem(new(ArchitectureKind.Convolution), 0, waves), narrow = Problem(new(ArchitectureKind.Patch, 1), 0, waves);
        double[] times = Times(1e-4, 1e3, 120), folded = [.. Enumerable.Range(0, (Places / 2) + 1).Select(k => (double)k)];
        var theory = new ModeTheory(narrow);
        double Variance(int mode, double time) => Math.Exp(theory.LogVariance(mode, time));
        var limit = Variance(0, 1e9);
        var peak = times.Max(time => Variance(0, time));
        cancellation.ThrowIfCancellationRequested();

        // One layer at N times the rate is what a filter that is trained by SGD has to follow.
        var small = Problem(new(ArchitectureKind.Convolution), 0, StationaryModes.OfLength(Length, new WaveBasis(SmallPlaces, 1))) with { Weighting = NoiseWeighting.Inverse, LearningRate = Rate };
        var trained = small.Solve(new DiffusionSgd { Batch = 256, Replicas = Replicas, Steps = Steps, Seed = 5, Points = 2, Shown = [0, 1] }, null, cancellation);
        var layer = (small with { Architecture = new(ArchitectureKind.OneLayer), LearningRate = SmallPlaces * Rate }).Solve(new DiffusionDescent { Steps = Steps, Points = 2, Shown = [0, 1] }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Panel Modes(string title, DiffusionProblem problem) => new()
        {
            Title = title,
            X = new Axis("training time τ", true),
            Y = new Axis("generated variance λ~", true),
            Series = [.. ((int[])[0, 1, 2, 4, 8, 16]).Select((mode, index) => new ModeTheory(problem) is var own ? new Series { Label = FormattableString.Invariant($"k = {mode}"), X = times, Y = [.. times.Select(time => Math.Exp(own.LogVariance(mode, time)))], Color = index } : null!)],
        };
        var spectra = Radii.Select((radius, index) => new ModeTheory(Problem(new(ArchitectureKind.Patch, radius), 0, waves)) is var own
            ? new Series { Label = FormattableString.Invariant($"r = {radius}"), X = folded, Y = [.. folded.Select(k => Math.Exp(own.LogVariance((int)k, 1e9)))], Color = index } : null!);
        return new ReproductionResult
        {
            Claims =
            [
                .. ((int[])[1, 2]).Select(mode => Claim.Relative($"sharing-{mode}", $"a filter of full width learns N times as fast as one layer (N = {SmallPlaces}, k = {mode - 1})", layer[DiffusionColumns.Variance(mode).Name][^1], trained[DiffusionColumns.Variance(mode).Name][^1], 0.05, Paper, DisplayText.Of($"filter trained by {Steps} steps of SGD, η = {Rate}, batch 256, mean of {Replicas} runs, against gradient descent of one layer at {SmallPlaces} η"), PredictionKind.Asymptotic, MeanOfRuns.Half(trained[DiffusionColumns.Variance(mode).Name + ReplicaColumns.Error][^1], Replicas)).Over("η → 0, B → ∞").UpTo(Steps, "n").At("runs", Replicas)),
                Claim.AtLeast("overshoot", "the variance of a wave may pass its limit on the way there (r = 1, k = 0)", 1.3, peak / limit, Derived, "largest variance on 120 times over that at τ = 10^{9}", PredictionKind.Exact),
                Claim.Relative("flat", "a filter of one place generates the mean variance in every wave", 1, Math.Exp(new ModeTheory(Problem(new(ArchitectureKind.Patch, 0), 0, waves)).LogVariance(5, 1e9)), 1e-3, Paper, "variance of k = 5 at τ = 10^{9}"),
                Claim.Relative("wide", "with growing radius the limit is that of the field (r = 7, k = 1)", waves[1], Math.Exp(new ModeTheory(Problem(new(ArchitectureKind.Patch, 7), 0, waves)).LogVariance(1, 1e9)), 0.02, Paper, "variance at τ = 10^{9}", PredictionKind.Asymptotic).Over("r → N/2"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "filters",
                    Title = $"A filter of three places overshoots: k = 0 reaches {DisplayNumber.Of(peak, 3)} on its way to {DisplayNumber.Of(limit, 3)}",
                    Caption = DisplayText.Of($"Generated variance of waves k against training time for circular filters of (a) full width and (b) three places, and (c) the converged spectrum of filters of radius r; dotted: the field. Stationary field of covariance exp(−|m|/{Length:0}) on {Places} places; filters from zero; η = 1, σ_0 = 0.002, σ_T = 80."),
                    Panels =
                    [
                        Modes("full width", full), Modes("three places", narrow),
                        new Panel { Title = "converged spectrum", X = new Axis("wave k"), Y = new Axis("generated variance λ~", true), Series = [.. spectra, new Series { Label = "field", X = folded, Y = [.. folded.Select(k => waves[(int)k])], Style = SeriesStyle.Dotted, Color = CurveColors.Neutral }] },
                    ],
                },
            ],
        };
    }
}
