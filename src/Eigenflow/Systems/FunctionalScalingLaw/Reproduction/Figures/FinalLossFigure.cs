using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 2: final loss against data for constant, exponential and WSD schedules with tuned peaks.</summary>
internal static class FinalLossFigure
{
    private const int Replicas = 200;
    private const double FirstOfSlope = 3000;
    private static readonly double[] Data = [100, 300, 1000, 3000, 1e4, 3e4, 1e5];

    private static readonly (ScheduleFamily Family, string Name, string Id)[] Families =
        [(ScheduleFamily.Constant, "constant", "constant"), (ScheduleFamily.Exponential, "exponential", "exponential"), (ScheduleFamily.StableDecay, "WSD", "wsd")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new ScalingLawProblem { Capacity = 4, Difficulty = 0.5, Features = 1024, ModelSize = 128, Noise = 1 };
        var series = new List<Series>();
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        var final = new double[Families.Length];
        for (var k = 0; k < Families.Length; k++)
        {
            var (family, name, id) = Families[k];
            double[] exact = new double[Data.Length], mean = new double[Data.Length], low = new double[Data.Length], high = new double[Data.Length];
            var finals = new List<(double Mean, double Theory, double Error)>();
            for (var n = 0; n < Data.Length; n++)
            {
                cancellation.ThrowIfCancellationRequested();
                var best = BudgetOptimum.ForData(problem, family, FinalLoss.Exact, Data[n]);
                var steps = (long)Data[n];
                var tuned = family switch
                {
                    ScheduleFamily.Constant => problem.With("constant", best.Peak, steps),
                    ScheduleFamily.Exponential => problem.With("exponential", best.Peak, steps, best.Peak / steps),
                    _ => problem.With("wsd", best.Peak, steps, best.Peak / steps, (long)Math.Max(1, best.DecayFraction * steps)),
                };
                var sgd = tuned.Run(new OnlineSgd { Replicas = Replicas, AtSteps = [steps], Threads = 1, Seed = 2 }, cancellation);
                cancellation.ThrowIfCancellationRequested();
                (exact[n], mean[n], low[n], high[n]) = (best.Loss, sgd["loss"][^1], sgd["loss-q10"][^1], sgd["loss-q90"][^1]);
                finals.Add((mean[n], exact[n], sgd["loss-se"][^1]));
                rows.Add([name, DisplayNumber.Of(Data[n]), DisplayNumber.Of(best.Peak), DisplayNumber.Of(best.DecayFraction, 3), DisplayNumber.Of(exact[n]), DisplayNumber.Of(mean[n]), DisplayNumber.Of(sgd["loss-se"][^1])]);
                progress?.Report(new Progress((k + ((n + 1.0) / Data.Length)) / Families.Length, "final losses"));
            }

            final[k] = exact[^1];
            var color = CurveColors.Schedule(id);
            series.Add(new Series { Label = name, X = Data, Y = exact, Color = color });
            series.Add(new Series { Label = name, X = Data, Y = mean, Lower = low, Upper = high, Color = color, Style = SeriesStyle.Points, Expected = exact });
            claims.Add(MeanOfRuns.Of(finals).Claim(
                $"final-loss-sgd-{id}", $"the mean final loss of SGD with the tuned peak is the exact one ({name}, s = 0.5, β = 4, N = 1024, M = 128, σ² = 1, D = 10^{{2}} … 10^{{5}})", Replicas, Lab.PaperRuns, LawCurves.Derived,
                $"largest distance in standard errors of the mean of {Replicas} runs over {Data.Length} budgets; seed 2", PredictionKind.Exact)
                .UpTo(Data[^1], "D").At("M", problem.ModelSize));
        }

        claims.Add(Order("final-loss-wsd-exponential", "WSD ends below the exponential decay", final[1], final[2]));
        claims.Add(Order("final-loss-exponential-constant", "the exponential decay ends below the constant rate", final[0], final[1]));
        var exponents = new TunedExponents(4, 0.5);
        var slopes = series.Where(curve => curve.Style == SeriesStyle.Line).Select(curve => (curve.Label, Slope: curve.SlopeBetween(FirstOfSlope, Data[^1]))).ToArray();
        string Written(Func<MeasuredSlope, string> write) => $"Tuned final loss ∝ D^{{p}}, p = {string.Join(", ", slopes.Select(one => $"{write(one.Slope)} ({one.Label})"))}";
        return new ReproductionResult
        {
            Claims = claims,
            Tables =
            [
                new Table("final-loss", "Final losses under tuned schedules", ["schedule", "D", "best peak", "decay fraction", "exact", "SGD mean", "standard error"], rows, $"s = 0.5, β = 4, N = 1024, M = 128, σ² = 1, B = 1; {Replicas} runs each."),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = Headline.FirstThatFits(Written(slope => slope.ToString()), Written(slope => slope.Short)),
                    Caption = "Excess risk at the end of training, exact (lines) and mean of " + Replicas + " runs of SGD (dots; bars: 10 to 90 % of the runs), each with the peak (and the decay part of WSD) that is best for its budget; decays end at a/K. "
                        + "s = 0.5, β = 4 (hard), N = 1024, M = 128, σ² = 1, B = 1. Triangles: predicted exponents −1/3 (constant) and −1/2 (decays, up to logarithms), beside the exact slopes of the constant and the exponential schedule over their span, from D = 3000 on.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("data D", true),
                            Y = new Axis("final excess risk E", true),
                            Series = [.. series, SolutionSeries.Key("exact", SeriesStyle.Line), SolutionSeries.Key("SGD", SeriesStyle.Points)],
                            Slopes =
                            [
                                series[0].Guide(FirstOfSlope, Data[^1], exponents.ConstantData),
                                series[2].Guide(FirstOfSlope, Data[^1], exponents.DecayData),
                            ],
                        },
                    ],
                },
            ],
        };

        static Claim Order(string id, string statement, double worse, double better) => Claim.AtMost(
            id, statement + " (tuned, s = 0.5, β = 4, D = 10^{5})", worse, better, LawCurves.Paper, "exact moments with the best peak of each; the bound is the loss of the worse schedule", PredictionKind.Asymptotic)
            .UpTo(Data[^1], "D").At("M", 128);
    }
}
