using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Problems and curves that several tasks of the reproduction share.</summary>
internal static class Lab
{
    /// <summary>The paper's experiment: hard task, capacity 4. N, M, σ and the peak are not stated there.</summary>
    public static ScalingLawProblem Paper { get; } = new() { Capacity = 4, Difficulty = 0.5, Features = 1024, ModelSize = 256, Noise = 0.04 };

    /// <summary>Steps of the paper's experiments.</summary>
    public const long PaperSteps = 10_000;

    /// <summary>Runs that its experiments are averaged over, but for its loss curves.</summary>
    public const int PaperRuns = 200;

    /// <summary>Runs that its loss curves are averaged over.</summary>
    public const int PaperCurveRuns = 1000;

    /// <summary>A problem with a schedule.</summary>
    public static ScalingLawProblem With(this ScalingLawProblem problem, string schedule, double peak, long steps, double? final = null, long? decaySteps = null) =>
        problem with { Schedule = new LearningRateSchedule(ScheduleText.Parse(schedule), peak, steps, final, decaySteps) };

    /// <summary>Solves, and ends the task when it is cancelled.</summary>
    public static Solution Run(this ScalingLawProblem problem, ScalingLawMethod method, CancellationToken cancellation, IProgress<Progress>? progress = null)
    {
        var solution = problem.Solve(method, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return solution;
    }

    /// <summary>The steps of a solution.</summary>
    public static long[] Steps(this Solution solution) => [.. solution["step"].Select(step => (long)step)];

    /// <summary>A fitted law as a series against the steps, in a colour that no schedule has.</summary>
    public static Series Series(this LawOverlay overlay, Solution law, string label) => LawCurves.Of(
        law with { Observables = [.. law.Observables.Where(column => column.Name != "loss"), new Observable("loss", "E", "", overlay.Evaluate(law))] }, "loss", label, CurveColors.Neutral, SeriesStyle.Dashed) with
    { Role = SeriesRole.Fit };
}

/// <summary>Maps the progress of one of several equal parts onto the whole.</summary>
internal sealed class PartOfProgress(IProgress<Progress> whole, double start, double share) : IProgress<Progress>
{
    /// <summary>The progress of part number <paramref name="index"/> of <paramref name="count"/>, or null when nobody listens.</summary>
    public static IProgress<Progress>? Of(IProgress<Progress>? whole, int index, int count) =>
        whole is null ? null : new PartOfProgress(whole, (double)index / count, 1.0 / count);

    public void Report(Progress value) => whole.Report(value with { Fraction = start + (share * value.Fraction) });
}
