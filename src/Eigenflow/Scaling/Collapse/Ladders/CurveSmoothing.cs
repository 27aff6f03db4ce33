namespace Eigenflow.Scaling.Collapse;

/// <summary>Smooths losses before they are normalised, all runs alike: smoothing lowers Δ and σ together.</summary>
public static class CurveSmoothing
{
    /// <summary>Exponential moving average over training time.</summary>
    /// <param name="run">The run.</param>
    /// <param name="halfLife">Half-life as a part of the run, positive and below 1; 0.01 in arXiv 2507.02119.</param>
    /// <exception cref="ParameterException">The half-life is out of range.</exception>
    public static LadderRun Smooth(LadderRun run, double halfLife)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!(halfLife > 0 && halfLife < 1))
            throw new ParameterException("smooth", halfLife, "a part of the run above 0 and below 1");
        var losses = (double[])run.Losses.Clone();
        for (var k = 1; k < losses.Length; k++)
            losses[k] = losses[k - 1] + ((1 - Math.Pow(0.5, (run.Times[k] - run.Times[k - 1]) / (halfLife * run.EndTime))) * (losses[k] - losses[k - 1]));
        return run with { Losses = losses };
    }
}
