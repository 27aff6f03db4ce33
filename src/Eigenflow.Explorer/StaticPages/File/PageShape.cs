using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Reports;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>All of a figure but its texts, its curves and the places of its marks, which many settings share.</summary>
internal static class PageShape
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The shape as JSON: equal for figures that differ in what is left out alone.</summary>
    public static string Of(SampledFigure sampled)
    {
        static Axis Bare(Axis axis) => axis with { Minimum = axis.Minimum is null ? null : 1, Maximum = axis.Maximum is null ? null : 2 };
        var bare = ChartFigure.Of(sampled.Source.Figure with
        {
            Title = "figure",
            Caption = "",
            Panels = [.. sampled.Source.Figure.Panels.Select(panel => panel with
            {
                X = Bare(panel.X),
                Y = Bare(panel.Y),
                Series = [.. panel.Series.Select(series => series with { X = [], Y = [], Lower = null, Upper = null, Expected = null })],
                HeatMap = panel.HeatMap is { } map ? GridThinning.Of(map) : null,
                Field = panel.Field is { } field ? GridThinning.Of(field) : null,
                Regions = [.. panel.Regions.Select(region => region with { Start = 1, End = 2 })],
                Lines = [.. panel.Lines.Select(line => line with { Value = 1 })],
                Slopes = [.. panel.Slopes.Select(slope => slope with { StartX = 1, EndX = 2, StartY = 1, Slope = -1 })],
                Annotations = [.. panel.Annotations.Select(annotation => annotation with { X = 1, Y = 1 })],
            })],
        });
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
            FigureJson.Write(writer, bare);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What is left out, but for the texts: panel by panel the places of marks, then the curves. The page reads them in this order (static/payload.ts).</summary>
    public static IEnumerable<double> Numbers(SampledFigure sampled)
    {
        foreach (var panel in sampled.Source.Figure.Panels)
        {
            double?[] limits = [panel.X.Minimum, panel.X.Maximum, panel.Y.Minimum, panel.Y.Maximum];
            foreach (var limit in limits)
                yield return limit ?? double.NaN;
            foreach (var number in panel.Regions.SelectMany(region => (double[])[region.Start, region.End]).Concat(panel.Lines.Select(line => line.Value))
                .Concat(panel.Slopes.SelectMany(slope => (double[])[slope.StartX, slope.EndX, slope.StartY, slope.Slope])).Concat(panel.Annotations.SelectMany(annotation => (double[])[annotation.X, annotation.Y])))
                yield return number;
        }

        foreach (var curve in sampled.Curves)
        {
            IEnumerable<double> along = curve.Places is null ? curve.X : [curve.X[0], curve.X[^1]];
            foreach (var number in along.Concat(curve.Columns.SelectMany(column => column)))
                yield return number;
        }
    }
}
