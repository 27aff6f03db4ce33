using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionCurves;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Figure 4: SGD on one parameter of the flip of ±1: moments along the steps, floors against the learning rate, and the realisable model, whose orbit targets have no floor.</summary>
internal static class FloorFigure
{
    private const int Runs = 20_000;
    private const int FloorRuns = 4000;
    private const int LastOfMean = 25;
    private const double RatioTolerance = 0.1;
    private const double RatioRate = 0.03;

    // The fourth moments of small targets ask for more.
    private static readonly int[] RatioRuns = [10_000, 10_000, 60_000];

    // Colours of noise levels are others than those of estimators.
    private static readonly double[] Sigmas = [0.5, 0.8, 0.95];
    private static readonly double[] ClaimedRatios = [0.93, 0.195, 0.0040];

    private static readonly (EstimatorKind Kind, string Name, int Color)[] Kinds = [(EstimatorKind.Augmented, "augmented", 0), (EstimatorKind.Orbit, "orbit", 1)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (moments, floors, posterior, claims) = (new List<Series>(), new List<Series>(), new List<Series>(), new List<Claim>());
        long[] saved = [1, 2, 4, 8, 15, 25, 40, 60];
        foreach (var (kind, name, color) in Kinds)
        {
            progress?.Report(new Progress(0.1 * color, name));
            var problem = Toy(0.6, kind, 0.8);
            var theory = problem.Solve(new SgdTheory { Batch = 4, LearningRate = 0.05, Steps = 60, AtSteps = [.. Enumerable.Range(0, 61).Select(k => (long)k)] }, null, cancellation);
            var runs = problem.Solve(new OnlineSgd { Batch = 4, LearningRate = 0.05, Steps = 60, AtSteps = saved, Replicas = Runs, Seed = 41, Threads = 1 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            moments.Add(SolutionSeries.Of(theory, "distance", name, color));
            moments.Add(Dots(name, color, runs["step"], [.. Enumerable.Range(0, runs.Rows).Select(row => new DrawnMean(runs["distance"][row], runs["distance-se"][row]))]));
            var exact = problem.Solve(new SgdTheory { Batch = 4, LearningRate = 0.05, Steps = 60, AtSteps = saved }, null, cancellation);
            claims.Add(MeanOfRuns.Of(runs, exact, "distance", 1).Claim($"second-moments-{name}", $"{Distance}E(θ − θ*)² of SGD with {name} targets follows its recursion (η = 0.05, B = 4, 60 steps)", Runs, null, Derived, $"largest distance over {saved.Length} steps", PredictionKind.Exact).UpTo(60, "k"));

            // Later the mean is smaller than its error.
            var early = Enumerable.Range(0, runs.Rows).Where(row => runs["step"][row] <= LastOfMean);
            claims.Add(MeanOfRuns.Of(early.Select(row => (runs["mean-distance"][row], exact["mean-distance"][row], runs["mean-distance-se"][row]))).Claim($"first-moments-{name}", $"{Distance}E(θ − θ*) of SGD with {name} targets follows its recursion (η = 0.05, B = 4)", Runs, null, Derived, $"largest distance over the saved steps to {LastOfMean}", PredictionKind.Exact).UpTo(LastOfMean, "k"));
        }

        foreach (var (index, sigma) in Sigmas.Index())
        {
            progress?.Report(new Progress(0.3 + (0.2 * index), DisplayText.Of($"floors, σ = {sigma:R}")));
            double[] rates = Logarithmic(1e-3, 0.25, 30), measured = [0.01, 0.03, 0.1];
            foreach (var (kind, name, color) in Kinds)
            {
                var problem = Toy(sigma, kind);
                var theory = SgdTheory.MomentsOf(problem, ModelKind.Linear, 1, cancellation).Moments;
                floors.Add(new Series { Label = DisplayText.Of($"σ = {sigma:R}"), X = rates, Y = [.. rates.Select(rate => theory.Stationary(rate)?.Trace() ?? double.NaN)], Color = index + Kinds.Length, Style = kind == EstimatorKind.Orbit ? SeriesStyle.Dashed : SeriesStyle.Line, Role = SeriesRole.Theory });
                DrawnMean[] means = [.. measured.Select(rate => Floor(problem, rate, FloorRuns, cancellation))];
                floors.Add(Dots(DisplayText.Of($"σ = {sigma:R}"), index + Kinds.Length, measured, means));
                claims.Add(MeansClaim(
                    DisplayText.Plain($"floor-{name}-{index + 1}"), DisplayText.Of($"the floor of SGD with {name} targets is 4η²N/B over its linear decay (σ = {sigma:R}, η = 0.01, 0.03, 0.1, B = 1)"),
                    means.Select((mean, k) => (mean, theory.Stationary(measured[k])!.Trace())), FloorRuns, Derived, $"largest distance in standard errors over three learning rates, {FloorRuns} runs each"));
            }

            DrawnMean[] at = [.. Kinds.Select(one => Floor(Toy(sigma, one.Kind), RatioRate, RatioRuns[index], cancellation))];
            var ratio = at[1].Mean / at[0].Mean;
            claims.Add(Claim.Relative(
                $"floor-ratio-{index + 1}", DisplayText.Of($"floor of orbit over augmented targets (flip of ±1, linear, σ = {sigma:R}, α² = 1 − σ²)"), ClaimedRatios[index], ratio, RatioTolerance, Derived,
                $"E(θ − θ*)² after many relaxation times, η = 0.03, {RatioRuns[index]} runs; 95 % interval", PredictionKind.Exact, Normal95 * ratio * Math.Sqrt(Math.Pow(at[0].Error / at[0].Mean, 2) + Math.Pow(at[1].Error / at[1].Mean, 2))).At("runs", RatioRuns[index]));
        }

        var last = new List<double>();
        foreach (var (kind, name, color) in Kinds)
        {
            progress?.Report(new Progress(0.9, "realisable model"));
            var problem = Toy(0.8, kind);
            long[] steps = [1, 10, 20, 40, 80, 120, 160, 200];
            var method = new SgdTheory { Model = ModelKind.Posterior, Batch = 4, LearningRate = 0.2, Steps = 200 };
            var theory = problem.Solve(method with { AtSteps = [.. Enumerable.Range(0, 201).Select(k => (long)k)] }, null, cancellation);
            var runs = problem.Solve(new OnlineSgd { Model = ModelKind.Posterior, Batch = 4, LearningRate = 0.2, Steps = 200, AtSteps = steps, Replicas = FloorRuns, Seed = 43, Threads = 1 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            posterior.Add(SolutionSeries.Of(theory, "distance", name, color, keepsZero: true));
            posterior.Add(Dots(name, color, runs["step"], [.. Enumerable.Range(0, runs.Rows).Select(row => new DrawnMean(runs["distance"][row], runs["distance-se"][row]))]));
            last.Add(runs["distance"][^1]);
        }

        // The model is equivariant: plain samples have the gradients of posed ones.
        var unposed = new OnlineSgd { Model = ModelKind.Posterior, Batch = 4, LearningRate = 0.2, Steps = 200, AtSteps = [10, 50, 100, 200], Replicas = FloorRuns, Seed = 44, Threads = 1 };
        var plain = Toy(0.8, EstimatorKind.Plain).Solve(unposed, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var posed = Toy(0.8, EstimatorKind.Augmented).Solve(new SgdTheory { Model = ModelKind.Posterior, Batch = 4, LearningRate = 0.2, Steps = 200, AtSteps = [10, 50, 100, 200] }, null, cancellation);
        claims.Add(MeanOfRuns.Of(plain, posed, "distance", 1).Claim("plain-is-augmented", Distance + "augmentation reduces no variance of an equivariant model: SGD with plain targets has the moments of augmented ones (flip of ±1, realisable model, σ = 0.8)", FloorRuns, null, Paper, "largest distance of plain runs from the recursion of augmented targets over four steps", PredictionKind.Exact).UpTo(200, "k"));
        claims.Add(Claim.AtMost("no-floor", "with orbit targets the realisable model has no floor: E(θ − 1)² decays as its recursion without noise, to below 10^{−8} in 200 steps (flip of ±1, σ = 0.8)", 1e-8, last[1], Derived, $"mean over {FloorRuns} runs, η = 0.2, B = 4", PredictionKind.Exact).At("runs", FloorRuns).UpTo(200, "k"));
        return new ReproductionResult { Claims = claims, Figures = [Draw(moments, floors, posterior, last)] };
    }

    // The state after ten relaxation times, over runs.
    private static DrawnMean Floor(DiffusionProblem problem, double rate, int runs, CancellationToken cancellation)
    {
        var steps = (long)Math.Ceiling(5 / rate);
        var last = problem.Solve(new OnlineSgd { LearningRate = rate, Steps = steps, AtSteps = [steps], Replicas = runs, Seed = 42, Threads = 1 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new DrawnMean(last["distance"][^1], last["distance-se"][^1]);
    }

    private static Figure Draw(List<Series> moments, List<Series> floors, List<Series> posterior, List<double> last) => new()
    {
        Id = "figure-4",
        Title = $"A realisable model ends at {DisplayNumber.Of(last[1], 2)} with orbit targets, at {DisplayNumber.Of(last[0], 2)} with augmented ones",
        Caption = DisplayText.Of($"SGD on one parameter, x_{{0}} = ±1. (a) Mean square distance of θ from its optimum, φ = θx, α = 0.8, σ = 0.6, η = 0.05, B = 4: exact recursion and {Runs} runs. (b) Floor against the learning rate at three noise levels, α² = 1 − σ², B = 1: augmented (lines) and orbit (dashes) targets; dots: {FloorRuns} runs. (c) φ = θ tanh(αx/σ²), σ = 0.8, η = 0.2, B = 4. Dots with 95 % intervals."),
        Panels =
        [
            new Panel { Title = "linear, along the steps", X = new Axis("step k", true), Y = new Axis("E(θ − θ*)²", true), Series = moments },
            new Panel { Title = "linear, floors", X = new Axis("learning rate η", true), Y = new Axis("stationary E(θ − θ*)²", true), Series = [.. floors, SolutionSeries.Key("augmented", SeriesStyle.Line), SolutionSeries.Key("orbit", SeriesStyle.Dashed)] },
            new Panel { Title = "realisable", X = new Axis("step k"), Y = new Axis("E(θ − 1)²", true, 1e-14, null), Series = posterior },
        ],
    };
}
