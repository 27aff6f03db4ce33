using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 2: MSE, u and s under population gradient descent with the phases marked.</summary>
internal static class PhasesFigure
{
    private const int Dimension = 1000;
    private const double Exponent = 2;
    private const double LearningRate = 1e-2;

    // With isotropic inputs the error falls exponentially to nothing: it is followed this factor beyond the others.
    private const double Beyond = 2;
    private const long Steps = 10_000_000;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponent), Accuracy = 0.05 };
        var descent = problem.Solve(new GradientDescent { LearningRate = LearningRate, Steps = Steps, Points = 300, Modes = ModeRepresentation.Compressed }, progress, cancellation);
        var flow = problem.Solve(new GradientFlow { Until = LearningRate * Steps }, null, cancellation);
        var isotropic = problem.Solve(new IsotropicReduction { Times = flow.Times }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var first = LearningRate;
        var last = LearningRate * Steps;
        var regions = Curves.Phases(descent, first, last);
        var (smallest, largest) = (descent["mse"].Min(), descent["mse"].Max());
        var plateau = flow.At(flow.TimeOf(PhaseEvents.Convergence))["mse"] / flow["mse"][0];
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = $"Escape at t = {DisplayNumber.Of(descent.TimeOf(PhaseEvents.Escape), 2)}, overlaps converge at {DisplayNumber.Of(descent.TimeOf(PhaseEvents.Convergence), 2)}, when the MSE is {DisplayNumber.Of(plateau, 2)} of its start",
                    Caption = $"Population gradient descent (dots; η = 10⁻², 10⁷ steps), gradient flow (line), and the flow of isotropic inputs in the same dimension (dashed). a = {DisplayNumber.Of(Exponent)}, d = {Dimension}, s* = 1. "
                        + "I: escape, |u| < 0.1; IIa: growth until s = 1/3; IIb: convergence of u and s to [0.95, 1]; III: spectral-tail learning.",
                    Panels =
                    [
                        Panel("parameter error", "mse", new Axis("MSE", true, smallest / Beyond, largest * Beyond)),
                        Panel("overlap with the teacher", "u", new Axis("|u|", false, 0)),
                        Panel("self overlap", "s", new Axis("s", false, 0)),
                    ],
                },
            ],
        };

        Panel Panel(string title, string observable, Axis axis) => new()
        {
            Title = title,
            X = new Axis("flow time t = ηn", true, first),
            Y = axis,
            Regions = regions,
            Series =
            [
                SolutionSeries.Of(flow, observable, "gradient flow", 0, SeriesStyle.Line, absolute: true),
                SolutionSeries.Of(descent, observable, "gradient descent", 1, SeriesStyle.Points, absolute: true).Against(flow, observable, absolute: true),
                SolutionSeries.Of(isotropic, observable, "isotropic inputs (a = 0)", -1, SeriesStyle.Dashed, absolute: true),
            ],
        };
    }
}
