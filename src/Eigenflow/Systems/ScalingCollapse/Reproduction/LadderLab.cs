using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Ladders, runs and curves that several tasks of the reproduction share.</summary>
internal static class LadderLab
{
    public const string Paper = ScalingPredictions.Paper;
    public const string Derived = ScalingPredictions.Derived;

    /// <summary>The ladder of most tasks, in words.</summary>
    public const string Setting = "β = 1.5, s = 0.5, N = 4096, " + Rest;

    private const string Rest = "B = 4, η = 0.2, κ = 1";

    /// <summary>The same ladder of another number of features, in words.</summary>
    public static string SettingOf(string features) => $"β = 1.5, s = 0.5, N = {features}, {Rest}";

    /// <summary>The schedules of the paper with their names in figures.</summary>
    public static readonly (string Text, string Name)[] Schedules =
        [("constant", "constant"), ("linear", "linear"), ("cosine", "cosine"), ("quadratic", "quadratic"), ("square", "square"), ("exponential", "exponential"), ("multicosine", "multicosine")];

    /// <summary>M = 32, 64, 128.</summary>
    public static ScalingProblem Ladder { get; } = new();

    /// <summary>The ladder under a schedule; the exponential one ends at a tenth of its peak.</summary>
    public static ScalingProblem Under(this ScalingProblem problem, string schedule) => problem with { Shape = ScheduleText.Parse(schedule), FinalRate = schedule == "exponential" ? problem.Peak / 10 : null };

    /// <summary>Number of the colour of a schedule.</summary>
    public static int Color(string schedule) => CurveColors.Schedule(schedule);

    /// <summary>The mean of a model as a run, with about so many records of even distance.</summary>
    /// <param name="problem">The ladder.</param>
    /// <param name="size">M.</param>
    /// <param name="records">Records; more than steps are all steps.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="first">First record, as a step.</param>
    public static LadderRun Mean(this ScalingProblem problem, double size, int records, CancellationToken cancellation, long first = 0)
    {
        var model = LadderModel.Of(problem, size);
        long[] steps = [.. Enumerable.Range(0, records + 1).Select(k => first + (long)Math.Round((double)k * (model.Steps - first) / records)).Distinct()];
        double[] places = [.. steps.Select(step => (double)step / model.Steps)];
        var curve = LadderCurve.Of(model, places, new SolveContext(null, null, cancellation), hasNoise: false);
        return new LadderRun
        {
            Size = size,
            Times = [.. steps.Select(step => step * model.Schedule.Peak)],
            Losses = curve.Losses,
            LearningRates = [.. steps.Select(model.RateAt)],
            Traces = curve.Traces,
            IntrinsicTimes = [.. steps.Select(model.Schedule.TimeAt)],
            Schedule = problem.Shape.Text,
        };
    }

    /// <summary>The means of all models of a ladder.</summary>
    public static LadderRun[] Means(this ScalingProblem problem, int records, CancellationToken cancellation, long first = 1) => [.. problem.Models.Select(size => problem.Mean(size, records, cancellation, first))];

    /// <summary>The seeds of all models of a ladder as runs, at x = 0.02, 0.04, …, 1.</summary>
    public static LadderRun[] Seeds(this ScalingProblem problem, int replicas, long seed, CancellationToken cancellation)
    {
        double[] places = [.. Enumerable.Range(1, 50).Select(k => k / 50.0)];
        var runs = new List<LadderRun>();
        foreach (var size in problem.Models)
        {
            var model = LadderModel.Of(problem, size);
            var seeds = new LadderSgd { Replicas = replicas, Seed = seed, Threads = 1 }.Run(model, places, new SolveContext(null, null, cancellation));
            runs.AddRange(seeds.Losses.Select((losses, k) => new LadderRun { Size = size, Seed = FormattableString.Invariant($"{k:00000}"), Times = [.. places.Select(x => x * model.Steps * model.Schedule.Peak)], Losses = losses, Schedule = problem.Shape.Text }));
        }

        return [.. runs];
    }

    /// <summary>The grid of <see cref="Seeds"/>.</summary>
    public static double[] Places { get; } = [.. Enumerable.Range(1, 50).Select(k => k / 50.0)];

    /// <summary>Normalised curves on 0.01, 0.02, …, 1.</summary>
    public static NormalizedCurves Normalize(this IReadOnlyList<LadderRun> runs, double offset = 0, double[]? grid = null) => NormalizedCurves.Of(runs, offset, grid);

    /// <summary>Solves, and gives up where it was cancelled.</summary>
    public static Solution Run(this ScalingProblem problem, Method<ScalingProblem> method, CancellationToken cancellation)
    {
        var solution = problem.Solve(method, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return solution;
    }

    /// <summary>Numbers of even distance in the logarithm.</summary>
    public static double[] Logarithmic(double first, double last, int count) => TimeGrid.Logarithmic(first, last, count)[1..];

    /// <summary>Root mean square.</summary>
    public static double Rms(IEnumerable<double> values) => Math.Sqrt(values.Average(value => value * value));
}
