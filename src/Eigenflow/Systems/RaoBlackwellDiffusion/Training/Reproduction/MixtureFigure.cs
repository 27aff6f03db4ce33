using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.Training.TrainingReproduction;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>Two planar templates with noise of their own under quarter turns: every sample has an orbit of its own, and what is left is the noise between them.</summary>
internal static class MixtureFigure
{
    private const long Steps = 5000;
    private const int Seeds = 6, Checkpoints = 8, GradientSamples = 2000;
    private const double Spread = 0.02;
    private static readonly EstimatorKind[] Kinds = [EstimatorKind.Augmented, EstimatorKind.Orbit, EstimatorKind.Full];
    private static readonly int[] Colors = [0, 1, 3];
    private static readonly string[] Labels = ["augmented", "orbit", "all templates"];

    /// <summary>The problem.</summary>
    public static DiffusionProblem Problem(EstimatorKind kind)
    {
        var (table, rows) = TemplateSet.Named(TemplateSet.Pair, 2);
        return new() { Templates = TemplateSet.Of(table, rows, null), Group = MatrixGroup.Rotations(2, 4), Sigma = 0.5, Spread = Spread, Estimator = kind };
    }

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var grid = Grid(Steps, 16, Checkpoints, 100);
        var method = new NetworkTraining { Hidden = [32], Equivariance = Equivariance.Average, Batch = 16, LearningRate = 3e-3, Replicas = Seeds, TestSamples = 500 };
        TrainedRuns[] runs = [.. Kinds.Select((kind, k) => TrainedRuns.Of(Problem(kind), method, grid, part => progress?.Report(new Progress((k + part) / Kinds.Length, "training on two templates")), cancellation))];
        double[] Risk(int k) => runs[k].Last(NetworkMeasure.Risk, Checkpoints);
        var (orbit, full) = (PairedGain.Of(Risk(0), Risk(1)), PairedGain.Of(Risk(1), Risk(2)));
        var exact = TargetVariance.Of(Problem(EstimatorKind.Orbit), cancellation);
        var linear = method with { Hidden = [], Equivariance = Equivariance.None };
        GradientSpread[] spreads = [.. Kinds.Select(kind => LinearSpread(Problem(kind), linear))];
        SpreadInterval first = spreads[1].RatioTo(spreads[0], 1), second = spreads[2].RatioTo(spreads[1], 1);
        var same = DisplayText.Of($"{GradientSamples} single samples, the same for both; bootstrap interval of 95 %");
        var how = DisplayText.Of($"{Seeds} seeds, the last {Checkpoints} checkpoints, Student's 95 % interval over seeds");
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtLeast("mixture-orbit", "two noisy templates: orbit targets lower the excess risk of augmented ones", 1, orbit.Factor, Derived, how, PredictionKind.Heuristic, orbit.Below).UpTo(Steps, "k"),
                Claim.AtLeast("mixture-full", "the noise between templates is left: the mean over all of them lowers the excess risk further", 1, full.Factor, Derived, how, PredictionKind.Heuristic, full.Below).UpTo(Steps, "k"),
                Claim.AtMost("mixture-order", "variance of the gradient of orbit targets over that of augmented ones, at one linear denoiser", 1, first.Value, Paper, same, PredictionKind.Bound, Math.Max(first.High - first.Value, first.Value - first.Low)),
                Claim.AtMost("mixture-order-full", "variance of the gradient of the mean over all templates over that of orbit targets, at one linear denoiser", 1, second.Value, Paper, same, PredictionKind.Bound, Math.Max(second.High - second.Value, second.Value - second.Low)),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-10",
                    Title = DisplayText.Of($"Two noisy templates: orbit targets leave {100 * exact.Between / exact.Full:G2} % of the noise of targets, and {orbit.Factor:G2} times less excess risk"),
                    Caption = DisplayText.Of($"Means over {Seeds} seeds with bands from the smallest to the largest; the last point is a mean over {Checkpoints} checkpoints. (a) Excess risk over the exact denoiser of the Gaussian mixture. (b) Variance of the gradient of a single sample at the parameters of the step. Two planar templates with variance {Spread} around them under quarter turns, α = 1, σ = 0.5, a network averaged over the group with 32 tanh units, batches of 16, Adam with the rate 0.003."),
                    Panels =
                    [
                        Panel("denoiser", "excess risk R", [.. Curves(NetworkMeasure.Risk)]),
                        Panel("gradient", "variance of the gradient tr C", [.. Curves(NetworkMeasure.Variance)]),
                    ],
                },
            ],
        };

        IEnumerable<Series> Curves(NamedQuantity quantity) => runs.Select((run, k) => run.Curve(Labels[k], quantity, Colors[k], Checkpoints));
    }

    // Gradients of a linear denoiser that is not trained.
    private static GradientSpread LinearSpread(DiffusionProblem problem, NetworkTraining method)
    {
        var design = new NetworkDesign(problem, new NoiseLevels(problem, problem.Sigma, 1, LossWeight.Uniform), method.Hidden, method.Activation, method.Equivariance);
        var parameters = new double[design.Shape.PaddedCount];
        design.Shape.Draw<double>(1, 0, parameters);
        var spread = new GradientSpread(design, problem.Estimator, GradientSamples, keeps: true);
        spread.Measure(parameters, new GaussianAddress(13, TrainingStreams.Gradients, 0, 0));
        return spread;
    }
}
