namespace Eigenflow.Numerics.Ode;

/// <summary>
/// An integrator that chooses its steps: everything but the stages of its method, which are of order 5 with an error estimate of order 4 and dense output of order 4.
/// No allocation after <see cref="Start"/>.
/// </summary>
public abstract class AdaptiveSolver
{
    private const double Safety = 0.9;
    private const double LargestShrink = 0.2;

    // Of the time, times rtol^(1/5): over longer steps the dense output of entries that follow others is less exact than the ends.
    private const double LongestDense = 0.25;

    private readonly IOdeSystem system;
    private readonly AdaptiveOptions options;
    private readonly int size;
    private readonly StageKernel kernel;
    private readonly double[][] dense;
    private double[] state;
    private double[] previous;
    private double[] trial;
    private bool isDenseReady;
    private readonly double longness;
    private bool wasRejected;

    private protected AdaptiveSolver(IOdeSystem system, StageKernel kernel, AdaptiveOptions options)
    {
        this.system = system;
        this.options = options;
        size = system.Size;
        longness = Math.Pow(options.RelativeTolerance, 0.2);
        this.kernel = kernel;
        dense = [.. Enumerable.Range(0, 3).Select(_ => VectorLoops.Padded(size))];
        state = VectorLoops.Padded(size);
        previous = VectorLoops.Padded(size);
        trial = VectorLoops.Padded(size);
    }

    /// <summary>The time that has been reached.</summary>
    public double Time { get; private set; }

    /// <summary>The beginning of the last step.</summary>
    public double PreviousTime { get; private set; }

    /// <summary>The step that will be tried next; kept across <see cref="Start"/> after a change of variables.</summary>
    public double NextStep { get; private set; }

    /// <summary>The state at <see cref="Time"/>, length n.</summary>
    public ReadOnlySpan<double> State => state.AsSpan(0, size);

    /// <summary>The state at <see cref="PreviousTime"/>, length n.</summary>
    public ReadOnlySpan<double> PreviousState => previous.AsSpan(0, size);

    /// <summary>Accepted steps.</summary>
    public long Steps { get; private set; }

    /// <summary>Rejected steps.</summary>
    public long Rejections { get; private set; }

    /// <summary>Evaluations of the right-hand side.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Linearisations; none by explicit methods.</summary>
    public long Linearizations { get; private set; }

    /// <summary>Why the solver cannot go on and what to do, one line; null as long as it can.</summary>
    public string? Failure { get; private set; }

    /// <summary>Sets time and state. May be called again, for example after a change of variables; the step size is then kept.</summary>
    /// <param name="time">t.</param>
    /// <param name="initial">y(t), length n.</param>
    public void Start(double time, ReadOnlySpan<double> initial)
    {
        Time = PreviousTime = time;
        initial.CopyTo(state);
        initial.CopyTo(previous);
        kernel.Restart(state);
        isDenseReady = false;
        if (NextStep > 0)
            return;
        if (options.InitialStep is { } given)
        {
            NextStep = given;
            return;
        }

        // The step after which the state would have moved by a small part of what the tolerance is measured against.
        system.Derivative(time, State, trial.AsSpan(0, size));
        Evaluations++;
        var rate = system.ErrorNorm(State, State, trial.AsSpan(0, size), 1);
        NextStep = rate > 0 && double.IsFinite(rate) ? 0.1 * Math.Pow(options.RelativeTolerance, 0.2) / rate : 1e-6;
    }

    /// <summary>Does one accepted step, not beyond a limit.</summary>
    /// <param name="limit">Latest time; +∞ for none. When it is reached, <see cref="Time"/> equals it exactly.</param>
    /// <returns>False when the solver cannot go on; then <see cref="Failure"/> says why and what to do.</returns>
    public bool Step(double limit)
    {
        kernel.Linearize(Time, state);
        Linearizations += kernel.IsImplicit ? 1 : 0;
        while (true)
        {
            if (Steps + Rejections >= options.MaximumSteps)
                return Fail($"{options.MaximumSteps} steps did not suffice; raise rtol or shorten the range");
            var step = Math.Min(NextStep, limit - Time);
            if (!(NextStep > 4e-16 * Math.Abs(Time)) || !(Time + step > Time))
                return Fail("the step size has shrunk to rounding: the solution blows up or the right-hand side is not finite there; shorten the range, or raise rtol if it should be smooth");

            var norm = double.NaN;
            if (kernel.Attempt(Time, step, state, trial))
            {
                Evaluations += kernel.Evaluations;
                norm = kernel.ErrorNorm(state, trial, options.RelativeTolerance);
            }

            if (norm <= 1)
            {
                Accept(step, limit, norm);
                return true;
            }

            Rejections++;
            wasRejected = true;
            NextStep = step * (double.IsNaN(norm) ? LargestShrink : Math.Clamp(Safety * Math.Pow(norm, -0.2), LargestShrink, 0.9));
        }
    }

    /// <summary>The state within the last step: its dense output (order 4), which meets the states at both ends, or a shorter step from its beginning where entries follow others and the step was long.</summary>
    /// <param name="time">Between <see cref="PreviousTime"/> and <see cref="Time"/>.</param>
    /// <param name="result">Receives y(time), length n.</param>
    public void Interpolate(double time, Span<double> result)
    {
        PrepareDense();
        if (kernel.HasFollowers && Time - PreviousTime > LongestDense * longness * Time && time > PreviousTime && time < Time && Reach(time))
            trial.AsSpan(0, size).CopyTo(result);
        else
            DenseSegment.Evaluate((time - PreviousTime) / (Time - PreviousTime), previous, state, dense, result);
    }

    /// <summary>A copy of the last step's dense output. Memory 5 n doubles.</summary>
    public DenseSegment CaptureSegment()
    {
        PrepareDense();
        return new DenseSegment(PreviousTime, Time, State.ToArray(), PreviousState.ToArray(), [.. dense.Select(vector => vector.AsSpan(0, size).ToArray())]);
    }

    private void Accept(double step, double limit, double norm)
    {
        kernel.Accept();
        (previous, state, trial) = (state, trial, previous);
        PreviousTime = Time;
        Time = step >= limit - Time ? limit : Time + step;
        Steps++;
        isDenseReady = false;
        var growth = wasRejected ? 1 : options.LargestGrowth;
        var proposal = step * Math.Clamp(Safety * Math.Pow(Math.Max(norm, 1e-300), -0.2), LargestShrink, growth);

        // A step that was cut at the limit says little about how large the next may be.
        NextStep = step < NextStep ? Math.Max(NextStep, proposal) : proposal;
        wasRejected = false;
    }

    // Leaves the state in `trial`; the polynomials of the step are kept apart.
    private bool Reach(double time)
    {
        Evaluations += kernel.Evaluations;
        return kernel.AttemptAside(PreviousTime, time - PreviousTime, previous, trial);
    }

    private void PrepareDense()
    {
        if (isDenseReady)
            return;
        kernel.Dense(dense);
        isDenseReady = true;
    }

    private bool Fail(string reason)
    {
        Failure = DisplayText.Plain($"stopped at t = {Time:G4}: {reason}");
        return false;
    }
}
