using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 4: schedule, loss against steps and against intrinsic time, and the optimal schedule on both sides of the boundary.</summary>
internal static class DemoFigure
{
    private const long Steps = 10_000;
    private const double Peak = 0.1;
    private const int Replicas = 200;
    private const double Capacity = 3;
    private const double Horizon = 1e5;

    // Rates fall to zero at the end.
    private const double SmallestRate = 1e-4;
    private static readonly double[] Difficulties = [0.1, 0.3, 0.5, 2.0 / 3, 0.8, 1.2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new ScalingLawProblem { Capacity = Capacity, Difficulty = 0.5, Features = 1024, ModelSize = 256, Noise = 0.25 };
        List<Series> rates = [], steps = [], times = [];
        var claims = new List<Claim>();
        var ends = new List<(string Name, double Loss)>();
        var cases = new[] { ("constant", "constant"), ("cosine", "cosine"), ("wsd", "WSD") };
        for (var k = 0; k < cases.Length; k++)
        {
            var (schedule, name) = cases[k];
            var run = problem.With(schedule, Peak, Steps);
            var sgd = run.Run(new OnlineSgd { Replicas = Replicas, Points = 80, Threads = 1, Seed = 3 }, cancellation, PartOfProgress.Of(progress, k, cases.Length));
            cancellation.ThrowIfCancellationRequested();
            var exact = run.Run(new ExactMoments(), cancellation);
            var expected = run.Run(new ExactMoments { AtSteps = sgd.Steps() }, cancellation);
            var color = CurveColors.Schedule(schedule);
            ends.Add((name, exact["loss"][^1]));
            rates.Add(LawCurves.Of(exact, "rate", name, color, keepsZero: true));
            steps.Add(LawCurves.Of(exact, "loss", name, color));
            steps.Add(LawCurves.Of(sgd, "loss", name, color, SeriesStyle.Points).Against(expected, "loss", "step"));
            times.Add(LawCurves.Of(exact, "loss", name, color, abscissa: "t"));
            times.Add(LawCurves.Of(sgd, "loss", name, color, SeriesStyle.Points, "t").Against(expected, "loss", "t"));
            var distance = MeanOfRuns.Of(sgd, expected, "loss", firstStep: 1);
            claims.Add(distance.Claim(
                $"demo-sgd-{name.ToLowerInvariant()}", $"the mean loss of SGD is that of the exact moments ({name}, s = 0.5, β = 3, N = 1024, M = 256, σ² = 0.25, a = 0.1, K = 10^{{4}}, B = 1)", Replicas, Lab.PaperRuns, LawCurves.Derived,
                $"largest distance in standard errors of the mean of {Replicas} runs over {distance.Rows} recorded steps (correlated), each of which has to be within 4; seed 3", PredictionKind.Exact)
                .UpTo(Steps, "k", Lab.PaperSteps).At("M", problem.ModelSize));
        }

        var modes = problem.Modes();
        times.Add(LawCurves.Function(LawCurves.Logarithmic(Peak, Peak * Steps, 80), time => modes.Approximation + (modes.SignalProfile(time) / 2), "approximation + signal", -1, SeriesStyle.Dotted));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = $"After 10^{{4}} steps E = {Headline.Ascending(ends)} from one peak",
                    Scale = new ColorScale("difficulty s"),
                    Caption = $"Three schedules, and the loss they lead to: mean of {Replicas} runs of SGD (dots; bars: 10 to 90 % of the runs) and exact mean (lines), against steps and against intrinsic time, with the approximation error and the signal that all schedules share (dotted). "
                        + $"s = 0.5, β = 3, N = 1024, M = 256, σ² = 0.25, B = 1, a = 0.1, K = 10^{{4}}. Last panel: the schedule that minimises the noise-dominated law over 10^{{5}} steps with η ≤ 0.1, σ²/B = 1, β = 3; by theory it is "
                        + "stable, then decays in the hard regime (s < 2/3), and is a 5th-power decay from a small peak in the easy one.",
                    Panels =
                    [
                        new Panel { Title = "schedule", X = new Axis("step k"), Y = new Axis("learning rate η", false, 0), Series = rates },
                        new Panel { Title = "loss against steps", X = new Axis("step k", true), Y = new Axis("excess risk E", true), Series = [.. steps, SolutionSeries.Key("exact mean", SeriesStyle.Line), SolutionSeries.Key($"SGD, mean of {Replicas} runs", SeriesStyle.Points)] },
                        new Panel { Title = "loss against intrinsic time", X = new Axis("intrinsic time t", true), Y = new Axis("excess risk E", true), Series = times },
                        new Panel { Title = "optimal schedule", X = new Axis("z/N"), Y = new Axis("η/η_{max}", true, SmallestRate), Series = [.. Difficulties.Select(Optimal)] },
                    ],
                },
            ],
        };
    }

    private static Series Optimal(double difficulty, int color)
    {
        var optimum = OptimalSchedule.Solve(new ScheduleObjective { Capacity = Capacity, Difficulty = difficulty }, Horizon, Peak);
        double[] places = [.. Enumerable.Range(0, 401).Select(k => 1 - Math.Pow(1 - (k / 400.0), 2))];
        return LawCurves.Function(places, x => optimum.RateAt(x * Horizon) / Peak, $"s = {(difficulty is > 0.66 and < 0.67 ? "2/3" : DisplayNumber.Of(difficulty))}", color) with { Value = difficulty };
    }
}
