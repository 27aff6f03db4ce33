using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling.Collapse;

/// <summary>What the learning rates of runs say of their schedule.</summary>
public static class ScheduleShape
{
    private const double SameRate = 0.02;
    private const double Constant = 0.01;
    private static readonly double[] Places = [0.25, 0.5, 0.75, 0.9];

    /// <summary>Whether the rate stays at its peak once it has reached it: by the learning rates, else by a name that begins with const.</summary>
    /// <param name="run">The run.</param>
    public static bool IsConstant(LadderRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.LearningRates is not { } rates)
            return run.Schedule.StartsWith("const", StringComparison.OrdinalIgnoreCase);
        var peak = rates.Max();
        var top = Array.FindIndex(rates, rate => rate >= (1 - Constant) * peak);
        return peak > 0 && Array.TrueForAll(rates[top..], rate => rate >= (1 - Constant) * peak);
    }

    /// <summary>Refuses a ladder whose learning rates, relative to their peaks, are different functions of x.</summary>
    /// <param name="runs">The runs of one ladder; those without learning rates are not looked at.</param>
    /// <exception cref="ParameterException">Two runs differ by more than 2 % of the peak at x = 0.25, 0.5, 0.75 or 0.9.</exception>
    public static void CheckSame(IReadOnlyList<LadderRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        (LadderRun Run, double[] Shape)? first = null;
        foreach (var run in runs)
        {
            if (run.LearningRates is not { } rates || !(rates.Max() > 0))
                continue;
            var (spline, peak) = (LinearSpline.InterpolateSorted(run.Times, rates), rates.Max());
            double[] shape = [.. Places.Select(x => spline.Interpolate(Math.Max(run.Times[0], x * run.EndTime)) / peak)];
            first ??= (run, shape);
            var different = Array.FindIndex(shape.Zip(first.Value.Shape, (own, other) => Math.Abs(own - other)).ToArray(), off => off > SameRate);
            if (different >= 0)
            {
                throw new ParameterException(
                    "schedule", DisplayText.Plain($"({100 * shape[different]:0} % of the peak at x = {Places[different]} in {run.Label}, {100 * first.Value.Shape[different]:0} % in {first.Value.Run.Label})"),
                    "one function of x for all runs of a ladder", "name schedules by a column (--schedule) or in the names of files (--name)");
            }
        }
    }
}
