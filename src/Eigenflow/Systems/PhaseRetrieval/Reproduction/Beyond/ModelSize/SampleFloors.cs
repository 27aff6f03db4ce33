using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Part of the figure of model sizes: one-pass SGD of small students, its theory, and the floor that the unseen modes raise as label noise.</summary>
internal static class SampleFloors
{
    public const int Dimension = 2000;
    public const double LearningRate = 1e-3;
    private const double Exponent = 2;
    private const int Replicas = 24;
    private const long Seed = 3;

    // In steps; the last part of the rows is averaged.
    private const long Steps = 100_000, TheorySteps = 300_000;
    private static readonly int[] Sizes = [4, 8, 16];

    /// <summary>The panel and its claims.</summary>
    public static (Panel Panel, IReadOnlyList<Claim> Claims) Run(CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series>();
        foreach (var size in Sizes)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponent), Teacher = Teacher.Ones(), Start = Start.Alternating(), ModelSize = size };
            var modes = problem.Modes(cancellation: cancellation);
            var floor = modes.Target.LossFloor;
            var raised = floor * (1 + (LearningRate * (12 + (48 * modes.Moments(2).Teacher))));
            var theory = problem.Solve(new SgdTheory { LearningRate = LearningRate, Steps = TheorySteps, Points = 60 }, null, cancellation);
            var sgd = problem.Solve(new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Seed = Seed, Points = 30 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var name = $"p = {DisplayNumber.Of(size)}";
            claims.Add(Claim.Relative(
                $"sample-floor-theory-p{DisplayNumber.Of(size)}", $"SGD at a constant rate ends at L_p (1 + η(12 + 48 w*ᵀQ²w*)) (theory, {name}, a = 2, η = {DisplayNumber.Of(LearningRate)}, B = 1, σ² = 0)",
                (raised / floor) - 1, (theory["loss"][^1] / floor) - 1, 0.1, Curves.Derived, "mean-field theory of SGD at its last step; relative rise of the floor", PredictionKind.Asymptotic)
                .UpTo(TheorySteps, "n").At("p", size).Over("η → 0, p ≫ 1"));
            series.Add(new Series { Label = "", X = [1e4, TheorySteps], Y = [raised, raised], Style = SeriesStyle.Dotted, Value = size });
            series.Add(SolutionSeries.Of(theory, "loss", name, 0, abscissa: "step") with { Value = size });
            series.Add(SolutionSeries.Of(sgd, "loss", "", 0, SeriesStyle.Points, "step") with { Value = size });
        }

        series.Add(SolutionSeries.Key("SGD", SeriesStyle.Points));
        series.Add(SolutionSeries.Key("theory", SeriesStyle.Line));
        return (new Panel { Title = $"samples, a = 2, d = {DisplayNumber.Of(Dimension)}", X = new Axis("samples n", true, 100), Y = new Axis("L", true), Series = series }, claims);
    }
}
