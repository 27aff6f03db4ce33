using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Exponents of the tuned risk against the batch, and the tuned risk itself at one budget.</summary>
internal static class BatchFigure
{
    private const double Difficulty = 0.3, Capacity = 4, Noise = 0.01;
    private const long Data = 1 << 14, Size = 64;
    private const int Runs = 50;
    private static readonly (double Difficulty, double Capacity)[] Others = [(0.1, 2), (0.1, 4), (0.3, 2), (0.3, 6)];
    private static readonly long[] Batches = [1, 4, 16, 64, 256, 1024];
    private static readonly long[] Simulated = [4, 64, 1024];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var exponents = ExponentCurves.Panel(Difficulty, Capacity, claims, cancellation);
        List<Panel> others = [];
        foreach (var (s, beta) in Others)
            others.Add(ExponentCurves.Panel(s, beta, claims, cancellation));
        progress?.Report(new Progress(0.2, "tuned risks"));
        var problem = MomentumLab.Problem(Difficulty, Capacity, Size, Noise);
        var modes = problem.Modes();
        var series = new List<Series>();
        var rows = new List<IReadOnlyList<string>>();
        var risks = new double[MomentumLab.Rules.Length][];
        foreach (var (k, (rule, name, id)) in MomentumLab.Rules.Index())
        {
            var best = Batches.Select(batch => MomentumLab.Tuned(modes, Noise, rule, Data / batch, batch, cancellation)).ToArray();
            risks[k] = [.. best.Select(one => one.Risk)];
            rows.AddRange(Batches.Zip(best, (batch, one) => (IReadOnlyList<string>)[name, DisplayNumber.Of(batch), DisplayNumber.Of(one.Rate, 3), DisplayNumber.Of(1 - one.Strength, 3), DisplayNumber.Of(one.Risk, 3)]));
            series.Add(new Series { Label = name, X = [.. Batches.Select(batch => (double)batch)], Y = risks[k], Color = k });
            var (dots, finals) = Simulate(problem, rule, best, cancellation);
            series.Add(dots with { Label = name, Color = k });
            claims.Add(MeanOfRuns.Of(finals).Claim(
                "momentum-runs-" + id, $"the mean risk of SGD at the tuned η and ρ is the exact one ({name}, s = 0.3, β = 4, σ = 0.1, D = 2^{{14}}, B = 4, 64, 1024)", Runs, Runs, LawCurves.Derived, $"largest distance in standard errors of the mean of {Runs} runs over three batches; seed 4", PredictionKind.Exact)
                .UpTo(Data, "D").At("M", Size));
            progress?.Report(new Progress(0.2 + (0.8 * (k + 1) / 3), "tuned risks"));
        }

