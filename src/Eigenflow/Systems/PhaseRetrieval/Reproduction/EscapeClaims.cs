using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: growth rate of u against ρ, and T₁ linear in log d.</summary>
internal static class EscapeClaims
{
    private static readonly double[] Exponents = [1.2, 1.5, 2, 3, 4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<string>>();
        var claims = new List<Claim>();
        for (var k = 0; k < Exponents.Length; k++)
        {
            progress?.Report(new Progress(0.5 * k / Exponents.Length, "escape rates"));
            var claim = Rate(Exponents[k], cancellation);
            claims.Add(claim);
            rows.Add([Curves.Text(Exponents[k]), Curves.Cell(claim.Predicted), $"{Curves.Cell(claim.Measured)} ± {claim.Uncertainty:G2}", "10 |u(0)| to 0.01"]);
        }

        var (logarithm, figure) = Logarithm(cancellation);
        return new ReproductionResult
        {
            Claims = [.. claims, .. logarithm],
            Figures = [figure],
            Tables = [new Table("escape-rates", "Escape rate", ["a", "predicted ρ", "fitted ± 95 %", "window of |u|"], rows, "Rate of log |u| along the flow, d = 10¹⁰, averaged teacher.")],
        };
    }

    // Slope of log |u| by least squares where the slower transients have died and s is still negligible.
    private static Claim Rate(double exponent, CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(10_000_000_000, exponent) };
        var modes = problem.Modes(ModeRepresentation.Averaged, cancellation);
        var escape = EscapeTheory.Of(modes);
        var start = Math.Abs(modes.Moments(1).Cross);
        var first = escape.TimeTo(10 * start);
        var last = escape.TimeTo(0.01);
        var times = Enumerable.Range(0, 60).Select(k => first + ((last - first) * k / 59)).ToArray();
        var flow = problem.Solve(new GradientFlow { Times = times, Modes = ModeRepresentation.Averaged }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var slopes = HalfSlopes(flow.Times, [.. flow["u"].Select(u => Math.Log(Math.Abs(u)))]);
        return Claim.Relative(
            $"escape-rate-a{Curves.Text(exponent)}", $"u grows at the rate ρ during the escape (a = {Curves.Text(exponent)}, d = 10¹⁰)", escape.Rate, slopes.Whole, 0.02,
            $"{Curves.Paper}, Phase I", "least-squares slope of log |u| from 10 |u(0)| to 0.01; interval: half the difference between the two halves of the window",
            PredictionKind.Exact, slopes.Spread);
    }

    private static (IReadOnlyList<Claim> Claims, Figure Figure) Logarithm(CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series>();
        var exponents = new[] { 1.5, 2, 3 };
        var dimensions = Enumerable.Range(3, 10).Select(k => (long)Math.Pow(10, k)).ToArray();
        for (var k = 0; k < exponents.Length; k++)
        {
            var logarithms = dimensions.Select(dimension => Math.Log(dimension)).ToArray();
            var measured = new double[dimensions.Length];
            var predicted = new double[dimensions.Length];
            var rate = 0.0;
            for (var n = 0; n < dimensions.Length; n++)
            {
                cancellation.ThrowIfCancellationRequested();
                var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimensions[n], exponents[k]) };
                var flow = problem.Solve(new GradientFlow { Modes = ModeRepresentation.Averaged, Until = 1e3 }, null, cancellation);
                measured[n] = flow.TimeOf(PhaseEvents.Escape);
                var escape = EscapeTheory.Of(problem.Modes(ModeRepresentation.Averaged, cancellation));
                predicted[n] = escape.TimeTo(0.1);
                rate = escape.Rate;
            }

            // The largest six dimensions: there the normalisation H_{d,a}, and with it ρ, has settled.
            var slopes = HalfSlopes(logarithms[4..], measured[4..]);
            claims.Add(Claim.Relative(
                $"escape-time-log-d-a{Curves.Text(exponents[k])}", $"T₁ grows as log d/(2ρ) (a = {Curves.Text(exponents[k])}, d = 10⁷ … 10¹²)", 1 / (2 * rate), slopes.Whole, 0.02,
                $"{Curves.Paper}, Phase I", "least-squares slope of T₁ against log d; interval: half the difference between the two halves", PredictionKind.Asymptotic, slopes.Spread));
            var x = dimensions.Select(dimension => (double)dimension).ToArray();
            series.Add(new Series { Label = k == 0 ? "lines: log(δ/|C|)/ρ" : "", X = x, Y = predicted, Color = k });
            series.Add(new Series { Label = $"a = {Curves.Text(exponents[k])}", X = x, Y = measured, Color = k, Style = SeriesStyle.Points });
        }

        return (claims, new Figure
        {
            Id = "escape-time",
            Title = "The escape time grows as log d",
            Caption = "T₁ (first time with |u| ≥ 0.1) along the flow with averaged teachers (dots) and the prediction log(δ/|C|)/ρ (lines).",
            Panels = [new Panel { X = new Axis("dimension d", true), Y = new Axis("T₁", false, 0), Series = series }],
        });
    }

    /// <summary>Least-squares slope over a window, and half the difference between its halves as the spread.</summary>
    internal static (double Whole, double Spread) HalfSlopes(double[] x, double[] y)
    {
        var half = x.Length / 2;
        return (Slope(x, y), Math.Abs(Slope(x[..half], y[..half]) - Slope(x[half..], y[half..])) / 2);
    }

    private static double Slope(double[] x, double[] y)
    {
        var meanX = x.Average();
        var meanY = y.Average();
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
