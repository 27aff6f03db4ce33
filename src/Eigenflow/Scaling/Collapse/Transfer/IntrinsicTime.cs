namespace Eigenflow.Scaling.Collapse;

/// <summary>Gradient-flow time τ = ∫ η dt of a run.</summary>
public static class IntrinsicTime
{
    /// <summary>τ at every record: as given, or by the trapezoidal rule over the learning rates, from time 0 with the first logged rate.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="ParameterException">No learning rates, or negative ones.</exception>
    public static double[] Of(LadderRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.IntrinsicTimes is { } known)
            return known;
        var rates = Rates(run);
        var tau = new double[rates.Length];
        tau[0] = rates[0] * run.Times[0];
        for (var i = 1; i < tau.Length; i++)
            tau[i] = tau[i - 1] + ((rates[i] + rates[i - 1]) / 2 * (run.Times[i] - run.Times[i - 1]));
        return tau;
    }

    /// <summary>The learning rates of a run, checked.</summary>
    internal static double[] Rates(LadderRun run)
    {
        var rates = run.LearningRates ?? throw new ParameterException("learning-rates", "", $"known for {run.Label}", "predictions of schedules integrate the learning rate: add its column");
        return Array.FindIndex(rates, rate => !(rate >= 0 && double.IsFinite(rate))) is >= 0 and var wrong
            ? throw new ParameterException("learning-rates", rates[wrong], $"finite numbers >= 0 ({run.Label})")
            : rates;
    }
}
