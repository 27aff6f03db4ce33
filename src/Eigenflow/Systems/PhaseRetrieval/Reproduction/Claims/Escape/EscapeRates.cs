using Eigenflow.Scaling;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: u grows at the rate ρ during the escape, for five exponents.</summary>
internal static class EscapeRates
{
    private const long Dimension = 1_000_000_000_000_000;

    // Multiples of u(0) at which the other rates have died, and the u up to which s slows nothing.
    private const double First = 100, Last = 1e-3;
    private static readonly double[] Exponents = [1.2, 1.5, 2, 3, 4];

    public static IEnumerable<(Claim Claim, IReadOnlyList<string> Row)> Check(CancellationToken cancellation)
    {
        foreach (var exponent in Exponents)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, exponent) };
            var modes = problem.Modes(ModeRepresentation.Averaged, cancellation);
            var escape = EscapeTheory.Of(modes);

            // Where the slower transients have died and s is still negligible.
            var first = escape.TimeTo(First * Math.Abs(modes.Moments(1).Cross));
            var last = escape.TimeTo(Last);
            var times = Enumerable.Range(0, 60).Select(k => first + ((last - first) * k / 59)).ToArray();
            var flow = problem.Solve(new GradientFlow { Times = times, Modes = ModeRepresentation.Averaged }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();

            // An exponential rate is the exponent of a power of e^t.
            var fit = PowerLaw.Fit(
                [.. flow.Times.Select(time => Math.Exp(time - first))], [.. flow["u"].Select(Math.Abs)], new PowerLawOptions { WindowStart = 1, WindowEnd = Math.Exp(last - first) });
            var half = fit.MeanHalf;
            var name = $"a = {DisplayNumber.Of(exponent)}";
            yield return (
                Claim.Relative(
                    $"escape-rate-a{DisplayNumber.Of(exponent)}", $"u grows at the rate ρ during the escape ({name}, d = 10^{{15}})", escape.Rate, fit.Exponent, 0.005,
                    $"{Curves.Paper}, Phase I", "least-squares slope of log |u| from 100 |u(0)| to 0.001 along the flow with averaged teacher; 95 % interval, widened for correlated residuals",
                    PredictionKind.Exact, half).UpTo(last).At("d", Dimension).Over("|u| from 100 |u(0)| to 0.001"),
                ["escape rate ρ", name, DisplayNumber.Of(escape.Rate), DisplayNumber.WithInterval(fit.Exponent, half), $"|u| from {DisplayNumber.Of(First * Math.Abs(modes.Moments(1).Cross), 2)} to 0.001"]);
        }
    }
}
