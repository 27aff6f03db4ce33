using Eigenflow.Solutions;

namespace Eigenflow.Numerics.Ode;

/// <summary>
/// The stiff integrator of the library: Rodas5P (order 5, L-stable, dense output of order 4) for Jacobians that are diagonal plus low rank,
/// J = D + U Vᵀ. With E = (1/(γh) − D)⁻¹ every stage solves (I/(γh) − J) x = b by x = E b + E U (I − Vᵀ E U)⁻¹ Vᵀ E b (Woodbury).
/// Work per step: one linearisation and eight stages of about (12 + 2R) n multiply–adds and one right-hand side each; memory (16 + 3R) n doubles;
/// no allocation after <see cref="Start"/>.
/// </summary>
/// <typeparam name="TSystem">The system; a sealed class or a struct, so that its calls are direct.</typeparam>
public sealed class StiffSolver<TSystem>
    where TSystem : ILowRankSystem
{
    private const double Safety = 0.9;
    private const double LargestShrink = 0.2;

    private readonly TSystem system;
    private readonly StiffOptions options;
    private readonly int size;
    private readonly int rank;
    private readonly double[][] stages;
    private readonly double[][] spread;
    private readonly double[][] dense;
    private readonly double[] inverse;
    private readonly double[] derivative;
    private readonly double[] timeDerivative;
    private readonly double[] sum;
    private readonly double[] small;
    private readonly LowRankJacobian jacobian;
    private readonly SmallLinearSystem capacitance;
    private double[] state;
    private double[] previous;
    private double[] trial;
    private bool isDenseReady;
    private bool wasRejected;

    /// <summary>Makes a solver.</summary>
    /// <param name="system">The system.</param>
    /// <param name="options">Its options.</param>
    /// <exception cref="ParameterException">An option that is not allowed.</exception>
    public StiffSolver(TSystem system, StiffOptions options)
    {
        options.Validate();
        this.system = system;
        this.options = options;
        size = system.Size;
        rank = system.Rank;
        double[][] Vectors(int count) => [.. Enumerable.Range(0, count).Select(_ => VectorLoops.Padded(size))];
        stages = Vectors(Rodas5P.Stages);
        spread = Vectors(rank);
        dense = Vectors(3);
        inverse = VectorLoops.Padded(size);
        derivative = VectorLoops.Padded(size);
        timeDerivative = system.IsAutonomous ? [] : VectorLoops.Padded(size);
        sum = VectorLoops.Padded(size);
        small = new double[rank];
        jacobian = new LowRankJacobian(size, rank);
        capacitance = new SmallLinearSystem(rank);
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

    /// <summary>Linearisations.</summary>
    public long Linearizations { get; private set; }

    /// <summary>How it stands: completed as long as no step has failed.</summary>
    public SolveStatus Status { get; private set; } = SolveStatus.Completed;

    /// <summary>Sets time and state. May be called again, for example after a change of variables; the step size is then kept.</summary>
    /// <param name="time">t.</param>
    /// <param name="initial">y(t), length n.</param>
    public void Start(double time, ReadOnlySpan<double> initial)
    {
        Time = PreviousTime = time;
        initial.CopyTo(state);
        initial.CopyTo(previous);
        isDenseReady = false;
        if (NextStep > 0)
            return;
        if (options.InitialStep is { } given)
        {
            NextStep = given;
            return;
        }

        // The step after which the state would have moved by a small part of what the tolerance is measured against.
        system.Derivative(time, State, derivative.AsSpan(0, size));
        Evaluations++;
        var rate = system.ErrorNorm(State, State, derivative.AsSpan(0, size), 1);
        NextStep = rate > 0 && double.IsFinite(rate) ? 0.1 * Math.Pow(options.RelativeTolerance, 0.2) / rate : 1e-6;
    }

    /// <summary>Does one accepted step, not beyond a limit.</summary>
    /// <param name="limit">Latest time; +∞ for none. When it is reached, <see cref="Time"/> equals it exactly.</param>
    /// <returns>False when the solver cannot go on; then <see cref="Status"/> says why and what to do.</returns>
    public bool Step(double limit)
    {
        system.Linearize(Time, State, jacobian);
        Linearizations++;
        if (!system.IsAutonomous)
            system.TimeDerivative(Time, State, timeDerivative.AsSpan(0, size));
        while (true)
        {
            if (Steps + Rejections >= options.MaximumSteps)
                return Fail($"{options.MaximumSteps} steps did not suffice; raise rtol or shorten the range");
            var step = Math.Min(NextStep, limit - Time);
            if (!(NextStep > 4e-16 * Math.Abs(Time)) || !(Time + step > Time))
                return Fail("the step size has shrunk to rounding: the solution blows up or the right-hand side is not finite there; shorten the range, or raise rtol if it should be smooth");

            var norm = Attempt(step) ? system.ErrorNorm(State, trial.AsSpan(0, size), stages[^1].AsSpan(0, size), options.RelativeTolerance) : double.NaN;
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

    /// <summary>Evaluates the dense output (order 4) within the last step; it meets the states at both ends.</summary>
    /// <param name="time">Between <see cref="PreviousTime"/> and <see cref="Time"/>.</param>
    /// <param name="result">Receives y(time), length n.</param>
    public void Interpolate(double time, Span<double> result)
    {
        PrepareDense();
        DenseSegment.Evaluate((time - PreviousTime) / (Time - PreviousTime), previous, state, dense, result);
    }

    /// <summary>A copy of the last step's dense output. Memory 5 n doubles.</summary>
    public DenseSegment CaptureSegment()
    {
        PrepareDense();
        return new DenseSegment(PreviousTime, Time, State.ToArray(), PreviousState.ToArray(), [.. dense.Select(vector => vector.AsSpan(0, size).ToArray())]);
    }

    // The eight stages; the new state is left in `trial` and the error in the last stage.
    private bool Attempt(double step)
    {
        VectorLoops.InvertShifted(1 / (Rodas5P.Gamma * step), jacobian.PaddedDiagonal, inverse);
        for (var r = 0; r < rank; r++)
            VectorLoops.Product(inverse, jacobian.PaddedLeft(r), spread[r]);
        for (var row = 0; row < rank; row++)
        {
            for (var column = 0; column < rank; column++)
                capacitance[row, column] = (row == column ? 1 : 0) - VectorLoops.Dot(jacobian.PaddedRight(row), spread[column]);
        }

        if (rank > 0 && !capacitance.Factor())
            return false;
        for (var stage = 0; stage < Rodas5P.Stages; stage++)
        {
            if (stage < Rodas5P.A.Length)
                VectorLoops.Combine(state, stages, stage, Rodas5P.A[stage], Rodas5P.C[stage], 1 / step, trial, sum);
            else
                VectorLoops.Extend(trial, stages, stage, Rodas5P.C[stage], 1 / step, sum);
            system.Derivative(Time + (Rodas5P.Nodes[stage] * step), trial.AsSpan(0, size), derivative.AsSpan(0, size));
            if (!system.IsAutonomous && Rodas5P.TimeWeights[stage] != 0)
                VectorLoops.AddScaled(step * Rodas5P.TimeWeights[stage], timeDerivative, sum);
            var solution = stages[stage];
            VectorLoops.ScaledSum(inverse, derivative, sum, solution);
            for (var r = 0; r < rank; r++)
                small[r] = VectorLoops.Dot(jacobian.PaddedRight(r), solution);
            capacitance.Solve(small);
            for (var r = 0; r < rank; r++)
                VectorLoops.AddScaled(small[r], spread[r], solution);
        }

        Evaluations += Rodas5P.Stages;
        VectorLoops.AddScaled(1, stages[^1], trial);
        return true;
    }

    private void Accept(double step, double limit, double norm)
    {
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

    private void PrepareDense()
    {
        if (isDenseReady)
            return;
        for (var k = 0; k < dense.Length; k++)
            VectorLoops.Weighted(stages, Rodas5P.Dense[k], dense[k]);
        isDenseReady = true;
    }

    private bool Fail(string reason)
    {
        Status = new SolveStatus(SolveOutcome.Failed, FormattableString.Invariant($"stopped at t = {Time:G6}: {reason}"));
        return false;
    }
}
