using Eigenflow.Numerics;

namespace Eigenflow.Schedules;

/// <summary>
/// The schedule that minimises a <see cref="ScheduleObjective"/> over N steps, exactly (derived; docs/systems/functional-scaling-law.md, section 8).
/// The integrand does not contain z, so that K(S) η² = c₀² is conserved wherever η is below its bound, and G(S) = c₀ (N − z):
/// a (2β − 1)-power decay in all; where it would exceed the bound, a stable part at the bound comes first (Pontryagin: one switch).
/// Solving costs about 200 evaluations of powers; a rate O(1).
/// </summary>
public sealed record OptimalSchedule
{
    private const int GridPoints = 400;

    private OptimalSchedule(ScheduleObjective objective, double steps)
    {
        Objective = objective;
        Steps = steps;
    }

    /// <summary>What was minimised.</summary>
    public ScheduleObjective Objective { get; }

    /// <summary>Number of steps N.</summary>
    public double Steps { get; }

    /// <summary>The bound η_max, or null.</summary>
    public double? LargestRate { get; private init; }

    /// <summary>Intrinsic time T = ∫ η.</summary>
    public double Time { get; private init; }

    /// <summary>Steps N₂ of the decay at the end; N where the bound is never reached.</summary>
    public double DecaySteps { get; private init; }

    /// <summary>Intrinsic time S₁ that is left when the decay begins; T where the bound is never reached.</summary>
    public double DecayTime { get; private init; }

    /// <summary>Learning rate of the beginning, the largest.</summary>
    public double InitialRate { get; private init; }

    /// <summary>c₀ = √K(S) η, conserved during the decay.</summary>
    public double Invariant { get; private init; }

    /// <summary>The signal A (1 + T/τ)^(−s).</summary>
    public double Signal { get; private init; }

    /// <summary>The noise c ∫ K(S) η² dz.</summary>
    public double Noise { get; private init; }

    /// <summary>The minimum J = signal + noise.</summary>
    public double Value => Signal + Noise;

    /// <summary>Whether the schedule begins with a stable part at the bound.</summary>
    public bool HasStablePart => DecaySteps < Steps;

    /// <summary>Solves.</summary>
    /// <param name="objective">What to minimise.</param>
    /// <param name="steps">N ≥ 1.</param>
    /// <param name="largestRate">η_max &gt; 0, or null for no bound.</param>
    /// <exception cref="ParameterException">A value that is not allowed.</exception>
    public static OptimalSchedule Solve(ScheduleObjective objective, double steps, double? largestRate = null)
    {
        objective.Validate();
        if (!(steps >= 1) || !double.IsFinite(steps))
            throw new ParameterException("steps", steps, "a finite number >= 1");
        if (largestRate is { } bound && !(bound > 0 && double.IsFinite(bound)))
            throw new ParameterException("largest-rate", bound, "a finite number > 0", "a bound of zero leaves no schedule");
        var free = Unconstrained(objective, steps);
        return largestRate is not { } largest || free.InitialRate <= largest ? free with { LargestRate = largestRate } : Constrained(objective, steps, largest);
    }

    /// <summary>The intrinsic time S(z) = ∫_z^N η that is left.</summary>
    /// <param name="position">z, 0 to N.</param>
    public double RemainingAt(double position)
    {
        var left = Steps - position;
        return left <= DecaySteps
            ? Objective.Remaining(Math.Max(0, Invariant * left))
            : DecayTime + (InitialRate * (left - DecaySteps));
    }

    /// <summary>The learning rate η(z).</summary>
    /// <param name="position">z, 0 to N.</param>
    public double RateAt(double position) =>
        Steps - position > DecaySteps ? InitialRate : Invariant / Math.Sqrt(Objective.Kernel(RemainingAt(position)));

    /// <summary>The same peak and decay steps with the pure power (1 − x)^(2β − 1) over the decay: the limit of large T, which ends at zero.</summary>
    /// <param name="position">z, 0 to N.</param>
    public double AsymptoticRateAt(double position) =>
        InitialRate * Math.Pow(Math.Clamp((Steps - position) / DecaySteps, 0, 1), (2 * Objective.Capacity) - 1);

    /// <summary>Learning rates of N steps: the means of η over each step, so that intrinsic times are exact.</summary>
    /// <exception cref="ParameterException">N is not a whole number up to 1e8.</exception>
    public double[] ToRates()
    {
        if (Steps != Math.Floor(Steps) || Steps > 100_000_000)
            throw new ParameterException("steps", Steps, "a whole number <= 1e8 where every learning rate is kept");
        var rates = new double[(int)Steps];
        var before = RemainingAt(0);
        for (var k = 0; k < rates.Length; k++)
        {
            var after = RemainingAt(k + 1);

            // In the stable part the difference of two large times would lose digits.
            rates[k] = Steps - k - 1 >= DecaySteps ? InitialRate : before - after;
            before = after;
        }

        return rates;
    }

    // J(T) = A (1 + T/τ)^(−s) + c G(T)²/N.
    private static OptimalSchedule Unconstrained(ScheduleObjective objective, double steps)
    {
        var scale = Math.Log(Math.Max(objective.SignalTime, objective.KernelTime));
        var (place, _) = ScalarMinimum.Find(
            logarithm => objective.Signal(Math.Exp(logarithm)) + (objective.Noise * Square(objective.Progress(Math.Exp(logarithm))) / steps), scale - 40, scale + 80, GridPoints, 1e-12);
        var time = Math.Exp(place);
        var invariant = objective.Progress(time) / steps;
        return new OptimalSchedule(objective, steps)
        {
            Time = time,
            DecaySteps = steps,
            DecayTime = time,
            Invariant = invariant,
            InitialRate = invariant / Math.Sqrt(objective.Kernel(time)),
            Signal = objective.Signal(time),
            Noise = objective.Noise * invariant * invariant * steps,
        };
    }

    private static OptimalSchedule Constrained(ScheduleObjective objective, double steps, double largest)
    {
        // The decay steps grow with S₁: its largest value is where they fill the run.
        double low = -60 + Math.Log(objective.KernelTime), high = Math.Log(largest * steps);
        for (var k = 0; k < 200; k++)
        {
            var middle = (low + high) / 2;
            if (At(Math.Exp(middle)).DecaySteps <= steps)
                low = middle;
            else
                high = middle;
        }

        var (place, _) = ScalarMinimum.Find(logarithm => At(Math.Exp(logarithm)).Value, -60 + Math.Log(objective.KernelTime), low, GridPoints, 1e-12);
        return At(Math.Exp(place));

        OptimalSchedule At(double left)
        {
            var invariant = largest * Math.Sqrt(objective.Kernel(left));
            var progress = objective.Progress(left);
            var decay = progress / invariant;
            var time = (largest * Math.Max(0, steps - decay)) + left;
            return new OptimalSchedule(objective, steps)
            {
                LargestRate = largest,
                Time = time,
                DecaySteps = decay,
                DecayTime = left,
                Invariant = invariant,
                InitialRate = largest,
                Signal = objective.Signal(time),
                Noise = objective.Noise * ((largest * objective.KernelBetween(left, time)) + (invariant * progress)),
            };
        }
    }

    private static double Square(double value) => value * value;
}
