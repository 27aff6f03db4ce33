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

    // Theory in steps of 4η with batch 4: the fluctuations depend on η/B alone, and the mean is still the flow's to a part in a thousand.
    private const int Coarsening = 4;
    private static readonly double[] Exponents = [0, 0.5, 1, 1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series> { SolutionSeries.Key($"SGD, mean of {Replicas} runs", SeriesStyle.Points), SolutionSeries.Key("mean-field theory", SeriesStyle.Line) };
        var spread = 0.0;
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem
            {
                Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]),
                Teacher = Teacher.Gaussian(1) with { Normalization = TeacherNormalization.Dimension },
                Start = Start.UnitSphere(1),
                Noise = Noise,
            };
            var sgd = problem.Solve(new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Threads = 1, Points = 75 }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            var theory = problem.Solve(
                new SgdTheory { LearningRate = Coarsening * LearningRate, Batch = Coarsening, Steps = Steps / Coarsening, Modes = ModeRepresentation.Compressed }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var label = Exponents[k] == 0 ? "a = 0 (isotropic)" : $"a = {DisplayNumber.Of(Exponents[k])}";
            spread = Math.Max(spread, sgd["mse"].Zip(sgd["mse-se"], (mean, error) => error * Math.Sqrt(Replicas) / mean).Max());
            series.Add(SolutionSeries.Of(sgd, "mse", label, k, SeriesStyle.Points, "step") with { Lower = null, Upper = null });
            var line = SolutionSeries.Of(theory, "mse", label, k, abscissa: "step");
            series.Add(line with { X = [.. line.X.Select(step => step * Coarsening)] });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = "Online SGD: parameter error against step",
                    Caption = FormattableString.Invariant($"MSE = min ‖w ∓ w*‖²/d under online SGD (dots: mean of {Replicas} runs, whose standard deviation is at most {100 * spread:0} % of it) and its mean-field theory (lines). ")
                        + $"d = {Dimension}, η = 10⁻³, σ² = {DisplayNumber.Of(Noise)}, B = 1, ‖w*‖² = d, same teacher and start for every exponent a. For a ≥ 1 the descent is the slower the larger the exponent, although the escape comes sooner (figure 3).",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("step n", true, 1e3, Steps),
                            Y = new Axis("MSE", true, 2e-5, 2),
                            Series = series,
                        },
                    ],
                },
            ],
        };
    }
}
