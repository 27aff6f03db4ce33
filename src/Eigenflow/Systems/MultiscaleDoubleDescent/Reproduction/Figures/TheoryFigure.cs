using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Figure 3: gradient descent against the theory at finite sizes, and ridge regression against its exact limit and the closed form.</summary>
internal static class TheoryFigure
{
    private const int Draws = 40;
    private const int Theories = 20;
    private const double Shown = 1e-3;
    private const double LargestConditionOfForm = 1e3;

    // One per cent of the first error: draws scatter by factors below.
    private const double Smallest = 5e-3;
    private static readonly double[] Conditions = [1, 50, 1e5];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> left = [SolutionSeries.Key("theory, mean over inputs", SeriesStyle.Line), SolutionSeries.Key("gradient descent", SeriesStyle.Points)];
        List<Series> right = [SolutionSeries.Key("exact", SeriesStyle.Line), SolutionSeries.Key("closed form", SeriesStyle.Dashed), SolutionSeries.Key("ridge regression", SeriesStyle.Points)];
        var (largest, farthest) = (0.0, 0.0);
        for (var k = 0; k < Conditions.Length; k++)
        {
            var condition = Conditions[k];
            progress?.Report(new Progress((double)k / Conditions.Length, $"κ = {DisplayNumber.Of(condition)}"));
            var label = $"κ = {DisplayNumber.Of(condition)}";
            var problem = Lab.TwoScale(150, 100, 60, condition);
            var times = Lab.Times(0.25, 2.5e5, 31);
            var theory = Lab.Solve(problem, new FiniteSize { Update = StudentUpdate.Descent, Times = times, Replicas = Theories, Seed = 11 }, cancellation);
            var descent = Lab.Solve(problem, new Simulation { Update = StudentUpdate.Descent, Times = times, Replicas = Draws, Seed = 12 }, cancellation);
            var (mean, rows) = Rows(descent, theory);
            largest = Math.Max(largest, mean.Largest);
            claims.Add(mean.Claim($"descent-k{Lab.Name(condition)}", $"gradient descent follows the theory at finite sizes (n = 150, d = 100, p = 60, {label}, σ = 0)", Draws, 100, Lab.Paper + ", Eqs. 9–10", $"largest distance over {rows} times, in standard errors of the difference; η = 1/Λ_max; errors above 1 % of the first", PredictionKind.Exact).UpTo(times[^1]));
            left.Add(Lab.Curve(theory, label, k) with { Lower = null, Upper = null, Value = condition, Role = SeriesRole.Theory });
            left.Add((Lab.Curve(descent, label, k, SeriesStyle.Points) with { Value = condition }).Thinned(16).Against(theory, "error", "t").Where(IsShown(descent)));

            var exact = Lab.Solve(problem, new RidgePath { Along = "ridge", At = [.. times.Select(time => 1 / time)] }, cancellation);
            var form = Lab.Solve(problem, new PaperForm { Times = times }, cancellation);
            var ridge = Lab.Solve(problem, new Simulation { Update = StudentUpdate.Ridge, Times = times, Replicas = Draws, Seed = 13 }, cancellation);
            var dots = (Lab.Curve(ridge, label, k, SeriesStyle.Points) with { Value = condition }).Against(exact, "error", "t");
            right.Add(Lab.Curve(exact, label, k) with { Value = condition });
            right.Add(Lab.Curve(form, label, k, SeriesStyle.Dashed) with { Value = condition });
            right.Add(dots.Thinned(16).Where(IsShown(ridge)));
            var ridgeMean = MeanOfRuns.Of(Enumerable.Range(0, ridge.Rows).Where(row => ridge["error"][row] > Smallest).Select(row => (ridge["error"][row], new ExactTheory(problem).Ridge(1 / times[row]).Error, ridge["error-se"][row])));
            claims.Add(ridgeMean.Claim($"ridge-k{Lab.Name(condition)}", $"ridge regression follows its exact limit (n = 150, d = 100, p = 60, {label}, σ = 0)", Draws, 100, Lab.Derived, "largest distance over the ridges, in standard errors; errors above 1 % of the first", PredictionKind.Asymptotic).UpTo(times[^1], "1/λ").At("d", 100));
            if (condition <= LargestConditionOfForm)
                farthest = Math.Max(farthest, Enumerable.Range(0, times.Length).Max(row => exact["error"][times.Length - 1 - row] / form["error"][row]));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = $"{Headline.Errors($"Gradient descent (mean of {Draws})", "its theory", largest)}; the closed form is up to {DisplayNumber.Of(farthest, 2)} times too low",
                    Scale = Lab.Conditions,
                    Caption = $"Test error of gradient descent over time (a) and of ridge regression over 1/λ (b). Dots: mean of {Draws} draws, bars from the 10 to the 90 % quantile; lines: theory at finite sizes averaged over {Theories} other draws of the inputs (a), the exact limit (b); dashed: the paper's closed form. "
                        + "n = 150, d = 100, p = 60, σ = 0, η = 1/Λ_max.",
                    Panels =
                    [
                        new Panel { Title = "gradient descent", X = new Axis(Lab.Time, true), Y = new Axis(Lab.Error, true, Shown), Series = left },
                        new Panel { Title = "ridge regression", X = new Axis("1/λ", true), Y = new Axis(Lab.Error, true, Shown), Series = right },
                    ],
                },
            ],
        };
    }

    private static Func<double, int, bool> IsShown(Solution solution) => (time, _) => solution["error"][Array.IndexOf(solution["t"], time)] > Shown;

    // Both are means over draws: the error of their difference counts.
    private static (MeanOfRuns Mean, int Rows) Rows(Solution runs, Solution theory)
    {
        int[] rows = [.. Enumerable.Range(0, runs.Rows).Where(row => theory["error"][row] > Smallest)];
        return (MeanOfRuns.Of(rows.Select(row => (runs["error"][row], theory["error"][row], Math.Sqrt(Square(runs["error-se"][row]) + Square(theory["error-se"][row]))))), rows.Length);
    }

    private static double Square(double value) => value * value;
}
