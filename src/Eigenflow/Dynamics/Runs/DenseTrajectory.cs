using Eigenflow.Numerics.Ode;

namespace Eigenflow.Dynamics;

/// <summary>Keeps the dense output of a trajectory for evaluation at any time, as long as it fits in memory.</summary>
/// <typeparam name="TRow">A row of statistics.</typeparam>
internal sealed class DenseTrajectory<TRow>(long largestBytes)
{
    private readonly List<(DenseSegment Segment, Func<double[], TRow> Observe)> segments = [];
    private long bytes;
    private bool isDropped;

    /// <summary>Adds the last step of a solver; <paramref name="observe"/> reads statistics in the form that the state has in it.</summary>
    public void Add(AdaptiveSolver solver, Func<double[], TRow> observe)
    {
        bytes += 40L * solver.State.Length;
        if (isDropped || bytes > largestBytes)
        {
            isDropped = true;
            segments.Clear();
            return;
        }

        segments.Add((solver.CaptureSegment(), observe));
    }

    /// <summary>The evaluation, or null when it did not fit.</summary>
    public Func<double, TRow>? Complete() => isDropped || segments.Count == 0 ? null : Evaluate;

    private TRow Evaluate(double time)
    {
        if (!(time >= segments[0].Segment.StartTime && time <= segments[^1].Segment.EndTime))
            throw new ParameterException("time", time, DisplayText.Plain($"within the solved range {segments[0].Segment.StartTime:G4} … {segments[^1].Segment.EndTime:G4}"));
        int low = 0, high = segments.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (segments[middle].Segment.EndTime < time)
                low = middle + 1;
            else
                high = middle;
        }

        var (segment, observe) = segments[low];
        var state = new double[segment.Size];
        segment.Evaluate(time, state);
        return observe(state);
    }
}
