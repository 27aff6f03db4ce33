namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// Variance of the loss over seeds (derived, by Wick's theorem for the diagonal Ornstein–Uhlenbeck approximation of SGD): with the mean μ_j and the variance V_j of δ_j and ρ_j(k, l) = Π(1 − ηλ_j) from k to l,
/// Cov(E_k, E_l) = Σ λ² μ(k) μ(l) ρ V(k) + ½ Σ λ² (ρ V(k))². Within about 10 % of simulation.
/// </summary>
internal sealed class SeedNoise
{
    private readonly LadderModel model;
    private readonly List<double[]> means = [];
    private readonly List<double[]> variances = [];
    private readonly List<double[]> products = [];

    /// <param name="model">The model.</param>
    public SeedNoise(LadderModel model)
    {
        this.model = model;
    }

    /// <summary>Records a state, and begins the products of the next stretch.</summary>
    public void Record(LadderMomentRule rule)
    {
        var before = means.Count > 0 ? means[^1] : [.. model.Targets.Select(target => -Math.Sqrt(target))];
        double[] mean = new double[before.Length], variance = new double[before.Length];
        for (var j = 0; j < mean.Length; j++)
        {
            mean[j] = before[j] * rule.Products[j];

            // Rounding may leave less than nothing where there is no noise yet.
            variance[j] = Math.Max(0, rule.Moments[j] - (mean[j] * mean[j]));
        }

        means.Add(mean);
        variances.Add(variance);
        products.Add(rule.Products.ToArray());
        rule.Mark();
    }

    /// <summary>Var E_k of every recorded state, and Cov(E_k, E_K) with the last one.</summary>
    public (double[] Variance, double[] Covariance) ToEnd()
    {
        var rows = means.Count;
        double[] variance = new double[rows], covariance = new double[rows], left = [.. model.Eigenvalues.Select(_ => 1.0)];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var j = left.Length - 1; j >= 0; j--)
            {
                var square = model.Eigenvalues[j] * model.Eigenvalues[j];
                var (mean, spread, last) = (means[row][j], variances[row][j], means[^1][j]);
                var kept = left[j] * spread;
                variance[row] += square * spread * ((mean * mean) + (spread / 2));
                covariance[row] += square * kept * ((mean * last) + (kept / 2));
                left[j] *= products[row][j];
            }
        }

        return (variance, covariance);
    }
}
