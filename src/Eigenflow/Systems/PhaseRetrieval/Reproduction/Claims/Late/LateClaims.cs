using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: T₂ = T₁′ + T_τ, the late shortfalls and loss with τ₂, and S_d at all times.</summary>
internal static class LateClaims
{
    private const string Flow = "gradient flow, teacher all ones, alternating start";
    private static readonly (long Dimension, double Exponent)[] Cases = [(100, 2), (100, 3), (100, 4), (1000, 1.5), (1000, 2), (1000, 3), (1000, 4), (10_000, 1.5), (10_000, 2), (10_000, 3)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (converged, table) = Convergence(progress, cancellation);
        return new ReproductionResult { Claims = [.. converged, Inverse(cancellation), .. Law(cancellation), .. Uniform()], Tables = [table] };
    }

    private static (IReadOnlyList<Claim> Claims, Table Table) Convergence(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<string>>();
        var claims = new List<Claim>();
        for (var k = 0; k < Cases.Length; k++)
        {
            progress?.Report(new Progress((double)k / Cases.Length, "convergence"));
            var (dimension, exponent) = Cases[k];
            var (crossing, time, law) = Times(dimension, exponent, 0.01, cancellation);
            claims.Add(Claim.Relative(
                FormattableString.Invariant($"convergence-sum-d{dimension}-a{exponent:R}"), $"T₂ = T₁′ + T_τ at ε = 0.01 (d = {DisplayNumber.Of(dimension)}, a = {DisplayNumber.Of(exponent)})", crossing + law, time, 0.03,
                Curves.Derived, Flow, PredictionKind.Heuristic).UpTo(time).At("d", dimension).Over("ε ≤ 0.01"));
            rows.Add([DisplayNumber.Of(dimension), DisplayNumber.Of(exponent), DisplayNumber.Of(crossing), DisplayNumber.Of(law), DisplayNumber.Of(time), DisplayNumber.Of(time / (crossing + law), 4)]);
        }

        return (claims, new Table(
            "convergence-sum", "Convergence time at ε = 0.01 as crossing plus sharp law", ["d", "a", "T₁′", "T_τ", "T₂", "T₂/(T₁′ + T_τ)"], rows, "Gradient flow, teacher all ones, alternating start; T_τ from max(⅔τ₁(t), ⅓τ₁(t) + ½τ₁(2t)) = ε."));
    }

    // ε = 1/d, at which the paper expects d^a.
    private static Claim Inverse(CancellationToken cancellation)
    {
        const long dimension = 1000;
        const double exponent = 3;
        var (crossing, time, law) = Times(dimension, exponent, 1.0 / dimension, cancellation);
        return Claim.Relative(
            "convergence-inverse-dimension", "T₂(1/d) is that of the sharp law, not of order d^a = 10^9 (d = 1000, a = 3)", crossing + law, time, 0.03, $"{Curves.Paper}, Remark 5; {Curves.Derived}", Flow, PredictionKind.Heuristic).UpTo(time).At("d", dimension);
    }

