using Eigenflow.Figures;
using Eigenflow.Random;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>The error at one setting that was checked.</summary>
/// <param name="Values">The setting.</param>
/// <param name="Usual">Nine rows of ten are not further off, in every panel.</param>
/// <param name="Largest">The largest error of all rows.</param>
internal sealed record CheckedSetting(IReadOnlyList<double> Values, double Usual, double Largest);

/// <summary>What was measured against the engine's own rows: an error is relative on a logarithmic axis, else a part of the range of the curve.</summary>
/// <param name="Kind">How curves are mixed: the way that is nearest to the engine.</param>
/// <param name="Settings">The settings between computed ones at which the engine was asked.</param>
/// <param name="Usual">Nine rows of ten at random settings are not further off, in the panel where it is worst.</param>
/// <param name="Largest">The largest error that was found; no bound, since between what was checked it may be larger.</param>
/// <param name="Panel">The panel of the largest error.</param>
/// <param name="Where">Its setting.</param>
/// <param name="Computed">The largest error at computed settings, where curves are drawn from the places that are kept.</param>
internal sealed record InterpolationError(MixtureKind Kind, IReadOnlyList<CheckedSetting> Settings, double Usual, double Largest, string Panel, IReadOnlyList<double> Where, double Computed)
{
    /// <summary>Whether mixed curves would mislead, so that the nearest computed ones are shown.</summary>
    public bool IsNearest => !(Usual <= 0.25);
}

/// <summary>Measures how near the page is to the engine.</summary>
internal static class InterpolationCheck
{
    private const int Fewest = 16;
    private const int Most = 128;

    // In the middle of cells, where an interpolation is furthest off: of these the largest error is known.
    private const int MostMiddles = 256;
    private static readonly MixtureKind[] Kinds = [new(false, false), new(true, false), new(false, true), new(true, true)];

    /// <summary>Settings to ask for: random ones, and after them the middles of cells.</summary>
    public static IReadOnlyList<double[]> Points(IReadOnlyList<PageAxis> axes) => [.. Random(axes).Concat(Middles(axes)).DistinctBy(Key, StringComparer.Ordinal)];

