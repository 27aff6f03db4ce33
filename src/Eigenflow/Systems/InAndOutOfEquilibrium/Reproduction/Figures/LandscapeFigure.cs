using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 8: the effective landscape of one parameter, for batch noise with and without a third cumulant.</summary>
internal static class LandscapeFigure
{
    private const int Bins = 48;
    private const double Extent = 6;
    private const double FewestCounts = 500;
    private const double RatePart = 0.02;

    // Gradients ±4 and ±2.4 at the minimum: no third cumulant, but larger curvatures with those of one sign.
    private static readonly double[] Inputs = [2, 1, 1.5, 0.6], Residuals = [0.5, -1, 0.4, -1];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var reference = SampleData.Reference().Rows;
        double[] shifted = [.. Enumerable.Range(0, reference.Length / 2).Select(i => reference[2 * i] + 1)];
        var even = LandscapeChains.Run(Problem(Inputs, [.. Residuals.Select(value => -value)]), RatePart, Bins, Extent, progress, cancellation);
        var skewed = LandscapeChains.Run(Problem(shifted, [.. shifted.Select(value => value * value)]), RatePart, Bins, Extent, progress, cancellation);
        return new ReproductionResult
        {
            Claims =
            [
                Measured("landscape-skewness", DisplayText.Of($"Φ = ln D + η∫L'/D is the landscape of one parameter where batch noise has no third cumulant: its skewness (η h = {RatePart:G2})"), even.PredictedSkewness, even.Skewness, 0.1, Derived, $"{LandscapeChains.Chains} chains of {LandscapeChains.Steps} steps, seed 81", PredictionKind.Asymptotic).At("chains", LandscapeChains.Chains).Over("η → 0"),
                Claim.Absolute("third-cumulant", DisplayText.Of($"a third cumulant of batch noise changes the skewness at the order of Φ itself: exact third moment (line fitted to a parabola, η h = {RatePart:G2})"), skewed.ExactSkewness, skewed.Skewness.Value, 0.02, Derived, DisplayText.Of($"{LandscapeChains.Chains} chains of {LandscapeChains.Steps} steps, seed 81; Φ alone would have {skewed.PredictedSkewness:G2}"), PredictionKind.Exact, Normal95 * skewed.Skewness.Error).At("chains", LandscapeChains.Chains),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = $"Noise leans the landscape (skewness {DisplayNumber.WithInterval(even.Skewness.Value, Normal95 * even.Skewness.Error)}, Φ {DisplayNumber.Of(even.PredictedSkewness, 2)}), unless it is skewed itself",
                    Caption = DisplayText.Of($"Effective landscape Φ = −ln P of one parameter against the distance from the minimum in standard deviations: Φ = ln D + η∫L'/D of the Fokker–Planck equation (line), the parabola of the Ornstein–Uhlenbeck law (dashed), and {LandscapeChains.Chains} chains (dots). (a) Four samples whose gradients have no third cumulant. (b) Six points of a parabola fitted by a line through zero: the third cumulant of batch noise, which the Fokker–Planck equation leaves out, is of the same order as D'(δ): skewness {skewed.Skewness.Value:G2}, exact {skewed.ExactSkewness:G2}, Φ {skewed.PredictedSkewness:G2}. d = 1, B = 1, η h = {RatePart:G2}."),
                    Panels = [Panel("symmetric noise", even), Panel("skewed noise", skewed)],
                },
            ],
        };
    }

    private static EquilibriumProblem Problem(double[] inputs, double[] targets)
    {
        var table = new double[2 * inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            (table[2 * i], table[(2 * i) + 1]) = (inputs[i], targets[i]);
        return new EquilibriumProblem { Model = EquilibriumModel.Rows, Rows = new DataMatrix(inputs.Length, 2, table), Batch = 1, NoiseScale = 0.5, Prior = 0 };
    }

    private static Panel Panel(string title, LandscapeChains chains)
    {
        var scale = chains.Landscape.Scale;
        var kept = Enumerable.Range(0, Bins).Where(k => chains.Counts[k] >= FewestCounts).ToArray();
        double Centre(int k) => (k + 0.5 - (Bins / 2)) * 2 * Extent / Bins;
        var end = Math.Max(-Centre(kept[0]), Centre(kept[^1]));
        double[] grid = [.. Enumerable.Range(0, 161).Select(k => ((k / 80.0) - 1) * end)];
        var total = chains.Readings;

        // In units of the standard deviation, so that both panels share their axes.
        return new Panel
        {
            Title = title,
            X = new Axis("δ in standard deviations"),
            Y = new Axis("Φ = −ln P"),
            Series =
            [
                new Series { Label = "ln D + η∫L'/D", X = grid, Y = [.. grid.Select(at => chains.Landscape.Potential(at * scale) - Math.Log(scale))], Color = 0 },
                new Series { Label = "parabola", X = grid, Y = [.. grid.Select(at => (at * at / 2) + (0.5 * Math.Log(2 * Math.PI)))], Color = 1, Style = SeriesStyle.Dashed },
                new Series { Label = "chains", X = [.. kept.Select(Centre)], Y = [.. kept.Select(k => -Math.Log(chains.Counts[k] * Bins / (total * 2 * Extent)))], Color = 0, Style = SeriesStyle.Points },
            ],
        };
    }
}
