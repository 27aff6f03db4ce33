using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 3: u(t) for several exponents, with the Volterra equation of Phase I.</summary>
internal static class EscapeFigure
{
    private const int Dimension = 1000;
    private const double LearningRate = 1e-3;
    private const long Steps = 1_000_000;
    private static readonly double[] Exponents = [0, 0.5, 1, 1.5, 2, 4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var trajectories = new List<Series> { SolutionSeries.Key("Volterra equation of Phase I", SeriesStyle.Dashed) };
        var laws = new List<Series>();
        var escapes = new double[Exponents.Length];
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]) };
            var descent = problem.Solve(
                new GradientDescent { LearningRate = LearningRate, Steps = Steps, Points = 300, Modes = ModeRepresentation.Compressed }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            cancellation.ThrowIfCancellationRequested();
            var volterra = problem.Solve(new VolterraPhaseOne { Modes = ModeRepresentation.Compressed, RelativeTolerance = 1e-5 }, null, cancellation);
            escapes[k] = descent.TimeOf(PhaseEvents.Escape);
            trajectories.Add(SolutionSeries.Of(descent, "u", Exponents[k] == 0 ? "a = 0 (isotropic)" : $"a = {DisplayNumber.Of(Exponents[k])}", k, absolute: true) with { Value = Exponents[k] });
            laws.Add(SolutionSeries.Of(volterra, "u", "", k, SeriesStyle.Dashed, absolute: true) with { Value = Exponents[k] });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = $"{Headline.Trend("The escape time", "a", escapes)}: |u| = 0.1 at t = {DisplayNumber.Of(escapes[0], 2)} (a = {DisplayNumber.Of(Exponents[0])}), {DisplayNumber.Of(escapes[^1], 2)} (a = {DisplayNumber.Of(Exponents[^1])})",
                    Scale = new ColorScale("exponent a"),
                    Caption = $"|u| under population gradient descent (η = 10⁻³) from one start, for spectral exponents a. Dashed: the Volterra equation of Phase I, whose solution tends to C e^{{ρt}} and which leaves the trajectory once s is no longer small. d = {Dimension}, s* = 1, teacher and start random.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("flow time t = ηn", true, null, LearningRate * Steps),

                            // The equation of Phase I grows on where the overlap ends at one.
                            Y = new Axis("|u|", true, null, 2),
                            Series = [.. trajectories, .. laws],
                            Lines = [new ReferenceLine(0.1, "escape: |u| = 0.1", IsVertical: false)],
                        },
                    ],
                },
            ],
        };
    }
}
