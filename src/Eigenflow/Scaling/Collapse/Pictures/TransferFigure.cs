using Eigenflow.Figures;
using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The picture of predicted schedules: what the measured loss leaves of each prediction.</summary>
public static class TransferFigure
{
    private const int MostPanels = 9;
    private const int MostPoints = 400;

    /// <summary>Draws up to nine predictions, the first of every schedule and size.</summary>
    /// <param name="transfers">The predictions; at least one.</param>
    public static Figure Of(IReadOnlyList<TransferPair> transfers)
    {
        ArgumentNullException.ThrowIfNull(transfers);
        var shown = transfers.OrderBy(pair => pair.Fitted.Target.Schedule, StringComparer.Ordinal).ThenBy(pair => pair.Fitted.Target.Size).DistinctBy(pair => (pair.Fitted.Target.Schedule, pair.Fitted.Target.Size)).Take(MostPanels).ToArray();
        return new Figure
        {
            Id = "transfer",
            Title = Title(transfers),
            Caption = $"Each prediction less the measured loss, from where the rate leaves its peak. The reference is the constant-rate run of the same size at equal τ = ∫ η dt.{(transfers.Count > shown.Length ? $" {shown.Length} of {transfers.Count} targets." : "")}",
            Panels = [.. shown.Select(Errors)],
        };
    }

    private static Panel Errors(TransferPair pair)
    {
        var one = pair.Others ?? pair.Fitted;
        var step = Math.Max(1, (one.Tau.Length - one.Start) / MostPoints);
        int[] rows = [.. Enumerable.Range(one.Start, one.Tau.Length - one.Start).Where(k => (k - one.Start) % step == 0 || k == one.Tau.Length - 1)];
        double[] x = [.. rows.Select(k => one.Target.Times[k] / one.Target.EndTime)];
        var whose = pair.Others is null ? "" : " of the others";
        return new Panel
        {
            Title = $"{one.Target.Schedule}, {DisplayText.Of($"size {one.Target.Size:G4}")}".TrimStart(',', ' '),
            X = new Axis("x = t/t*"),
            Y = new Axis("predicted less measured loss"),
            Series =
            [
                Line("no model of the schedule", one.WithoutModel, 0),
                .. one.Reduced is null ? (Series[])[] : [Line($"reduced, α{whose}", one.Reduced, 1)],
                .. one.Full is null ? (Series[])[] : [Line("full, 1/4", one.Full, 2)],
                .. one.Ratio is null ? (Series[])[] : [Line($"ratio, ρ{whose}", one.Ratio, 3)],
            ],
            Lines = [new ReferenceLine(0, "", false)],
        };

        Series Line(string label, double[] predicted, int color) => new() { Label = label, X = x, Y = [.. rows.Select(k => predicted[k] - one.Target.Losses[k])], Color = color, Role = SeriesRole.Approximation, Style = SeriesStyle.Line };
    }

    private static string Title(IReadOnlyList<TransferPair> transfers)
    {
        var (name, value) = transfers.Any(pair => pair.Fitted.Reduced is not null) ? ("reduced form", (Func<ScheduleTransfer, double[]?>)(one => one.Reduced)) : ("ratio form", one => one.Ratio);
        var gains = transfers.Select(pair => pair.Others ?? pair.Fitted).Where(one => value(one) is not null).Select(one => one.ErrorOf(one.WithoutModel) / one.ErrorOf(value(one))).Where(double.IsFinite).ToArray();
        return gains.Length == 0 ? $"Predictions of {transfers.Count} runs" : $"{transfers.Count} runs under other schedules: the {name} errs {DisplayNumber.Of(Quantile.Median(gains), 2)} times less than no model (median)";
    }
}
