using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Figure 9, beyond the paper: the model in a rotated basis. At which size of the rotation does the gain over the linear model die? At equal flow time, which ignores stability, and at equal samples with step sizes that are the
/// same part of each model's own edge of stability.
/// </summary>
internal static class RotationFigure
{
    private const int Seeds = 4;
    private const int ModelSize = 128;
    private const int Replicas = 16;
    private const long SampledSteps = 10_000;
    private const double Full = 3;
    private static readonly double[] Times = [10, 100, 1000];
    private static readonly double[] Samples = [1e3, 1e4, 1e5];
    private static readonly double[] Sizes = [1e-3, 3e-3, 1e-2, 2e-2, 3e-2, 5e-2, 0.1, 0.2, 0.3, 0.5, 1, Full];
    private static readonly double[] SampledSizes = [1e-3, 1e-2, 3e-2, 0.1, 0.3, 1, Full];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = QuadraticCurves.Steep with { ModelSize = ModelSize, Dimension = 1000 * ModelSize };
        var linear = problem with { Model = QuadraticModel.Linear };
        var linearRate = Stability.Of(linear).SafeRate;
        double[] lazy = At(linear, Times), lazySamples = At(linear, [.. Samples.Select(samples => samples * linearRate)]);
        var rate = Stability.Of(problem).SafeRate;
        double[] straight = At(problem, Times), straightSamples = At(problem, [.. Samples.Select(samples => samples * rate)]);

