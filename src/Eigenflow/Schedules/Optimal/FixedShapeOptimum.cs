using Eigenflow.Numerics;

namespace Eigenflow.Schedules;

/// <summary>
/// A schedule of fixed shape η(z) = η_peak g(z/N) under a <see cref="ScheduleObjective"/>: its value, and the best peak.
/// Quadrature by the midpoint rule in w with 1 − z/N = w³, which resolves the end of the run; O(points) per value.
/// </summary>
public sealed class FixedShapeOptimum
{
    private const int DefaultPoints = 4096;
    private readonly ScheduleObjective objective;
    private readonly double steps;
    private readonly double[] shape;
    private readonly double[] widths;
    private readonly double[] remaining;

    /// <summary>Tabulates the shape.</summary>
    /// <param name="objective">What to minimise.</param>
    /// <param name="steps">N ≥ 1.</param>
    /// <param name="shape">g(x) ≥ 0 on 0 ≤ x ≤ 1.</param>
    /// <param name="points">Points of the quadrature. Default 4096: relative error about 1e-7 for smooth shapes.</param>
    /// <exception cref="ParameterException">A value that is not allowed.</exception>
    public FixedShapeOptimum(ScheduleObjective objective, double steps, Func<double, double> shape, int points = DefaultPoints)
    {
        objective.Validate();
        if (!(steps >= 1) || !double.IsFinite(steps))
            throw new ParameterException("steps", steps, "a finite number >= 1");
        this.objective = objective;
        this.steps = steps;
        this.shape = new double[points];
        widths = new double[points];
        remaining = new double[points + 1];
        for (var k = 0; k < points; k++)
        {
            var w = (k + 0.5) / points;
            this.shape[k] = shape(1 - (w * w * w));
            widths[k] = 3 * w * w / points;
            if (!(this.shape[k] >= 0) || !double.IsFinite(this.shape[k]))
                throw new ParameterException("shape", this.shape[k], "a function that is finite and >= 0");
            remaining[k + 1] = remaining[k] + (this.shape[k] * widths[k]);
        }

        if (!(remaining[^1] > 0))
            throw new ParameterException("shape", "(all zero)", "a function that is positive somewhere", "a schedule of zeros never moves");
    }

    /// <summary>J at a peak.</summary>
    /// <param name="peak">η_peak &gt; 0.</param>
    public double Value(double peak) => objective.Signal(peak * steps * remaining[^1]) + Noise(peak);

    /// <summary>The best peak and its value.</summary>
    /// <param name="largestRate">η_max &gt; 0, or null for no bound.</param>
    public (double Peak, double Value) Minimise(double? largestRate = null)
    {
        if (largestRate is { } bound && !(bound > 0 && double.IsFinite(bound)))
            throw new ParameterException("largest-rate", bound, "a finite number > 0");
        var high = Math.Log(largestRate ?? (1e12 * objective.KernelTime));
        var (place, value) = ScalarMinimum.Find(logarithm => Value(Math.Exp(logarithm)), Math.Min(high - 10, -Math.Log(steps) - 20), high, 120, 1e-10);
        return (Math.Exp(place), value);
    }

    private double Noise(double peak)
    {
        // Over a cell ∫ K(S) η² dz = η ∫ K dS, exact for a rate that is constant on it.
        var scale = peak * steps;
        var sum = 0.0;
        for (var k = shape.Length - 1; k >= 0; k--)
            sum += shape[k] * objective.KernelBetween(scale * remaining[k], scale * remaining[k + 1]);
        return objective.Noise * peak * sum;
    }
}
