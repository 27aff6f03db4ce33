using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 7: risk against model size at the end of the flow.</summary>
internal static class ModelScalingFigure
{
    private const double Late = 100;
    private const double FirstOfFit = 1e3;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        long[] sizes = [.. Enumerable.Range(2, 15).Select(k => (long)Math.Round(Math.Pow(10, k / 2.0)))];
        double[] x = [.. sizes.Select(size => (double)size)];
        var series = new List<Series>();
        var claims = new List<Claim>();
        var slopes = new List<(double Value, MeasuredSlope Slope)>();
        foreach (var (index, problem) in ((QuadraticProblem[])[QuadraticCurves.Steep, QuadraticCurves.Steeper, QuadraticCurves.Gentle]).Index())
        {
            foreach (var model in (QuadraticModel[])[QuadraticModel.Signed, QuadraticModel.Linear])
            {
                progress?.Report(new Progress(index / 3.0, "model sizes"));
                double[] risks = [.. sizes.Select(size => End(problem with { ModelSize = size, Dimension = QuadraticProblem.LargestSize, Model = model, Start = null }, cancellation))];
                var fit = PowerLaw.Fit(x, risks, new PowerLawOptions { WindowStart = FirstOfFit });
                if (model == QuadraticModel.Signed)
                {
                    series.Add(new Series { Label = QuadraticCurves.Case(problem), X = x, Y = risks, Color = index });
                    slopes.Add((problem.SignalExponent, fit.Slope()));

                    // One claim for both models: what is left is the tail, the same sum of modes that no model sees.
                    claims.Add(Claim.Relative(
                        $"model-size-{QuadraticCurves.Id(problem)}", $"R ∝ M^(−(β − 1)) once all modes are learned (signed, {QuadraticCurves.Case(problem)}, d = 10^{{15}})", -(problem.SignalExponent - 1), fit.Exponent, 0.01, QuadraticCurves.Paper,
                        "least squares on the logarithms over M = 10^{3} … 10^{8}, flow at 100 times the escape of the last mode; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).At("M", x[^1]).Over("t → ∞"));
                }
                else
                {
                    series.Add(new Series { Label = QuadraticCurves.Case(problem), X = x, Y = risks, Color = index, Style = SeriesStyle.Points, Role = SeriesRole.Theory });
                }
            }
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = Headline.Slopes("R", "M", "β", [.. slopes.OrderBy(one => one.Value)]),
                    Caption = "Excess risk of the population flow at 100 times the escape time of the last mode against model size, signed (lines) and linear model (dots), d = 10^{15}. The model size leaves Σ_{i>M} i^{−β} ∝ M^{−(β−1)} whatever the parameterisation.",
                    Panels = [new Panel { X = new Axis("model size M", true), Y = new Axis("excess risk R(∞)", true), Series = [.. series, SolutionSeries.Key("signed", SeriesStyle.Line), SolutionSeries.Key("linear", SeriesStyle.Points)], Slopes = [series[0].Guide(1e5, 1e7, -0.5), series[4].Guide(1e3, 1e5, -1.5)] }],
                },
            ],
        };
    }

    private static double End(QuadraticProblem problem, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return FlowRisk.Of(problem, isCompressed: problem.ModelSize > 4096).At(Late * Relaxation.Of(problem).Slowest);
    }
}
