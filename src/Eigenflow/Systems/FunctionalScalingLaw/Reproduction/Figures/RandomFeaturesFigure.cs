using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 11: random features with the normalisation that makes their spectrum that of the data.</summary>
internal static class RandomFeaturesFigure
{
    private const long Features = 1000;
    private const double Capacity = 2;
    private const int Draws = 8;
    private const int Replicas = 200;
    private static readonly long[] Sizes = [50, 200];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> spectra = [], losses = [];
        List<double> levels = [], errors = [];
        for (var k = 0; k < Sizes.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)k / Sizes.Length, "random features"));
            var size = Sizes[k];
            var problem = new ScalingLawProblem { Capacity = Capacity, Difficulty = 0.5, Features = Features, ModelSize = size, Noise = 0.04, Projection = Projection.Random }.With("wsd", 0.1, 100_000);
            var modes = problem.Modes();
            double[] numbers = [.. Enumerable.Range(1, (int)size).Select(j => (double)j)];
            spectra.Add(new Series { Label = $"M = {size}", X = numbers, Y = modes.Eigenvalues, Color = k, Style = SeriesStyle.Points, Expected = [.. numbers.Select(j => Math.Pow(j, -Capacity))] });

            // The middle of the spectrum: the first eigenvalues fluctuate, the last ones feel the end of the model.
            int from = 2, to = (int)size / 5;
            var best = (problem with { Projection = Projection.Top }).Modes();
            double[] ratios = new double[Draws], approximations = new double[Draws];
            for (var draw = 0; draw < Draws; draw++)
            {
                cancellation.ThrowIfCancellationRequested();
                var drawn = draw == 0 ? modes : (problem with { Seed = draw + 1 }).Modes();
                ratios[draw] = Math.Exp(Enumerable.Range(from, to - from).Average(j => Math.Log(drawn.Eigenvalues[j] * Math.Pow(j + 1, Capacity))));
                approximations[draw] = drawn.Approximation / best.Approximation;
            }

            var ratio = ratios.Average();
            claims.Add(Claim.Relative(
                $"random-spectrum-{size}", $"with w_j ~ N(0, I/M) the eigenvalues of W H Wᵀ are those of H, λ̂_j ≈ j^(−β) (β = 2, N = 1000, M = {size})", 1, ratio, 0.25, LawCurves.Derived,
                $"geometric mean of λ̂_j j^β over j = {from + 1} … {to}; with N(0, I), as printed, it is M times this, {DisplayNumber.Of(ratio * size)}; mean of {Draws} drawn W (seeds 1 to {Draws}), Student's interval", PredictionKind.Asymptotic, MeanOfRuns.Half(ratios))
                .At("M", size).At("draws", Draws).Over("0 < s ≤ 1"));
            levels.Add(ratio);
            errors.Add(approximations.Average());
            var random = problem.Run(new ExactMoments(), cancellation);
            var top = (problem with { Projection = Projection.Top }).Run(new ExactMoments(), cancellation);
            losses.Add(LawCurves.Of(random, "loss", $"M = {size}, random", k));
            losses.Add(LawCurves.Of(top, "loss", $"M = {size}, top", k, SeriesStyle.Dashed) with { Role = SeriesRole.Theory });
            var sgd = (problem with { Schedule = new Schedules.LearningRateSchedule(problem.Schedule.Shape, 0.1, 3000) }).Run(new OnlineSgd { Replicas = Replicas, Points = 20, Threads = 1, Seed = 4 }, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var theory = (problem with { Schedule = new Schedules.LearningRateSchedule(problem.Schedule.Shape, 0.1, 3000) }).Run(new ExactMoments { AtSteps = sgd.Steps() }, cancellation);
            var distance = MeanOfRuns.Of(sgd, theory, "loss", firstStep: 1);
            claims.Add(distance.Claim(
                $"random-sgd-{size}", $"SGD on random features in their eigenbasis follows the exact moments (s = 0.5, β = 2, N = 1000, M = {size}, σ² = 0.04, a = 0.1, K = 3000)", Replicas, null, LawCurves.Derived,
                $"largest distance in standard errors of the mean of {Replicas} runs over {distance.Rows} recorded steps; seed 4", PredictionKind.Exact)
                .UpTo(3000, "k").At("M", size));
            claims.Add(Claim.AtMost(
                $"random-approximation-{size}", $"random features leave at most a few times the approximation error of the top ones (s = 0.5, β = 2, N = 1000, M = {size})", 5,
                approximations.Average(), LawCurves.Paper, $"ratio of D_M, mean of {Draws} drawn W (seeds 1 to {Draws}), Student's interval; the bound 5 stands for a constant", PredictionKind.Asymptotic, MeanOfRuns.Half(approximations))
                .At("M", size).At("draws", Draws).Over("0 < s ≤ 1"));
        }

        spectra.Add(LawCurves.Function(LawCurves.Logarithmic(1, Sizes[^1], 60), j => Math.Pow(j, -Capacity), "j^{−β}", CurveColors.Neutral));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-11",
                    Title = $"{Headline.Departure("Random features: λ̂_j", "j^{−β}", levels.Max(level => Math.Abs(level - 1)))}, D_M {DisplayNumber.Range(errors.Min(), errors.Max(), 2)} times that of the top",
                    Caption = "(a) Eigenvalues of W H Wᵀ for w_j ~ N(0, I/M) (dots) and the law j^{−β} (line). (b) Exact loss of SGD on random features (lines) and on the top ones (dashed). s = 0.5, β = 2, N = 1000, σ² = 0.04, B = 1, WSD with a = 0.1, K = 10^{5}; seed 1.",
                    Panels =
                    [
                        new Panel { Title = "spectrum", X = new Axis("mode j", true), Y = new Axis("eigenvalue", true), Series = spectra },
                        new Panel { Title = "loss", X = new Axis("step k", true), Y = new Axis("excess risk E", true), Series = losses },
                    ],
                },
            ],
        };
    }
}