    // One in every cell between computed values, several where there are few cells, and in a part of them where there are many.
    private static IReadOnlyList<double[]> Random(IReadOnlyList<PageAxis> axes)
    {
        var cells = axes.Aggregate(1L, (count, axis) => count * (axis.Values.Count - 1));
        var count = Math.Clamp(cells, Fewest, Most);
        var points = new List<double[]>();
        for (var n = 0L; n < count; n++)
        {
            var cell = cells > Most ? (long)((n + 0.5) * cells / count) : n % cells;
            var words = Philox.Block(((uint)n, (uint)axes.Count, 0, 0), (0, 0));
            uint[] shares = [words.Word0, words.Word1, words.Word2, words.Word3];
            var values = new double[axes.Count];
            for (var j = axes.Count - 1; j >= 0; j--)
            {
                var own = axes[j].Values.Count - 1;
                values[j] = axes[j].Inside((int)(cell % own), (shares[j] + 0.5) / 4294967296.0);
                cell /= own;
            }

            if (axes.Where((axis, j) => !axis.Values.Contains(values[j])).Any())
                points.Add(values);
        }

        return [.. points.DistinctBy(Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<double[]> Middles(IReadOnlyList<PageAxis> axes)
    {
        var cells = axes.Aggregate(1L, (count, axis) => count * (axis.Values.Count - 1));
        var count = Math.Min(cells, MostMiddles);
        for (var n = 0L; n < count; n++)
        {
            var cell = cells > count ? (long)((n + 0.5) * cells / count) : n;
            var values = new double[axes.Count];
            for (var j = axes.Count - 1; j >= 0; j--)
            {
                var own = axes[j].Values.Count - 1;
                values[j] = axes[j].Inside((int)(cell % own), 0.5);
                cell /= own;
            }

            if (axes.Where((axis, j) => !axis.Values.Contains(values[j])).Any())
                yield return values;
        }
    }

    private static string Key(double[] values) => string.Join(' ', values);

    /// <summary>The errors of the kind of mixture that is nearest to the engine.</summary>
    /// <param name="axes">The sliders.</param>
    /// <param name="nodes">The computed settings, the first axis slowest.</param>
    /// <param name="points">Other settings with their figures.</param>
    public static InterpolationError Best(IReadOnlyList<PageAxis> axes, IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(double[] Values, PageFigure? True)> points)
    {
        var computed = nodes.OfType<SampledFigure>().SelectMany(node => Errors(node.Source, k => node.Curves[k])).Select(one => one.Error).DefaultIfEmpty(0).Max();
        return Kinds.Select(kind => Of(axes, nodes, points, kind, computed)).MinBy(error => double.IsNaN(error.Usual) ? double.PositiveInfinity : error.Usual)!;
    }

    private static InterpolationError Of(IReadOnlyList<PageAxis> axes, IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(double[] Values, PageFigure? True)> points, MixtureKind kind, double computed)
    {
        var found = new List<(CheckedSetting Setting, (int Panel, double Error)[] Errors)>();
        foreach (var (values, exact) in points)
        {
            var (parts, nearest) = (Mixture.Nodes(axes, values, kind.IsCubic), Mixture.Nodes(axes, values, false));
            if (exact is null || nearest.Any(part => !string.Equals(nodes[part.Node]?.Source.Likeness, exact.Likeness, StringComparison.Ordinal)))
                continue;
            (int Panel, double Error)[] errors = [.. Errors(exact, k => Mixture.Curve(nodes, parts, nearest, k, kind.IsStretched))];
            if (errors.Length > 0)
                found.Add((new CheckedSetting(values, Nine(errors), errors.Max(one => one.Error)), errors));
        }

        if (found.Count == 0)
            return new InterpolationError(kind, [], double.NaN, double.NaN, "", [], computed);
        var (worst, all) = found.MaxBy(one => one.Setting.Largest);

        // Of the random settings alone. What is said holds for each half of them: a quantile of a few is not known better than this.
        var random = Random(axes).Select(Key).ToHashSet(StringComparer.Ordinal);
        var drawn = found.Where(one => random.Contains(Key([.. one.Setting.Values]))).ToArray() is { Length: > 0 } some ? some : [.. found];
        var usual = Enumerable.Range(0, 2).Max(half => Nine(drawn.Where((_, k) => k % 2 == half).SelectMany(one => one.Errors)));
        return new InterpolationError(kind, [.. found.Select(one => one.Setting)], usual, worst.Largest, PanelName(points, all.MaxBy(one => one.Error).Panel), worst.Values, computed);
    }

    private static string PanelName(IReadOnlyList<(double[] Values, PageFigure? True)> points, int index)
    {
        var panel = points.First(point => point.True is not null).True!.Figure.Panels[index];
        return panel.Title.Length > 0 ? panel.Title : panel.Y.Label;
    }

    // Of the panel where it is largest: one in which nothing moves takes no error from the others.
    private static double Nine(IEnumerable<(int Panel, double Error)> errors) =>
        errors.GroupBy(one => one.Panel).Select(panel => panel.Select(one => one.Error).Order().ToArray()).Select(ordered => ordered[9 * (ordered.Length - 1) / 10]).DefaultIfEmpty(0).Max();

    private static IEnumerable<(int Panel, double Error)> Errors(PageFigure exact, Func<int, SampledCurve?> curve)
    {
        for (var k = 0; k < exact.Rows.Count; k++)
        {
            if (curve(k) is not { X.Length: > 0 } shown)
                continue;
            var rows = exact.Rows[k];
            for (var row = 0; row < rows.X.Length; row++)
            {
                // Curves that are kept row by row have the same rows.
                var value = rows.IsWhole ? shown.Y[row] : RowCurve.At(shown.X, shown.Y, rows.X[row]);
                var error = rows.Error(rows.Y[row], value);
                if (!double.IsNaN(error))
                    yield return (rows.Panel, error);
            }
        }
    }
}
