using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 3: u(t) for several exponents, with the escape law C e^(ρt).</summary>
internal static class EscapeFigure
{
    private const int Dimension = 1000;
    private const double LearningRate = 1e-3;
    private const long Steps = 1_000_000;
    private static readonly double[] Exponents = [0, 0.5, 1, 1.5, 2, 4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var trajectories = new List<Series>();
        var laws = new List<Series>();
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]) };
            var descent = problem.Solve(
                new GradientDescent { LearningRate = LearningRate, Steps = Steps, Points = 300, Modes = ModeRepresentation.Compressed }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            cancellation.ThrowIfCancellationRequested();
            var escape = EscapeTheory.Of(problem.Modes(cancellation: cancellation));
            trajectories.Add(Curves.Of(descent, "u", Exponents[k] == 0 ? "a = 0 (isotropic)" : $"a = {Curves.Text(Exponents[k])}", k, absolute: true));
            var end = escape.TimeTo(0.6);
            laws.Add(Curves.Function(TimeGrid.Logarithmic(LearningRate, end, 200).Skip(1), time => Math.Abs(escape.Coefficient) * Math.Exp(escape.Rate * time), k == 0 ? "dashed: |C| e^(ρt)" : "", k));
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = "Larger exponents escape sooner",
                    Caption = $"|u| under population gradient descent (η = 10⁻³) from one start, for spectral exponents a; dashed: the escape law |C| e^(ρt) of Phase I. d = {Dimension}, s* = 1.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("flow time t = ηn", true, LearningRate, LearningRate * Steps),
                            Y = new Axis("|u|", true, 3e-3, 1.5),
                            Series = [.. laws, .. trajectories],
                            Lines = [new ReferenceLine(0.1, "δ = 0.1", IsVertical: false)],
                        },
                    ],
                },
            ],
        };
    }
}
