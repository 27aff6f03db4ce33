using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the mean of online SGD follows its mean-field theory, the noise floor, and fluctuations grow with the exponent.</summary>
internal static class SgdClaims
{
    private const int Dimension = 100;

    // That of figure 5.
    private const int PaperDimension = 300;

    private const double LearningRate = 2e-4;
    private const double Noise = 0.05;
    private const long Steps = 400_000;
    private const int Replicas = 40;
    private static readonly double[] Exponents = [0.5, 1, 1.5];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var fluctuations = new double[Exponents.Length];
        var farthest = 0.0;
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = new PhaseRetrievalProblem
            {
                Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]),
                Teacher = Teacher.Ones(),
                Start = Start.Alternating(),
                Noise = Noise,
            };
            var sgd = problem.Solve(
                new OnlineSgd { LearningRate = LearningRate, Steps = Steps, Replicas = Replicas, Threads = 1, Points = 40 }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            var theory = problem.Solve(new SgdTheory { LearningRate = LearningRate, AtSteps = [.. sgd["step"].Select(step => (long)step)] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var name = $"a = {DisplayNumber.Of(Exponents[k])}";
            foreach (var (observable, symbol) in new[] { ("u", "u"), ("s", "s"), ("mse", "MSE") })
            {
                var distance = MeanOfRuns.Of(sgd, theory, observable, firstStep: 100);
                farthest = Math.Max(farthest, distance.Largest);
                claims.Add(distance.Claim(
                    $"sgd-mean-{observable}-a{DisplayNumber.Of(Exponents[k])}", FormattableString.Invariant($"the mean of {symbol} over SGD runs follows the mean-field theory ({name}, d = {Dimension}, η = {DisplayNumber.Of(LearningRate, 2)}, σ² = {Noise})"), Replicas, null,
                    Curves.Derived, $"largest distance in standard errors of the mean of {Replicas} runs, over {distance.Rows} recorded steps (correlated, being of the same runs), each of which has to be within 4; seed 1", PredictionKind.Heuristic)
                    .UpTo(sgd.Times[^1]).At("d", Dimension));
            }

            // Standard deviation between runs of u at the end of the trajectory, where all have converged.
            fluctuations[k] = Enumerable.Range(0, sgd.Times.Length).Where(row => sgd.Times[row] > 0.5 * sgd.Times[^1])
                .Select(row => sgd["u-se"][row] * Math.Sqrt(Replicas)).Average();
            panels.Add(new Panel
            {
                Title = name,
                X = new Axis("flow time t = ηn", true),
                Y = new Axis("MSE, u, s", true),
                Series =
                [
                    .. Pair("mse", "MSE", CurveColors.Error), .. Pair("u", "u", CurveColors.Overlap), .. Pair("s", "s", CurveColors.SelfOverlap),
                    SolutionSeries.Key($"SGD, mean of {Replicas} runs", SeriesStyle.Points),
                    SolutionSeries.Key("mean-field theory", SeriesStyle.Line),
                ],
            });

            Series[] Pair(string observable, string label, int color) =>
                [SolutionSeries.Of(sgd, observable, label, color, SeriesStyle.Points).Against(theory, observable), SolutionSeries.Of(theory, observable, label, color)];
        }

        for (var k = 1; k < Exponents.Length; k++)
        {
            claims.Add(Claim.AtLeast(
                $"sgd-fluctuations-a{DisplayNumber.Of(Exponents[k])}", $"fluctuations of u between runs are larger for a = {DisplayNumber.Of(Exponents[k])} than for a = {DisplayNumber.Of(Exponents[k - 1])}", fluctuations[k - 1], fluctuations[k],
                $"{Curves.Paper}, figure 5", $"standard deviation of u over {Replicas} runs, averaged over the recorded steps of the last half; the bound is that of the smaller exponent; interval of a single step, with that of the bound added", PredictionKind.Asymptotic,
                1.96 * (fluctuations[k] + fluctuations[k - 1]) / Math.Sqrt(2 * (Replicas - 1))).UpTo(LearningRate * Steps).At("d", Dimension, PaperDimension).At("runs", Replicas));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "sgd-theory",
                    Title = Headline.Errors($"Mean of {Replicas} runs of online SGD", "its mean-field theory", farthest),
                    Caption = FormattableString.Invariant($"Mean of {Replicas} runs of online SGD (dots; bars: 10 to 90 % of the runs) and the mean-field theory (lines). d = {Dimension}, η = {DisplayNumber.Of(LearningRate, 2)}, σ² = {Noise}, B = 1, s* = 1, teacher all ones, alternating start."),
                    Panels = panels,
                },
            ],
        };
    }
}
