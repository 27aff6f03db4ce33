using Eigenflow.Numerics.RandomMatrix;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The other rows of the table of exponents (derived): ridge, width, variance of features, noise on labels and on features, weights of unequal size. Tolerance 5 % unless a row is an interpolation between limits.</summary>
internal static class ContributionClaims
{
    private const double Tolerance = 0.05;

    /// <summary>All of them.</summary>
    public static IEnumerable<Claim> All(CancellationToken cancellation)
    {
        IEnumerable<Claim>[] groups = [Signal(), Features(), Labels(), Unequal(), Additive()];
        foreach (var claim in groups.SelectMany(group => group))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return claim;
        }
    }

    private static IEnumerable<Claim> Signal()
    {
        foreach (var (exponent, source, ridge) in ((double, double, double)[])[(1.5, 0.8, 0.75), (2, 1.5, 1)])
        {
            yield return Along(
                $"ridge-{exponent}-{source}", $"signal limited by a ridge P^(−l) falls as P^(−2l min(r, 1)) (α = {exponent}, r = {source}, l = {ridge})", -2 * ridge * Math.Min(source, 1),
                ExponentClaims.Law(exponent, source), 1e6, (at, samples) => at with { Samples = samples, Ridge = Math.Pow(samples, -ridge) }, risk => risk.Error);
        }

        yield return ExponentClaims.Slope(
            "width-1.5-0.4", "signal limited by width falls as N^(−2αr) for r < ½ (α = 1.5, r = 0.4)", -1.2, Tolerance, "N", 4000, 4, width => Error(Wide(1.5, 0.4, width) with { Samples = 1e7 }));
        yield return ExponentClaims.Slope(
            "width-infinite", "at fixed P the error comes to that of infinite width as N^(−1) (α = 1.5, r = 0.8, P = 1000)", -1, Tolerance, "N", 1e6, 4,
            width => Error(Wide(1.5, 0.8, width) with { Samples = 1000 }) - Error(ExponentClaims.Law(1.5, 0.8) with { Samples = 1000 }));
    }

    private static IEnumerable<Claim> Features()
    {
        yield return Along("features-1.5-0.4", "variance of wide features falls as P^(1 − 2αr) for r < ½ (α = 1.5, r = 0.4, N = 10⁹)", -0.2, Wide(1.5, 0.4, 1e9), 1e5, (at, samples) => at with { Samples = samples }, FeatureVariance);
        yield return Along(
            "features-ridge", "with a ridge P^(−l) the variance of wide features falls as P^(−l + l/α) (α = 2, r = 1.5, l = 1, N = 10⁹)", -0.5, Wide(2, 1.5, 1e9), 1e5,
            (at, samples) => at with { Samples = samples, Ridge = Math.Pow(samples, -1) * 1e9 / at.Target.Dimension }, FeatureVariance);
    }

    private static IEnumerable<Claim> Labels()
    {
        yield return Along(
            "noise-width", "a small width P^q mitigates label noise to P^(−(1 − q)) (α = 1.5, r = 0.8, q = ½)", -0.5, ExponentClaims.Law(1.5, 0.8) with { Noise = 1 }, 1e7,
            (at, samples) => at with { Samples = samples, Layers = [new LayerForm(LayerKind.Gaussian, Math.Sqrt(samples))] }, risk => risk.Labels + risk.LabelsAndFeatures);
    }

    // Columns of variance j^(−a), without a ridge: what is left of the variance of features at large widths.
    private static IEnumerable<Claim> Unequal()
    {
        (string Id, string Words, double Weights, double Exponent, double Samples, double Width)[] rows =
        [
            ("flat", "variance of features falls as N^(−1) for weights j^(−a), a < ½ (a = 0.3, P = 1000)", 0.3, -1, 1000, 1e9),
            ("middle", "as N^(−(1 − a)/a) for ½ < a < 1 where N^(1−a) ≪ P ≪ N (a = 0.7, P = 10⁶)", 0.7, -0.3 / 0.7, 1e6, 1e10),
            ("far", "as N^(−2(1 − a)) where N^(1−a) ≫ P (a = 0.7, P = 10)", 0.7, -0.6, 10, 1e12),
            ("steep", "width never helps for a > 1 (a = 1.5, P = 1000)", 1.5, 0, 1000, 1e9),
        ];
        foreach (var (id, words, weights, exponent, samples, width) in rows)
        {
            yield return ExponentClaims.Slope("weights-" + id, words + ", α = 1.7, r = 0.8", exponent, Tolerance, "N", width, 16, at =>
            {
                var problem = ExponentClaims.Law(1.7, 0.8) with { Samples = samples, Layers = [new LayerForm(LayerKind.Structured, Math.Round(at), weights)] };
                return FeatureVariance(problem.Equivalent().At(0).Risk(0));
            });
        }
    }

    // Noise of total variance x = 1 on the features of α = 3: it sets the resolution from P = 1 on.
    private static IEnumerable<Claim> Additive()
    {
        const double Width = 1e12;
        foreach (var source in (double[])[0.4, 1.2])
        {
            var problem = Noisy(source, Width);
            yield return Along($"additive-bias-{source}", $"noise on features: the bias falls as P^(−2 min(r, 1)) (α = 3, r = {source})", -2 * Math.Min(source, 1), problem, 1e4, AtSamples, risk => risk.Bias);
            yield return Along($"additive-features-{source}", $"and the variance of features as P^(1 − 2 min(r, ½)) (α = 3, r = {source})", 1 - (2 * Math.Min(source, 0.5)), problem, 1e7, AtSamples, FeatureVariance);
        }

        yield return ExponentClaims.Slope("additive-resolution", "noise on features sets the resolution κ_2 ∝ P^(−1) (α = 3)", -1, Tolerance, "P", 1e4, 4, samples => AtSamples(Noisy(0.4, Width), samples).Equivalent().At(0).Kappa);
        yield return Along("additive-noise", "noise on features mitigates label noise to P^(−1 + 1/α) (α = 3)", -2.0 / 3, Noisy(0.4, Width) with { Noise = 1 }, 1e4, AtSamples, risk => risk.Labels + risk.LabelsAndFeatures);
        yield return Along("additive-noise-width", "until the features fit the labels, which adds σ² P/N (α = 3, N = 10⁸)", 1, Noisy(0.4, 1e8) with { Noise = 1 }, 1e6, AtSamples, risk => risk.Labels + risk.LabelsAndFeatures);

        static RegressionProblem AtSamples(RegressionProblem at, double samples) => at with { Samples = samples };

        static RegressionProblem Noisy(double source, double width)
        {
            var problem = Wide(3, source, width);
            return problem with { AdditiveNoise = 1 / problem.Target.Dimension };
        }
    }

    private static double FeatureVariance(RiskParts risk) => risk.Features + risk.Both;

    private static RegressionProblem Wide(double exponent, double source, double width) => ExponentClaims.Law(exponent, source) with { Layers = [new LayerForm(LayerKind.Gaussian, width)] };

    private static double Error(RegressionProblem problem) => problem.Equivalent().At(problem.Ridge).Risk(problem.Noise).Error;

    private static Claim Along(string id, string statement, double predicted, RegressionProblem problem, double low, Func<RegressionProblem, double, RegressionProblem> along, Func<RiskParts, double> part) =>
        ExponentClaims.Slope(id, statement, predicted, Tolerance, "P", low, 4, at =>
        {
            var one = along(problem, at);
            return part(one.Equivalent().At(one.Ridge).Risk(one.Noise));
        });
}
