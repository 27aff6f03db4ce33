using Eigenflow.Figures;

namespace Eigenflow.Scaling.Epochs;

/// <summary>The picture of measured epoch curves: the error over epoch and regularisation with the extrema, and slices with their intervals.</summary>
public static class EpochFigure
{
    private const int MostSlices = 6;

    /// <summary>Draws.</summary>
    /// <param name="map">The readings.</param>
    /// <param name="source">Name of the data, for the caption.</param>
    public static Figure Of(EpochMap map, string source)
    {
        ArgumentNullException.ThrowIfNull(map);
        var panels = new List<Panel>();

        // Curves of one length have the same bins.
        if (map.Readings.Count > 1 && map.Readings.All(reading => reading.Bins.Count == map.Readings[0].Bins.Count))
            panels.Add(Heat(map));
        panels.Add(Slices(map));
        return new Figure
        {
            Id = "epochs",
            Title = TitleOf(map),
            Caption = $"{source}: {DisplayNumber.Count(map.Readings.Count)} regularisations, {DisplayNumber.Count(map.Readings[0].Curve.Mean.Length)} epochs in twelve bins a decade. "
                + (map.LacksSeedNoise ? "Bands: 95 % from rows alone, no seed noise." : "Bands: 95 %, Student's t over runs.")
                + $" Dots are extrema from which the curve moves back beyond noise; {map.Sentence}.",
            Scale = new ColorScale("log₁₀ λ"),
            Panels = panels,
        };
    }

    private static Panel Heat(EpochMap map)
    {
        var first = map.Readings[0];
        return new Panel
        {
            X = new Axis("epoch", true),
            Y = new Axis("log₁₀ λ"),
            Series = [.. Marks(map, isMaximum: false), .. Marks(map, isMaximum: true)],
            HeatMap = new HeatMap
            {
                Label = "error",
                X = first.Bins.Epochs,
                Y = [.. map.Readings.Select(reading => reading.Curve.LogLambda)],
                Values = [.. map.Readings.SelectMany(reading => reading.Bins.Values)],
            },
            Lines = map.Onset is { } onset ? [new ReferenceLine(onset, "onset", IsVertical: false)] : [],
        };
    }

    private static IEnumerable<Series> Marks(EpochMap map, bool isMaximum)
    {
        (double X, double Y)[] points = [.. map.Readings.SelectMany(reading => reading.Extrema.Where(point => point.IsMaximum == isMaximum).Select(point => (X: reading.Bins.Epochs[point.Bin], Y: reading.Curve.LogLambda))).OrderBy(point => point.X)];
        if (points.Length > 0)
            yield return new Series { Label = isMaximum ? "maximum" : "minimum", X = [.. points.Select(point => point.X)], Y = [.. points.Select(point => point.Y)], Style = SeriesStyle.Points, Role = SeriesRole.Measurement, Color = isMaximum ? 1 : 2 };
    }

    private static Panel Slices(EpochMap map)
    {
        var count = Math.Min(MostSlices, map.Readings.Count);
        EpochReading[] shown = [.. Enumerable.Range(0, count).Select(slice => map.Readings[count == 1 ? 0 : (int)Math.Round((double)slice * (map.Readings.Count - 1) / (count - 1))])];
        return new Panel
        {
            X = new Axis("epoch", true),
            Y = new Axis("error"),
            Series =
            [
                .. shown.Select(reading => new Series
                {
                    Label = $"log₁₀ λ = {DisplayNumber.Of(reading.Curve.LogLambda)}",
                    X = reading.Bins.Epochs,
                    Y = reading.Bins.Values,
                    Lower = [.. reading.Bins.Values.Zip(reading.Bins.Errors, (value, error) => value - (reading.Bins.Quantile * error))],
                    Upper = [.. reading.Bins.Values.Zip(reading.Bins.Errors, (value, error) => value + (reading.Bins.Quantile * error))],
                    Role = SeriesRole.Measurement,
                    Style = SeriesStyle.Line,
                    Value = reading.Curve.LogLambda,
                }),
                .. shown.Where(reading => reading.Extrema.Count > 0).Select(reading => new Series
                {
                    Label = "",
                    X = [.. reading.Extrema.Select(point => reading.Bins.Epochs[point.Bin])],
                    Y = [.. reading.Extrema.Select(point => reading.Bins.Values[point.Bin])],
                    Role = SeriesRole.Measurement,
                    Style = SeriesStyle.Points,
                    Value = reading.Curve.LogLambda,
                }),
            ],
        };
    }

    private static string TitleOf(EpochMap map)
    {
        var confirmed = map.Count(DescentVerdict.Confirmed);
        if (confirmed == 0)
            return $"No double descent is confirmed at {DisplayNumber.Count(map.Readings.Count)} regularisations";
        return $"Double descent at {DisplayNumber.Count(confirmed)} of {DisplayNumber.Count(map.Readings.Count)} regularisations" + (map.Onset is { } onset ? $", from λ = 10^{{{DisplayNumber.Of(onset, 3)}}} down" : "");
    }
}
