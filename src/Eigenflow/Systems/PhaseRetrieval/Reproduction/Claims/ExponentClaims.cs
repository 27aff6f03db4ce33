using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: every exponent that theory states, predicted against fitted, with the windows of the fits.</summary>
internal static class ExponentClaims
{
    // An exponent is a limit d → ∞ before t → ∞: modes beyond d are missing from τ₁ by the part (x/d)^(a−1), x = (8ct)^(1/a),
    // which at a = 1.5 leaves no window in d = 10⁶. The averaged start reaches d = 10¹² at no cost.
    private const long Dimension = 1_000_000_000_000;

    // The drop of the MSE is seen while 1 ≪ x_d ≪ d; below 10⁻⁵ the difference of two MSE loses its digits.
    private const double FirstFraction = 1e-5;
    private const double LastFraction = 1e-3;

    // A common end of the drawn curves; the drop of the MSE takes longer the larger the exponent.
    private const double LastShown = 1e13;

    private static readonly (double Exponent, double Source, double From, double To)[] Cases =
    [
        (1.5, 0, 1e6, 1e11),
        (2, 0, 1e5, 1e13),
        (3, 0, 1e5, 1e13),
        (2, 0.5, 1e5, 1e13),
    ];

    private static readonly (string Observable, string Symbol, SeriesStyle Style)[] Decays =
        [("one-minus-s", "1 − s", SeriesStyle.Dashed), ("one-minus-u", "1 − u", SeriesStyle.Dotted), ("loss", "L", SeriesStyle.Line)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (claim, row) in EscapeRates.Check(cancellation))
        {
            claims.Add(claim);
            rows.Add(row);
        }

        var slopes = new List<(double Exponent, MeasuredSlope Slope)>();
        List<Series> series = [.. Decays.Reverse().Select(decay => SolutionSeries.Key(decay.Symbol.Replace("u", "|u|", StringComparison.Ordinal), decay.Style))];
        for (var k = 0; k < Cases.Length; k++)
        {
            var (exponent, source, from, to) = Cases[k];
            progress?.Report(new Progress((1.0 + k) / (1 + Cases.Length), $"exponents, a = {DisplayNumber.Of(exponent)}"));
            var name = $"a = {DisplayNumber.Of(exponent)}" + (source == 0 ? "" : $", b = {DisplayNumber.Of(source)}");
            var id = $"a{DisplayNumber.Of(exponent)}" + (source == 0 ? "" : $"-b{DisplayNumber.Of(source)}");
            var spectrum = (PowerLawSpectrum)Spectrum.PowerLaw(Dimension, exponent);
            var problem = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.Source(source) };
            var fractions = TimeGrid.Logarithmic(FirstFraction, LastFraction, 60).Skip(1).ToArray();
            var relaxing = fractions.Select(fraction => Math.Pow(fraction * Dimension, exponent) * spectrum.Normalization / 16).ToArray();
            var early = TimeGrid.Logarithmic(1, to, 300);
            var flow = problem.Solve(new GradientFlow { Modes = ModeRepresentation.Averaged, Times = [.. early, .. relaxing] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var beta = SharpLaw.Exponent(exponent, source);
            foreach (var (observable, symbol, style) in Decays)
            {
                Add(symbol, observable, -beta, flow.Times, flow[observable], from, to, Curves.Derived, source == 0 ? "−(a − 1)/a" : "−(a + b − 1)/a");
                if (source == 0)
                    series.Add(SolutionSeries.Of(flow, observable, name, k, style).Where((time, _) => time <= LastShown) with { Role = SeriesRole.Theory, Value = exponent });
            }

            var initial = flow["mse"][0];
            double[] drop = [.. flow["mse"].Select(value => 1 - (value / initial))];
            Add("MSE drop", "mse-drop", (1 - source) / exponent, flow.Times, drop, relaxing[0], relaxing[^1], $"{Curves.Paper}, Phase III", source == 0 ? "1/a" : "(1 − b)/a");
            if (source == 0)
            {
                var modes = problem.Modes(ModeRepresentation.Averaged, cancellation);
                double[] lost = [.. relaxing.Select(time => SpectralRelaxation.Lost(modes, time))];
                Add("1 − S_d", "benchmark", 1 / exponent, relaxing, lost, relaxing[0], relaxing[^1], $"{Curves.Paper}, Phase III", "1/a");
            }

            void Add(string symbol, string key, double predicted, double[] x, double[] y, double start, double end, string origin, string formula)
            {
                var fit = PowerLaw.Fit(x, y, new PowerLawOptions { WindowStart = start, WindowEnd = end });
                var half = fit.MeanHalf;
                if (source == 0 && string.Equals(key, "loss", StringComparison.Ordinal))
                    slopes.Add((exponent, fit.Slope()));
                claims.Add(Claim.Absolute(
                    $"exponent-{key}-{id}", $"{symbol} goes as a power of time with the exponent {formula} ({name}, d = 10^{{12}})", predicted, fit.Exponent, 0.02, origin,
                    $"least squares on the logarithms over t = {DisplayNumber.Range(start, end, 2)}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, half).UpTo(end).At("d", Dimension).Over($"t = {DisplayNumber.Range(start, end, 2)}"));
                rows.Add([symbol, name, DisplayNumber.Fraction(predicted), DisplayNumber.WithInterval(fit.Exponent, half), $"t = {DisplayNumber.Range(start, end, 2)}"]);
            }
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables =
            [
                new Table(
                    "exponents", "Exponents, predicted and fitted", ["quantity", "spectrum", "predicted", "fitted ± 95 %", "window"], rows,
                    "Gradient flow with averaged start; escape rate: d = 10^{10}, averaged Gaussian teacher; others: d = 10^{12}, teacher w*_i^2 ∝ i^{-b} (b = 0 where none is given). "
                    + "Windows are fixed before the fit: after the transients, and before the finite dimension is felt."),
            ],
            Figures = [Decay(series, slopes)],
        };
    }

    private static Figure Decay(IReadOnlyList<Series> series, IReadOnlyList<(double Exponent, MeasuredSlope Slope)> slopes) => new()
    {
        Id = "exponents",
        Title = Headline.Slopes("Loss", "t", "a", slopes),
        Scale = new ColorScale("exponent a"),
        Caption = "Loss (solid), 1 − s (dashed) and 1 − |u| (dotted) along the gradient flow for d = 10^{12}, averaged start, teacher all ones, with the predicted t^{−(a−1)/a} (triangles, with the slope of the loss over their span).",
        Panels =
        [
            new Panel
            {
                X = new Axis("flow time t", true),
                Y = new Axis("L, 1 − s, 1 − |u|", true),
                Series = series,
                Slopes = [.. new[] { 1.5, 2, 3 }.Select(exponent => Guide(series, exponent))],
            },
        ],
    };

    private static SlopeGuide Guide(IReadOnlyList<Series> series, double exponent)
    {
        var (from, to) = exponent switch { 1.5 => (1e6, 1e9), 2 => (1e10, 3e11), _ => (1e9, 2e10) };
        return series.First(curve => curve.Style == SeriesStyle.Line && curve.Value == exponent).Guide(from, to, -SharpLaw.Exponent(exponent));
    }
}
