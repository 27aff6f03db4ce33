using Eigenflow.Figures;
using Eigenflow.Numerics.Dense;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionCurves;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Figure 6: hard alignment (Kabsch) and tempered weights against the posterior mean: what they are off, and their bias.</summary>
internal static class AlignmentFigure
{
    private const int Draws = 2000;
    private const double Tolerance = 0.01;

    private static readonly (EstimatorKind Kind, double Temperature, string Name)[] Kinds =
        [(EstimatorKind.Kabsch, 1, "hard alignment"), (EstimatorKind.Tempered, 0.5, "T = 1/2"), (EstimatorKind.Tempered, 2, "T = 2")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (distances, biases, claims) = (new List<Series>(), new List<Series>(), new List<Claim>());
        double[] sigmas = Logarithmic(0.05, 8, 17);
        var title = "";
        foreach (var (color, (kind, temperature, name)) in Kinds.Index())
        {
            var draws = new EstimatorDraws[sigmas.Length];
            for (var k = 0; k < sigmas.Length; k++)
            {
                progress?.Report(new Progress((color + ((double)k / sigmas.Length)) / Kinds.Length, name));
                draws[k] = EstimatorDraws.Of(Problem("so3", sigmas[k], kind) with { Temperature = temperature }, Draws, 61, 1, cancellation);
            }

            var square = Problem("so3", 1).MeanSquare;
            distances.Add(Dots(name, color, sigmas, [.. draws.Select(one => new DrawnMean(one.Error.Mean / square, one.Error.Error / square))]));
            biases.Add(Dots(name, color, sigmas, [.. draws.Select(one => one.Bias)]));
            if (kind != EstimatorKind.Kabsch)
                continue;

            // The chosen level: where about half of the pose is hidden.
            var middle = Array.FindIndex(sigmas, sigma => sigma >= 2);
            title = $"At σ = {DisplayNumber.Of(sigmas[middle], 2)} hard alignment has a bias of {DisplayNumber.Percent(draws[middle].Bias.Mean)} of the orbit target";
            claims.Add(Claim.AtLeast("alignment-biased", DisplayText.Of($"hard alignment is not the Rao-Blackwell target: its bias is above 10 % at σ = {sigmas[middle]:G2} (four points, SO(3))"), 0.1, draws[middle].Bias.Mean, Paper, "E⟨t − φ*, φ*⟩/E‖φ*‖²; 95 % interval", PredictionKind.Heuristic, Normal95 * draws[middle].Bias.Error).At("draws", Draws));
        }

        claims.Add(SmallNoise());
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = title,
                    Caption = DisplayText.Of($"(a) Mean square distance from the orbit target, in units of ‖a‖², of the pose that aligns best and of weights to the power 1/T. (b) Bias along the orbit target. All of them are biased at every noise level; alignment is the limit without noise. Four points under SO(3), α = 1, {Draws} random samples, 95 % intervals."),
                    Panels =
                    [
                        new Panel { Title = "distance", X = new Axis("noise level σ", true), Y = new Axis("E‖t − φ*‖²/‖a‖²", true), Series = distances },
                        new Panel { Title = "bias", X = new Axis("noise level σ", true), Y = new Axis("bias"), Series = biases, Lines = [new ReferenceLine(0, "", false)] },
                    ],
                },
            ],
        };
    }

    // Small turns are Gaussian: 1 − ∂ ln c/∂s_i = ½ Σ_{j≠i} 1/(s_i + s_j) to first order.
    private static Claim SmallNoise()
    {
        const double Sigma = 0.02;
        var problem = Problem("so3", Sigma);
        var template = problem.Templates.Values[0];
        double[] moments = new double[9], left = new double[9], s = new double[3], right = new double[9], slopes = new double[3];
        for (var j = 0; j < template.Length; j++)
        {
            for (var k = 0; k < 3; k++)
                moments[(j % 3 * 3) + k] += problem.Level.FieldFactor * template[j] * template[j - (j % 3) + k];
        }

        ProperSvd.Of(moments, left, s, right);
        _ = MatrixFisher.Slopes(s, slopes);
        double Norm(Func<int, double> entry) => Math.Sqrt(Enumerable.Range(0, 3).Sum(i => Math.Pow(entry(i), 2)));
        var expected = Norm(i => Enumerable.Range(0, 3).Where(j => j != i).Sum(j => 0.5 / (s[i] + s[j])));
        return Claim.Relative(
            "alignment-limit", DisplayText.Of($"the alignment is the limit of the mean rotation: ‖U Vᵀ − E R‖ is that of Gaussian turns at σ = {Sigma:R} (four points, SO(3), x = αa)"), expected, Norm(i => 1 - slopes[i]), Tolerance, Derived,
            "Frobenius norm, mean rotation by its integral", PredictionKind.Asymptotic).Over("σ → 0");
    }
}
