using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 1: MSE against step under online SGD, same start, noise and learning rate for all exponents, ‖w*‖² = d.</summary>
internal static class SgdErrorFigure
{
    private const int Dimension = 300;
    private const double LearningRate = 1e-3;
    private const double Noise = 0.05;
    private const long Steps = 2_000_000;
    private const int Replicas = 3;
    private const int Points = 75;

    // Before this nothing has moved.
    private const double FirstShown = 1e3;

    // Theory in steps of 4η with batch 4: the fluctuations depend on η/B alone, and the mean is still the flow's to a part in a thousand.
    private const int Coarsening = 4;
    private static readonly double[] Exponents = [0, 0.5, 1, 1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        // The recorded steps are steps of the coarser theory too, so that both are compared where they were computed.
        long[] steps = [.. TimeGrid.Steps(Steps / Coarsening, Points).Where(step => step > 0).Select(step => Coarsening * step)];
        var series = new List<Series> { SolutionSeries.Key($"SGD, mean of {Replicas} runs", SeriesStyle.Points), SolutionSeries.Key("mean-field theory", SeriesStyle.Line) };
        var (spread, departure) = (0.0, 0.0);
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem
            {
                Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]),
                Teacher = Teacher.Gaussian(1) with { Normalization = TeacherNormalization.Dimension },
                Start = Start.UnitSphere(1),
                Noise = Noise,
            };
            var sgd = problem.Solve(new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Threads = 1, AtSteps = steps }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            var theory = problem.Solve(
                new SgdTheory { LearningRate = Coarsening * LearningRate, Batch = Coarsening, Steps = Steps / Coarsening, AtSteps = [.. steps.Select(step => step / Coarsening)], Modes = ModeRepresentation.Compressed }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var label = Exponents[k] == 0 ? "a = 0 (isotropic)" : $"a = {DisplayNumber.Of(Exponents[k])}";
            spread = Math.Max(spread, sgd["mse"].Zip(sgd["mse-se"], (mean, error) => error * Math.Sqrt(Replicas) / mean).Max());
            var line = SolutionSeries.Of(theory, "mse", label, k, abscissa: "step");
            line = line with { X = [.. line.X.Select(step => step * Coarsening)], Value = Exponents[k] };
            var dots = SolutionSeries.Of(sgd, "mse", label, k, SeriesStyle.Points, "step") with { Expected = line.Y, Value = Exponents[k] };
            series.Add(dots);
            series.Add(line);
            departure = Math.Max(departure, dots.LargestDeparture());
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = Headline.Departure($"MSE of online SGD (mean of {Replicas} runs)", "its mean-field theory", departure),
                    Scale = new ColorScale("exponent a"),
                    Caption = FormattableString.Invariant($"MSE = min ‖w ∓ w*‖²/d under online SGD (dots: mean of {Replicas} runs, bars: 10 to 90 % of them; their standard deviation is at most {100 * spread:0} % of it) and its mean-field theory (lines). ")
                        + $"d = {Dimension}, η = 10⁻³, σ² = {DisplayNumber.Of(Noise)}, B = 1, ‖w*‖² = d, same teacher and start for every exponent a.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("step n", true, FirstShown),
                            Y = new Axis("MSE", true),
                            Series = series,
                        },
                    ],
                },
            ],
        };
    }
}
