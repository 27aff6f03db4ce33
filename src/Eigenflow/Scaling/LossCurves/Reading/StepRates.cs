namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The learning rate η_i and batch size B_i of every step i = 0 … K−1, with the sums that laws of loss curves read: the intrinsic time t_k = Σ_{i&lt;k} η_i and the noise Σ_{i&lt;k} η_i²/B_i.
/// Immutable. Memory 24 bytes per step; every member costs O(1).
/// </summary>
public sealed class StepRates
{
    /// <summary>Most steps that are kept.</summary>
    public const long LargestSteps = 20_000_000;

    private readonly double[] rates;
    private readonly double[]? batches;
    private readonly double[] times;
    private readonly double[] noise;

    /// <summary>Takes the rates over (they are not copied).</summary>
    /// <param name="rates">η_i ≥ 0, finite, not all zero; at least one.</param>
    /// <param name="batches">B_i &gt; 0, as many; null for one throughout, which then counts as 1.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public StepRates(double[] rates, double[]? batches = null)
    {
        this.rates = rates;
        this.batches = batches;
        times = new double[rates.Length + 1];
        noise = new double[rates.Length + 1];
        for (var i = 0; i < rates.Length; i++)
        {
            if (!(rates[i] >= 0 && rates[i] <= 1e100))
                throw new ParameterException("learning_rate", rates[i], "a number >= 0");
            if (batches is not null && !(batches[i] > 0 && batches[i] <= 1e100))
                throw new ParameterException("batch", batches[i], "a number > 0");
            times[i + 1] = times[i] + rates[i];
            noise[i + 1] = noise[i] + (rates[i] * rates[i] / (batches?[i] ?? 1));
            Peak = Math.Max(Peak, rates[i]);
        }

        if (!(Peak > 0))
            throw new ParameterException("learning_rate", 0, "above zero in at least one step", "a schedule of zeros never moves");
        WarmUp = Array.FindIndex(rates, rate => rate >= 0.999 * Peak);

        // Rates that never rise to the peak from below have no warm-up; ripples are none either.
        for (var i = 1; i <= WarmUp; i++)
        {
            if (rates[i] < rates[i - 1])
            {
                WarmUp = 0;
                break;
            }
        }
    }

    /// <summary>Number of steps K.</summary>
    public int Steps => rates.Length;

    /// <summary>Largest learning rate.</summary>
    public double Peak { get; }

    /// <summary>Steps over which the rate rises from the start to its peak without ever falling.</summary>
    public int WarmUp { get; private set; }

    /// <summary>Whether the rate is the same, within a thousandth, in every step after the warm-up.</summary>
    public bool IsConstant => IsConstantBefore(Steps);

    /// <summary>Whether the rate is the same from the end of the warm-up to a step.</summary>
    /// <param name="step">The first step that is not looked at, 0 to K.</param>
    public bool IsConstantBefore(int step) => step <= WarmUp || rates.AsSpan(WarmUp..step).IndexOfAnyExceptInRange(0.999 * Peak, Peak) < 0;

    /// <summary>η_i.</summary>
    /// <param name="step">i, 0 ≤ i &lt; K.</param>
    public double RateAt(int step) => rates[step];

    /// <summary>B_i.</summary>
    /// <param name="step">i, 0 ≤ i &lt; K.</param>
    public double BatchAt(int step) => batches?[step] ?? 1;

    /// <summary>t_k.</summary>
    /// <param name="step">k, 0 ≤ k ≤ K.</param>
    public double TimeAt(int step) => times[step];

    /// <summary>Σ_{i&lt;k} η_i²/B_i.</summary>
    /// <param name="step">k, 0 ≤ k ≤ K.</param>
    public double NoiseAt(int step) => noise[step];

    /// <summary>The rates of a schedule.</summary>
    /// <param name="schedule">The schedule, of at most <see cref="LargestSteps"/> steps.</param>
    /// <exception cref="ParameterException">Too many steps.</exception>
    public static StepRates Of(Schedules.LearningRateSchedule schedule)
    {
        if (schedule.Steps > LargestSteps)
            throw new ParameterException("steps", schedule.Steps, $"at most {LargestSteps}", "count in units of several steps: divide the steps and multiply the rates");
        return new StepRates(schedule.ToArray());
    }
}
