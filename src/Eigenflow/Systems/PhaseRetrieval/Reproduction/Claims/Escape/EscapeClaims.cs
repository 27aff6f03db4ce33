using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: T₁ is linear in log d.</summary>
internal static class EscapeClaims
{
    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (claims, figure) = Logarithm(cancellation);
        return new ReproductionResult { Claims = claims, Figures = [figure] };
    }

    private static (IReadOnlyList<Claim> Claims, Figure Figure) Logarithm(CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series> { SolutionSeries.Key("flow", SeriesStyle.Points), SolutionSeries.Key("log(δ/|C|)/ρ", SeriesStyle.Line) };
        var exponents = new[] { 1.5, 2, 3 };
        var dimensions = Enumerable.Range(3, 10).Select(k => (long)Math.Pow(10, k)).ToArray();
        var shares = new double[exponents.Length];
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
                $"escape-time-log-d-a{DisplayNumber.Of(exponents[k])}", $"T₁ grows as log d/(2ρ) (a = {DisplayNumber.Of(exponents[k])}, d = 10^7 … 10^{{12}})", 1 / (2 * rate), slopes.Whole, 0.02,
                $"{Curves.Paper}, Phase I", "least-squares slope of T₁ against log d; interval: half the difference between the two halves", PredictionKind.Asymptotic, slopes.Spread).UpTo(measured[^1]).At("d", dimensions[^1]).Over("d from 10^7 to 10^{12}") with
            { Interval = "half difference of the slopes of the two halves, without a level" });
            shares[k] = slopes.Whole * 2 * rate;
            var x = dimensions.Select(dimension => (double)dimension).ToArray();
            series.Add(new Series { Label = $"a = {DisplayNumber.Of(exponents[k])}", X = x, Y = predicted, Color = k, Value = exponents[k] });
            series.Add(new Series { Label = $"a = {DisplayNumber.Of(exponents[k])}", X = x, Y = measured, Color = k, Style = SeriesStyle.Points, Expected = predicted, Value = exponents[k] });
        }

        return (claims, new Figure
        {
            Id = "escape-time",
            Title = Headline.Departure("Growth of T₁ from d = 10^{7} to 10^{12}", "log d/(2ρ)", shares.Max(share => Math.Abs(share - 1))),
            Scale = new ColorScale("exponent a"),
            Caption = "T₁, the first time with |u| ≥ δ = 0.1, along the flow with averaged Gaussian teacher and start (dots), and the prediction log(δ/|C|)/ρ (lines). s* = 1.",
            Panels = [new Panel { X = new Axis("dimension d", true), Y = new Axis("escape time T₁", false, 0), Series = series }],
        });
    }

    /// <summary>Least-squares slope over a window, and half the difference between its halves as the spread.</summary>
    internal static (double Whole, double Spread) HalfSlopes(double[] x, double[] y)
    {
        var half = x.Length / 2;
        return (LeastSquaresLine.Fit(x, y).Slope, Math.Abs(LeastSquaresLine.Fit(x.AsSpan(..half), y.AsSpan(..half)).Slope - LeastSquaresLine.Fit(x.AsSpan(half..), y.AsSpan(half..)).Slope) / 2);
    }
}
