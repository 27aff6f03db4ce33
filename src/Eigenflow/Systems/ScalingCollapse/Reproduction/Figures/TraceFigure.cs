using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figures 7 and 14: the trace of the gradient covariance over the risk is a function of the place in the horizon alone.</summary>
internal static class TraceFigure
{
    private const double LargestSpread = 0.1;
    private const double First = 0.1;
    private const double FirstShown = 0.01;
    private static readonly double[] Sizes = [32, 64, 128, 256];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var claims = new List<Claim>();
        var spreads = new List<double>();
        foreach (var (index, (text, name)) in LadderLab.Schedules.Where(one => one.Name is "constant" or "linear" or "cosine" or "multicosine").Index())
        {
            progress?.Report(new Progress(index / 4.0, name));
            var runs = (LadderLab.Ladder with { Models = Sizes }).Under(text).Means(200, cancellation);
            var ratios = runs.Select(run => ScheduleTransfer.TraceRatio(run, 0)!).ToArray();
            var spread = Enumerable.Range(0, ratios[0].Length).Where(row => runs[0].Times[row] >= First * runs[0].EndTime).Max(row => (ratios.Max(ratio => ratio[row]) / ratios.Min(ratio => ratio[row])) - 1);
            spreads.Add(spread);
            claims.Add(Claim.AtMost($"trace-{name}", $"Tr Σ/E of models from M = 32 to 256 differs by at most 10 % at equal x ({name}, {LadderLab.Setting})", LargestSpread, spread, LadderLab.Paper, "largest over smallest less one, largest over x ≥ 0.1, exact means", PredictionKind.Heuristic));
            panels.Add(new Panel
            {
                Title = name,
                X = new Axis("place in the horizon x", true),
                Y = new Axis("Tr Σ/E", false, 0, null),
                Series = [.. runs.Select((run, k) => new Series { Label = $"M = {run.Size:0}", X = [.. run.Times.Select(time => time / run.EndTime)], Y = ratios[k], Color = k }.Where((x, _) => x >= FirstShown))],
            });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = $"Tr Σ/E differs by at most {DisplayNumber.Percent(spreads.Max())} between models of 32 and 256 features",
                    Caption = $"Trace of the covariance of mini-batch gradients over the excess risk against the place in the horizon, exact means of SGD ({LadderLab.Setting}, no label noise). Its level is 2 Tr H/B and a little more, and Tr H grows by {DisplayNumber.Percent((Trace(Sizes[^1]) / Trace(Sizes[0])) - 1)} from M = 32 to 256.",
                    Columns = 2,
                    Panels = panels,
                },
            ],
        };
    }

    private static double Trace(double size) => Spectra.PowerSum.Of(LadderLab.Ladder.Capacity, (long)size);
}
