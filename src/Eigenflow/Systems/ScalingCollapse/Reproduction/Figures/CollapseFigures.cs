using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 1 on the solvable ladder: loss curves, their collapse, and the deviation against the floor of seeds.</summary>
internal static class CollapseFigures
{
    private const int Groups = 4;
    private const int GroupSeeds = 50;
    private const double Tolerance = 0.2;
    private const double FirstShown = 0.005;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var spreads = new List<Series>();
        var onsets = new Dictionary<string, double>(StringComparer.Ordinal);
        Panel[] curves = [];
        foreach (var (index, schedule) in ((string[])["constant", "linear", "cosine"]).Index())
        {
            progress?.Report(new Progress(index / 3.0, "seeds"));
            var problem = LadderLab.Ladder.Under(schedule);
            var runs = Enumerable.Range(0, Groups).Select(group => problem.Seeds(GroupSeeds, 10 + group, cancellation)).ToArray();
            CollapseStatistics[] groups = [.. runs.Select(group => CollapseStatistics.Of(group.Normalize(grid: LadderLab.Places)))];
            var all = CollapseStatistics.Of(runs.SelectMany((group, k) => group.Select(run => run with { Seed = $"{k}-{run.Seed}" })).ToArray().Normalize(grid: LadderLab.Places));
            var theory = problem.Run(new LadderTheory { Points = 100 }, cancellation);
            onsets[schedule] = all.Onset;
            if (schedule != "cosine")
            {
                spreads.Add(new Series { Label = $"Δ {schedule}", X = theory["x"], Y = theory["deviation"], Color = LadderLab.Color(schedule) }.Where((x, _) => x < 1));
                spreads.Add(new Series { Label = $"σ {schedule}", X = theory["x"], Y = theory["floor"], Color = LadderLab.Color(schedule), Style = SeriesStyle.Dashed });
                spreads.Add(new Series { Label = "", X = LadderLab.Places, Y = all.Delta, Color = LadderLab.Color(schedule), Style = SeriesStyle.Points }.Where((x, row) => x < 1 && row % 3 == 1));
            }

            claims.AddRange(Claims(schedule, groups));
            if (schedule == "linear")
                curves = Curves(problem, cancellation);
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = $"Models differ by less than seeds in the last {DisplayNumber.Percent(onsets["linear"])} of a linear decay, {DisplayNumber.Percent(onsets["constant"])} at constant rate",
                    Caption = $"One-pass SGD on power-law regression, M = 32, 64, 128 ({LadderLab.Setting}, no label noise). (a) Mean excess risk under a linear decay against compute 6 t M with t = ηk, and the power law through the ends. (b) The same curves over their own ends. "
                        + $"(c) Collapse deviation Δ over models and seeds and floor σ of seeds; lines: theory; dots: Δ of {Groups * GroupSeeds} seeds per model.",
                    Panels = [.. curves, new Panel { Title = "deviation and floor", X = new Axis("place in the horizon x"), Y = new Axis("Δ, σ", true), Series = [.. spreads, SolutionSeries.Key("SGD", SeriesStyle.Points)] }],
                },
            ],
        };
    }

    private static Panel[] Curves(ScalingProblem problem, CancellationToken cancellation)
    {
        var runs = problem.Means(2000, cancellation);
        var normalized = runs.Normalize();
        var fit = ReducibleLossFit.Of(runs, floor: 0, cancellation: cancellation);
        double[] ends = [.. runs.Select(run => run.EndCompute)];
        return
        [
            new Panel
            {
                Title = "risk",
                X = new Axis("compute 6 t M", true),
                Y = new Axis("excess risk E", true),
                Series =
                [
                    .. runs.Select((run, k) => new Series { Label = $"M = {run.Size:0}", X = run.AllComputes(), Y = run.Losses, Color = k }.Where((c, _) => c >= FirstShown * run.EndCompute)),
                    SolutionSeries.Function(LadderLab.Logarithmic(ends[0] / 2, ends[^1] * 2, 20), fit.At, $"∝ c^{{−{DisplayNumber.Of(fit.Exponent, 3)}}}", CurveColors.Neutral),
                ],
            },
            new Panel { Title = "normalised", X = new Axis("place in the horizon x", true), Y = new Axis("ℓ(x)", true), Series = [.. runs.Select((run, k) => new Series { Label = $"M = {run.Size:0}", X = normalized.X, Y = normalized.ModelMean(k), Color = k })] },
        ];
    }

    private static IEnumerable<Claim> Claims(string schedule, CollapseStatistics[] groups)
    {
        var how = $"mean over {Groups} groups of {GroupSeeds} seeds per model with Student's interval";
        if (schedule == "constant")
        {
            double[] ratios = [.. groups.Select(group => Enumerable.Range(0, group.X.Length).Where(row => group.X[row] is >= 0.2 and <= 0.8).Average(row => group.Delta[row] / group.MeanFloor[row]))];
            yield return Claim.Relative(
                "constant-rate-ratio", $"at a constant rate the noise at the end is independent of that before: Δ = √2 σ (M = 32, 64, 128; {LadderLab.Setting})", Math.Sqrt(2), ratios.Average(), Tolerance, LadderLab.Derived, how + ", mean over x = 0.2 … 0.8", PredictionKind.Heuristic, MeanOfRuns.Half(ratios)).At("runs", Groups * GroupSeeds);
            double[] lengths = [.. groups.Select(group => group.Onset)];
            yield return Claim.AtMost("constant-rate-onset", $"there is no supercollapse at a constant rate: Δ < σ on at most the last 5 % of the run ({LadderLab.Setting})", 0.05, lengths.Average(), LadderLab.Paper, how, PredictionKind.Heuristic, MeanOfRuns.Half(lengths));
            yield break;
        }

        double[] onsets = [.. groups.Select(group => group.Onset)];
        yield return Claim.AtLeast($"supercollapse-{schedule}", $"models differ by less than seeds at the end of a decay: Δ < σ on at least the last fifth ({schedule}, M = 32, 64, 128; {LadderLab.Setting})", 0.2, onsets.Average(), LadderLab.Paper, how, PredictionKind.Heuristic, MeanOfRuns.Half(onsets)).At("runs", Groups * GroupSeeds);
        var row = Array.FindIndex(groups[0].X, x => x > 0.89);
        double[] parts = [.. groups.Select(group => group.Delta[row] / group.MeanFloor[row])];
        yield return Claim.AtMost($"supercollapse-{schedule}-x0.9", $"Δ < σ at x = 0.9 ({schedule}; {LadderLab.Setting})", 1, parts.Average(), LadderLab.Paper, how, PredictionKind.Heuristic, MeanOfRuns.Half(parts)).At("runs", Groups * GroupSeeds);
    }
}
