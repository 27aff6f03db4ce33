using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.Training.TrainingReproduction;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>Four planar points in any orientation, a network that knows nothing of turns, one noise level: without poses it never learns the symmetry, and orbit targets make it learn better.</summary>
internal static class CloudFigure
{
    private const long Steps = 6000;
    private const int Seeds = 6, Checkpoints = 8, GradientSamples = 2000;

    /// <summary>The problem.</summary>
    public static DiffusionProblem Problem(EstimatorKind kind)
    {
        var (table, rows) = TemplateSet.Named(TemplateSet.Cloud, 2);
        return new() { Templates = TemplateSet.Of(table, rows, null), Group = new PlanarRotations(8, false), Sigma = 0.8, Estimator = kind };
    }

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var grid = Grid(Steps, 18, Checkpoints, 100);
        var method = new NetworkTraining { Hidden = [48], Batch = 16, LearningRate = 3e-3, Replicas = Seeds, TestSamples = 1000 };
        TrainedRuns Train(EstimatorKind kind, double from) =>
            TrainedRuns.Of(Problem(kind), method, grid, part => progress?.Report(new Progress(from + (0.3 * part), "training on a planar cloud")), cancellation);
        var plain = Train(EstimatorKind.Plain, 0);
        var augmented = Train(EstimatorKind.Augmented, 0.3);
        var orbit = Train(EstimatorKind.Orbit, 0.6);
        var poses = PairedGain.Of(plain.Last(NetworkMeasure.Risk, Checkpoints), augmented.Last(NetworkMeasure.Risk, Checkpoints));
        var risk = PairedGain.Of(augmented.Last(NetworkMeasure.Risk, Checkpoints), orbit.Last(NetworkMeasure.Risk, Checkpoints));
        var symmetry = PairedGain.Of(augmented.Last(NetworkMeasure.Asymmetry, Checkpoints), orbit.Last(NetworkMeasure.Asymmetry, Checkpoints));
        var (inAugmented, inOrbit) = (Ratio(augmented), Ratio(orbit));
        var how = DisplayText.Of($"{Seeds} seeds, the last {Checkpoints} checkpoints, Student's 95 % interval over seeds");
        var frozen = DisplayText.Of($"{GradientSamples} single samples at the last parameters of one network, bootstrap interval of 95 %");
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtLeast("cloud-poses", "a network without symmetry and without random poses does not learn the denoiser: the excess risk is at least 50 times that with poses", 50, poses.Factor, Derived, how, PredictionKind.Heuristic, poses.Below).UpTo(Steps, "k"),
                Claim.AtLeast("cloud-risk", "a planar cloud: orbit targets leave at most a tenth of the excess risk", 10, risk.Factor, Derived, how, PredictionKind.Heuristic, risk.Below).UpTo(Steps, "k"),
                Claim.AtLeast("cloud-symmetry", "a planar cloud: the equivariance error of orbit targets is at least 5 times smaller", 5, symmetry.Factor, Derived, how, PredictionKind.Heuristic, symmetry.Below).UpTo(Steps, "k"),
                Claim.AtMost("cloud-gradient-augmented", "at the parameters that augmented targets led to, orbit targets have at most 6 % of the variance of the gradient", 0.06, inAugmented.Value, Derived, frozen, PredictionKind.Heuristic, inAugmented.Half).UpTo(Steps, "k"),
                Claim.AtMost("cloud-gradient-orbit", "at the parameters that orbit targets led to, they have at most 1 % of the variance of the gradient", 0.01, inOrbit.Value, Derived + " (none at the optimum of one template)", frozen, PredictionKind.Heuristic, inOrbit.Half).UpTo(Steps, "k"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = DisplayText.Of($"A planar cloud: orbit targets leave {risk.Factor:G2} times less excess risk than augmented ones"),
                    Caption = DisplayText.Of($"Means over {Seeds} seeds with bands from the smallest to the largest; the last point is a mean over {Checkpoints} checkpoints. (a) Excess risk over the exact denoiser on samples in every pose; without poses it learns one of them by heart. (b) Equivariance error. (c) Variance of the gradient of a single sample at the parameters of the step. Four points in the plane under SO(2), α = 1, σ = 0.8, 8-48-8 tanh units, batches of 16, Adam with the rate 0.003."),
                    Panels =
                    [
                        Panel("denoiser", "excess risk R", [.. Curves(NetworkMeasure.Risk)]),
                        Panel("symmetry", "equivariance error e", [.. Curves(NetworkMeasure.Asymmetry)]),
                        Panel("gradient", "variance of the gradient tr C", [.. Curves(NetworkMeasure.Variance)]),
                    ],
                },
            ],
        };

        IEnumerable<Series> Curves(NamedQuantity quantity) => [plain.Curve("plain", quantity, 2, Checkpoints), augmented.Curve("augmented", quantity, 0, Checkpoints), orbit.Curve("orbit", quantity, 1, Checkpoints)];
    }

    /// <summary>The variance of the gradient of orbit targets over that of augmented ones on the same samples, at the last parameters of the first run.</summary>
    private static (double Value, double Half) Ratio(TrainedRuns runs)
    {
        var (design, address) = (runs.Plan.Design, new GaussianAddress(11, TrainingStreams.Gradients, 0, 0));
        GradientSpread small = new(design, EstimatorKind.Orbit, GradientSamples, keeps: true), large = new(design, EstimatorKind.Augmented, GradientSamples, keeps: true);
        small.Measure(runs.Parameters[0], address);
        large.Measure(runs.Parameters[0], address);
        var (below, above) = (small.Interval(1), large.Interval(1));

        // The widest ratio of the two intervals.
        var ratio = below.Value / above.Value;
        return (ratio, Math.Max((below.High / above.Low) - ratio, ratio - (below.Low / above.High)));
    }
}
