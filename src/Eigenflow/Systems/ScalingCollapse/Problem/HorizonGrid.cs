namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Where the rows of a run lie: places x = (k − k_w)/(K − k_w) of its horizon after the warm-up, between whole steps. Values there are interpolated linearly, since runs of other models do not have steps at equal places.</summary>
internal sealed class HorizonGrid
{
    private readonly int[] below;
    private readonly double[] part;

    /// <param name="places">x, ascending.</param>
    /// <param name="warmup">k_w.</param>
    /// <param name="steps">K.</param>
    public HorizonGrid(double[] places, long warmup, long steps)
    {
        var positions = places.Select(x => Near(warmup + (x * (steps - warmup)))).ToArray();
        Steps = [.. positions.SelectMany(position => new[] { (long)Math.Floor(position), (long)Math.Ceiling(position) }).Append(steps).Distinct().Order()];
        below = [.. positions.Select(position => Array.BinarySearch(Steps, (long)Math.Floor(position)))];
        part = [.. positions.Select(position => position - Math.Floor(position))];
    }

    /// <summary>The steps that are recorded, ascending; the last one of the run is the last.</summary>
    public long[] Steps { get; }

    /// <summary>Values of the recorded steps at the places.</summary>
    /// <param name="values">As many as <see cref="Steps"/>.</param>
    public double[] At(double[] values)
    {
        var at = new double[below.Length];
        for (var k = 0; k < at.Length; k++)
            at[k] = part[k] == 0 ? values[below[k]] : values[below[k]] + (part[k] * (values[below[k] + 1] - values[below[k]]));
        return at;
    }

    // A place that is a step but for rounding is that step.
    private static double Near(double position) => Math.Abs(position - Math.Round(position)) <= 1e-9 * Math.Max(1, position) ? Math.Round(position) : position;
}
