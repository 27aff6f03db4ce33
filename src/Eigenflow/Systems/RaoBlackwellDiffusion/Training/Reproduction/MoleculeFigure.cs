using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.Training.TrainingReproduction;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>Four points in space in any orientation: exact orbit targets, targets of a few sampled rotations, and alignment.</summary>
internal static class MoleculeFigure
{
    private const long Steps = 3000;
    private const int Seeds = 4, Checkpoints = 8, Candidates = 16, Draws = 4000;

    /// <summary>The problem.</summary>
    public static DiffusionProblem Problem(EstimatorKind kind)
    {
        var (table, rows) = TemplateSet.Named(TemplateSet.Cloud, 3);
        return new() { Templates = TemplateSet.Of(table, rows, null), Group = new SpatialRotations(12, false), IsCentred = true, Sigma = 0.8, Estimator = kind, Samples = Candidates };
    }

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var grid = Grid(Steps, 16, Checkpoints, 100);
        var method = new NetworkTraining { Hidden = [64], Batch = 16, LearningRate = 3e-3, Replicas = Seeds, TestSamples = 300 };
        (EstimatorKind Kind, string Label, int Color)[] kinds =
            [(EstimatorKind.Augmented, "augmented", 0), (EstimatorKind.Kabsch, "aligned (Kabsch)", 3), (EstimatorKind.Snis, DisplayText.Of($"{Candidates} rotations"), 2), (EstimatorKind.Orbit, "orbit", 1)];
        TrainedRuns[] runs = [.. kinds.Select((kind, k) => TrainedRuns.Of(
            Problem(kind.Kind), method, grid, part => progress?.Report(new Progress((k + part) / kinds.Length, "training on a cloud in space")), cancellation))];
        double[] Risk(int k) => runs[k].Last(NetworkMeasure.Risk, Checkpoints);
        var (exact, sampled, biased) = (PairedGain.Of(Risk(0), Risk(3)), PairedGain.Of(Risk(0), Risk(2)), PairedGain.Of(Risk(1), Risk(3)));
        var bias = EstimatorDraws.Of(Problem(EstimatorKind.Kabsch), Draws, 1, 1, cancellation).Error;
        double[] aligned = [.. Risk(1).Select(risk => risk / bias.Mean)];
        var how = DisplayText.Of($"ratio of excess risks, {Seeds} seeds, the last {Checkpoints} checkpoints, Student's 95 % interval over seeds");
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtLeast("molecule-risk", "a cloud in space: orbit targets lower the excess risk of augmented ones", 1, exact.Factor, Derived, how, PredictionKind.Heuristic, exact.Below).UpTo(Steps, "k"),
                Claim.AtLeast("molecule-sampled", DisplayText.Of($"{Candidates} uniform rotations with the generating one lower the excess risk too"), 1, sampled.Factor, Derived, how, PredictionKind.Heuristic, sampled.Below).UpTo(Steps, "k"),
                Claim.AtLeast("molecule-aligned", "alignment is biased at finite noise: it leaves more excess risk than orbit targets", 1, biased.Factor, Derived, how, PredictionKind.Heuristic, biased.Below).UpTo(Steps, "k"),
                Claim.Relative("molecule-bias", "the excess risk of aligned targets tends to their bias E‖t − φ*‖²", 1, aligned.Average(), 0.25, Derived, DisplayText.Of($"excess risk over the bias {bias.Mean:G3} of {Draws} draws, {Seeds} seeds"), PredictionKind.Asymptotic, MeanOfRuns.Half(aligned)).UpTo(Steps, "k"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-9",
                    Title = DisplayText.Of($"Targets in space: alignment leaves {biased.Factor:G2} times the excess risk of orbit targets"),
                    Caption = DisplayText.Of($"Means over {Seeds} seeds with bands from the smallest to the largest; the last point is a mean over {Checkpoints} checkpoints. (a) Excess risk over the exact denoiser on samples in every pose. (b) Variance of the gradient of a single sample at the parameters of the step. Four centred points under SO(3), α = 1, σ = 0.8, 12-64-12 tanh units, batches of 16, Adam with the rate 0.003; {Candidates} uniform rotations with the generating one."),
                    Panels =
                    [
                        Panel("denoiser", "excess risk R", [.. Curves(NetworkMeasure.Risk)]),
                        Panel("gradient", "variance of the gradient tr C", [.. Curves(NetworkMeasure.Variance)]),
                    ],
                },
            ],
        };

        IEnumerable<Series> Curves(NamedQuantity quantity) => kinds.Select((kind, k) => runs[k].Curve(kind.Label, quantity, kind.Color, Checkpoints));
    }
}
