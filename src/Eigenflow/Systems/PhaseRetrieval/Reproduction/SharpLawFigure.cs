using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure 6: 1 − u against t on logarithmic axes, for three exponents and three dimensions, with the sharp law.</summary>
internal static class SharpLawFigure
{
    private const double Until = 1e6;
    private static readonly double[] Exponents = [1.5, 2, 4];
    private static readonly long[] Dimensions = [500, 2000, 5000];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        for (var k = 0; k < Exponents.Length; k++)
        {
            var exponent = Exponents[k];
            var series = new List<Series>();
            for (var n = 0; n < Dimensions.Length; n++)
            {
                var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimensions[n], exponent), Teacher = Teacher.Ones() };
                var flow = problem.Solve(new GradientFlow { Until = Until, Points = 300 }, PartialProgress.Of(progress, (k * Dimensions.Length) + n, 9), cancellation);
                cancellation.ThrowIfCancellationRequested();
                var modes = problem.Modes(cancellation: cancellation);
                var law = new SharpLaw(modes, EscapeTheory.Of(modes).Coefficient < 0 ? -1 : 1);
                var curve = Curves.Of(flow, "one-minus-u", $"d = {Dimensions[n]}", n);
                series.Add(curve);
                series.Add(Curves.Function(curve.X.Where(time => time > 1), law.Misalignment, n == 0 ? "dashed: sharp law" : "", n));
            }

            var beta = SharpLaw.Exponent(exponent);
            var reference = series[^2];
            var at = Array.FindIndex(reference.X, time => time >= 30);
            panels.Add(new Panel
            {
                Title = $"a = {Curves.Text(exponent)}",
                X = new Axis("flow time t", true, 0.1, Until),
                Y = new Axis("1 − |u|", true, 1e-9, 2),
                Series = series,
                Slopes = [new SlopeGuide(30, 1e4, reference.Y[at] * 4, -beta, $"slope −{Curves.Text(beta)}")],
            });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = "The overlap converges as a power law, and the dimension matters only late",
                    Caption = "1 − |u| under the gradient flow for d = 500, 2000, 5000 (lines), the sharp law τ₁(t)/3 + τ₁(2t)/2 (dashed) and its exponent −(a − 1)/a (triangle). Teacher all ones, s* = 1.",
                    Columns = 3,
                    Panels = panels,
                },
            ],
        };
    }
}