    private static (double Crossing, double Time, double Law) Times(long dimension, double exponent, double accuracy, CancellationToken cancellation)
    {
        var problem = EscapeModeClaims.Problem(dimension, exponent) with { Accuracy = accuracy };
        var modes = problem.Modes(cancellation: cancellation);
        var law = new SharpLaw(modes, EscapeTheory.Of(modes).Coefficient < 0 ? -1 : 1).TimeTo(accuracy);
        var flow = problem.Solve(new GradientFlow { Until = 10 + (10 * law), Points = 2, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return (flow.TimeOf(PhaseEvents.Crossing), flow.TimeOf(PhaseEvents.Convergence), law);
    }

    private static List<Claim> Law(CancellationToken cancellation)
    {
        const double largest = 0.008;
        var claims = new List<Claim>();
        foreach (var (dimension, exponent) in new[] { (100L, 2.0), (1000L, 1.5), (1000L, 2.0), (1000L, 3.0) })
        {
            var problem = EscapeModeClaims.Problem(dimension, exponent);
            var modes = problem.Modes(cancellation: cancellation);
            var law = new SharpLaw(modes, EscapeTheory.Of(modes).Coefficient < 0 ? -1 : 1);
            var (_, time, _) = Times(dimension, exponent, largest, cancellation);
            var flow = problem.Solve(new GradientFlow { Times = [time], KeepsDenseOutput = false }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            Add("one-minus-s", "1 − s ≈ ⅔ τ₁", 0.03, law.Shortfall(time));
            Add("one-minus-u", "1 − u ≈ ⅓ τ₁ + ½ τ₂", 0.03, law.Misalignment(time));
            Add("loss", "L ≈ 4 τ₂", 0.05, law.Loss(time));

            void Add(string observable, string statement, double tolerance, double predicted) => claims.Add(Claim.Relative(
                FormattableString.Invariant($"late-{observable}-d{dimension}-a{exponent:R}"), $"{statement} once both are within 0.008 of one (d = {DisplayNumber.Of(dimension)}, a = {DisplayNumber.Of(exponent)})", predicted, flow[observable][0], tolerance,
                Curves.Derived, Flow, PredictionKind.Asymptotic).UpTo(time).At("d", dimension).Over("1 − s ≤ 0.008"));
        }

        return claims;
    }

    private static IEnumerable<Claim> Uniform()
    {
        foreach (var (dimension, exponent) in new[] { (100L, 2.0), (1000L, 1.1), (100_000L, 1.5) })
        {
            var spectrum = (PowerLawSpectrum)Spectrum.PowerLaw(dimension, exponent);
            var modes = EscapeModeClaims.Problem(dimension, exponent).Modes(ModeRepresentation.Averaged);
            double largest = 0, relative = 0, early = 0, low = 0, high = 0;

            // From five relaxed modes to 30 lifetimes of the last one.
            var (first, last) = (Math.Pow(5, exponent), 30 * Math.Pow(dimension, exponent));
            foreach (var scaled in TimeGrid.Logarithmic(first, last, 60).Skip(1))
            {
                var time = scaled * spectrum.Normalization / 16;
                var (sum, formula) = (SpectralRelaxation.Of(modes, time), SpectralRelaxation.Uniform(spectrum, time));
                largest = Math.Max(largest, Math.Abs(formula - sum));
                if (scaled <= 6 * Math.Pow(dimension, exponent))
                    relative = Math.Max(relative, Math.Abs((formula / sum) - 1));
                var lost = dimension * SpectralRelaxation.Lost(modes, time);
                var (lower, upper) = SpectralRelaxation.LostBounds(spectrum, time);
                (low, high) = (Math.Max(low, lower / lost), Math.Max(high, lost / upper));
                var (value, error) = SpectralRelaxation.Early(spectrum, time / 1000);
                early = Math.Max(early, Math.Abs(1 - SpectralRelaxation.Lost(modes, time / 1000) - value) / error);
            }

            var named = $"d = {DisplayNumber.Of(dimension)}, a = {DisplayNumber.Of(exponent)}";
            var suffix = FormattableString.Invariant($"d{dimension}-a{exponent:R}");
            yield return Claim.AtMost($"uniform-{suffix}", $"S_d is e^{{−z}} − (x/d)Γ(1 − 1/a, z) + e^{{−z}}/(2d) + aze^{{−z}}/(12d²) ({named})", 1e-5, largest, Curves.Derived, "largest difference to the sum", PredictionKind.Asymptotic)
                .At("d", dimension).Over("x_d ≥ 5");
            yield return Claim.AtMost($"uniform-relative-{suffix}", $"the same relative to S_d while the last mode has relaxed by less than e^{{−6}} ({named})", 1e-5, relative, Curves.Derived, "largest relative difference to the sum", PredictionKind.Asymptotic)
                .At("d", dimension).Over("x_d ≥ 5, z ≤ 6");
            yield return Claim.AtMost($"uniform-lower-{suffix}", $"d(1 − S_d) is at least xΓ(1 − 1/a) − 1 − x^a d^{{1−a}}/(a − 1) ({named})", 1, low, Curves.Derived, "largest ratio of the bound to the sum").At("d", dimension).Over("x_d ≥ 5");
            yield return Claim.AtMost($"uniform-upper-{suffix}", $"d(1 − S_d) is at most xΓ(1 − 1/a) + 1 ({named})", 1, high, Curves.Derived, "largest ratio of the sum to the bound").At("d", dimension).Over("x_d ≥ 5");
            yield return Claim.AtMost($"uniform-early-{suffix}", $"|S_d − 1 + 16τ/d − (β_dτ)²H_{{d,2a}}/(2d)| is at most (β_dτ)³H_{{d,3a}}/(6d) ({named})", 1, early, Curves.Derived, "largest ratio of the difference to the bound").At("d", dimension);
        }
    }
}