        var (ratio, largest) = (risks[0][1] / risks[2][1], Batches[1]);
        claims.Add(Claim.Relative("printed-identical-risk", "Figure 1b: SGD, Polyak and Nesterov have the same risk at small batches, B < D^{b_{1}}; the ratio is one (s = 0.3, β = 4, σ = 0.1, D = 2^{14}, B = 4, b = 0.14 < 0.23)", 1, ratio, 0.1, MomentumLab.Paper, "tuned exact risk of SGD over that of Nesterov", PredictionKind.Asymptotic).UpTo(Data, "D").At("M", Size)
            .AsErratum("the exponents are the same, the constants are not"));
        claims.Add(Claim.AtMost("momentum-polyak-flat", "Polyak's tuned risk grows by less than a tenth from B = 1 to 64 (the same)", 1.1, risks[1][3] / risks[1][0], MomentumLab.Paper, "ratio of the tuned exact risks", PredictionKind.Asymptotic).UpTo(Data, "D").At("M", Size));
        claims.Add(Claim.AtLeast("momentum-sgd-falls-off", "while that of SGD grows by more than half (the same)", 1.5, risks[0][3] / risks[0][0], MomentumLab.Paper, "ratio of the tuned exact risks", PredictionKind.Asymptotic).UpTo(Data, "D").At("M", Size));
        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("momentum-batch", "Tuned exact risk against the batch", ["rule", "B", "η", "1 − ρ", "risk"], rows, "s = 0.3, β = 4, σ = 0.1, D = 2^{14} samples; upper bounds on the minimum, three digits.")],
            Figures =
            [
                new Figure
                {
                    Id = "beyond-momentum-batch",
                    Title = $"At B = {DisplayNumber.Of(largest)} tuned SGD has {DisplayNumber.Of(ratio, 3)} times the risk of Nesterov, Polyak {DisplayNumber.Of(risks[1][1] / risks[2][1], 3)} times",
                    Caption = $"(a) Exponent r of the tuned risk D^{{−r}} at the batch D^{{b}}: stated (lines), and local slope of the minimised loss law at D = 10^{{64}} (dots). s = 0.3, β = 4; kinks {ExponentCurves.Kinks(Difficulty, Capacity)}. (b) Risk at the end of D = 2^{{14}} samples, tuned over η and ρ, exact (lines) and mean of {Runs} runs (dots; bars: 10 to 90 % of the runs). σ = 0.1, N = 4096, M = 64.",
                    Panels =
                    [
                        exponents with { Title = "exponents" },
                        new Panel { Title = "tuned risk at D = 2^{14}", X = new Axis("batch B", true), Y = new Axis("excess risk E", true), Series = [.. series, SolutionSeries.Key("exact", SeriesStyle.Line), SolutionSeries.Key("SGD runs", SeriesStyle.Points)] },
                    ],
                },
                new Figure
                {
                    Id = "beyond-momentum-exponents",
                    Title = $"Nesterov's best exponent exceeds s/(s + 1) by {DisplayNumber.Percent(Others.Min(Gain))} to {DisplayNumber.Percent(Others.Max(Gain))}",
                    Caption = "Exponent r of the tuned risk D^{−r} at the batch D^{b}: stated (lines), and local slope of the loss law minimised over η and ρ at D = 10^{64} (dots). Near the kinks and above the last one the slope comes late.",
                    Columns = 2,
                    Panels = others,
                },
            ],
        };

        static double Gain((double Difficulty, double Capacity) one)
        {
            var regimes = new BatchRegimes(one.Capacity, one.Difficulty);
            return (regimes.Exponent(TunedRule.Nesterov, regimes.Second) / regimes.Exponent(TunedRule.Nesterov, 0)) - 1;
        }
    }

    private static (Series Dots, List<(double Mean, double Theory, double Error)> Finals) Simulate(ScalingLawProblem problem, TunedRule rule, TunedRun[] best, CancellationToken cancellation)
    {
        var runs = Simulated.Select(batch =>
        {
            var one = best[Array.IndexOf(Batches, batch)];
            var run = problem with { Batch = BatchSchedule.Constant(batch), Schedule = new LearningRateSchedule(new ConstantShape(), one.Rate, Data / batch) };
            return run.Run(new OnlineSgd { Replicas = Runs, AtSteps = [Data / batch], Threads = 1, Seed = 4, Momentum = new MomentumOptions { Strength = one.Strength, Kind = MomentumLab.Kind(rule) } }, cancellation);
        }).ToArray();
        double[] exact = [.. Simulated.Select(batch => best[Array.IndexOf(Batches, batch)].Risk)];
        double[] Column(string name) => [.. runs.Select(run => run[name][^1])];
        return (
            new Series { Label = "", X = [.. Simulated.Select(batch => (double)batch)], Y = Column("loss"), Lower = Column("loss-q10"), Upper = Column("loss-q90"), Style = SeriesStyle.Points, Expected = exact },
            [.. runs.Zip(exact, (run, theory) => (run["loss"][^1], theory, run["loss-se"][^1]))]);
    }
}
