using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figures 1 and 2: risk of one-pass SGD of the models, where the quadratic one has a better exponent and where it has not.</summary>
internal static class SeparationFigures
{
    private const long Steps = 100_000;
    private const int Replicas = 16;

    public static ReproductionResult Separated(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (panel, claims, ends) = Panel(QuadraticCurves.Steep, progress, cancellation);
        var (ratio, half) = Ratio(ends, cancellation);
        claims.Add(Claim.AtLeast(
            "separation-order", $"α > β: the signed model ends below the linear one (α = 3, β = 1.5, M = 200, T = 10^{{5}}, η = 0.05)", 1, ratio, QuadraticCurves.Paper,
            $"ratio of the mean final risks of {Replicas} runs, linear over signed; seed 1", PredictionKind.Asymptotic, half).UpTo(Steps, "T").At("M", 200).At("runs", Replicas));
        return Result(
            1, $"Where the spectrum falls faster, signed SGD ends at {DisplayNumber.Of(1 / ratio, 3)} of the linear risk",
            "α = 3, β = 1.5, M = 200, d = 2 × 10^{5}, σ² = 0.25, η = 0.05, w₀ = c = 0.5, geometric schedule of base 2. Signed and linear model start at w = 0, the positive one at w₀.", panel, claims);
    }

    public static ReproductionResult Together(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (panel, claims, ends) = Panel(QuadraticCurves.Gentle, progress, cancellation);
        var (ratio, _) = Ratio(ends, cancellation);
        return Result(
            2, $"Where the signal falls faster, {DisplayNumber.Of(1 / ratio, 3)} of the linear risk, but no exponent gained",
            "α = 1.5, β = 2.5, M = 200, d = 2 × 10^{5}, σ² = 1, quadratic η = 0.2 D^{−1/2} with D = T^{0.4}, linear η = 0.2 T^{−0.4}, w₀ = c = min w*/2, geometric schedule of base 2. That the exponents agree is a claim of figure 3; constants are not claimed.", panel, claims);
    }

    private static ReproductionResult Result(int number, string title, string caption, Panel panel, List<Claim> claims) => new()
    {
        Claims = claims,
        Figures =
        [
            new Figure
            {
                Id = $"figure-{number}",
                Title = title,
                Caption = $"Excess risk against steps: mean of {Replicas} runs (dots; bars: 10 to 90 % of the runs) and its theory (lines; exact for the linear model, closed moments for the others, low during the first tens of steps). " + caption,
                Panels = [panel],
            },
        ],
    };

    private static (Panel Panel, List<Claim> Claims, Dictionary<QuadraticModel, (double Mean, double Error)> Ends) Panel(QuadraticProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series>();
        var claims = new List<Claim>();
        var ends = new Dictionary<QuadraticModel, (double, double)>();
        foreach (var (index, (model, name, color)) in QuadraticCurves.Models.Index())
        {
            progress?.Report(new Progress((double)index / QuadraticCurves.Models.Length, "running SGD"));
            var one = problem with { Model = model };
            var rate = QuadraticCurves.Rate(one, Steps);
            var runs = one.Run(new QuadraticSgd { LearningRate = rate, Steps = Steps, ScheduleShape = QuadraticCurves.Geometric, Replicas = Replicas, Points = 40, Threads = 1 }, cancellation);
            var theory = one.Theory(rate, Steps, cancellation, runs.Steps());
            series.Add(SolutionSeries.Of(theory, "risk", name, color, model == QuadraticModel.Linear ? SeriesStyle.Line : SeriesStyle.Dashed, "step"));
            series.Add(SolutionSeries.Of(runs, "risk", name, color, SeriesStyle.Points, "step").Against(theory, "risk", "step"));
            ends[model] = (runs["risk"][^1], runs["risk-se"][^1]);
            claims.Add(Final(one, name, runs, theory));
        }

        return (new Panel { X = new Axis("step k", true), Y = new Axis("excess risk R", true), Series = [.. series, SolutionSeries.Key($"mean of {Replicas} runs", SeriesStyle.Points), SolutionSeries.Key("exact", SeriesStyle.Line), SolutionSeries.Key("closed moments", SeriesStyle.Dashed)] }, claims, ends);
    }

    // The last step alone: the largest of many rows of 16 skewed runs says little of their mean. Ensembles of 4000 runs are in the claims of moments.
    private static Claim Final(QuadraticProblem problem, string name, Solution runs, Solution theory)
    {
        var isExact = problem.Model == QuadraticModel.Linear;
        return Claim.Relative(
            $"final-{name}-{QuadraticCurves.Id(problem)}", $"{(isExact ? "the exact recursion gives" : "closed moments give")} the mean final risk within 2 % ({name}, {QuadraticCurves.Case(problem)}, M = 200, T = 10^{{5}})", theory["risk"][^1], runs["risk"][^1], 0.02, QuadraticCurves.Derived,
            $"mean of {Replicas} runs with Student's interval, seed 1", isExact ? PredictionKind.Exact : PredictionKind.Heuristic, MeanOfRuns.Half(runs["risk-se"][^1], Replicas)).UpTo(Steps, "k").At("M", problem.ModelSize).At("runs", Replicas);
    }

    private static (double Ratio, double Half) Ratio(Dictionary<QuadraticModel, (double Mean, double Error)> ends, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var ((linear, linearError), (signed, signedError)) = (ends[QuadraticModel.Linear], ends[QuadraticModel.Signed]);
        var ratio = linear / signed;
        return (ratio, ratio * MeanOfRuns.Half(Math.Sqrt(Math.Pow(linearError / linear, 2) + Math.Pow(signedError / signed, 2)), Replicas));
    }
}
