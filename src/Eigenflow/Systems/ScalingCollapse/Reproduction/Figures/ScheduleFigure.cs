using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 3: every schedule has a collapse of its own, and decays have a supercollapse.</summary>
internal static class ScheduleFigure
{
    private const double LargestSpread = 0.03;
    private const double LargestError = 0.05;
    private const double First = 0.1;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> curves = [], ratios = [];
        var onsets = new List<(string Name, double Value)>();
        var reference = LadderLab.Ladder.Means(4000, cancellation);
        foreach (var (index, (text, name)) in LadderLab.Schedules.Index())
        {
            progress?.Report(new Progress((double)index / LadderLab.Schedules.Length, name));
            var problem = LadderLab.Ladder.Under(text);
            var runs = problem.Means(4000, cancellation);
            var normalized = runs.Normalize();
            var spread = CollapseStatistics.Of(normalized);
            var theory = problem.Run(new LadderTheory { Points = 100 }, cancellation);
            curves.AddRange(runs.Select((_, k) => new Series { Label = name, X = normalized.X, Y = normalized.ModelMean(k), Color = LadderLab.Color(text) }));
            double[] ratio = [.. theory["deviation"].Zip(theory["floor"], (delta, floor) => delta / floor)];
            ratios.Add(new Series { Label = name, X = theory["x"], Y = ratio, Color = LadderLab.Color(text) }.Where((x, _) => x < 1));
            onsets.Add((name, 1 - theory["x"][Array.FindLastIndex(ratio, ratio.Length - 2, value => value >= 1) + 1]));
            var late = Enumerable.Range(0, spread.X.Length).Where(row => spread.X[row] is >= First and < 1).ToArray();
            claims.Add(Claim.AtMost(
                $"collapse-{name}", $"mean curves of M = 32, 64, 128 collapse under the schedule {name} ({LadderLab.Setting})", LargestSpread, LadderLab.Rms(late.Select(row => Math.Sqrt(spread.Between[row]) / spread.Mean[row])), LadderLab.Paper, "root mean square over x = 0.1 … 0.99 of the deviation between models, exact mean", PredictionKind.Asymptotic).Over("M → ∞"));
            if (text != "constant")
                claims.Add(Carried(name, reference[1], runs[1]));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = $"Seven schedules, seven collapses; supercollapse lasts longest for {onsets.MaxBy(one => one.Value).Name} ({DisplayNumber.Percent(onsets.Max(one => one.Value))} of the run)",
                    Caption = $"Theory of SGD on the ladder, M = 32, 64, 128 ({LadderLab.Setting}; exponential: to a tenth). (a) Normalised mean risk, three models per schedule. (b) Deviation over models and seeds over the floor of seeds; below 1 models differ by less than seeds.",
                    Panels =
                    [
                        new Panel { Title = "normalised risk", X = new Axis("place in the horizon x", true), Y = new Axis("ℓ(x)", true), Series = curves },
                        new Panel { Title = "deviation over floor", X = new Axis("place in the horizon x"), Y = new Axis("Δ/σ", true), Series = ratios, Lines = [new ReferenceLine(1, "Δ = σ", IsVertical: false)] },
                    ],
                },
            ],
        };
    }

    // By the full predictor L'(1 − ¼h'η') = L(1 − ¼hη) with h = Tr Σ/E of each run, and so for their normalised curves, at y = τ'(x)/τ(1).
    private static Claim Carried(string name, LadderRun constant, LadderRun target)
    {
        var transfer = ScheduleTransfer.Of(constant, target, new TransferOptions { Alpha = TransferOptions.TheoreticalAlpha, From = First });
        var last = target.Losses.Length - 1;
        var noise = Noise(constant, constant.Losses.Length - 1);
        double Predicted(int row) => transfer.WithoutModel[row] * (1 - noise) / (1 - Noise(target, row));
        var worst = Enumerable.Range(transfer.Start, last - transfer.Start + 1).Max(row => Math.Abs((Predicted(row) / Predicted(last) / (target.Losses[row] / target.Losses[last])) - 1));
        return Claim.AtMost(
            $"carried-{name}", $"the collapsed curve of a constant rate gives that of the schedule {name}: ℓ′(x) = ℓ(y) (1 − ¼h(1)η′(1))/(1 − ¼h(x)η′(x)), h = Tr Σ/E (M = 64; {LadderLab.Setting})", LargestError, worst, LadderLab.Derived, "largest relative difference over x ≥ 0.1", PredictionKind.Heuristic);

        static double Noise(LadderRun run, int row) => TransferOptions.TheoreticalAlpha * run.LearningRates![row] * run.Traces![row] / run.Losses[row];
    }
}
