using Eigenflow.Figures;

namespace Eigenflow.Systems;

/// <summary>All printed statements of a paper in one picture and one table: how far each is from what was measured, and what holds in place of those that fail.</summary>
internal static class StatementReport
{
    private const int Fails = 1, Holds = 0, Correction = 2;

    /// <summary>A dot per statement on a logarithmic axis, worst first: its ratio as printed (filled) and corrected (ring), with a line at one.</summary>
    /// <param name="id">Identifier of the figure.</param>
    /// <param name="statements">The statements.</param>
    public static Figure Figure(string id, IReadOnlyList<PrintedStatement> statements)
    {
        PrintedStatement[] rows = [.. statements.OrderByDescending(one => one.PrintedRatio)];
        var failing = rows.Where(one => one.IsErratum).ToArray();
        var corrected = failing.Where(one => one.HasCorrection).ToArray();
        var largest = corrected.Select(one => one.CorrectedRatio).DefaultIfEmpty(double.NaN).Max();
        var factor = failing.Select(one => one.PrintedRatio).DefaultIfEmpty(double.NaN).Max();
        return new Figure
        {
            Id = id,
            Title = Headline.FirstThatFits(
                $"{failing.Length} of {rows.Length} printed statements fail, by up to {DisplayNumber.Of(factor, 2)}; corrected, none by more than {DisplayNumber.Of(largest, 3)}",
                $"{failing.Length} of {rows.Length} printed statements fail, by factors up to {DisplayNumber.Of(factor, 2)}"),
            Caption = "Measured value over the bound as it is printed (dots) and as corrected or sharpened (rings), for lower bounds the inverse, and one plus the relative error for what is stated to be equal: beyond the line a bound is broken. "
                + "Each row shows the input on which the statement comes off worst.",
            Panels =
            [
                new Panel
                {
                    X = new Axis("measured / bound", true),
                    Y = new Axis("") { Categories = [.. rows.Select(one => one.Place)] },
                    Series =
                    [
                        Dots("as printed: fails", Fails, one => one.IsErratum ? one.PrintedRatio : double.NaN),
                        Dots("as printed: holds", Holds, one => one.IsErratum ? double.NaN : one.PrintedRatio),
                        Dots("corrected or sharper", Correction, one => one.CorrectedRatio) with { IsHollow = true },
                    ],
                    Lines = [new ReferenceLine(1, "")],
                },
            ],
        };

        Series Dots(string label, int colour, Func<PrintedStatement, double> ratio)
        {
            var places = Enumerable.Range(0, rows.Length).Where(row => ratio(rows[row]) > 0).OrderBy(row => ratio(rows[row])).ToArray();
            return new Series { Label = label, X = [.. places.Select(row => ratio(rows[row]))], Y = [.. places.Select(row => row + 1.0)], Style = SeriesStyle.Points, Role = SeriesRole.Measurement, Color = colour };
        }
    }

    /// <summary>Every trial of every statement.</summary>
    /// <param name="id">Identifier of the table.</param>
    /// <param name="statements">The statements.</param>
    public static Table Table(string id, IReadOnlyList<PrintedStatement> statements) => new(
        id, "Printed statements on every input", ["place", "input", "measured", "printed", "ratio", "corrected", "ratio "],
        [
            .. statements.SelectMany(one => one.Trials.Select(trial => (IReadOnlyList<string>)
            [
                one.Place, trial.Inputs, DisplayNumber.Of(trial.Measured), DisplayNumber.Of(trial.Printed), DisplayNumber.Of(one.Ratio(trial.Measured, trial.Printed), 3),
                one.HasCorrection ? DisplayNumber.Of(trial.Corrected) : "", one.HasCorrection ? DisplayNumber.Of(one.Ratio(trial.Measured, trial.Corrected), 3) : "",
            ])),
        ],
        "A ratio above one breaks the statement: measured over an upper bound, a lower bound over measured, one plus the relative error of an equality.");
}
