using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 6: the shift of the minimum of a network in shuffled epochs, by weight and against the learning rate.</summary>
internal static class NetworkFigure
{
    private const int Chains = 128;
    private static readonly double[] Rates = [1e-7, 3e-7, 1e-6];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var network = EquilibriumParameters.Defaults(EquilibriumModel.Network);
        var expansion = network.Expand();
        var d = expansion.Dimension;
        var measured = new List<(double Value, double Error)[]>();
        foreach (var (index, rate) in Rates.Index())
        {
            progress?.Report(new Progress((double)index / Rates.Length, "running epochs of the network"));
            var burnIn = EquilibriumParameters.Relaxation(expansion, rate * expansion.Batches);
            var run = (network with { LearningRate = rate }).Stationary(new ChainMethod { Scheme = SamplingScheme.WithoutReplacement, Chains = Chains, BurnIn = burnIn, Steps = burnIn + (burnIn / 2), Seed = 61 }, cancellation);
            measured.Add([.. Enumerable.Range(0, d).Select(run.MeanOf)]);
        }

        var predicted = SchemeTheory.Shift(expansion, Rates[0]);
        var first = measured[0];
        double Length(IEnumerable<double> vector) => Math.Sqrt(vector.Sum(value => value * value));
        var distance = Length(first.Select((one, k) => one.Value - predicted[k])) / predicted.L2Norm();
        var noise = Length(first.Select(one => one.Error)) / predicted.L2Norm();
        (double Value, double Error)[] lengths = [.. measured.Select(one => (Length(one.Select(part => part.Value)), Length(one.Select(part => part.Error))))];
        var grid = Logarithmic(Rates[0] / 2, Rates[^1] * 2, 41);
        var line = Line("−(η/4)c_{B} H^{−1}∇ tr Γ", grid, rate => predicted.L2Norm() * rate / Rates[0], 0);
        int[] order = [.. Enumerable.Range(0, d).OrderBy(k => Math.Abs(predicted[k]))];
        double low = Math.Abs(predicted[order[0]]), high = Math.Abs(predicted[order[^1]]);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtMost("network-shift", DisplayText.Of($"the shift of the seven weights in shuffled epochs is −(η/4)c_B H^{{−1}}∇ tr Γ to 5 % (η = {Rates[0]:G2})"), 0.05, distance, Derived, $"distance of the measured shift in parts of the predicted one, {Chains} chains at the ends of epochs, seed 61", PredictionKind.Asymptotic, Normal95 * noise).At("chains", Chains),
                SlopeOfChains("network-shift-slope", "the shift of the network in shuffled epochs is ∝ η", 1, 0.05, Rates, [.. lengths.Select(one => (one.Value, Math.Max(one.Error, 1e-4 * one.Value)))], Derived),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = $"Shuffled epochs shift the weights of the network as predicted, to {DisplayNumber.Percent(distance)}",
                    Caption = DisplayText.Of($"(a) Size of the shift of each of the seven weights at η = {Rates[0]:G2}, measured against predicted; dotted: equality. (b) Length of the shift against the learning rate; line: prediction, for η → 0. Network of the paper on data of our seed, N = 200, B = 10, {Chains} chains at the ends of epochs."),
                    Panels =
                    [
                        new Panel
                        {
                            Title = "seven weights",
                            X = new Axis("predicted shift", true),
                            Y = new Axis("measured shift", true),
                            Series =
                            [
                                new Series { Label = "equality", X = [low / 1.5, high * 1.5], Y = [low / 1.5, high * 1.5], Style = SeriesStyle.Dotted, Color = CurveColors.Neutral },
                                Dots("chains", [.. order.Select(k => Math.Abs(predicted[k]))], [.. order.Select(k => first[k])], 0),
                            ],
                        },
                        new Panel { Title = "learning rate", X = new Axis("learning rate η", true), Y = new Axis("length of the shift", true), Series = [line, Dots("chains", Rates, lengths, 0)], Slopes = [line.Triangle(grid[20], grid[36], 1)] },
                    ],
                },
            ],
        };
    }
}
