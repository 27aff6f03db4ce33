using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.Training.TrainingReproduction;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>Atoms on a line of period 1 under common translations (as figure 6c of the paper): the gradient of score targets by uniform and by local proposals, against the noise.</summary>
internal static class CrystalFigure
{
    private const int Candidates = 16, GradientSamples = 800, Resamples = 60, Targets = 1000;
    private static readonly double[] Levels = [.. Enumerable.Range(0, 13).Select(k => Math.Pow(10, -2 + (k * 1.8 / 12)))];
    private static readonly (EstimatorKind Kind, string Label, int Color)[] Kinds =
        [(EstimatorKind.Augmented, "augmented", 0), (EstimatorKind.Snis, "uniform proposals", 2), (EstimatorKind.Local, "local proposals", 3), (EstimatorKind.Orbit, "orbit, exact", 1)];

    /// <summary>The problem.</summary>
    public static DiffusionProblem Problem(EstimatorKind kind, double sigma)
    {
        var (table, rows) = TemplateSet.Named(TemplateSet.Crystal, 1);
        return new() { Templates = TemplateSet.Of(table, rows, null), Group = new TorusTranslations(3, 1), Kernel = KernelKind.Torus, Sigma = sigma, Estimator = kind, Samples = Candidates };
    }

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var ratios = new SpreadInterval[Kinds.Length, Levels.Length];
        var near = default(SpreadInterval);
        var effective = new double[Kinds.Length, Levels.Length];
        var errors = new double[Kinds.Length];
        foreach (var (index, sigma) in Levels.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)index / Levels.Length, "drawing translations of a crystal"));
            GradientSpread[] spreads = [.. Kinds.Select(kind => Gradients(Problem(kind.Kind, sigma)))];
            if (index == 0)
                near = spreads[2].RatioTo(spreads[1], 1, Resamples);
            for (var k = 0; k < Kinds.Length; k++)
            {
                ratios[k, index] = spreads[k].RatioTo(spreads[0], 1, Resamples);
                var candidates = Kinds[k].Kind.IsSampled() ? EffectiveCandidates(Problem(Kinds[k].Kind, sigma)) : new DrawnMean(double.NaN, double.NaN);
                effective[k, index] = candidates.Mean;
                if (index == 0)
                    errors[k] = candidates.Error;
            }
        }

        var gain = effective[2, 0] / effective[1, 0];
        var half = DiffusionCurves.Normal95 * gain * Math.Sqrt(Math.Pow(errors[2] / effective[2, 0], 2) + Math.Pow(errors[1] / effective[1, 0], 2));
        SpreadInterval[] orbit = [.. Levels.Select((_, at) => ratios[3, at])];
        var below = orbit.Count(one => one.High < 1);
        var (how, last) = (DisplayText.Of($"{GradientSamples} single samples at the initial parameters of one network, {Candidates} candidates, bootstrap intervals of 95 %"), Levels.Length - 1);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtMost("crystal-local", DisplayText.Of($"at small noise (σ = {Levels[0]:G2}) local proposals have a smaller variance of the gradient than uniform ones"), 1, near.Value, Paper + ", figure 6c", how, PredictionKind.Heuristic, Math.Max(near.High - near.Value, near.Value - near.Low)),
                Claim.AtLeast("crystal-effective", DisplayText.Of($"at small noise (σ = {Levels[0]:G2}) local proposals have more effective candidates"), 1, gain, Paper + ", figure 6c", DisplayText.Of($"means over {Targets} targets, 95 % interval"), PredictionKind.Heuristic, half),
                Claim.AtMost("crystal-orbit", "lower end of the interval of the variance of the gradient of exact orbit targets over that of augmented ones, the largest of the noise levels: at none is it above 1", 1, orbit.Max(one => one.Low), Paper, DisplayText.Of($"{GradientSamples} single samples, the same for both; joint bootstrap intervals of 95 %, which lie wholly below 1 at {below} of {Levels.Length} levels"), PredictionKind.Bound) with
                { Lacks = below > 0 ? "" : "no interval lies below 1: nothing can be told" },
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-11",
                    Title = DisplayText.Of($"Crystals: {effective[2, 0] / effective[1, 0]:G2} times as many candidates count with local proposals at σ = {Levels[0]:G2}, as many at {Levels[last]:G2}"),
                    Caption = DisplayText.Of($"(a) Variance of the gradient of a single sample at the initial parameters of a network, over that of augmented score targets on the same samples; bands: joint bootstrap intervals of 95 %. At large noise scores vanish, and what the network gives is all of the gradient. (b) Effective number of the {Candidates} candidates. Three atoms on a line of period 1 under common translations, wrapped normal noise; local proposals have the width 2σ. The network has the sine and cosine of the atoms as inputs and 24 tanh units."),
                    Panels =
                    [
                        new Panel { Title = "gradient", X = new Axis("noise level σ", true), Y = new Axis("variance over augmented"), Series = [.. Enumerable.Range(1, 3).Select(Relative)] },
                        new Panel
                        {
                            Title = "candidates", X = new Axis("noise level σ", true), Y = new Axis("effective candidates"),
                            Series = [.. Enumerable.Range(1, 2).Select(k => new Series { Label = Kinds[k].Label, X = Levels, Y = [.. Levels.Select((_, at) => effective[k, at])], Color = Kinds[k].Color, Role = SeriesRole.Simulation })],
                        },
                    ],
                },
            ],
        };

        Series Relative(int k) => new()
        {
            Label = Kinds[k].Label,
            X = Levels,
            Y = [.. Levels.Select((_, at) => ratios[k, at].Value)],
            Lower = [.. Levels.Select((_, at) => ratios[k, at].Low)],
            Upper = [.. Levels.Select((_, at) => ratios[k, at].High)],
            Color = Kinds[k].Color,
            Role = SeriesRole.Simulation,
        };
    }

    private static GradientSpread Gradients(DiffusionProblem problem)
    {
        var design = new NetworkDesign(problem, new NoiseLevels(problem, problem.Sigma, 1, LossWeight.Uniform), [24], Numerics.Networks.Activation.Tanh, Equivariance.None);
        var parameters = new double[design.Shape.PaddedCount];
        design.Shape.Draw<double>(1, 0, parameters);
        var spread = new GradientSpread(design, problem.Estimator, GradientSamples, keeps: true);
        spread.Measure(parameters, new GaussianAddress(17, TrainingStreams.Gradients, 0, 0));
        return spread;
    }

    private static DrawnMean EffectiveCandidates(DiffusionProblem problem) => EstimatorDraws.Of(problem, Targets, 1, 1, CancellationToken.None).Effective;
}
