using Eigenflow.Figures;

namespace Eigenflow.Studies;

/// <summary>Curves of runs: their median with a band where they share one grid, else one curve per run.</summary>
internal static class TrajectorySeries
{
    public static IEnumerable<Series> Of(Formula x, Formula y, IReadOnlyList<CollectedRun> runs, string label, int color, SeriesStyle style, Averaging average)
    {
        var curves = runs.Select(run => Curve(x, y, run, label, color, style)).Where(curve => curve.X.Length > 0).ToArray();
        if (curves.Length < 2 || !Array.TrueForAll(curves, curve => curve.X.AsSpan().SequenceEqual(curves[0].X)))
            return curves;
        var columns = Enumerable.Range(0, curves[0].X.Length).Select(k => curves.Select(curve => curve.Y[k]).Where(double.IsFinite).Order().ToArray()).ToArray();
        return
        [
            curves[0] with
            {
                Y = [.. columns.Select(values => average.Middle(values))],
                Lower = [.. columns.Select(values => average.Band(values).Lower)],
                Upper = [.. columns.Select(values => average.Band(values).Upper)],
            },
        ];
    }

    private static Series Curve(Formula x, Formula y, CollectedRun run, string label, int color, SeriesStyle style)
    {
        var rows = run.Columns.Values.FirstOrDefault()?.Length ?? 0;
        var points = new List<(double X, double Y, int Row)>(rows);
        for (var row = 0; row < rows; row++)
        {
            var index = row;
            double Lookup(string name) => run.Columns.TryGetValue(name, out var column) ? column[index] : run.Scalar(name);
            points.Add((x.Evaluate(Lookup), y.Evaluate(Lookup), row));
        }

        points.RemoveAll(point => !double.IsFinite(point.X));
        points.Sort((first, second) => first.X.CompareTo(second.X));

        // A plain observable of several replicas brings its own band.
        double[]? Band(string ending) => run.Columns.TryGetValue(y.Text + ending, out var column) ? [.. points.Select(point => column[point.Row])] : null;
        return new Series
        {
            Label = label,
            X = [.. points.Select(point => point.X)],
            Y = [.. points.Select(point => point.Y)],
            Lower = Band("-q10"),
            Upper = Band("-q90"),
            Style = style,
            Color = color,
        };
    }
}