        // The risk of the linear model does not see the rotation.
        double[,,] timed = new double[Times.Length, Sizes.Length, Seeds], sampled = new double[Samples.Length, Sizes.Length, Seeds];
        for (var k = 0; k < Sizes.Length; k++)
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                progress?.Report(new Progress(0.6 * ((k * Seeds) + seed) / (Sizes.Length * Seeds), "rotations"));
                var rotated = problem with { Rotation = Sizes[k], Seed = seed + 1 };
                var step = Stability.Of(rotated).SafeRate;
                double[] risk = At(rotated, Times), later = At(rotated, [.. Samples.Select(samples => samples * step)]);
                for (var place = 0; place < Times.Length; place++)
                    (timed[place, k, seed], sampled[place, k, seed]) = (lazy[place] / risk[place], lazySamples[place] / later[place]);
            }
        }

        var left = Curves(timed, Times, "t", [.. lazy.Zip(straight, (slow, fast) => slow / fast)]);
        var right = Curves(sampled, Samples, "T", [.. lazySamples.Zip(straightSamples, (slow, fast) => slow / fast)]);
        var exact = linear.Run(new MomentClosure { LearningRate = linearRate, Steps = SampledSteps, ScheduleShape = QuadraticCurves.Geometric, AtSteps = [SampledSteps] }, cancellation)["risk"][^1];
        double[] mean = new double[SampledSizes.Length], half = new double[SampledSizes.Length], diverged = new double[SampledSizes.Length];
        for (var k = 0; k < SampledSizes.Length; k++)
        {
            progress?.Report(new Progress(0.6 + (0.4 * k / SampledSizes.Length), "running SGD"));
            var rotated = problem with { Rotation = SampledSizes[k] };
            var runs = rotated.Run(new QuadraticSgd { LearningRate = Stability.Of(rotated).SafeRate, Steps = SampledSteps, ScheduleShape = QuadraticCurves.Geometric, AtSteps = [SampledSteps], Replicas = Replicas, Threads = 1 }, cancellation);
            diverged[k] = runs.SummaryOf("diverged-fraction")!.Value;
            mean[k] = diverged[k] < 1 ? exact / runs["risk"][^1] : double.NaN;
            half[k] = diverged[k] < 1 ? mean[k] * MeanOfRuns.Half(runs["risk-se"][^1] / runs["risk"][^1], (int)Math.Round(Replicas * (1 - diverged[k]))) : double.NaN;
        }

        right.Add(new Series { Label = "SGD, T = 10^{4}", X = SampledSizes, Y = mean, Lower = [.. mean.Zip(half, (value, error) => value - error)], Upper = [.. mean.Zip(half, (value, error) => value + error)], Color = CurveColors.Neutral, Style = SeriesStyle.Points });
        var death = Crossing(SampledSizes, mean);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtMost("rotation-full", $"at equal samples and a quarter of each edge of stability a random rotation of size {Full} leaves signed SGD no gain over linear SGD (α = 3, β = 1.5, M = 128, T = 10^{{4}})", 1, mean[^1], QuadraticCurves.Derived, $"ratio of the exact linear risk to the mean of {Replicas} runs that do not diverge, one rotation; Student interval", PredictionKind.Heuristic, half[^1]).UpTo(SampledSteps, "T").At("M", ModelSize).At("runs", Replicas),
                Claim.AtLeast("rotation-tiny", "and a rotation of size 0.001 leaves it one (the same)", 1, mean[0], QuadraticCurves.Derived, "the same ratio", PredictionKind.Heuristic, half[0]).UpTo(SampledSteps, "T").At("M", ModelSize).At("runs", Replicas),
            ],
            Tables =
            [
                new Table("rotation", "Gain of the signed model in a rotated basis", ["ε", .. Times.Select(time => $"flow, t = {DisplayNumber.Of(time)}"), .. Samples.Select(samples => $"flow, T = {DisplayNumber.Of(samples)}"), "SGD, T = 10⁴", "diverged"],
                    [.. Sizes.Select((size, k) => (IReadOnlyList<string>)[DisplayNumber.Of(size), .. Enumerable.Range(0, 3).Select(place => DisplayNumber.Of(left[2 * place].Y[k], 4)), .. Enumerable.Range(0, 3).Select(place => DisplayNumber.Of(right[2 * place].Y[k], 4)), Array.IndexOf(SampledSizes, size) is >= 0 and var row ? DisplayNumber.Of(mean[row], 4) : "", Array.IndexOf(SampledSizes, size) is >= 0 and var other ? DisplayNumber.Of(diverged[other], 2) : ""])],
                    $"Ratio of the linear to the signed risk; flows: mean of {Seeds} rotations, at equal times or at times that are a quarter of each edge of stability times T."),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-9",
                    Title = double.IsNaN(death) ? "A rotated basis: the gain of feature learning at equal samples" : $"A rotation of ε ≈ {DisplayNumber.Of(death, 2)} takes the gain of feature learning at T = 10^{{4}} samples",
                    Caption = $"Ratio of the excess risks of linear and signed model against the size ε of a random rotation exp(εA) between the inputs and the coordinates of the model (lines: population flow, mean and range of {Seeds} rotations; dotted: without rotation); at 1 the gain is dead. (a) At equal flow time the gain stays: large rotated slopes speed up every direction. (b) They also lower the edge of stability: at equal samples T, with step sizes a quarter of each edge (flow at t = ηT; dots: {Replicas} runs of SGD, bars 95 %), the gain dies. "
                        + "α = 3, β = 1.5, M = 128, d = 1000 M, σ² = 0.25, c = 0.5. Rows of A have length about one. Derived, beyond the paper.",
                    Panels =
                    [
                        new Panel { Title = "at equal flow time t", X = new Axis("size of the rotation ε", true), Y = new Axis("R_{linear}/R_{signed}"), Series = left, Lines = [new ReferenceLine(1, "no gain", IsVertical: false)] },
                        new Panel { Title = "at equal samples T, stable steps", X = new Axis("size of the rotation ε", true), Y = new Axis("R_{linear}/R_{signed}"), Series = right, Lines = [new ReferenceLine(1, "no gain", IsVertical: false)] },
                    ],
                },
            ],
        };

        double[] At(QuadraticProblem one, double[] times) => one.Run(new QuadraticFlow { Times = times }, cancellation)["risk"];
    }

    private static List<Series> Curves(double[,,] gains, double[] places, string symbol, double[] straight)
    {
        var series = new List<Series>();
        for (var place = 0; place < places.Length; place++)
        {
            double[][] spread = [.. Enumerable.Range(0, Sizes.Length).Select(k => Enumerable.Range(0, Seeds).Select(seed => gains[place, k, seed]).Order().ToArray())];
            double[] mean = [.. spread.Select(values => values.Average())];
            series.Add(new Series { Label = $"{symbol} = {DisplayNumber.Of(places[place])}", X = Sizes, Y = mean, Lower = [.. spread.Select(values => values[0])], Upper = [.. spread.Select(values => values[^1])], Color = place });
            series.Add(new Series { Label = "", X = [Sizes[0], Sizes[^1]], Y = [straight[place], straight[place]], Color = place, Style = SeriesStyle.Dotted });
        }

        return series;
    }

    // Where a ratio falls through 1, between two sizes by a line in ln ε.
    private static double Crossing(double[] sizes, double[] ratios)
    {
        for (var k = 1; k < ratios.Length; k++)
        {
            if (ratios[k - 1] > 1 && ratios[k] <= 1)
                return sizes[k - 1] * Math.Pow(sizes[k] / sizes[k - 1], (ratios[k - 1] - 1) / (ratios[k - 1] - ratios[k]));
        }

        return double.NaN;
    }
}
