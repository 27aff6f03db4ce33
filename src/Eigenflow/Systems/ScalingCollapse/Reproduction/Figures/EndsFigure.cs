using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 11: power laws with a floor through the ends of the ladder, under several schedules.</summary>
internal static class EndsFigure
{
    private const double Noise = 0.01;
    private const double FloorTolerance = 0.1;
    private const double ExponentTolerance = 0.1;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series>();
        var exponents = new List<double>();
        double[] sizes = [16, 23, 32, 45, 64, 91, 128, 181, 256];
        var predicted = LadderLab.Ladder.Difficulty * LadderLab.Ladder.Capacity / (1 + LadderLab.Ladder.Capacity);
        foreach (var (index, name) in ((string[])["constant", "linear", "cosine"]).Index())
        {
            progress?.Report(new Progress(index / 3.0, name));
            var runs = (LadderLab.Ladder with { Models = sizes, Noise = Noise, Features = 1_000_000 }).Under(name).Means(2, cancellation);
            double[] computes = [.. runs.Select(run => run.EndCompute)], losses = [.. runs.Select(run => run.EndLoss + (Noise / 2))];
            var fit = ReducibleLossFit.Of(computes, losses, cancellation: cancellation);
            exponents.Add(fit.Exponent);
            series.Add(new Series { Label = name, X = computes, Y = losses, Style = SeriesStyle.Points, Color = LadderLab.Color(name) });
            series.Add(SolutionSeries.Function(LadderLab.Logarithmic(computes[0] / 1.5, computes[^1] * 1.5, 40), fit.At, name, LadderLab.Color(name), SeriesStyle.Line) with { Role = SeriesRole.Fit });
            claims.Add(Claim.Relative($"end-exponent-{name}", $"final losses fall as c^{{−sβ/(1 + β)}} above their floor ({name}, M = 16 … 256, σ² = 0.01, {LadderLab.SettingOf("10^{6}")})", predicted, fit.Exponent, ExponentTolerance, LadderLab.Derived, "fit L₀ + a c^{−b} through the ends, exact mean", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞"));
            claims.Add(Claim.Relative($"end-floor-{name}", $"the fitted floor is the irreducible loss σ²/2 ({name}, the same)", Noise / 2, fit.Floor, FloorTolerance, LadderLab.Paper, "the same fit", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-11",
                    Title = $"Final losses: exponents {string.Join(", ", exponents.Select(value => DisplayNumber.Of(value, 3)))} (constant, linear, cosine), {DisplayNumber.Of(predicted)} predicted",
                    Caption = $"Mean loss with its irreducible part σ²/2 at the end of the runs of M = 16 … 256 against compute 6 t M (dots), and L₀ + a c^{{−b}} (lines); σ² = 0.01, {LadderLab.SettingOf("10^{6}")}.",
                    Panels = [new Panel { X = new Axis("compute 6 t M", true), Y = new Axis("loss E + σ²/2", true), Series = series }],
                },
            ],
        };
    }
}
