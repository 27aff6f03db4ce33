using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Schedules;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.Training.TrainingReproduction;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>The paper's two points ±1 under the flip: what orbit targets do to the loss, to the denoiser, and to generated samples. The parameters are the paper's but for the number of steps.</summary>
internal static class ToyFigure
{
    private const long Steps = 60_000;
    private const int Seeds = 8, PlainSeeds = 4, Checkpoints = 10, GapSamples = 800_000, Piece = 50_000;
    private const long Between = 1000, PaperSteps = 100_000;
    private const double Gap = 0.2055704, PaperAugmented = 9.50e-5, PaperOrbit = 0.37e-5;

    /// <summary>The problem.</summary>
    public static DiffusionProblem Problem(EstimatorKind kind) => new()
    {
        Templates = new TemplateSet(1, 1, [[1.0]], [1.0]),
        Group = new GlobalSign(1),
        Kernel = KernelKind.VariancePreserving,
        Sigma = 0.999,
        Estimator = kind,
    };

    /// <summary>f(x, t) − f(−x, t) with 2-10-5-1 units, Adam, a rate that falls by a fifth in 8000 steps.</summary>
    public static NetworkTraining Method(long steps) => new()
    {
        Hidden = [10, 5],
        Equivariance = Equivariance.Sum,
        Levels = 100,
        SmallestSigma = 0.01,
        Weight = LossWeight.SignalToNoise,
        Batch = 200,
        LearningRate = 1e-3,
        ScheduleShape = new ExponentialShape(),
        FinalLearningRate = 1e-3 * Math.Pow(0.8, steps / 8000.0),
        Replicas = Seeds,
        Generated = 500,
        TestSamples = 500,
    };

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var grid = Grid(Steps, 14, Checkpoints, Between);
        TrainedRuns Train(EstimatorKind kind, double from, double to) =>
            TrainedRuns.Of(Problem(kind), Method(Steps) with { Replicas = kind == EstimatorKind.Plain ? PlainSeeds : Seeds }, grid, part => progress?.Report(new Progress(from + ((to - from) * part), "training on two points")), cancellation);
        var plain = Train(EstimatorKind.Plain, 0, 0.17);
        var augmented = Train(EstimatorKind.Augmented, 0.17, 0.53);
        var orbit = Train(EstimatorKind.Orbit, 0.53, 0.97);
        var exact = ExactGap(plain.Plan.Design, cancellation);
        var risk = PairedGain.Of(augmented.Last(NetworkMeasure.Risk, Checkpoints), orbit.Last(NetworkMeasure.Risk, Checkpoints));
        var samples = PairedGain.Of(augmented.Last(NetworkMeasure.Deviation, Checkpoints), orbit.Last(NetworkMeasure.Deviation, Checkpoints));
        var same = PairedGain.Of(plain.Last(NetworkMeasure.Risk, Checkpoints), augmented.Last(NetworkMeasure.Risk, Checkpoints)[..PlainSeeds]);
        var spread = PairedGain.Of(augmented.Last(NetworkMeasure.LossSpread), orbit.Last(NetworkMeasure.LossSpread));
        double[] floor = [.. augmented.Last(NetworkMeasure.Loss, Checkpoints).Zip(augmented.Last(NetworkMeasure.Risk, Checkpoints), (loss, excess) => loss - excess)];
        var (first, last) = (MeasuredGap(augmented, StartOf(augmented)), MeasuredGap(orbit, orbit.Parameters[0]));
        var how = DisplayText.Of($"{Seeds} seeds, the last {Checkpoints} checkpoints {Between} steps apart, Student's 95 % interval over seeds");
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Absolute("toy-gap", "two points: the loss of augmented targets is above that of orbit targets by the mean over levels of (α²/σ²) v(α/σ) = 0.2055704", Gap, exact, 1e-6, Derived, "quadrature over the noise at each of the 100 levels"),
                Claim.Relative("toy-gap-start", "the gap of the two losses is the same constant for a network that is not trained", exact, first.Value, 0.02, Derived, DisplayText.Of($"the same {GapSamples} samples with both targets, 95 % interval"), uncertainty: first.Half),
                Claim.Relative("toy-gap-end", "the gap of the two losses is the same constant for a trained network", exact, last.Value, 0.02, Derived, DisplayText.Of($"the same {GapSamples} samples with both targets, 95 % interval"), uncertainty: last.Half),
                Claim.Relative("toy-loss", "the training loss of augmented targets less the excess risk is the constant gap", exact, floor.Average(), 0.02, Derived, how, PredictionKind.Asymptotic, MeanOfRuns.Half(floor)).UpTo(Steps, "k"),
                Claim.AtLeast("toy-spread", "orbit targets make the loss of a batch fluctuate at least 20 times less", 20, spread.Factor, Paper + ", figure 2", DisplayText.Of($"standard deviations over the last 1000 batches, {Seeds} seeds"), PredictionKind.Heuristic, spread.Below).UpTo(Steps, "k"),
                Claim.Relative("toy-augmented", "an equivariant network learns alike from plain and augmented targets", 1, same.Factor, 0.25, Derived + " (the gradients have one law)", DisplayText.Of($"ratio of excess risks of the first {PlainSeeds} seeds, the last {Checkpoints} checkpoints {Between} steps apart, Student's 95 % interval over seeds"), PredictionKind.Exact, same.Half).UpTo(Steps, "k"),
                Claim.AtLeast("toy-risk", "orbit targets leave at most half of the excess risk", 2, risk.Factor, Paper + ", figure 2 (25 times there)", "ratio of excess risks; " + how, PredictionKind.Heuristic, risk.Below).UpTo(Steps, "k"),
            ],
            Tables = [Comparison(risk, samples, spread, augmented, orbit)],
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = DisplayText.Of($"Two points: the loss of orbit targets fluctuates {spread.Factor:G2} times less, the denoiser is {risk.Factor:G2} times better"),
                    Caption = DisplayText.Of($"Means over {Seeds} seeds ({PlainSeeds} for plain) with bands from the smallest to the largest. (a) Training loss over about the last 1000 batches; dashed: the constant gap {exact:0.0000} that targets of one sample keep. (b) Excess risk over the exact denoiser, weighted as the loss. (c) Mean distance of samples of deterministic DDIM to ±1. In (b, c) the last point is the mean over the last {Checkpoints} checkpoints, {Between} steps apart, and the others are single checkpoints, which scatter. f(x, t) − f(−x, t) with 2-10-5-1 tanh units, 100 levels σ = 0.01 to 0.999, weight α²/σ², batches of 200, Adam from 10^{{−3}} with a fifth less every 8000 steps."),
                    Panels =
                    [
                        Panel("training loss", "loss L", [.. Curves(NetworkMeasure.Loss)]) with { Lines = [new ReferenceLine(exact, "constant gap", false)] },
                        Panel("denoiser", "excess risk R", [.. Curves(NetworkMeasure.Risk)]),
                        Panel("generated samples", "mean distance to ±1", [.. Curves(NetworkMeasure.Deviation)]),
                    ],
                },
            ],
        };

        IEnumerable<Series> Curves(NamedQuantity quantity) => [plain.Curve("plain", quantity, 2, Checkpoints), augmented.Curve("augmented", quantity, 0, Checkpoints), orbit.Curve("orbit", quantity, 1, Checkpoints)];
    }

    /// <summary>The constant gap, the mean over levels of ω E tr Cov(x₀|x, orbit).</summary>
    internal static double ExactGap(NetworkDesign design, CancellationToken cancellation) =>
        Enumerable.Range(0, design.Levels.Count).Average(t => design.Levels.Weights[t] * TargetVariance.Of(design.Problem.At(design.Levels[t].Sigma), cancellation).Orbit);

    // The mean difference of the losses with both targets on the same samples.
    private static (double Value, double Half) MeasuredGap(TrainedRuns runs, double[] parameters)
    {
        var design = runs.Plan.Design;
        TrainingSamples one = new(design, EstimatorKind.Augmented, Piece), other = new(design, EstimatorKind.Orbit, Piece);
        var denoiser = new Denoiser(design, Piece);
        double[] output = new double[Piece], differences = new double[GapSamples];
        for (var at = 0; at < GapSamples; at += Piece)
        {
            var address = new GaussianAddress(7, TrainingStreams.Test, 1, at);
            one.Draw(address);
            other.Draw(address);
            denoiser.Forward(parameters, one.Noisy, one.Inputs, output);
            for (var b = 0; b < Piece; b++)
                differences[at + b] = one.Weight(b) * (Square(output[b] - one.Targets[b]) - Square(output[b] - other.Targets[b]));
        }

        return (differences.Average(), MeanOfRuns.Half(differences));
    }

    private static double Square(double x) => x * x;

    private static double[] StartOf(TrainedRuns runs)
    {
        var parameters = new double[runs.Plan.Design.Shape.PaddedCount];
        runs.Plan.Design.Shape.Draw<double>((ulong)runs.Plan.Seed, 0, parameters);
        return parameters;
    }

    private static Table Comparison(PairedGain risk, PairedGain samples, PairedGain spread, TrainedRuns augmented, TrainedRuns orbit)
    {
        string Mean(TrainedRuns runs, NamedQuantity quantity) => DisplayText.Of($"{runs.Last(quantity, Checkpoints).Average():G2}");
        return new Table(
            "toy-paper", "Two points: the paper and here", ["quantity", "paper", "here"],
            [
                ["mean distance of samples to ±1, augmented", DisplayText.Of($"{PaperAugmented:G3}"), Mean(augmented, NetworkMeasure.Deviation)],
                ["mean distance of samples to ±1, orbit", DisplayText.Of($"{PaperOrbit:G2}"), Mean(orbit, NetworkMeasure.Deviation)],
                ["W₂ between samples and ±1, augmented", DisplayText.Of($"{0.853e-3:G3}"), Mean(augmented, NetworkMeasure.Distance)],
                ["W₂ between samples and ±1, orbit", DisplayText.Of($"{0.004e-3:G3}"), Mean(orbit, NetworkMeasure.Distance)],
                ["how many times closer with orbit targets", DisplayText.Of($"{PaperAugmented / PaperOrbit:0.0}"), samples.Text],
                ["how many times smaller the excess risk", "-", risk.Text],
                ["how many times smaller the fluctuations of the loss", "-", spread.Text],
            ],
            DisplayText.Of($"Geometric means over {Seeds} seeds with 95 % intervals after {Steps} steps. The {PaperAugmented / PaperOrbit:0} times of the paper are not reproduced. The paper compares the best of 200 checkpoints on a validation set after {PaperSteps} steps; here are averages over the last {Checkpoints} checkpoints. At the smallest noise, which decides where samples end, plain targets and orbit targets are the same: there the gain can only come from the noise of the other levels in shared parameters."));
    }
}
