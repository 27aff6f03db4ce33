using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 6: 1 − u against t on logarithmic axes, for three exponents and three dimensions, with the sharp law and fitted slopes.</summary>
internal static class SharpLawFigure
{
    // Times and ordinates so far that the smallest dimension is seen to leave the power law.
    private static readonly (double Exponent, double Until, double Lowest)[] Cases = [(1.5, 1e6, 1e-6), (2, 1e7, 1e-6), (4, 1e15, 1e-13)];

    // The law is one of late times.
    private const double FirstOfLaw = 2;
    private static readonly long[] Dimensions = [500, 2000, 5000];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var rows = new List<IReadOnlyList<string>>();
        var slopes = new List<(double Exponent, MeasuredSlope Slope)>();
        for (var k = 0; k < Cases.Length; k++)
        {
            var (exponent, until, lowest) = Cases[k];
            var series = new List<Series> { SolutionSeries.Key("gradient flow", SeriesStyle.Points), SolutionSeries.Key("sharp law", SeriesStyle.Line) };
            var beta = SharpLaw.Exponent(exponent);
            for (var n = 0; n < Dimensions.Length; n++)
            {
                var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimensions[n], exponent), Teacher = Teacher.Ones() };

                // Forty times the relaxation of the last mode lie far below the picture.
                var end = Math.Min(until, 40 / (8 * problem.Spectrum.SmallestPositive));
                var flow = problem.Solve(new GradientFlow { Until = end, Points = 300 }, PartialProgress.Of(progress, (k * Dimensions.Length) + n, 9), cancellation);
                cancellation.ThrowIfCancellationRequested();
                var modes = problem.Modes(cancellation: cancellation);
                var law = new SharpLaw(modes, EscapeTheory.Of(modes).Coefficient < 0 ? -1 : 1);
                var curve = SolutionSeries.Of(flow, "one-minus-u", $"d = {Dimensions[n]}", n, SeriesStyle.Points) with { Value = Dimensions[n] };
                curve = curve.Against(time => time > FirstOfLaw ? law.Misalignment(time) : double.NaN);
                var predicted = SolutionSeries.Function(curve.X.Where(time => time > FirstOfLaw), law.Misalignment, curve.Label, n, SeriesStyle.Line) with { Value = Dimensions[n] };
                series.Add(curve);
                series.Add(predicted);
                rows.Add(Fitted(exponent, Dimensions[n], beta, curve, predicted));
            }

            var from = Math.Pow(until, 0.25);
            var to = Math.Pow(until, 0.55);
            var guide = series[^2].Guide(from, to, -beta);
            slopes.Add((exponent, series[^2].SlopeBetween(from, to)));
            panels.Add(new Panel
            {
                Title = $"a = {DisplayNumber.Of(exponent)}",
                X = new Axis("flow time t", true, 0.1, until),
                Y = new Axis("1 − |u|", true, lowest, 2),
                Series = series,
                Slopes = [guide],
            });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = Headline.Slopes("1 − |u|", "t", "a", slopes),
                    Scale = new ColorScale("dimension d", IsLogarithmic: true),
                    Caption = "1 − |u| under the gradient flow for d = 500, 2000, 5000 (dots), the sharp law τ₁(t)/3 + τ₂(t)/2 of the same dimension (lines) "
                        + "and its exponent −(a − 1)/a for d → ∞ (triangle, with the slope of the largest d over its span). Teacher all ones, random start, s* = 1.",
                    Panels = panels,
                },
            ],
            Tables =
            [
                new Table(
                    "overlap-slopes", "Fitted slopes of 1 − |u|", ["a", "d", "slope for d → ∞", "sharp law, same d and window", "fitted ± 95 %", "window"], rows,
                    "Windows: the longest range after t = 30 on which the local exponent changes by at most 0.05, or the steadiest decade where there is none. In a finite dimension the slope is steeper than its limit by the "
                    + "modes that are missing, a part (x/d)^{a−1} with x = (8t/H_{d,a})^{1/a}: slow for a = 1.5, invisible for a = 4."),
            ],
        };
    }

    private static string[] Fitted(double exponent, long dimension, double beta, Series curve, Series predicted)
    {
        var late = Enumerable.Range(0, curve.X.Length).Where(row => curve.X[row] >= 30).ToArray();
        double[] x = [.. late.Select(row => curve.X[row])];
        double[] y = [.. late.Select(row => curve.Y[row])];
        var fit = PowerLaw.Fit(x, y);
        if (!fit.IsPowerLaw)
            fit = Steadiest(x, y);
        var law = PowerLaw.Fit(predicted.X, predicted.Y, new PowerLawOptions { WindowStart = fit.WindowStart * 0.999, WindowEnd = fit.WindowEnd * 1.001 });
        return
        [
            DisplayNumber.Of(exponent), DisplayNumber.Of(dimension), DisplayNumber.Fraction(-beta), DisplayNumber.Fraction(law.Exponent), DisplayNumber.WithInterval(fit.Exponent, fit.MeanHalf),
            $"t = {DisplayNumber.Range(fit.WindowStart, fit.WindowEnd, 2)}",
        ];
    }

    private static PowerLawFit Steadiest(double[] x, double[] y) => Enumerable.Range(0, 20)
        .Select(k => x[0] * Math.Pow(10, k * 0.1))
        .Select(start => PowerLaw.Fit(x, y, new PowerLawOptions { WindowStart = start, WindowEnd = 10 * start }))
        .MinBy(fit => fit.Drift)!;
}
