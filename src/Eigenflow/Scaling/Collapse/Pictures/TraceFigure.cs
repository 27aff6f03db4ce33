using Eigenflow.Figures;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The picture of h(x) = Tr Σ/(L − L0): under one schedule one function of x for all sizes (arXiv 2507.02119, universality), a panel per schedule.</summary>
public static class TraceFigure
{
    private const int MostPanels = 6;

    /// <summary>Draws; null where no run has traces.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="offset">L0, below every loss.</param>
    public static Figure? Of(IReadOnlyList<LadderRun> runs, double offset)
    {
        var traced = runs.Where(run => run.Traces is not null && run.Losses.Min() > offset).ToArray();
        if (traced.Length == 0)
            return null;
        double[] sizes = [.. traced.Select(run => run.Size).Distinct().Order()];
        var groups = traced.GroupBy(run => run.Schedule, StringComparer.Ordinal).ToArray();
        return new Figure
        {
            Id = "traces",
            Title = $"Tr Σ over the reducible loss, of {sizes.Length} {(sizes.Length == 1 ? "size" : "sizes")}",
            Scale = OrderedValues.Scale("size p", sizes),
            Caption = DisplayText.Of($"The trace of the covariance of mini-batch gradients over L − L_{{0}}, L_{{0}} = {offset:G4}: under one schedule one function of x, where the noise of gradients follows the loss.")
                + (groups.Length > MostPanels ? $" {MostPanels} of {groups.Length} schedules." : ""),
            Panels =
            [
                .. groups.Take(MostPanels).Select(group => new Panel
                {
                    Title = group.Key,
                    X = new Axis("x = t/t*", false, 0, 1),
                    Y = new Axis("h(x) = Tr Σ/(L − L_{0})", true),
                    Series =
                    [
                        .. group.DistinctBy(run => run.Size).Select(run => new Series
                        {
                            Label = DisplayText.Of($"size {run.Size:G4}"), X = [.. run.Times.Select(time => time / run.EndTime)], Y = ScheduleTransfer.TraceRatio(run, offset)!, Color = Array.IndexOf(sizes, run.Size),
                            Value = sizes.Length < 3 ? null : run.Size, Role = SeriesRole.Measurement,
                        }),
                    ],
                }),
            ],
        };
    }
}
