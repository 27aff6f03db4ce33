using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 5: MSE, u and s under online SGD with label noise, and the fluctuations of u between runs.</summary>
internal static class SgdFluctuationFigure
{
    private const int Dimension = 300;
    private const double LearningRate = 1e-3;
    private const double Noise = 0.05;
    private const long Steps = 1_000_000;
    private const int Replicas = 8;
    private const int Points = 100;

    // Before this nothing has moved.
    private const double FirstShown = 0.1;
    private static readonly double[] Exponents = [0.5, 1, 1.5];

    private static readonly (string Observable, string Label, int Color)[] Shown = [("mse", "MSE", CurveColors.Error), ("u", "|u|", CurveColors.Overlap), ("s", "s", CurveColors.SelfOverlap)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var fluctuations = new List<Series>();
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]), Noise = Noise };
            var method = new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Threads = 1, Points = Points };
            var runs = problem.Solve(method, PartialProgress.Of(progress, k, Exponents.Length), cancellation);

            // One run shows what a mean hides; it is the first of the ensemble.
            var one = problem.Solve(method with { Replicas = 1 }, null, cancellation);
            var flow = problem.Solve(new GradientFlow { Until = LearningRate * Steps, Modes = ModeRepresentation.Compressed }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var name = $"a = {DisplayNumber.Of(Exponents[k])}";
            panels.Add(new Panel
            {
                Title = name,
                X = new Axis("flow time t = ηn", true, FirstShown),
                Y = new Axis("MSE, |u|, s", false, 0),
                Series =
                [
                    .. Shown.Select(shown => WithBand(SolutionSeries.Of(one, shown.Observable, shown.Label, shown.Color, SeriesStyle.Points, absolute: true), runs, shown.Observable).Against(flow, shown.Observable, absolute: true)),
                    .. Shown.Select(shown => SolutionSeries.Of(flow, shown.Observable, shown.Label, shown.Color, absolute: true)),
                    SolutionSeries.Key("population flow", SeriesStyle.Line),
                ],
            });
            fluctuations.Add(Deviation(runs, name, k) with { Value = Exponents[k] });
        }

        panels.Add(new Panel
        {
            Title = "fluctuations between runs",
            X = new Axis("flow time t = ηn", true, FirstShown),
            Y = new Axis("standard deviation of u", true),
            Series = fluctuations,
        });
        double[] peaks = [.. fluctuations.Select(curve => curve.Y.Max())];
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"{Headline.Trend("Largest spread of u between runs", "a", peaks)}: {string.Join(", ", peaks.Select(peak => DisplayNumber.Of(peak, 2)))} for a = {string.Join(", ", Exponents.Select(exponent => DisplayNumber.Of(exponent)))}",
                    Scale = new ColorScale("exponent a"),
                    Caption = $"Online SGD (dots: one run; band: 10 to 90 % of {Replicas} runs) against the population flow (lines), and the standard deviation of u between the {Replicas} runs "
                        + $"(band: its 95 % interval). d = {Dimension}, η = 10⁻³, σ² = {DisplayNumber.Of(Noise)}, B = 1, s* = 1, teacher and start random, the same for every a.",
                    Panels = panels,
                },
            ],
        };
    }

    private static Series WithBand(Series series, Solution runs, string observable)
    {
        var band = SolutionSeries.Of(runs, observable, "", 0, absolute: string.Equals(observable, "u", StringComparison.Ordinal));
        return series with { Lower = band.Lower, Upper = band.Upper };
    }

    private static Series Deviation(Solution runs, string label, int color)
    {
        var error = SolutionSeries.Of(runs, "u-se", label, color);
        double[] deviation = [.. error.Y.Select(value => value * Math.Sqrt(Replicas))];

        // (R − 1) v/σ² is χ² with R − 1 degrees of freedom for normal fluctuations.
        var low = Math.Sqrt((Replicas - 1) / MathNet.Numerics.Distributions.ChiSquared.InvCDF(Replicas - 1, 0.975));
        var high = Math.Sqrt((Replicas - 1) / MathNet.Numerics.Distributions.ChiSquared.InvCDF(Replicas - 1, 0.025));
        return error with
        {
            Style = SeriesStyle.Points,
            Y = deviation,
            Lower = [.. deviation.Select(value => value * low)],
            Upper = [.. deviation.Select(value => value * high)],
        };
    }
}
