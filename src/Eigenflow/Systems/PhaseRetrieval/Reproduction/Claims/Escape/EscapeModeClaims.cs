using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the escape rate as an eigenvalue with its bounds and limits, the correlations of the growing mode, and T₁ beyond the linear theory.</summary>
internal static class EscapeModeClaims
{
    private const string Flow = "gradient flow, teacher all ones, alternating start";
    private static readonly (long Dimension, double Exponent)[] Cases = [(100, 2), (1000, 1.5), (10_000, 1.2)];
    private static readonly (long Dimension, double Exponent, double Threshold)[] Escapes = [(1000, 2, 0.2), (1000, 1.2, 0.1), (10_000, 1.5, 0.1), (100_000, 2, 0.1)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (dimension, exponent) in Cases)
        {
            claims.Add(Rate(dimension, exponent, cancellation));
            claims.AddRange(Bounds(dimension, exponent));
        }

        claims.AddRange(Limits(cancellation));
        claims.AddRange(Correlations(cancellation));
        claims.AddRange(Escapes.Select(escape => Corrected(escape.Dimension, escape.Exponent, escape.Threshold, cancellation)));
        claims.Add(Modal(cancellation));
        return new ReproductionResult { Claims = claims };
    }

    internal static PhaseRetrievalProblem Problem(long dimension, double exponent) => new() { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Ones(), Start = Start.Alternating() };

    private static string Named(long dimension, double exponent) => $"d = {DisplayNumber.Of(dimension)}, a = {DisplayNumber.Of(exponent)}";

    private static string Suffix(long dimension, double exponent) => FormattableString.Invariant($"d{dimension}-a{exponent:R}");

    // From a small start the slope of ln u between two levels is that of one exponential.
    private static Claim Rate(long dimension, double exponent, CancellationToken cancellation)
    {
        const double size = 1e-8, low = 1e-4, high = 1e-3;
        var problem = Problem(dimension, exponent);
        var coefficients = new double[dimension];
        problem.Start.Fill(0, dimension, coefficients);
        var scale = size / Math.Sqrt(coefficients.Sum(value => value * value));
        problem = problem with { Start = Start.FromValues(coefficients.Select(value => scale * value)) };
        var (first, last) = (Time(low), Time(high));
        return Claim.Relative(
            $"escape-slope-{Suffix(dimension, exponent)}", $"from a start of length 10^{{−8}}, u grows at the rate ρ = λ_max(4Q + 8Qw*w*ᵀQ) ({Named(dimension, exponent)})",
            EscapeTheory.Of(problem.Modes(cancellation: cancellation)).Rate, Math.Log(high / low) / (last - first), 0.002, $"{Curves.Paper}, Phase I",
            "slope of ln u of the gradient flow between u = 10^{-4} and 10^{-3}", PredictionKind.Asymptotic).UpTo(last).At("d", dimension).Over("u from 10^{-4} to 10^{-3}");

        double Time(double threshold)
        {
            var flow = (problem with { EscapeThreshold = threshold }).Solve(new GradientFlow { Until = 100, Points = 2, KeepsDenseOutput = false }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return flow.TimeOf(PhaseEvents.Escape);
        }
    }

    private static IEnumerable<Claim> Bounds(long dimension, double exponent)
    {
        const double shift = 0.1;
        var modes = Problem(dimension, exponent).Modes();
        var (escape, bounds) = (EscapeTheory.Of(modes), EscapeBounds.Of(modes));
        var (named, suffix) = (Named(dimension, exponent), Suffix(dimension, exponent));
        yield return Bound("escape-lower", "ρ is at least 4s*⁽³⁾/s*⁽²⁾ + 8s*⁽²⁾", true, bounds.Lower, escape.Rate);
        yield return Bound("escape-upper", "ρ is at most 4λ₁ + 8s*⁽²⁾", false, bounds.Upper, escape.Rate);
        yield return Bound("escape-excess", "ρ − 4λ₁ is at least 8w*₁²λ₁²", true, bounds.LeastExcess, bounds.Excess);
        yield return Bound("escape-slope-bound", "D′ is at least 1/(8s*⁽²⁾)", true, bounds.LeastSlope, escape.Slope);
        yield return Bound("escape-coefficient-bound", "|C| is at most ‖w(0)‖/√(8D′)", false, bounds.CoefficientCap, Math.Abs(escape.Coefficient));
        yield return Bound("escape-lipschitz", "|ρ(4) − ρ(4(1 − 3x))| is at most 12λ₁x, x = 0.1", false, 12 * modes.LargestEigenvalue * shift, escape.Rate - EscapeBounds.RateAt(modes, 4 * (1 - (3 * shift))));

        Claim Bound(string id, string statement, bool isLower, double bound, double value)
        {
            var obtained = $"secular equation; ratio of the value to the bound {DisplayNumber.Of(value / bound)}";
            return (isLower
                ? Claim.AtLeast($"{id}-{suffix}", $"{statement} ({named})", bound, value, $"{Curves.Paper}, Phase I", obtained)
                : Claim.AtMost($"{id}-{suffix}", $"{statement} ({named})", bound, value, $"{Curves.Paper}, Phase I", obtained)).At("d", dimension);
        }
    }

    private static IEnumerable<Claim> Limits(CancellationToken cancellation)
    {
        const long dimension = 100_000_000;
        foreach (var exponent in new[] { 1.5, 2, 3 })
        {
            var limit = EscapeLimit.Of(exponent);
            var rate = EscapeTheory.Of(Problem(dimension, exponent).Modes(ModeRepresentation.Averaged, cancellation)).Rate;
            yield return Claim.Relative(
                $"escape-limit-a{DisplayNumber.Of(exponent)}", $"ρ(d) = ρ_∞ + K d^{{1−a}} (a = {DisplayNumber.Of(exponent)}, d = 10^8)", limit.At(dimension, exponent), rate, 1e-6, Curves.Derived,
                "secular equations of the finite and of the infinite sum", PredictionKind.Asymptotic).At("d", dimension);
        }

        yield return Claim.Relative(
            "escape-limit-a8", "ρ_∞ = 12 − 20S + 28S² + (16/3)S₂ for large a (a = 8)", EscapeLimit.OfLargeExponent(8), EscapeLimit.Of(8).Rate, 1e-5, Curves.Derived, "secular equation of the infinite sum", PredictionKind.Asymptotic);
    }

    private static IEnumerable<Claim> Correlations(CancellationToken cancellation)
    {
        const double threshold = 0.05;
        foreach (var (dimension, exponent) in new[] { (1_000_000_000L, 2.0), (1_000_000_000L, 1.5) })
        {
            var problem = Problem(dimension, exponent) with { EscapeThreshold = threshold };
            var modes = problem.Modes(cancellation: cancellation);
            var mode = new EscapeMode(modes);
            var (time, second, self) = AtEscape(problem, modes, cancellation);

            // The gap to the second rate, from the law on fewer modes: it does not move with d.
            var rates = PhaseOneModes.Of(Problem(1000, exponent), 2).Rates;
            var rest = Math.Exp(-(rates[0] - rates[1]) * time);
            var claims = new[]
            {
                Claim.Relative(
                    $"correlation-ratio-a{DisplayNumber.Of(exponent)}", $"u⁽²⁾/u = κ₂ at u = 0.05 ({Named(dimension, exponent)})", mode.CorrelationRatio(2), second / threshold, 0.03, Curves.Derived, Flow, PredictionKind.Asymptotic),
                Claim.Relative(
                    $"overlap-ratio-a{DisplayNumber.Of(exponent)}", $"s/u² = κ_s at u = 0.05 ({Named(dimension, exponent)})", mode.OverlapRatio, self / (threshold * threshold), 0.03, Curves.Derived, Flow, PredictionKind.Asymptotic),
            };
            foreach (var claim in claims)
            {
                yield return claim.UpTo(time).At("d", dimension).Over("e^{−(ρ₁−ρ₂)T₁} < 0.01") with
                {
                    Outside = rest < 0.01 ? "" : $"e^{{−(ρ₁−ρ₂)T₁}} = {DisplayNumber.Of(rest, 2)}",
                };
            }
        }
    }

    /// <summary>T₁, and u⁽²⁾ and s there, along the flow.</summary>
    internal static (double Time, double Second, double Self) AtEscape(PhaseRetrievalProblem problem, WeightedModes modes, CancellationToken cancellation)
    {
        var flow = problem.Solve(new GradientFlow { Until = 100 / EscapeTheory.Of(modes).Rate, Points = 2, KeepsDenseOutput = false, RelativeTolerance = 1e-10 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var time = flow.TimeOf(PhaseEvents.Escape);
        var merged = modes.Merged();
        var sign = flow["u"][^1] < 0 ? -1 : 1;
        var state = new FrozenPhase { RelativeTolerance = 1e-10 }.DeviationAt(problem, merged, time, cancellation);
        double Weight(int j) => state.State[j] + (state.Sign * merged.Teacher[j]);
        return (
            time, sign * merged.Sum(j => merged.Weights[j] * merged.Eigenvalues[j] * merged.Eigenvalues[j] * Weight(j) * merged.Teacher[j]),
            merged.Sum(j => merged.Weights[j] * merged.Eigenvalues[j] * Weight(j) * Weight(j)));
    }

    private static Claim Corrected(long dimension, double exponent, double threshold, CancellationToken cancellation)
    {
        var problem = Problem(dimension, exponent) with { EscapeThreshold = threshold };
        var modes = problem.Modes(cancellation: cancellation);
        var corrected = CorrectedEscape.Of(problem, modes);
        var size = new EscapeMode(modes).OverlapRatio * threshold * threshold;
        var flow = problem.Solve(new GradientFlow { Until = 100, Points = 2, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return Claim.Relative(
            $"escape-corrected-{Suffix(dimension, exponent)}", FormattableString.Invariant($"T₁ = T_modal + T_c − T_lin ({Named(dimension, exponent)}, δ = {threshold})"), corrected.Time, flow.TimeOf(PhaseEvents.Escape), 0.01, Curves.Derived,
            $"{Flow}; T_lin = {DisplayNumber.Of(corrected.Linear)}", PredictionKind.Heuristic).UpTo(flow.TimeOf(PhaseEvents.Escape)).At("d", dimension).Over("κ_s δ² ≤ 0.1") with
        { Outside = size <= CorrectedEscape.LargestSize ? "" : $"κ_s δ² = {DisplayNumber.Of(size, 2)}" };
    }

    private static Claim Modal(CancellationToken cancellation)
    {
        const int dimension = 200;
        var problem = Problem(dimension, 1.5);
        var modes = PhaseOneModes.Of(problem);
        double[] times = [0, 0.2, 0.5, 1];
        var linear = problem.Solve(new VolterraPhaseOne { Times = times, RelativeTolerance = 1e-11 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var worst = Enumerable.Range(0, linear.Rows).Max(row => Math.Abs((modes.At(linear.Times[row]) / linear["u"][row]) - 1));
        return Claim.AtMost(
            "escape-modes", "u = Σ_k C_k e^{ρ_k t} with the rates ρ_k between the poles 4λ_i (d = 200, a = 1.5)", 1e-8, worst, Curves.Derived,
            "largest relative difference to the Volterra equation of Phase I, t ≤ 1", PredictionKind.Exact).UpTo(linear.Times[^1]).At("d", dimension);
    }
}
