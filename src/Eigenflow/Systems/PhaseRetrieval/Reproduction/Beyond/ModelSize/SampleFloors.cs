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
    private const double LateSteps = 1e4;
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
            var theory = problem.Solve(new SgdTheory { LearningRate = LearningRate, Steps = TheorySteps, AtSteps = [.. Saved()] }, null, cancellation);
            var sgd = problem.Solve(new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Seed = Seed, Points = 30 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var name = $"p = {DisplayNumber.Of(size)}";
            claims.Add(Claim.Relative(
                $"sample-floor-theory-p{DisplayNumber.Of(size)}", $"SGD at a constant rate ends at L_p (1 + η(12 + 48 w*ᵀQ²w*)) (theory, {name}, a = 2, η = {DisplayNumber.Of(LearningRate)}, B = 1, σ² = 0)",
                (raised / floor) - 1, (theory["loss"][^1] / floor) - 1, 0.1, Curves.Derived, "mean-field theory of SGD at its last step; relative rise of the floor", PredictionKind.Asymptotic)
                .UpTo(TheorySteps, "n").At("p", size).Over("η → 0, p ≫ 1"));

            // While modes are learned, those that are not yet are noise as well: of the same relative size, within the tenth of the floor itself.
            var flow = problem.Solve(new GradientFlow { Times = [.. theory["t"].Where(time => time > 0)], KeepsDenseOutput = false }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            double Ratio(int row) => theory["loss"][row] / flow["loss"][row - (theory["loss"].Length - flow["loss"].Length)];
            var worst = Enumerable.Range(0, theory["step"].Length).Where(row => theory["step"][row] >= LateSteps).Max(Ratio) - 1;
            claims.Add(Claim.AtMost(
                $"sample-law-p{DisplayNumber.Of(size)}", $"the loss of SGD against ηn is that of the flow up to a factor 1 + 1.1 η(12 + 48 w*ᵀQ²w*), so that its exponents are those of the flow (theory, {name}, n ≥ 10^{{4}})", 1.1 * ((raised / floor) - 1), worst,
                Curves.Derived, "largest relative excess of the mean-field theory of SGD over the flow", PredictionKind.Heuristic).UpTo(TheorySteps, "n").At("p", size).Over("n ≥ 10^{4}"));
            claims.Add(Claim.Relative(
                $"sample-floor-p{DisplayNumber.Of(size)}", $"SGD itself is at the loss of its theory ({name}, n = 10^{{5}}, {Replicas} runs)", AtStep(theory, Steps), sgd["loss"][^1], 0.03, Curves.Derived,
                $"mean loss of {Replicas} runs at the last step; two standard errors", PredictionKind.Heuristic, 2 * sgd["loss-se"][^1]) with
            { Interval = "two standard errors" });
            series.Add(new Series { Label = "", X = [1e4, TheorySteps], Y = [raised, raised], Style = SeriesStyle.Dotted, Value = size });
            series.Add(SolutionSeries.Of(theory, "loss", name, 0, abscissa: "step") with { Value = size });
            series.Add(SolutionSeries.Of(sgd, "loss", "", 0, SeriesStyle.Points, "step") with { Value = size });
        }

        series.Add(SolutionSeries.Key("SGD", SeriesStyle.Points));
        series.Add(SolutionSeries.Key("theory", SeriesStyle.Line));
        return (new Panel { Title = $"samples, a = 2, d = {DisplayNumber.Of(Dimension)}", X = new Axis("samples n", true, 100), Y = new Axis("L", true), Series = series }, claims);
    }

    // A logarithmic grid that has the last step of the runs.
    private static IEnumerable<long> Saved() => Enumerable.Range(0, 60).Select(k => (long)Math.Round(100 * Math.Pow(TheorySteps / 100.0, k / 59.0))).Append(Steps).Distinct().Order();

    private static double AtStep(Solution solution, long step) => solution["loss"][Array.IndexOf(solution["step"], step)];
}
