using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Figure 6: gradient descent with and without a shrinkage that vanishes.</summary>
internal static class ShrinkageFigure
{
    private const int Draws = 12;
    private const long Steps = 100_000;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = Lab.TwoScale(120, 100, 70, 30);
        var rate = DrawnMethod.RateOf(problem, null);
        var method = new Simulation { Update = StudentUpdate.Descent, IsStepped = true, Replicas = Draws, Seed = 21, LearningRate = rate, Times = [.. TimeGrid.Steps(Steps, 100).Select(step => step * rate)] };
        var plain = Lab.Solve(problem, method, cancellation);
        progress?.Report(new Progress(0.5, "shrinkage"));
        var shrunk = Lab.Solve(problem, method with { Shrinkage = 0.6 }, cancellation);
        var (bump, rest) = (Bump(plain), Bump(shrunk));
        var largest = Enumerable.Range(0, plain.Rows).Max(row => plain["norm"][row]) - Enumerable.Range(0, plain.Rows).Max(row => shrunk["norm"][row]);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtLeast("bump", "without shrinkage the error rises after its first minimum (n = 120, d = 100, p = 70, κ = 30, σ = 0)", 0.05, bump, Lab.Paper + ", Figure 6", $"rise of the mean over {Draws} draws from its first minimum").UpTo(Steps, "k").At("runs", Draws, 100),
                Claim.AtMost("bump-shrunk", "a shrinkage by 1 + 0.6 ln(1 + e^{−0.001 k})/ln 2 takes more than half of the bump away: rise with over rise without", 0.5, rest / bump, Lab.Paper + ", Figure 6", "the same draws", PredictionKind.Heuristic).UpTo(Steps, "k").At("runs", Draws, 100),
                Claim.AtMost("norm-shrunk", "by making the norm smaller: largest Q with minus largest Q without", 0, -largest, Lab.Paper + ", Figure 6", "mean over draws", PredictionKind.Heuristic).UpTo(Steps, "k").At("runs", Draws, 100),
                Claim.Relative("end-shrunk", "and leaves the end as it is: error after 10^{5} steps", plain["error"][^1], shrunk["error"][^1], 0.02, Lab.Paper + ", Figure 6", "the same draws with and without", PredictionKind.Asymptotic).UpTo(Steps, "k").At("runs", Draws, 100),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = $"Shrinkage lowers the rise of the error from {DisplayNumber.Of(bump, 2)} to {DisplayNumber.Of(rest, 2)}, and leaves the end as it is",
                    Caption = $"Gradient descent step by step (dots: mean of {Draws} draws, bars from the 10 to the 90 % quantile): w ← w − η[(1 + α_k)XᵀXw − Xᵀy], α_k = α_0 ln(1 + e^{{−0.001 k}})/ln 2. n = 120, d = 100, p = 70, κ = 30, σ = 0, η = 1/Λ_max.",
                    Panels = [Panel("error", "test error", Lab.Error), Panel("norm", "norm", "norm Q")],
                },
            ],
        };

        Panel Panel(string column, string title, string label) => new()
        {
            Title = title,
            X = new Axis("step k", true),
            Y = new Axis(label, false, 0),
            Series = [Curve(plain, column, "α_0 = 0", 0), Curve(shrunk, column, "α_0 = 0.6", 1)],
        };

        Series Curve(Solution solution, string column, string label, int color)
        {
            var series = SolutionSeries.Of(solution, column, label, color, SeriesStyle.Points, "t");
            return (series with { X = [.. series.X.Select(time => Math.Round(time / rate))] }).Thinned(30);
        }
    }

    // From the first minimum to the highest point behind it.
    private static double Bump(Solution solution)
    {
        var phases = ErrorPhases.Of(solution["t"], solution["error"]);
        return phases[1] is { } top ? top.Error - phases[0]!.Value.Error : 0;
    }
}
