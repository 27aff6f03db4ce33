using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Simulated students against the theories, for several spectra, and all methods in one picture.</summary>
internal static class SimulationClaims
{
    private const int Draws = 20;

    // The loudest mode is most of the power law: its draws are skewed.
    private const int SkewedDraws = 100;

    // One per cent of the first error, which is the smallest that is compared: draws scatter by factors there.
    private const double Smallest = 5e-3;
    private const double Shown = 1e-3;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        (string Name, string Words, MultiscaleProblem Problem)[] cases =
        [
            ("two-scales", "n = 300, d = 200, p = 120, κ = 50, σ = 0.2", Lab.TwoScale(300, 200, 120, 50, 0.04)),
            ("three-scales", "n = 300, d = 180, scales 1, 0.1, 0.01 of 60 features each, σ = 0.2", new() { Samples = 300, Scales = FeatureScales.Of([1, 0.1, 0.01], [60, 60, 60]), Noise = 0.04 }),
            ("power-law", "n = 80, d = 200, s_j² = j^{−1.5}, a teacher of ones, σ = 0.1", new() { Samples = 80, Scales = FeatureScales.PowerLaw(200, 1.5), Teacher = LatentTeacher.Ones, Noise = 0.01 }),
            ("weight-decay", "n = 110, d = 100, p = 70, κ = 30, σ = 0.2, λ = 10^{−3}", Lab.TwoScale(110, 100, 70, 30, 0.04) with { Ridge = 1e-3 }),
        ];
        var claims = new List<Claim>();
        foreach (var (k, (name, words, problem)) in cases.Index())
        {
            progress?.Report(new Progress(0.2 * k, name));
            var times = Lab.Times(0.3, 3e5, 25);
            var draws = problem.Teacher.IsRandom ? Draws : SkewedDraws;
            var flow = Lab.Solve(problem, new GradientFlow { Times = times }, cancellation);
            var runs = Lab.Solve(problem, new Simulation { Times = times, Replicas = draws, Seed = 31 + k, IsRotated = k == 3 }, cancellation);
            foreach (var column in (string[])["error", "alignment"])
                claims.Add(Compared(runs, flow, column).Claim($"flow-{name}-{column}", $"the {column} of simulated gradient flow is that of the theory ({words})", draws, null, Lab.Derived, $"largest distance over {times.Length} times up to 3·10^{{5}}, in standard errors; above 1 % of the first error", PredictionKind.Asymptotic).UpTo(times[^1]).At("d", problem.Dimension));
        }

        var extra = Lab.TwoScale(150, 100, 50, 30);
        var rate = DrawnMethod.RateOf(extra, null);
        double[] rows = [.. TimeGrid.Steps(100_000, 31)[1..].Select(step => step * rate)];
        var theory = Lab.Solve(extra, new FiniteSize { Update = StudentUpdate.Descent, Times = rows, Replicas = Draws, Seed = 41 }, cancellation);
        var stepped = Lab.Solve(extra, new Simulation { Update = StudentUpdate.Descent, IsStepped = true, Times = rows, Replicas = Draws, Seed = 41 }, cancellation);
        progress?.Report(new Progress(0.9, "one picture"));
        var mean = MeanOfRuns.Of(Enumerable.Range(0, stepped.Rows).Where(row => stepped["error"][row] > Smallest).Select(row => (stepped["error"][row], theory["error"][row], stepped["error-se"][row])));
        claims.Add(mean.Claim("descent-steps", "gradient descent step by step follows the theory at finite sizes on the same inputs (n = 150, d = 100, p = 50, κ = 30, σ = 0)", Draws, 100, Lab.Paper + ", Eqs. 9–10", "largest distance over the saved steps, in standard errors", PredictionKind.Exact).UpTo(rows[^1]));
        var exact = Lab.Solve(extra, new GradientFlow { Until = rows[^1], Points = 120 }, cancellation);
        var form = Lab.Solve(extra, new PaperForm { Until = rows[^1], Points = 120 }, cancellation);
        var dots = Lab.Curve(stepped, "gradient descent", 1, SeriesStyle.Points).Thinned(18).Against(exact, "error", "t").Where((time, _) => stepped["error"][Array.IndexOf(stepped["t"], time)] > Shown);
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "methods",
                    Title = $"{Headline.Errors($"Gradient descent (mean of {Draws})", "theory at finite sizes", mean.Largest)}",
                    Caption = $"Test error over time. Dots: gradient descent step by step, mean of {Draws} draws, bars from the 10 to the 90 % quantile, below against the exact flow; lines: theory at finite sizes for the same inputs, exact flow for large n and d; dashed: the paper's closed form. n = 150, d = 100, p = 50, κ = 30, σ = 0, η = 1/Λ_max.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "test error",
                            X = new Axis(Lab.Time, true, 0.1, rows[^1]),
                            Y = new Axis(Lab.Error, true, Shown),
                            Series = [Lab.Curve(exact, "flow (exact)", CurveColors.Neutral), Lab.Curve(theory, "finite sizes", 0) with { Lower = null, Upper = null, Role = SeriesRole.Theory }, Lab.Curve(form, "closed form", 2, SeriesStyle.Dashed), dots],
                        },
                    ],
                },
            ],
        };
    }

    private static MeanOfRuns Compared(Solution runs, Solution theory, string column) => MeanOfRuns.Of(
        Enumerable.Range(0, runs.Rows).Where(row => theory[column][row] > Smallest).Select(row => (runs[column][row], theory[column][row], runs[column + "-se"][row])));
}
