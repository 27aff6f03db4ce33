using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Products of L matrices: the exponent of emergence stays, its prefactor diverges as the start falls.</summary>
internal static class DepthFigure
{
    private static readonly int[] Depths = [1, 2, 3, 4];
    private static readonly double[] Ten = [.. Enumerable.Range(0, 10).Select(i => Math.Pow(10, -3 + (4.0 * i / 9)))];
    private static readonly double[] Starts = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (modes, starts, claims) = (new List<Series>(), new List<Series>(), new List<Claim>());
        foreach (var (index, depth) in Depths.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)index / Depths.Length, "emergence of deep networks"));
            var label = FormattableString.Invariant($"L = {depth}");
            var times = Emergences(Deep(depth, 1e-3, Ten), CriterionKind.Geometric);
            modes.Add(Dots(label, times.Where(one => !one.IsGrey), index));
            claims.Add(Exponent($"depth-exponent-{depth}", $"modes of L layers emerge at τ* ∝ λ^{{−1}} (L = {depth}, Q = 0.001, geometric)", 1, Group(times, rises: true), 0.06, Derived, "λ ≫ σ_{0}^{2}"));
            double[] reached = [.. Starts.Select(start => Emergences(Deep(depth, start, [1.0]), CriterionKind.Geometric)[0].Time)];
            starts.Add(new Series { Label = label, X = [.. Starts.Reverse()], Y = [.. reached.Reverse()], Color = index, Style = SeriesStyle.Points, Role = SeriesRole.Theory });
            if (depth < 3)
                continue;
            var exponent = 1 - (2.0 / depth);
            claims.Add(Claim.Absolute($"depth-start-{depth}", $"τ* ∝ Q^{{−(1 − 2/L)}} for small starts (L = {depth}, λ = 1)", exponent, Math.Log(reached[^1] / reached[^2]) / Math.Log(10), 0.03, Derived, "exact roots at Q = 10^{−5} and 10^{−6}", PredictionKind.Asymptotic).Over("Q → 0"));
            claims.Add(Claim.Relative($"depth-constant-{depth}", $"τ* → Q^{{−(1 − 2/L)}}/(2η(L − 2)λ) (L = {depth}, λ = 1)", Math.Pow(1e-12, -exponent) / (2 * (depth - 2)), Emergences(Deep(depth, 1e-12, [1.0]), CriterionKind.Geometric)[0].Time, 0.02, Derived, "exact root at Q = 10^{−12}", PredictionKind.Asymptotic).Over("Q → 0"));
        }

        double ratio = starts[3].Y[0] / starts[1].Y[0];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "depth",
                    Title = $"From Q = 10^{{−6}} four layers take {DisplayNumber.Of(ratio, 2)} times as long as two; the exponent of λ stays",
                    Caption = DisplayText.Of($"Emergence times (geometric) of balanced products of L matrices, (a) against the variance of the mode, Q = 0.001, (b) against the initial gain Q, λ = 1. η = 1, σ_0 = 0.002, σ_T = 80."),
                    Panels =
                    [
                        new Panel { Title = "against variance", X = new Axis("variance λ", true), Y = new Axis("emergence time τ*", true), Series = modes, Slopes = [new SlopeGuide(0.01, 0.3, 5, -1, "−1")] },
                        new Panel { Title = "against start", X = new Axis("initial gain Q", true), Y = new Axis("emergence time τ*", true), Series = starts },
                    ],
                },
            ],
        };
    }

    private static DiffusionProblem Deep(int depth, double gain, IReadOnlyList<double> variances) => Problem(new(ArchitectureKind.Deep, depth), gain, variances);
}
