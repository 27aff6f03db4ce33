using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 7 and its claims: mini-batches, momentum and Newton–Schulz against the population recursion.</summary>
internal static class MiniBatchFigure
{
    private const int Dimension = 60;
    private const double Spike = 9;
    private const double Scale = 0.01;
    private const double DescentRate = 0.01;
    private const double SpectralRate = 0.005;
    private const int Replicas = 4;
    private const long DescentSteps = 260;
    private const long SpectralSteps = 200;
    private static readonly int[] Batches = [64, 256, 1024, 4096];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = Runs.Spiked(Dimension, Spike, Scale);
        var polar = UpdateRule.Spectral;
        var newton = new UpdateRule { Direction = new NewtonSchulzDirection() };
        (string Title, UpdateRule Rule)[] cases =
        [
            ("gradient descent", UpdateRule.GradientDescent),
            ("exact polar factor, μ = 0", polar),
            ("exact polar factor, μ = 0.9", polar with { Momentum = 0.9 }),
            ("Newton–Schulz, μ = 0", newton),
            ("Newton–Schulz, μ = 0.9 (Muon)", newton with { Momentum = 0.9 }),
        ];
        var done = 0;
        var panels = new List<Panel>();
        var runs = new Dictionary<(int Case, int Batch), Solution>();
        for (var n = 0; n < cases.Length; n++)
        {
            var (rate, steps) = n == 0 ? (DescentRate, DescentSteps) : (SpectralRate, SpectralSteps);
            var theory = problem.Solve(new BlockRecursion { Rule = cases[n].Rule, LearningRate = rate, AtSteps = Runs.Every(steps) }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var series = new List<Series> { Line(theory, "a", "population recursion", CurveColors.Neutral) };
            for (var k = 0; k < Batches.Length; k++)
            {
                progress?.Report(new Progress((double)done++ / (cases.Length * Batches.Length), cases[n].Title));
                var run = problem.Solve(
                    new MiniBatchDescent { Rule = cases[n].Rule, LearningRate = rate, AtSteps = Runs.Every(steps, 10), Batch = Batches[k], Replicas = Replicas, Seed = 3 }, null, cancellation);
                cancellation.ThrowIfCancellationRequested();
                runs[(n, Batches[k])] = run;
                series.Add(DescentCurves.Of(run, "a", $"B = {Batches[k]}", k, SeriesStyle.Points).Against(theory, "a", "step") with { Value = Batches[k] });
            }

            panels.Add(new Panel { Title = cases[n].Title, X = new Axis("step k", false, 0), Y = n == 0 ? new Axis("signal coefficient a", true) : new Axis("signal coefficient a", false, 0), Series = series });
        }

        var spectral = Runs.Spectral(problem, SpectralRate, SpectralSteps, cancellation, at: Runs.Every(SpectralSteps, 10));
        var (lag, restored) = (Lag(runs[(1, 256)], spectral), Farthest(runs[(2, 256)], spectral, Restored).Deviation);
        panels.Add(Noise(problem, runs[(2, 256)], cancellation));
        return new ReproductionResult
        {
            Claims = [.. Claims(problem, runs, cancellation)],
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = $"At B = 256 the polar factor lags by {DisplayNumber.Percent(lag)}; momentum 0.9 brings it within {Headline.Percent(restored)}",
                    Scale = new ColorScale("batch size B", IsLogarithmic: true),
                    Caption = $"Signal coefficient ‖Wᵀθ‖ on fresh batches of B samples (dots: mean of {Replicas} runs; bars: 10 to 90 % of them) and the population recursion of the same rule (lines). Last panel: spike and bulk with the exact polar factor, B = 256, μ = 0.9. "
                        + FormattableString.Invariant($"Gradient descent: η = {DescentRate}; the others: η = {SpectralRate}. Newton–Schulz: Muon's coefficients, 5 iterations. d = {Dimension}, λ = {Spike}, α = {Scale}."),
                    Panels = panels,
                },
            ],
        };
    }

    // The mean of the diagonal over bulk directions, which noise of random sign does not enter, as it does the root mean square.
    private static double CoherentBulk(SpectralDescentProblem problem, long steps, int replica)
    {
        var system = MatrixSystem.Of(problem);
        var engine = new MatrixEngine(system, new BatchGradient(system, 256, 3, replica), UpdateRule.Spectral with { Momentum = 0.9 }, Schedules.LearningRateSchedule.Constant(SpectralRate, steps));
        engine.Advance(steps);
        return Enumerable.Range(2, Dimension - 2).Average(i => engine.Weights[(i * Dimension) + i]);
    }

    private static Series Line(Solution solution, string observable, string label, int color) => DescentCurves.Of(solution, observable, label, color).Smoothed();

    private static Panel Noise(SpectralDescentProblem problem, Solution run, CancellationToken cancellation)
    {
        var theory = Runs.Spectral(problem, SpectralRate, SpectralSteps, cancellation, at: Runs.Every(SpectralSteps));
        return new Panel
        {
            Title = "noise directions, B = 256, μ = 0.9",
            X = new Axis("step k", false, 0),
            Y = new Axis("b, c", false, 0),
            Series =
            [
                Line(theory, "b", "b (spike)", CurveColors.Spike), Line(theory, "c", "c (bulk)", CurveColors.Bulk),
                Dots("b", "b (spike)", CurveColors.Spike), Dots("c", "c (bulk)", CurveColors.Bulk),
            ],
        };

        Series Dots(string observable, string label, int color) => DescentCurves.Of(run, observable, label, color, SeriesStyle.Points).Against(theory, observable, "step", absolute: true);
    }

    // Where the signal has left its start and not yet saturated.
    private static IEnumerable<int> Restored => Enumerable.Range(4, 13);

    private static double Lag(Solution run, Solution theory) => 1 - (run["a"][12] / theory["a"][12]);

    private static (double Deviation, int Row) Farthest(Solution run, Solution theory, IEnumerable<int> rows) =>
        rows.Select(row => (Math.Abs((run["a"][row] / theory["a"][row]) - 1), row)).MaxBy(pair => pair.Item1);

    private static IEnumerable<Claim> Claims(SpectralDescentProblem problem, Dictionary<(int Case, int Batch), Solution> runs, CancellationToken cancellation)
    {
        var descent = Runs.Descent(problem, DescentRate, DescentSteps, cancellation, at: Runs.Every(DescentSteps, 10));
        var spectral = Runs.Spectral(problem, SpectralRate, SpectralSteps, cancellation, at: Runs.Every(SpectralSteps, 10));
        const string Statistics = "largest relative deviation of the mean of 4 runs (seed 3) from the population recursion over every tenth step; Student's interval of the mean at that step";
        yield return Follows("sgd-256", "mini-batch gradient descent with B = 256 follows the recursion within 10 %", runs[(0, 256)], descent, 0.10, DescentSteps);
        yield return Follows("sgd-4096", "mini-batch gradient descent with B = 4096 follows the recursion within 2 %", runs[(0, 4096)], descent, 0.02, DescentSteps);
        yield return Follows("spectral-4096", "mini-batch spectral descent with B = 4096 follows the recursion within 3 %", runs[(1, 4096)], spectral, 0.03, SpectralSteps - 10);
        double Half(Solution run, int row, double theory) => MeanOfRuns.Half(run["a-se"][row], Replicas) / theory;
        var lag = Lag(runs[(1, 256)], spectral);
        yield return Claim.AtLeast(
            "spectral-256-lags", $"with B = 256 and no momentum noisy singular vectors make spectral descent lag by more than 10 % (d = {Dimension})", 0.10, lag, DescentCurves.Derived,
            "1 − a/a_population at step 120, mean of 4 runs (seed 3); Student's interval of the mean", PredictionKind.Heuristic, Half(runs[(1, 256)], 12, spectral["a"][12]))
            .UpTo(120, "k").At("d", Dimension).At("runs", Replicas);
        var momentum = runs[(2, 256)];
        var (farthest, atRow) = Farthest(momentum, spectral, Restored);
        yield return Claim.AtMost(
            "momentum-restores", $"momentum 0.9 restores the signal at B = 256 to within 2 % (d = {Dimension})", 0.02, farthest, DescentCurves.Derived,
            "largest relative deviation of a from the recursion without momentum over steps 40 … 160, mean of 4 runs (seed 3); Student's interval of the mean there", PredictionKind.Heuristic, Half(momentum, atRow, spectral["a"][atRow]))
            .UpTo(160, "k").At("d", Dimension).At("runs", Replicas).Over("steps 40 to 160");
        double[] bulk = [.. Enumerable.Range(0, Replicas).Select(replica => Math.Abs(CoherentBulk(problem, 120, replica) - Math.Abs(spectral["c"][12])))];
        yield return Claim.Absolute(
            "momentum-bulk", $"with momentum the coherent part of the bulk differs from the recursion without by the order of η/(1 − μ) = 0.05 (d = {Dimension}, B = 256, step 120)", 0.05,
            bulk.Average(), 0.04, DescentCurves.Derived, "|tr(PW)/(d − 2) − c_population|, mean of 4 runs (seed 3), μ = 0.9; within a factor of about two; Student's interval of the mean", PredictionKind.Heuristic, MeanOfRuns.Half(bulk))
            .UpTo(120, "k").At("d", Dimension).At("runs", Replicas);

        Claim Follows(string id, string statement, Solution run, Solution theory, double bound, long until)
        {
            var (largest, row) = Farthest(run, theory, Enumerable.Range(0, run.Times.Length).Where(row => run["step"][row] <= until));
            return Claim.AtMost(id, FormattableString.Invariant($"{statement} (d = {Dimension}, λ = {Spike})"), bound, largest, DescentCurves.Derived, Statistics, PredictionKind.Heuristic, Half(run, row, theory["a"][row]))
                .UpTo(until, "k").At("d", Dimension).At("runs", Replicas);
        }
    }
}
