using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 10: the horizon of the ladder from its frontier and from its collapse, and the universal curve of infinite width.</summary>
internal static class HorizonFigure
{
    private const double ExponentTolerance = 0.05;
    private const double CurveTolerance = 0.03;
    private const double FirstShown = 1e-3;
    private const double SlowPeak = 0.05;

    /// <summary>Constant rate, trained past the optimum.</summary>
    private static ScalingProblem Long { get; } = LadderLab.Ladder with { Models = [16, 23, 32, 45, 64, 91, 128, 181, 256], Peak = SlowPeak, Features = 1_000_000, Horizon = 3, Batch = 64 };

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var runs = Long.Means(3000, cancellation);
        progress?.Report(new Progress(0.6, "horizons"));
        var frontier = FrontierHorizon.Of(runs);
        var collapse = CollapseHorizon.Of(runs, 0, 0.5, 2.5, cancellation: cancellation);
        var curve = new UniversalCurve(Long.Difficulty, Long.Capacity);
        var best = curve.OptimalHorizon;

        // The factor of the optimal horizon at M = 64, in flow time.
        var factor = frontier.TimeOf(64) / Math.Pow(64, Long.Capacity);
        var optimal = (Long with { Models = [256], Horizon = best }).Mean(256, 2000, cancellation, first: 1);
        double[] places = LadderLab.Logarithmic(0.01, 1, 60);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative("horizon-frontier", "the frontier of constant-rate runs gives γ = β = 1.5 (M = 16 … 256, η = 0.05, B = 64, s = 0.5, mean of SGD)", 1.5, frontier.Exponent, ExponentTolerance, LadderLab.Derived, "best model at 1000 computes, the smallest and the largest dropped", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞"),
                Claim.Relative("horizon-collapse", "the best collapse of the same runs gives γ = β = 1.5", 1.5, collapse.Exponent, ExponentTolerance, LadderLab.Paper, "smallest mean of Δ² over x < 1", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞"),
                Claim.Relative("horizon-factor", "the optimal horizon is κ* M^β, κ* = 0.348 (M = 64, flow time; mean of SGD as above)", best, factor, 0.15, LadderLab.Derived, "fit of the frontier, read at M = 64", PredictionKind.Asymptotic).Over("M → ∞, η → 0"),
                Claim.Relative("universal-curve-0.1", "ℓ(0.1) = Φ(κ*/10)/Φ(κ*) = 2.700 (M = 256, η = 0.05, B = 64)", curve.Normalized(0.1, best), At(optimal, 0.1), CurveTolerance, LadderLab.Derived, "mean of SGD", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞, η → 0"),
                Claim.Relative("universal-curve-0.5", "ℓ(0.5) = Φ(κ*/2)/Φ(κ*) = 1.283 (the same)", curve.Normalized(0.5, best), At(optimal, 0.5), CurveTolerance, LadderLab.Derived, "mean of SGD", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞, η → 0"),
                Claim.Relative("universal-level", "E = M^{−sβ} Φ(κ*) at the end (the same)", Math.Pow(256, -Long.Difficulty * Long.Capacity) * curve.Phi(best), optimal.EndLoss, CurveTolerance, LadderLab.Derived, "mean of SGD", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞, η → 0"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-10",
                    Title = $"Data exponent {DisplayNumber.Of(frontier.Exponent, 3)} by the frontier, {DisplayNumber.Of(collapse.Exponent, 3)} by the collapse; capacity β = 1.5",
                    Caption = $"Mean of SGD at constant rate (β = 1.5, s = 0.5, N = 10^{{6}}, B = 64, η = 0.05). (a) Excess risk of M = 16 … 256 against compute 6 t M, and the frontier. (b) Root mean square deviation of runs cut at t* ∝ M^{{γ}}. (c) Normalised risk of M = 256 at κ* = {DisplayNumber.Of(best, 3)} and the universal curve Φ(κ*x)/Φ(κ*).",
                    Scale = new ColorScale("model size M", IsLogarithmic: true),
                    Panels =
                    [
                        new Panel { Title = "frontier", X = new Axis("compute 6 t M", true), Y = new Axis("excess risk E", true), Series = [.. runs.Select(run => new Series { Label = $"M = {run.Size:0}", X = run.AllComputes(), Y = run.Losses, Value = run.Size }.Where((c, _) => c >= FirstShown * run.EndCompute)), new Series { Label = "frontier", X = frontier.Computes, Y = frontier.Losses, Color = CurveColors.Neutral, Style = SeriesStyle.Points, Role = SeriesRole.Fit }.Thinned(14)] },
                        new Panel { Title = "collapse", X = new Axis("data exponent γ"), Y = new Axis("rms Δ", true), Series = [new Series { Label = "SGD", X = collapse.Scanned, Y = collapse.RootMeanSquares }], Lines = [new ReferenceLine(Long.Capacity, "β")] },
                        new Panel
                        {
                            Title = "universal curve", X = new Axis("place in the horizon x", true), Y = new Axis("ℓ(x)", true),
                            Series = [SolutionSeries.Function(places, x => curve.Normalized(x, best), "M → ∞", 1), new Series { Label = "SGD, M = 256", X = places, Y = [.. places.Select(x => At(optimal, x))], Style = SeriesStyle.Points, Color = 0 }.Every(3)],
                        },
                    ],
                },
            ],
        };
    }

    private static double At(LadderRun run, double x) => MathNet.Numerics.Interpolation.LinearSpline.InterpolateSorted(run.Times, run.Losses).Interpolate(x * run.EndTime) / run.EndLoss;
}
