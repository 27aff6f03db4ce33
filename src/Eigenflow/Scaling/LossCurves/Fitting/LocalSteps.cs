namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// Steps of one minimisation that minimise the Huber sum of a local expansion, corrected to the law's values and slopes at the parameters of the moment, in a box around them that shrinks where the expansion misled.
/// Where the box has become small it proposes nothing more.
/// </summary>
internal sealed class LocalSteps
{
    private const double FirstReach = 1;
    private const double LeastReach = 0.01;

    // A box in which a gain below the tolerance means that there is none beyond it either.
    private const double Wide = 0.2;
    private const int Steps = 200;
    private const double Tolerance = 1e-6;
    private const int Idle = 3;
    private const int Weightings = 2;

    private readonly CorrectedLosses corrected;
    private readonly HuberGaussNewton minimizer;
    private readonly HuberGaussNewton.Workspace space;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly double[] boxLower;
    private readonly double[] boxUpper;
    private readonly double[] logs;
    private double reach = FirstReach;

    /// <summary>Whether the box is wide enough to tell that nothing is to be gained.</summary>
    public bool IsWide => reach >= Wide;

    /// <summary>Prepares.</summary>
    /// <param name="local">The expansion.</param>
    /// <param name="priors">Expectations of the law.</param>
    /// <param name="lower">Smallest parameters.</param>
    /// <param name="upper">Largest parameters.</param>
    public LocalSteps(LocalLosses local, IReadOnlyList<LawPrior> priors, double[] lower, double[] upper)
    {
        (this.lower, this.upper, boxLower, boxUpper) = (lower, upper, (double[])lower.Clone(), (double[])upper.Clone());
        corrected = new CorrectedLosses(local);
        minimizer = new HuberGaussNewton(corrected, priors, boxLower, boxUpper) { Weightings = Weightings };
        space = new HuberGaussNewton.Workspace(local.Parameters, local.Stride);
        logs = new double[local.Stride];
    }

    /// <summary>Proposes parameters.</summary>
    /// <param name="theta">The parameters of the moment.</param>
    /// <param name="observed">y.</param>
    /// <param name="at">Residuals and slopes of the law there.</param>
    /// <param name="trial">Receives the proposal.</param>
    /// <returns>The Huber sum that the expansion has there, NaN if there is no proposal.</returns>
    public double Propose(double[] theta, ReadOnlySpan<double> observed, HuberGaussNewton.Workspace at, double[] trial)
    {
        if (reach < LeastReach)
            return double.NaN;
        at.Residuals.CopyTo(logs, 0);
        for (var i = 0; i < observed.Length; i++)
            logs[i] += observed[i];
        if (!corrected.Correct(theta, logs, at.Slopes))
            return double.NaN;
        for (var j = 0; j < theta.Length; j++)
        {
            boxLower[j] = Math.Max(lower[j], theta[j] - reach);
            boxUpper[j] = Math.Min(upper[j], theta[j] + reach);
        }

        theta.CopyTo(trial, 0);
        return minimizer.Minimize(trial, observed, Steps, Tolerance, Idle, CancellationToken.None, space: space);
    }

    /// <summary>Says that the law was not lower at the last proposal.</summary>
    public void Refuse()
    {
        reach /= 4;
    }

    /// <summary>Says that it was.</summary>
    public void Accept() => reach = Math.Min(FirstReach, 2 * reach);
}
