namespace Eigenflow.Scaling.Collapse;

/// <summary>One-way analysis of variance of ℓ, models against seeds, at every x before the end: F with (P − 1, Σ (S − 1)) degrees of freedom.</summary>
/// <param name="X">Points of the grid, x &lt; 1.</param>
/// <param name="Ratio">F; not a number where neither models nor seeds differ.</param>
/// <param name="IsSignificant">Whether p &lt; 0.01.</param>
/// <param name="IsApart">Whether every run has a record since the last such point: the others lie between the same records as the one before, and are no data of their own.</param>
/// <param name="Power">Probability that at one x the test finds models which make Δ 1.5 times the noise of ℓ there.</param>
public sealed record ModelTest(double[] X, double[] Ratio, bool[] IsSignificant, bool[] IsApart, double Power)
{
    /// <summary>Level of the test at one x.</summary>
    public const double Level = 0.01;

    private const double LargestRatio = 1.5;

    /// <summary>Part of the points at which models differ; points between the same records count as the first of them.</summary>
    public double Share
    {
        get
        {
            var (differing, last) = (0, false);
            for (var i = 0; i < X.Length; i++)
            {
                last = IsApart[i] ? IsSignificant[i] : last;
                differing += last ? 1 : 0;
            }

            return (double)differing / X.Length;
        }
    }

    /// <summary>Tests; null where a model has one seed.</summary>
    /// <param name="curves">The curves.</param>
    public static ModelTest? Of(NormalizedCurves curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.FewestSeeds < 2)
            return null;
        var inner = curves.Inner();
        double[][] here = [.. curves.Seeds.Select(seeds => new double[seeds.Length])];
        var ratio = new double[inner.Length];
        var significant = new bool[inner.Length];
        var degrees = 0.0;
        for (var i = 0; i < inner.Length; i++)
        {
            for (var m = 0; m < here.Length; m++)
            {
                for (var s = 0; s < here[m].Length; s++)
                    here[m][s] = curves.Value(m, s, inner[i]);
            }

            var variance = ModelVariance.Of(here, false);
            ratio[i] = variance.Ratio;
            degrees = variance.DegreesOfFreedom;
            significant[i] = variance.IsSignificant(here.Length, Level);
        }

        var seeds = here.Length / here.Sum(model => 1.0 / model.Length);
        return new ModelTest([.. inner.Select(i => curves.X[i])], ratio, significant, [.. inner.Select(i => curves.Spacing.IsApart[i])], ModelVariance.Power(here.Length, seeds, degrees, (LargestRatio * LargestRatio) - 1, Level));
    }
}
