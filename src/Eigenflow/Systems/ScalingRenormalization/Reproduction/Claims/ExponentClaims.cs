namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Local slopes of the theory against the exponents of the phase table (arXiv 2405.00592), each over a factor of four in the samples.</summary>
internal static class ExponentClaims
{
    private const long Dimension = 1_000_000_000;

    /// <summary>All of them.</summary>
    public static IEnumerable<Claim> All(CancellationToken cancellation)
    {
        foreach (var (exponent, source) in ((double, double)[])[(1.5, 0.4), (1.5, 0.8), (2, 1.5)])
        {
            cancellation.ThrowIfCancellationRequested();
            var problem = Law(exponent, source);
            yield return Slope($"data-{exponent}-{source}", "signal limited by data falls as P^(−2α min(r, 1))", -2 * exponent * Math.Min(source, 1), problem, (at, samples) => at with { Samples = samples }, risk => risk.Error, 0.04);
        }

        yield return Slope("width-2-1.5", "signal limited by width falls as N^(−2α min(r, 1/2))", -2, Law(2, 1.5) with { Samples = 1e7, Layers = [new LayerForm(LayerKind.Gaussian, 1)] }, (at, width) => at.Along("width", width), risk => risk.Error, 0.04);
        yield return Slope("features-2-1.5", "variance of wide features falls as P^(1 − 2α min(r, 1/2))", -1, Law(2, 1.5) with { Layers = [new LayerForm(LayerKind.Gaussian, 2e7)] }, (at, samples) => at with { Samples = samples }, risk => risk.Features + risk.Both, 0.05);
        yield return Slope("noise-ridge", "a ridge P^(−l), l = α/2, mitigates label noise to P^(−(1 − l/α))", -0.5, Law(1.5, 0.8) with { Noise = 1 }, (at, samples) => at with { Samples = samples, Ridge = Math.Pow(samples, -0.75) }, risk => risk.Labels, 0.03);
        yield return Claim.Relative(
            "noise-plateau", "label noise adds σ²(α − 1) without a ridge (α = 1.5)", 0.5, Law(1.5, 0.8).Along("samples", 3e4).Equivalent().At(0).Risk(1).Labels, 0.02, RegressionReproduction.Paper, "σ² = 1, P = 3×10⁴", PredictionKind.Asymptotic).At("D", Dimension);

        // At the best ridge, to which E is blind to first order.
        foreach (var (exponent, source) in ((double, double)[])[(1.5, 0.4), (2, 0.8)])
        {
            cancellation.ThrowIfCancellationRequested();
            var decay = 2 * exponent * Math.Min(source, 1);
            var (low, high) = (Best(1e6), Best(1e7));
            yield return Claim.Relative($"best-error-{exponent}-{source}", DisplayText.Of($"the error at the best ridge falls as P^(−2αr/(1 + 2αr)) (α = {exponent}, r = {source})"), -decay / (1 + decay), Math.Log10(high.Error / low.Error), 0.03, RegressionReproduction.Derived, "slope between P = 10⁶ and 10⁷", PredictionKind.Asymptotic).At("D", Dimension);
            yield return Claim.Relative($"best-ridge-{exponent}-{source}", DisplayText.Of($"the best ridge falls as P^(−α/(1 + 2αr)) (α = {exponent}, r = {source})"), -exponent / (1 + decay), Math.Log10(high.Ridge / low.Ridge), 0.03, RegressionReproduction.Derived, "slope between P = 10⁶ and 10⁷", PredictionKind.Asymptotic).At("D", Dimension);

            (double Ridge, double Error) Best(double samples) => OptimalRidge.Of(Law(exponent, source) with { Noise = 0.5, Samples = samples });
        }
    }

    /// <summary>A power law of a billion modes.</summary>
    public static RegressionProblem Law(double exponent, double source) => new() { Target = TargetSpectrum.PowerLaw(Dimension, exponent, source) };

    private static Claim Slope(string id, string statement, double predicted, RegressionProblem problem, Func<RegressionProblem, double, RegressionProblem> along, Func<Numerics.RandomMatrix.RiskParts, double> part, double tolerance) =>
        Slope(id, DisplayText.Of($"{statement} ({problem.Target.Dimension:G1} modes)"), predicted, tolerance, "P", 4000, 4, at =>
        {
            var one = along(problem, at);
            return part(one.Equivalent().At(one.Ridge).Risk(one.Noise));
        });

    /// <summary>The claim of an exponent: slope over a range, with half the difference between the slopes of its halves as its interval.</summary>
    /// <param name="id">Identifier, to which <c>slope-</c> is prefixed.</param>
    /// <param name="statement">What is claimed.</param>
    /// <param name="predicted">The exponent.</param>
    /// <param name="tolerance">Part of it, or a number where it is zero.</param>
    /// <param name="symbol">The abscissa.</param>
    /// <param name="low">Beginning of the range.</param>
    /// <param name="factor">The end is this multiple of it.</param>
    /// <param name="value">The quantity.</param>
    /// <param name="source">Source of the claim; the paper unless given.</param>
    public static Claim Slope(string id, string statement, double predicted, double tolerance, string symbol, double low, double factor, Func<double, double> value, string source = RegressionReproduction.Paper)
    {
        var step = Math.Log(factor) / 2;
        double[] values = [.. new[] { low, low * Math.Sqrt(factor), low * factor }.Select(at => Math.Log(value(at)))];
        return Claim.Of(
            predicted == 0 ? ClaimTest.Absolute : ClaimTest.Relative, "slope-" + id, statement, predicted, (values[2] - values[0]) / (2 * step), tolerance, source,
            DisplayText.Of($"slope of the theory between {symbol} = {low} and {low * factor}"), PredictionKind.Asymptotic, Math.Abs(values[2] - (2 * values[1]) + values[0]) / (2 * step)) with
        { Interval = "half the difference between the slopes of both halves" };
    }
}
