using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 4: MSE of the population dynamics against the frozen approximation from T₂ (u(T₂) = 0.9).</summary>
internal static class FrozenFigure
{
    private const int Dimension = 300;
    private const double LearningRate = 1e-3;
    private const long Steps = 10_000_000;

    // With flat spectra the error falls exponentially to nothing: what is below is not compared.
    private const double SmallestShown = 1e-4;
    private const double LargestShown = 10;
    private const double FirstShown = 1;
    private static readonly double[] Exponents = [0.5, 1, 1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var departure = 0.0;
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]), Accuracy = 0.1 };
            var descent = problem.Solve(new GradientDescent { LearningRate = LearningRate, Steps = Steps, Points = 60 }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            var frozen = problem.Solve(new FrozenPhase { Times = [.. descent.Times.Concat(TimeGrid.Logarithmic(1, LearningRate * Steps, 400)).Distinct().Order()] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var freeze = frozen.Events[PhaseEvents.Convergence]!.Value;
            var dots = SolutionSeries.Of(descent, "mse", "gradient descent", 0, SeriesStyle.Points);
            var law = SolutionSeries.Of(frozen, "mse", "frozen from T₂ on", 1).Where((time, _) => time >= freeze);
            dots = dots with { Expected = [.. dots.Against(frozen, "mse").Expected!.Zip(dots.X, (value, time) => time >= freeze && value >= SmallestShown ? value : double.NaN)] };
            departure = Math.Max(departure, dots.LargestDeparture());
            panels.Add(new Panel
            {
                Title = $"a = {DisplayNumber.Of(Exponents[k])}",
                X = new Axis("flow time t = ηn", true, FirstShown),
                Y = new Axis("MSE", true, SmallestShown, LargestShown),
                Series = [dots, law],
                Lines = [new ReferenceLine(freeze, "T₂")],
            });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = Headline.Departure($"MSE after T₂, down to {DisplayNumber.Of(SmallestShown)},", "modes that relax by themselves", departure),
                    Caption = $"MSE under population gradient descent (dots, η = 10⁻³) and the frozen approximation ẇ_i = 8λ_i(w*_i − w_i) from T₂ on (line), where u(T₂) = 0.9. d = {Dimension}, s* = 1.",
                    Panels = panels,
                },
            ],
        };
    }
}
