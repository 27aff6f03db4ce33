using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionCurves;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Figure 3: sampled orbit targets of a cloud under SO(3) against the number of candidates: distance from the exact target, bias, and effective candidates.</summary>
internal static class CandidatesFigure
{
    private const int Draws = 4000;
    private const double SlopeTolerance = 0.15;

    // The bias that is looked for where the generating element is left out.
    private const double Resolution = 0.05;

    private static readonly int[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256];
    private static readonly double[] Levels = [0.5, 2];

    private static readonly (EstimatorKind Kind, string Name)[] Kinds =
        [(EstimatorKind.Snis, "uniform with generating element"), (EstimatorKind.SnisWithout, "uniform without it"), (EstimatorKind.Local, "local"), (EstimatorKind.LocalExact, "local, hidden centre")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] x = [.. Counts.Select(count => (double)count)];
        var (errors, biases, sizes, claims) = (new List<Series>[] { [], [] }, new List<Series>(), new List<Series>(), new List<Claim>());
        var (decay, bias) = (double.NaN, double.NaN);
        foreach (var (index, sigma) in Levels.Index())
        {
            foreach (var (color, (kind, name)) in Kinds.Index())
            {
                var draws = new EstimatorDraws[Counts.Length];
                for (var k = 0; k < Counts.Length; k++)
                {
                    progress?.Report(new Progress((((index * Kinds.Length) + color) + ((double)k / Counts.Length)) / (Levels.Length * Kinds.Length), name));
                    draws[k] = EstimatorDraws.Of(Problem("so3", sigma, kind) with { Samples = Counts[k] }, Draws, 31, 1, cancellation);
                }

                errors[index].Add(Dots(name, color, x, [.. draws.Select(one => one.Error)]));
                errors[index].Add(new Series { Label = name, X = x, Y = [.. draws.Select(one => one.Error.Mean)], Color = color, Role = SeriesRole.Guide });
                if (index == 1)
                {
                    biases.Add(Dots(name, color, x, [.. draws.Select(one => one.Bias)]));
                    biases.Add(new Series { Label = name, X = x, Y = [.. draws.Select(one => one.Bias.Mean)], Color = color, Role = SeriesRole.Guide });
                    sizes.Add(Dots(name, color, x, [.. draws.Select(one => one.Effective)]));
                    sizes.Add(new Series { Label = name, X = x, Y = [.. draws.Select(one => one.Effective.Mean)], Color = color, Role = SeriesRole.Guide });
                    if (kind == EstimatorKind.Snis)
                        bias = draws.Max(one => Math.Abs(one.Bias.Mean));
                }

                claims.AddRange(Claims(kind, name, sigma, draws));
                if (kind != EstimatorKind.Snis || index != 1)
                    continue;
                var fit = PowerLaw.Fit(x, [.. draws.Select(one => one.Error.Mean)], new PowerLawOptions { WindowStart = 32, MinimumDecades = 0.8 });
                decay = fit.Exponent;
                claims.Add(Claim.Absolute("snis-decay", "E‖t − φ*‖² ∝ 1/N with uniform proposals and the generating element (SO(3), σ = 2)", -1, fit.Exponent, SlopeTolerance, Derived, "least squares over N = 32 … 256; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(Counts[^1], "N").Over("N → ∞"));
            }
        }

        var cloud = DisplayText.Of($"Four points under SO(3), α = 1, means over {Draws} random samples with 95 % intervals.");
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = $"Distance of targets with uniform proposals at σ = 2 falls as N^{{{DisplayNumber.Of(decay, 2)}}}; with the generating element their bias is below {DisplayNumber.Percent(bias, 1)}",
                    Caption = $"(a), (b) Distance of sampled targets from the exact orbit target against the number of candidates N, where the pose is known better (a) and worse (b). Local proposals around a hidden centre are unbiased and end at a distance that more candidates do not lower. With one candidate the target is the augmented one, or a random pose. (c) Bias along the orbit target, E⟨t − φ*, φ*⟩/E‖φ*‖². (d) Effective candidates. {cloud}",
                    Columns = 2,
                    Panels =
                    [
                        .. Levels.Select((sigma, k) => new Panel { Title = DisplayText.Of($"distance, σ = {sigma:R}"), X = new Axis("candidates N", true), Y = new Axis("E‖t − φ*‖²", true), Series = errors[k], Slopes = k == 1 ? [errors[1][0].Guide(32, 256, -1)] : [] }),
                        new Panel { Title = "bias, σ = 2", X = new Axis("candidates N", true), Y = new Axis("bias"), Series = biases, Lines = [new ReferenceLine(0, "", false)] },
                        new Panel { Title = "effective candidates, σ = 2", X = new Axis("candidates N", true), Y = new Axis("N_{eff}", true), Series = sizes },
                    ],
                },
            ],
        };
    }

    private static IEnumerable<Claim> Claims(EstimatorKind kind, string name, double sigma, EstimatorDraws[] draws)
    {
        var word = DiffusionParameters.Word(kind);
        var level = DisplayText.Of($"(SO(3), σ = {sigma:R})");
        if (kind.IsUnbiased())
        {
            var largest = draws.Max(one => Math.Abs(one.Bias.Mean) / one.Bias.Error);
            var coarsest = draws.Max(one => MeanOfRuns.Limit * one.Bias.Error);
            yield return Claim.AtMost(
                DisplayText.Plain($"{word}-unbiased-{sigma:R}").Replace('.', '-'), $"largest |bias| in standard errors: {name} is unbiased for every N from 1 to {Counts[^1]} {level}", MeanOfRuns.Limit, largest, Derived,
                DisplayText.Of($"largest |bias| in standard errors over N; four of them are at most {coarsest:G2}"), PredictionKind.Exact).At("draws", Draws) with
            { Lacks = coarsest <= Resolution ? "" : DisplayText.Of($"four standard errors of the bias are {coarsest:G2}: more draws are needed to see 5 %") };
            yield break;
        }

        if (kind != EstimatorKind.SnisWithout)
            yield break;

        // At N = 1 the target is a random pose, which has nothing to do with x: the bias is −1 up to the mean of the poses.
        var fourth = draws[2].Bias;
        yield return Claim.AtMost(
            DisplayText.Plain($"{word}-biased-{sigma:R}").Replace('.', '-'), $"{name}: the bias at N = 4 is more than 5 % {level}", -0.05, fourth.Mean, Derived, "bias along the orbit target; 95 % interval", PredictionKind.Heuristic, Normal95 * fourth.Error).At("draws", Draws);
    }
}
