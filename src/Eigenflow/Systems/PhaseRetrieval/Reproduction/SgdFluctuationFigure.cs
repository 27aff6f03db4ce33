using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 5: MSE, u and s under online SGD with label noise; the fluctuations grow with the exponent.</summary>
internal static class SgdFluctuationFigure
{
    private const int Dimension = 300;
    private const double LearningRate = 1e-3;
    private const double Noise = 0.05;
    private const long Steps = 1_000_000;
    private const int Replicas = 8;
    private static readonly double[] Exponents = [0.5, 1, 1.5];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]), Noise = Noise };
            var sgd = problem.Solve(
                new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Threads = 1, Points = 120 }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            var flow = problem.Solve(new GradientFlow { Until = LearningRate * Steps }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            panels.Add(new Panel
            {
                Title = $"a = {Curves.Text(Exponents[k])}",
                X = new Axis("flow time t = ηn", true, 0.1, LearningRate * Steps),
                Y = new Axis("MSE, |u|, s", true, 1e-3, 3),
                Series =
                [
                    Curves.Of(sgd, "mse", "MSE", 0, SeriesStyle.Points),
                    Curves.Of(flow, "mse", "", 0),
                    Curves.Of(sgd, "u", "|u|", 1, SeriesStyle.Points, absolute: true),
                    Curves.Of(flow, "u", "", 1, absolute: true),
                    Curves.Of(sgd, "s", "s", 2, SeriesStyle.Points),
                    Curves.Of(flow, "s", "lines: population flow", 2),
                ],
            });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = "Online SGD follows the flow; fluctuations grow with a",
                    Caption = $"Online SGD (dots: mean of {Replicas} runs, band: 10 to 90 % of the runs) against the population flow (lines). d = {Dimension}, η = 10⁻³, σ² = {Curves.Text(Noise)}, B = 1, s* = 1.",
                    Columns = 3,
                    Panels = panels,
                },
            ],
        };
    }
}
