namespace Eigenflow.Scaling.LossCurves;

/// <summary>A positive parameter of a law.</summary>
/// <param name="Symbol">Symbol, such as <c>s</c>.</param>
/// <param name="Meaning">Meaning, a few words.</param>
/// <param name="IsAmplitude">Whether the loss is linear in it.</param>
internal sealed record LawParameter(string Symbol, string Meaning, bool IsAmplitude);

/// <summary>
/// A formula for the loss of a training run under any learning-rate schedule. All parameters are positive and are fitted as logarithms; the loss is linear in the amplitudes.
/// Immutable and free of state.
/// </summary>
internal abstract class LossLaw
{
    /// <summary>Word for tables and options.</summary>
    public abstract string Name { get; }

    /// <summary>The formula in one line.</summary>
    public abstract string Formula { get; }

    /// <summary>Whether the loss depends on the schedule beyond the time axis.</summary>
    public virtual bool SeesSchedule => true;

    /// <summary>The parameters.</summary>
    public abstract IReadOnlyList<LawParameter> Parameters { get; }

    /// <summary>Whether an amplitude enters with a minus sign.</summary>
    public virtual int SignOf(int parameter) => 1;

    /// <summary>Smallest and largest value that a fit may try.</summary>
    /// <param name="parameter">Index of the parameter; amplitudes are bounded by the fit itself.</param>
    /// <param name="scale">Times of the curves.</param>
    public abstract (double Low, double High) Bounds(int parameter, CurveScale scale);

    /// <summary>Range from which starts are drawn, evenly in the logarithm.</summary>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="scale">Times of the curves.</param>
    public abstract (double Low, double High) Starts(int parameter, CurveScale scale);

    /// <summary>What theory expects of the parameters before the fit: weak, so that data overrules it wherever it says anything.</summary>
    public virtual IReadOnlyList<LawPrior> Priors => [];

    /// <summary>The losses at the targets of compressed schedules, and their derivatives.</summary>
    /// <param name="cells">The schedule.</param>
    /// <param name="values">The parameters.</param>
    /// <param name="losses">Receives one loss per target.</param>
    /// <param name="slopes">Receives ∂loss/∂ln(parameter), targets × parameters, row by row; for amplitudes that is the value of their term.</param>
    public abstract void Evaluate(ScheduleCells cells, ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes);

    /// <summary>The loss after k updates by the plain sum over all steps: O(k).</summary>
    /// <param name="rates">The schedule.</param>
    /// <param name="step">k, 1 ≤ k ≤ K.</param>
    /// <param name="values">The parameters.</param>
    public abstract double ExactAt(StepRates rates, int step, ReadOnlySpan<double> values);
}

/// <summary>An expectation that Σ coefficient · ln(parameter) is a number within a standard deviation; it weighs as much as one point whose residual is δ.</summary>
/// <param name="Coefficients">One per parameter.</param>
/// <param name="Mean">Expected sum.</param>
/// <param name="Deviation">Its standard deviation.</param>
internal sealed record LawPrior(double[] Coefficients, double Mean, double Deviation)
{
    /// <summary>How far logarithms of parameters are off, in standard deviations.</summary>
    /// <param name="theta">Logarithms of the parameters.</param>
    public double Departure(ReadOnlySpan<double> theta)
    {
        var sum = -Mean;
        for (var j = 0; j < theta.Length; j++)
            sum += Coefficients[j] * theta[j];
        return sum / Deviation;
    }
}

/// <summary>Times that bound the parameters of a fit.</summary>
/// <param name="Step">Largest learning rate: the intrinsic time of one step.</param>
/// <param name="First">Intrinsic time of the first fitted point.</param>
/// <param name="Last">Intrinsic time of the last fitted point.</param>
/// <param name="Steps">Steps of the last fitted point.</param>
internal readonly record struct CurveScale(double Step, double First, double Last, double Steps);
