using Eigenflow.Figures;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>A figure of the engine, with the rows of its curves.</summary>
internal sealed class PageFigure
{
    /// <summary>Reads a figure.</summary>
    public PageFigure(Figure figure)
    {
        Figure = figure;
        Rows = [.. figure.Panels.SelectMany((panel, index) => panel.Series.Select(series => RowCurve.Of(index, panel, series)))];
        var curve = 0;
        Likeness = string.Join(';', figure.Panels.Select(panel =>
            FormattableString.Invariant($"{panel.X.IsLogarithmic}{panel.Y.IsLogarithmic}{panel.HeatMap is null}{panel.Images is null}{panel.Field is null}:")
            + string.Join(',', panel.Series.Select(series => FormattableString.Invariant($"{series.Style}{series.Role}{series.Color}{series.Lower is null}") + (Rows[curve++] is { IsWhole: true } rows ? FormattableString.Invariant($"{rows.X.Length}") : "")))));
    }

    /// <summary>The figure.</summary>
    public Figure Figure { get; }

    /// <summary>Its curves, panel by panel.</summary>
    public IReadOnlyList<RowCurve> Rows { get; }

    /// <summary>Equal for figures whose curves can be mixed.</summary>
    public string Likeness { get; }
}

/// <summary>A figure whose curves stand at the places of their kind.</summary>
/// <param name="Source">The figure.</param>
/// <param name="Curves">The curves, panel by panel.</param>
internal sealed record SampledFigure(PageFigure Source, IReadOnlyList<SampledCurve> Curves)
{
    /// <summary>Samples the figures of many settings: those of a kind at the same places.</summary>
    /// <param name="figures">The figures; null where a setting has none.</param>
    public static SampledFigure?[] Of(IReadOnlyList<PageFigure?> figures)
    {
        var places = figures.OfType<PageFigure>().GroupBy(figure => figure.Likeness, StringComparer.Ordinal).ToDictionary(
            kind => kind.Key,
            kind => Enumerable.Range(0, kind.First().Rows.Count).Select(curve => kind.First().Rows[curve].IsWhole ? null : KeptPlaces.Of([.. kind.Select(figure => figure.Rows[curve])])).ToArray(),
            StringComparer.Ordinal);
        return [.. figures.Select(figure => figure is null ? null : new SampledFigure(figure, [.. figure.Rows.Select((rows, curve) => SampledCurve.Of(rows, places[figure.Likeness][curve]))]))];
    }
}

/// <summary>A curve at its places, in the coordinates of the axes.</summary>
/// <param name="Places">Parts of the way from the first to the last abscissa; null for a curve that is kept row by row.</param>
/// <param name="X">The abscissae.</param>
/// <param name="Columns">Values, and the edges of its band where it has one.</param>
internal sealed record SampledCurve(double[]? Places, double[] X, IReadOnlyList<double[]> Columns)
{
    /// <summary>The values.</summary>
    public double[] Y => Columns[0];

    /// <summary>Samples a curve.</summary>
    public static SampledCurve Of(RowCurve rows, double[]? places)
    {
        if (places is null)
            return new SampledCurve(null, rows.X, rows.Columns);
        var x = Array.ConvertAll(places, place => rows.X[0] + (place * (rows.X[^1] - rows.X[0])));

        // A place is rounded: at a step the rows themselves count.
        return new SampledCurve(places, x, [.. rows.Columns.Select(column => Array.ConvertAll(x, place => RowCurve.At(rows.X, column, place)))]);
    }
}
