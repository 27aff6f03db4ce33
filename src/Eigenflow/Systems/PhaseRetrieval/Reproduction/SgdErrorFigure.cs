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
    private const int Replicas = 4;
    private static readonly double[] Exponents = [0, 0.5, 1, 1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series>();
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem
            {
                Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]),
                Teacher = Teacher.Gaussian(1) with { Normalization = TeacherNormalization.Dimension },
                Start = Start.UnitSphere(1),
                Noise = Noise,
            };
            var sgd = problem.Solve(new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Threads = 1, Points = 90 }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            var theory = problem.Solve(new SgdTheory { LearningRate = LearningRate, Steps = Steps }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var label = Exponents[k] == 0 ? "a = 0 (isotropic)" : $"a = {Curves.Text(Exponents[k])}";
            series.Add(Curves.Of(sgd, "mse", label, k, SeriesStyle.Points, "step"));
            series.Add(Curves.Of(theory, "mse", "mean-field theory", k, SeriesStyle.Line, "step") with { Label = k == 0 ? "lines: mean-field theory" : "" });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = "Online SGD: parameter error against step",
                    Caption = $"MSE = min ‖w ∓ w*‖²/d under online SGD (dots: mean of {Replicas} runs, band: 10 to 90 % of the runs) and its mean-field theory (lines). "
                        + $"d = {Dimension}, η = 10⁻³, σ² = {Curves.Text(Noise)}, B = 1, ‖w*‖² = d, same teacher and start for every exponent a. A larger exponent leaves the plateau sooner and descends more slowly.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("step n", true, 100, Steps),
                            Y = new Axis("MSE", true),
                            Series = series,
                        },
                    ],
                },
            ],
        };
    }
}
