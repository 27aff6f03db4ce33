using Eigenflow.Numerics.RandomMatrix;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Crossovers, the best width, early stopping against the best ridge, and the flow on infinite data: slopes of the theory. Tolerance 5 %.</summary>
internal static class OptimumClaims
{
    private const double Tolerance = 0.05;

    /// <summary>All of them.</summary>
    public static IEnumerable<Claim> All(CancellationToken cancellation)
    {
        IEnumerable<Claim>[] groups = [Onsets(), Widths(), Stopping(), Online()];
        foreach (var claim in groups.SelectMany(group => group))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return claim;
        }
    }

    private static IEnumerable<Claim> Onsets()
    {
        foreach (var (exponent, source) in ((double, double)[])[(2, 1.5), (1.5, 0.8)])
        {
            var predicted = 1 / (1 + (exponent * Math.Min(1, (2 * source) - 1)));
            yield return ExponentClaims.Slope(
                $"variance-onset-{exponent}-{source}", $"variance of features limits from P ∝ N^({(source > 1 ? "1/(1 + α)" : "1/(1 + α(2r − 1))")}) on (α = {exponent}, r = {source})", predicted, Tolerance, "N", 1e6, 100,
                width => Crossovers.VarianceOnset(ExponentClaims.Law(exponent, source) with { Layers = [new LayerForm(LayerKind.Gaussian, width)] }));
        }

        foreach (var exponent in (double[])[2, 3])
        {
            yield return ExponentClaims.Slope(
                $"additive-onset-{exponent}", $"noise on features counts from P ∝ x^(−1/(α − 1)) on (α = {exponent})", -1 / (exponent - 1), Tolerance, "x", 1e-7, 100,
                noise => Crossovers.AdditiveOnset(ExponentClaims.Law(exponent, 0.8) is var law ? law with { Layers = [new LayerForm(LayerKind.Gaussian, 1e9)], AdditiveNoise = noise / law.Target.Dimension } : law));
        }
    }

    private static IEnumerable<Claim> Widths()
    {
        yield return ExponentClaims.Slope(
            "best-width", "without a ridge and with label noise the best width grows as P^(1/(1 + 2α min(r, ½))) (α = 2, r = 1.5, σ² = 1)", 1.0 / 3, Tolerance, "P", 1e7, 100,
            samples => OptimalWidth.Of(ExponentClaims.Law(2, 1.5) with { Samples = samples, Noise = 1, Layers = [new LayerForm(LayerKind.Gaussian, 1)] }), RegressionReproduction.Derived);
    }

    private static IEnumerable<Claim> Stopping()
    {
        foreach (var (exponent, source) in ((double, double)[])[(1.5, 0.8), (2, 1.5)])
        {
            var decay = 2 * exponent * source;
            RegressionProblem At(double samples) => ExponentClaims.Law(exponent, source) with { Samples = samples, Noise = 0.5 };
            yield return ExponentClaims.Slope(
                $"stopping-time-{exponent}-{source}", $"the best time to stop grows as P^(α/(1 + 2αr)) (α = {exponent}, r = {source})", exponent / (1 + decay), Tolerance, "P", 1e6, 16, samples => EarlyStopping.Of(At(samples)).Time, RegressionReproduction.Derived);
            yield return ExponentClaims.Slope(
                $"stopping-error-{exponent}-{source}", $"the error there falls as P^(−2αr/(1 + 2αr)){(source > 1 ? ", faster than at the best ridge" : "")} (α = {exponent}, r = {source})", -decay / (1 + decay), Tolerance, "P", 1e6, 16, samples => EarlyStopping.Of(At(samples)).Error, RegressionReproduction.Derived);
        }

        // The same power in every mode is the prior for which a ridge is Bayes' answer.
        var isotropic = new RegressionProblem { Target = TargetSpectrum.Blocks([1], [200], [1]), Samples = 300, Noise = 0.5 };
        var (ridge, error) = OptimalRidge.Of(isotropic);
        var (time, stopped) = EarlyStopping.Of(isotropic);
        yield return Claim.AtLeast("stopping-against-ridge", "no time to stop beats the best ridge where the target is isotropic (D = 200, P = 300, σ² = 0.5): ratio of the errors", 1, stopped / error, RegressionReproduction.Derived, "minimum over time against minimum over the ridge", PredictionKind.Bound);
        yield return Claim.Absolute("stopping-time-against-ridge", "the best time is the inverse of the best ridge within a factor of two (the same): logarithm of the product", 0, Math.Log(time * ridge), Math.Log(2), RegressionReproduction.Derived, "minimum over time, minimum over the ridge", PredictionKind.Heuristic);
    }

    private static IEnumerable<Claim> Online()
    {
        foreach (var source in (double[])[0.4, 1.5])
        {
            yield return ExponentClaims.Slope(
                $"online-{source}", $"on infinite data the flow falls as t^(−2r) at every r (α = 1.5, r = {source})", -2 * source, Tolerance, "t", 1e3, 16,
                time => new FlowContour((ExponentClaims.Law(1.5, source) with { Samples = 1e15 }).Equivalent(), 0).At(time).Signal);
        }
    }
}
