namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// The population flow in a rotated basis, where coordinates see each other, by the pair of Dormand and Prince (orders 5 and 4) with the last stage reused. One number per coordinate: θ = ln v² (positive) or
/// θ = ½ ln(v₊²/v₋²) with w = 2c sinh θ as the product is conserved (signed), both with dθ/dt = −2g, or w (linear) with dw/dt = −g, and g = Σ(w − w*). Explicit: steps stay below about 3/λ₁w*₁, so that work grows as t; 6 M² operations each.
/// </summary>
internal sealed class RotatedFlow
{
    // The tableau (Dormand and Prince 1980, RK5(4)7M): nodes are not needed, the system has no explicit time.
    private static readonly double[][] Stages =
    [
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    private static readonly double[] Errors = [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    private readonly QuadraticProblem problem;
    private readonly Misalignment misalignment;
    private readonly double[] state, trial, error, slope;
    private readonly double[][] stages;
    private readonly double tolerance, tail;
    private double step = 1e-3;

    /// <param name="problem">The problem.</param>
    /// <param name="misalignment">Its rotation.</param>
    /// <param name="tolerance">Local error of θ, or of w in parts of its size.</param>
    public RotatedFlow(QuadraticProblem problem, Misalignment misalignment, double tolerance)
    {
        (this.problem, this.misalignment, this.tolerance, tail) = (problem, misalignment, tolerance, problem.Tail);
        var size = misalignment.Size;
        state = new double[size];
        if (problem.Model == QuadraticModel.Positive)
            state.AsSpan().Fill(Math.Log(problem.StartSlope));
        (trial, error, slope) = (new double[size], new double[size], new double[size]);
        stages = [.. Enumerable.Range(0, Errors.Length).Select(_ => new double[size])];
        Rate(state, stages[0]);
    }

    /// <summary>t.</summary>
    public double Time { get; private set; }

    /// <summary>Steps accepted.</summary>
    public long Steps { get; private set; }

    /// <summary>Steps tried again.</summary>
    public long Rejections { get; private set; }

    /// <summary>R now.</summary>
    public double Risk()
    {
        Slopes(state);
        misalignment.Gradient(error, slope);
        var sum = 0.0;
        for (var i = slope.Length - 1; i >= 0; i--)
            sum += error[i] * slope[i];
        return sum + tail;
    }

    /// <summary>The slope of a coordinate of the model.</summary>
    public double Weight(int i) => SlopeOf(state[i]);

    /// <summary>Goes on to a time; asks between steps whether to stop.</summary>
    public void Advance(double time, CancellationToken cancellation)
    {
        while (Time < time)
        {
            cancellation.ThrowIfCancellationRequested();
            var size = Math.Min(step, time - Time);
            for (var stage = 0; stage < Stages.Length; stage++)
            {
                for (var i = 0; i < state.Length; i++)
                {
                    var sum = 0.0;
                    for (var before = 0; before <= stage; before++)
                        sum += Stages[stage][before] * stages[before][i];
                    trial[i] = state[i] + (size * sum);
                }

                Rate(trial, stages[stage + 1]);
            }

            var worst = 0.0;
            for (var i = 0; i < state.Length; i++)
            {
                var sum = 0.0;
                for (var stage = 0; stage < Errors.Length; stage++)
                    sum += Errors[stage] * stages[stage][i];
                worst = Math.Max(worst, Math.Abs(size * sum) / (tolerance * (1 + Math.Abs(state[i]))));
            }

            var change = worst > 0 ? Math.Clamp(0.9 * Math.Pow(worst, -0.2), 0.2, 5) : 5;
            if (!(worst <= 1))
            {
                step = size * (double.IsNaN(worst) ? 0.2 : change);
                Rejections++;
                continue;
            }

            // The last stage is the first of the next step.
            trial.CopyTo(state, 0);
            (stages[0], stages[^1]) = (stages[^1], stages[0]);
            Time = size < step ? time : Time + size;
            step = size < step && change > 1 ? step : size * change;
            Steps++;
        }
    }

    private void Rate(double[] at, double[] rate)
    {
        Slopes(at);
        misalignment.Gradient(error, rate);
        var factor = problem.Model == QuadraticModel.Linear ? -1 : -2;
        for (var i = 0; i < rate.Length; i++)
            rate[i] *= factor;
    }

    private void Slopes(double[] at)
    {
        for (var i = 0; i < at.Length; i++)
            error[i] = SlopeOf(at[i]) - misalignment.Target[i];
    }

    private double SlopeOf(double value) => problem.Model switch
    {
        QuadraticModel.Positive => Math.Exp(value),
        QuadraticModel.Signed => 2 * problem.StartSlope * Math.Sinh(value),
        _ => value,
    };
}
