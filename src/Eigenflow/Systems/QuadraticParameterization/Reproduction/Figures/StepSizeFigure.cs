using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 8: final risk against the step size, with the edges of stability, and the best step size against the samples.</summary>
internal static class StepSizeFigure
{
    private const long Steps = 10_000;
    private const int Replicas = 16;
    private const int Places = 13;
    private const double Tolerance = 0.1;
    private const double SafeParts = 4;

    private static readonly long[] Horizons = [1000, 2154, 4642, 10_000, 21_544, 46_416, 100_000];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series>();
        var lines = new List<ReferenceLine>();
        var best = new List<Series>();
        var claims = new List<Claim>();
        var optima = new List<string>();
        foreach (var (index, (model, name, color)) in QuadraticCurves.Models.Index().Where(pair => pair.Item.Model != QuadraticModel.Positive))
        {
            var problem = QuadraticCurves.Gentle with { Model = model, ModelSize = 180 };
            var edge = Stability.Of(problem).Edge;
            lines.Add(new ReferenceLine(edge, $"η_{{max}} {name}"));
            double[] rates = QuadraticCurves.Logarithmic(edge / 300, 0.9 * edge, Places), theory = new double[Places], median = new double[Places], low = new double[Places], high = new double[Places];
            for (var k = 0; k < Places; k++)
            {
                progress?.Report(new Progress((index + ((double)k / Places)) / 3, "step sizes"));
                var runs = problem.Run(new QuadraticSgd { LearningRate = rates[k], Steps = Steps, ScheduleShape = QuadraticCurves.Geometric, Replicas = Replicas, AtSteps = [Steps], Threads = 1 }, cancellation);
                var isWhole = runs.Rows > 0 && runs["step"][^1] == Steps;
                (median[k], low[k], high[k]) = isWhole ? (runs["risk-median"][^1], runs["risk-q10"][^1], runs["risk-q90"][^1]) : (double.NaN, double.NaN, double.NaN);
                theory[k] = Final(problem, rates[k], Steps, cancellation);
            }

            series.Add(new Series { Label = name, X = rates, Y = theory, Color = color, Style = model == QuadraticModel.Linear ? SeriesStyle.Line : SeriesStyle.Dashed });
            series.Add(new Series { Label = name, X = rates, Y = median, Lower = low, Upper = high, Color = color, Style = SeriesStyle.Points }.Where((_, row) => double.IsFinite(median[row])));
            double[] tuned = [.. Horizons.Select(samples => Best(problem, samples, cancellation))];
            var largest = edge / SafeParts;
            var isBound = tuned.All(rate => rate > 0.95 * largest);
            optima.Add(isBound ? $"the largest safe one, {DisplayNumber.Of(largest, 2)} ({name})" : $"{DisplayNumber.Of(tuned[3], 2)} ({name})");
            var x = Horizons.Select(samples => (double)samples).ToArray();
            best.Add(new Series { Label = name, X = x, Y = tuned, Color = color });
            var predicted = ScalingExponents.Of(problem).Rate;
            var fit = PowerLaw.Fit(x, tuned);
            claims.Add(Claim.Absolute(
                $"rate-exponent-{name}", $"the best step size is η ∝ T^x, x = {DisplayNumber.Of(predicted)} ({name}, α = 1.5, β = 2.5, M = 180, σ² = 1)", predicted, fit.Exponent, Tolerance, QuadraticCurves.Paper,
                "least squares over T = 10^{3} … 10^{5}, best step sizes by closed moments (exact for the linear model); 95 % interval; the claim needs T = e^{20}, where logarithms of the schedule are 5 %", PredictionKind.Asymptotic, fit.MeanHalf)
                .UpTo(x[^1], "T", Math.Exp(20)).Over("T → ∞, up to logarithms") with
            { Lacks = isBound ? "the best step size is the largest that is safe at all T, so that its exponent is not seen" : "" });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = $"Best step sizes at T = 10^{{4}}: {string.Join(", ", optima)}",
                    Caption = $"(a) Final excess risk against the step size: median of {Replicas} runs (dots; bars: 10 to 90 % of the runs that do not diverge) and theory (line exact, dashed closed moments as far as they are valid); vertical lines: edges of linear stability, which are not those of single runs. (b) Best step size up to a quarter of the edge by that theory against the samples; "
                        + "triangle: predicted exponent −0.4 (linear); the predicted −0.2 of the signed model is not seen where the limit is the best. α = 1.5, β = 2.5, M = 180, d = 2 × 10^{5}, σ² = 1, c = min w*/2, geometric schedule of base 2.",
                    Panels =
                    [
                        new Panel { Title = "final risk at T = 10^{4}", X = new Axis("step size η", true), Y = new Axis("final excess risk R", true), Series = [.. series, SolutionSeries.Key("SGD", SeriesStyle.Points)], Lines = lines },
                        new Panel { Title = "best step size", X = new Axis("samples T", true), Y = new Axis("best η", true), Series = best, Slopes = [best[1].Guide(1e4, 1e5, -0.4)] },
                    ],
                },
            ],
        };
    }

    private static double Final(QuadraticProblem problem, double rate, long steps, CancellationToken cancellation)
    {
        var theory = problem.Theory(rate, steps, cancellation, [steps]);
        return theory.Status.Outcome == SolveOutcome.Completed ? theory["risk"][^1] : double.NaN;
    }

    private static double Best(QuadraticProblem problem, long samples, CancellationToken cancellation)
    {
        var largest = Stability.Of(problem).Edge / SafeParts;
        return Math.Exp(ScalarMinimum.Find(logarithm => Final(problem, Math.Exp(logarithm), samples, cancellation) is var risk && double.IsFinite(risk) ? risk : double.MaxValue, Math.Log(largest / 200), Math.Log(largest), 9, 0.02).Place);
    }
}
