namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The spread of normalised curves, as theory and replicas give it at one place: deviation Δ by the law of total variance, Var_p E ℓ + E_p Var ℓ, and the floor σ̄.</summary>
internal static class LadderSpread
{
    // Below it curves agree to rounding, as at x = 1, where each is divided by itself.
    private const double Rounding = 1e-14;

    /// <summary>Δ from the mean and the variance over seeds of ℓ of every model.</summary>
    public static double Deviation(IReadOnlyList<(double Mean, double Variance)> models)
    {
        double mean = models.Average(model => model.Mean), between = models.Average(model => (model.Mean - mean) * (model.Mean - mean));
        var spread = Math.Sqrt(between + models.Average(model => model.Variance)) / Math.Abs(mean);
        return spread < Rounding ? 0 : spread;
    }

    /// <summary>σ̄ from the mean and the variance over seeds of the reducible loss of every model.</summary>
    public static double Floor(IReadOnlyList<(double Mean, double Variance)> models) => Math.Sqrt(models.Average(model => model.Variance / (model.Mean * model.Mean)));
}
