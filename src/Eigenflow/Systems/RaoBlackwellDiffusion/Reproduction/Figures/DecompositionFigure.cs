using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionCurves;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Figure 2: two templates under quarter turns. The noise of targets is that within orbits, which orbit averaging removes, and that between templates, which it leaves.</summary>
internal static class DecompositionFigure
{
    private const int Draws = 100_000;

    // At little noise only the rare samples with another pose count.
    private const int DrawsAtLittleNoise = 1_600_000;

    // The smaller of the two parts is tested, to a tenth of itself.
    private const double Tolerance = 0.1;
    private static readonly (double Sigma, bool IsLeft)[] Claimed = [(0.2, false), (0.5, true), (1, true), (2, true)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var unit = Problem("cyclic:4", 1);
        double[] sigmas = Logarithmic(0.08, 5, 60);
        TargetVariance[] theory = [.. sigmas.Select(sigma => TargetVariance.Of(unit.At(sigma), cancellation))];
        var (within, between, claims, exact) = (new List<DrawnMean>(), new List<DrawnMean>(), new List<Claim>(), new List<TargetVariance>());
        foreach (var (index, (sigma, isLeft)) in Claimed.Index())
        {
            progress?.Report(new Progress((index + 0.5) / Claimed.Length, DisplayText.Of($"σ = {sigma:R}")));
            var draws = index == 0 ? DrawsAtLittleNoise : Draws;
            within.Add(EstimatorDraws.Of(unit.At(sigma) with { Estimator = EstimatorKind.Augmented }, draws, 21, 1, cancellation).Error);
            between.Add(EstimatorDraws.Of(unit.At(sigma) with { Estimator = EstimatorKind.Full }, draws, 21, 1, cancellation).Error);
            exact.Add(TargetVariance.Of(unit.At(sigma), cancellation));
            var (noise, left) = (within[^1], between[^1]);
            var total = noise.Mean + left.Mean;
            var error = Math.Sqrt(Math.Pow(left.Mean * noise.Error, 2) + Math.Pow(noise.Mean * left.Error, 2)) / (total * total);
            claims.Add(Claim.Relative(
                $"removed-{index + 1}", DisplayText.Of($"part of the noise of targets that orbit averaging {(isLeft ? "leaves" : "removes")} at σ = {sigma:R} (quarter turns, two templates)"), (isLeft ? exact[^1].Between : exact[^1].Orbit) / exact[^1].Full, (isLeft ? left.Mean : noise.Mean) / total, Tolerance, Derived,
                $"E‖x_{{0}} − φ*‖² and E‖φ* − E[x_{{0}}|x]‖² over {draws} random samples, seed 21; 95 % interval", PredictionKind.Exact, Normal95 * error).At("draws", draws));
        }

        claims.Add(MeansClaim("noise-within", "E‖x_{0} − φ*‖² is the integral E tr Cov(x_{0}|x, orbit) (quarter turns, two templates, σ = 0.5, 1, 2)", within.Zip(exact, (mean, parts) => (mean, parts.Orbit)).Skip(1), Draws, Paper, $"largest distance over three noise levels, {Draws} samples each"));
        claims.Add(MeansClaim("noise-between", "E‖φ* − E[x_{0}|x]‖² is its integral (quarter turns, two templates)", between.Zip(exact, (mean, parts) => (mean, parts.Between)), Draws, Paper, $"largest distance over four noise levels, at least {Draws} samples each"));
        double[] measured = [.. Claimed.Select(one => one.Sigma)];
        double[] parts = [.. theory.Select(one => 1 - (one.Between / one.Full))];
        var half = Array.FindIndex(parts, part => part > 0.5);
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = $"Two templates: orbits hold {string.Join(", ", Claimed.Select((one, k) => DisplayNumber.Percent(1 - (exact[k].Between / exact[k].Full), 3)))} of the noise at σ = {string.Join(", ", measured.Select(sigma => DisplayNumber.Of(sigma)))}",
                    Caption = DisplayText.Of($"(a) Noise of targets: all of it, E‖x_{{0}} − E[x_{{0}}|x]‖², and its parts within orbits and between templates. (b) Part that orbit averaging removes; it is half at σ = {sigmas[half]:G2}: below, the pose is known and the template is not. Templates (1, 0.2) and (0.3, 0.8) under quarter turns, α = 1; lines exact, dots means over {Draws} random samples ({DrawsAtLittleNoise} at the smallest σ)."),
                    Panels =
                    [
                        new Panel
                        {
                            Title = "noise of targets",
                            X = new Axis("noise level σ", true),
                            Y = new Axis("mean square", true, 1e-4, null),
                            Series =
                            [
                                new Series { Label = "all", X = sigmas, Y = [.. theory.Select(one => one.Full)], Color = CurveColors.Neutral },
                                new Series { Label = "within orbits", X = sigmas, Y = [.. theory.Select(one => one.Orbit)], Color = 0 },
                                new Series { Label = "between templates", X = sigmas, Y = [.. theory.Select(one => one.Between)], Color = 1 },
                                Dots("within orbits", 0, measured, within),
                                Dots("between templates", 1, measured, between),
                            ],
                        },
                        new Panel { Title = "part that is removed", X = new Axis("noise level σ", true), Y = new Axis("removed by orbit averaging", false, 0, 1), Series = [new Series { Label = "", X = sigmas, Y = parts, Color = 0 }] },
                    ],
                },
            ],
        };
    }
}
