using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Claims: where adaptive learning rates end on spectra bounded below, and the constants of the table on power laws.</summary>
internal static class LimitClaims
{
    private const double Late = 400;
    private static readonly AdaptiveModes Four = new([0.25, 0.25, 0.25, 0.25], [1, 0.5, 0.2, 0.05], [1, 1, 2, 4]);
    private const string Spectrum = "λ = 1, 0.5, 0.2, 0.05 with D² = 1, 1, 2, 4";

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (scale, id) in new[] { (2.0, "adagrad-limit"), (20, "adagrad-limit-large") })
        {
            claims.Add(Claim.Relative(
                id, $"AdaGrad-norm ends at the root of ⟨D²(0)⟩ = (4η²/τ)(1/γ − b/η) − 2η² ln(η/bγ), {(scale > 2 ? "also from η/b > 2/τ" : "below η/b and 2/τ")} ({Spectrum}; η = {DisplayNumber.Of(scale)}, b = 1)",
                AdaptiveLimits.AdaGradNorm(Four.StartDistance, Four.Trace, scale, 1), AdaptiveFlow.At(Four, new AdaGradNormRate(scale, 1), 0, [Late], isFlowTime: false)[0].Rate, 1e-6, Lab.Derived, "exact equations of least squares at t = 400").UpTo(Late));
        }

        // The form that is printed in the paper, for η = 2.5, is off by a factor of four; the docs page has the numbers.
        var laws = new AdaptiveLaws(0.2, 0.4);
        var root = AdaptiveLimits.AdaGradNorm(laws.StartDistance, laws.Trace, 2.5, 1);
        var far = AdaptiveFlow.At(AdaptiveModes.PowerLaw(0.2, 0.4), new AdaGradNormRate(2.5, 1), 0, [1e10], isFlowTime: true)[0];
        var (printedProposition, printedTable) = (1 / ((1 / 2.5) + (2.5 * 2.5 * laws.Trace * laws.StartDistance / 4)), 2.5 * 2.5 / ((1 / 2.5) + (laws.Trace * laws.StartDistance / 4)));
        claims.Add(Claim.Relative(
            "adagrad-limit-power-law", "the same root on a power law (h = 0.2, δ = 0.4; η = 2.5, b = 1)", root, far.Rate, 1e-3, Lab.Derived,
            $"exact equations of least squares at u = 10^{{10}}; Proposition 4.2 and table 1 of {Lab.HighLine} print {DisplayNumber.Of(printedProposition, 3)} and {DisplayNumber.Of(printedTable, 4)}, which are right for η = 1 only", PredictionKind.Asymptotic).UpTo(1e10, "u"));
        var (mu, rate, slope) = AdaptiveLimits.LineSearch(Four);
        var line = AdaptiveFlow.At(Four, new LineSearchRate(), 0, [Late, 500], isFlowTime: false);
        claims.Add(Claim.Relative("line-search-limit", $"the line search ends at γ = 2μ/τ₂, μ Σ λ²/(λ − μ) = Σ λ² ({Spectrum}; μ = {DisplayNumber.Of(mu)})", rate, line[1].Rate, 1e-6, Lab.Derived, "exact equations of least squares at t = 500").UpTo(500));
        claims.Add(Claim.Relative("line-search-slope", $"and ln R then falls at 2μγ ({Spectrum})", slope, Math.Log(line[1].Excess / line[0].Excess) / 100, 1e-6, Lab.Derived, "between t = 400 and 500").UpTo(500));
        claims.Add(Claim.AtMost("line-search-bounds", $"that rate lies between λ_min/τ₂ and 2 λ_min/τ₂ ({Spectrum})", 0.5, Math.Abs((line[1].Rate * Four.SquareTrace / Four.Smallest) - 1.5), $"{Lab.HighLine}, section 4", "distance of γτ₂/λ_min from 1.5 at t = 500; the bound is half of the range").UpTo(500));
        var polyak = AdaptiveFlow.At(Four, new PolyakRate(0), 0, [200, 300], isFlowTime: false);
        claims.Add(Claim.Relative("polyak-rate", $"Polyak's rate without target noise is the constant 1/τ ({Spectrum})", 1 / Four.Trace, polyak[1].Rate, 1e-9, Lab.Derived, "exact equations of least squares at t = 300").UpTo(300));
        claims.Add(Claim.Relative("polyak-slope", $"and ln R falls at 2μγ, (γ/2)⟨λ²/(λ − μ)⟩ = 1 ({Spectrum})", AdaptiveLimits.ConstantSlope(Four, 1 / Four.Trace), Math.Log(polyak[1].Excess / polyak[0].Excess) / 100, 1e-6, Lab.Derived, "between t = 200 and 300").UpTo(300));
        progress?.Report(new Progress(0.5, "limits"));
        claims.AddRange(Amplitudes(cancellation));
        return new ReproductionResult { Claims = claims };
    }

    // Constants of the table at u = 1e8, where κ is far from 1.
    private static IEnumerable<Claim> Amplitudes(CancellationToken cancellation)
    {
        foreach (var (rule, name, id, noise, start) in new[]
        {
            (AdaptiveRule.Polyak, "Polyak", "polyak", 0.0, 0.8), (AdaptiveRule.Polyak, "Polyak", "polyak", 1, 0.8), (AdaptiveRule.LineSearch, "the line search", "line-search", 0, 0.8), (AdaptiveRule.LineSearch, "the line search", "line-search", 1, 0.8),
            (AdaptiveRule.AdaGradNorm, "AdaGrad-norm", "adagrad", 0, 0.4), (AdaptiveRule.AdaGradNorm, "AdaGrad-norm", "adagrad", 0, 1.2), (AdaptiveRule.AdaGradNorm, "AdaGrad-norm", "adagrad", 1, 0.4), (AdaptiveRule.AdaGradNorm, "AdaGrad-norm", "adagrad", 1, 1.2),
        })
        {
            cancellation.ThrowIfCancellationRequested();
            var laws = new AdaptiveLaws(0.2, start);
            LearningRateRule law = rule switch { AdaptiveRule.Polyak => new PolyakRate(0), AdaptiveRule.LineSearch => new LineSearchRate(), _ => new AdaGradNormRate(1, 1) };
            var state = AdaptiveFlow.At(AdaptiveModes.PowerLaw(0.2, start), law, noise, [1e8], isFlowTime: true)[0];
            var (excess, rate) = laws.At(rule, state.Time, noise);
            var suffix = $"{id}-s{DisplayNumber.Of(0.2 + start)}{(noise > 0 ? "-noise" : "")}";
            var setting = $"h = 0.2, δ = {DisplayNumber.Of(start)}, ω² = {DisplayNumber.Of(noise)}, η = b = 1";
            yield return Claim.Relative($"amplitude-risk-{suffix}", $"late excess risk of {name} with its constant ({setting})", 1, state.Excess / excess, 0.01, Lab.Derived, "exact equations of least squares over the law at u = 10^{8}", PredictionKind.Asymptotic).UpTo(1e8, "u");
            yield return Claim.Relative($"amplitude-rate-{suffix}", $"late learning rate of {name} with its constant ({setting})", 1, state.Rate / rate, 0.01, Lab.Derived, "exact equations of least squares over the law at u = 10^{8}", PredictionKind.Asymptotic).UpTo(1e8, "u");
        }
    }
}
