using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>
/// The learning rate of every step of a run, and the intrinsic time t_k = Σ_{i&lt;k} η_i. Immutable and safe to share between threads.
/// A rate costs O(1); a time costs O(1) for constant rates and at most <c>65 536</c> additions otherwise, after one pass of O(K) over the steps before it; memory O(K/65 536).
/// </summary>
public sealed class LearningRateSchedule
{
    private const long BlockSteps = 65_536;

    // Sums at the beginnings of blocks, grown on demand.
    private readonly List<double> blocks = [0];
    private readonly Lock gate = new();
    private readonly ScheduleSpan span;

    /// <summary>Makes a schedule.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="peak">Largest learning rate a &gt; 0; not read by a table.</param>
    /// <param name="steps">Number of steps K ≥ 1.</param>
    /// <param name="final">Final rate b, 0 ≤ b ≤ a; by default the shape's own part of the peak.</param>
    /// <param name="decaySteps">Decay steps K₂, 1 to K; by default a fifth of K, at least one.</param>
    /// <exception cref="ParameterException">Out of range, or a final rate or decay steps for a shape that has none.</exception>
    public LearningRateSchedule(ScheduleShape shape, double peak, long steps, double? final = null, long? decaySteps = null)
    {
        Shape = shape;
        if (steps < 1)
            throw new ParameterException("steps", steps, "a whole number >= 1");
        if (shape is TableShape table)
            peak = table.LargestRate;
        if (!(peak > 0) || !double.IsFinite(peak))
            throw new ParameterException("peak", peak, "a number > 0", "a schedule of zeros never moves");
        if (final is { } chosen && !shape.HasFinal)
            throw new ParameterException("final", chosen, $"left out for the schedule {shape.Text}", "it has no final rate");
        if (final is { } low && !(low >= 0 && low <= peak))
            throw new ParameterException("final", low, string.Create(CultureInfo.InvariantCulture, $"a number from 0 to the peak {peak:R}"));
        if (decaySteps is { } length && !shape.HasDecaySteps)
            throw new ParameterException("decay-steps", length, $"left out for the schedule {shape.Text}", "only wsd has them");
        if (decaySteps is { } count && !(count >= 1 && count <= steps))
            throw new ParameterException("decay-steps", count, $"a whole number from 1 to the number of steps {steps}");
        span = new ScheduleSpan(peak, final ?? (shape.HasFinal ? peak * shape.DefaultFinalFraction : peak), steps, decaySteps ?? Math.Max(1, steps / 5));
        shape.Validate(span);
    }

    /// <summary>The shape.</summary>
    public ScheduleShape Shape { get; }

    /// <summary>Largest learning rate a.</summary>
    public double Peak => span.Peak;

    /// <summary>Final rate b.</summary>
    public double Final => span.Final;

    /// <summary>Number of steps K.</summary>
    public long Steps => span.Steps;

    /// <summary>Decay steps K₂ (of shapes that have them).</summary>
    public long DecaySteps => span.DecaySteps;

    /// <summary>Whether every step has the same rate.</summary>
    public bool IsConstant => Shape is ConstantShape;

    /// <summary>A text that two schedules share only if every step has the same rate in both.</summary>
    public string Identity => IsConstant
        ? string.Create(CultureInfo.InvariantCulture, $"{Peak:R}")
        : string.Create(CultureInfo.InvariantCulture, $"{Shape.Identity} {Peak:R} {Final:R} {Steps} {DecaySteps}");

    /// <summary>A schedule that keeps one learning rate.</summary>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="steps">Number of steps.</param>
    public static LearningRateSchedule Constant(double learningRate, long steps) => new(new ConstantShape(), learningRate, steps);

    /// <summary>The learning rate η_k.</summary>
    /// <param name="step">k ≥ 0; a step beyond the last one has its rate.</param>
    public double RateAt(long step) => Shape.RateAt(span, Math.Min(step, span.Steps - 1));

    /// <summary>The intrinsic time t_k = Σ_{i&lt;k} η_i.</summary>
    /// <param name="step">k, 0 ≤ k ≤ K.</param>
    public double TimeAt(long step)
    {
        if (IsConstant)
            return step * Peak;
        var block = (int)(step / BlockSteps);
        double time;
        lock (gate)
        {
            while (blocks.Count <= block)
                blocks.Add(Sum(blocks[^1], (blocks.Count - 1) * BlockSteps, blocks.Count * BlockSteps));
            time = blocks[block];
        }

        return Sum(time, block * BlockSteps, step);
    }

    /// <summary>All rates η_0 … η_{K−1}.</summary>
    /// <exception cref="ParameterException">More than 1e8 steps.</exception>
    public double[] ToArray()
    {
        if (Steps > 100_000_000)
            throw new ParameterException("steps", Steps, "at most 1e8 where every learning rate is kept");
        var rates = new double[Steps];
        for (var k = 0; k < rates.Length; k++)
            rates[k] = RateAt(k);
        return rates;
    }

    private double Sum(double start, long from, long to)
    {
        var sum = 0.0;
        for (var k = from; k < to; k++)
            sum += RateAt(k);
        return start + sum;
    }
}
