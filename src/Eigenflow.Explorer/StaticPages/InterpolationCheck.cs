using Eigenflow.Figures;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>How curves are mixed between computed settings.</summary>
/// <param name="IsCubic">Whether along each slider a cubic through four values is taken in place of a straight line between two.</param>
/// <param name="IsStretched">Whether the ends of curves are mixed as well: see <see cref="Mixture"/>.</param>
internal sealed record MixtureKind(bool IsCubic, bool IsStretched);

/// <summary>What was measured between the computed settings.</summary>
/// <param name="Count">Settings at which the engine was asked, halfway between computed ones.</param>
/// <param name="Largest">The largest error of all points of all curves at all of them: relative on a logarithmic axis, else as a part of the range of the curve.</param>
/// <param name="Usual">Nine points of ten are not further off, in every panel.</param>
/// <param name="Where">The setting of the largest error, in words.</param>
internal sealed record InterpolationError(int Count, double Largest, double Usual, string Where)
{
    /// <summary>How curves are mixed.</summary>
    public required MixtureKind Kind { get; init; }

    /// <summary>The usual error per axis, where that axis alone is halfway.</summary>
    public required IReadOnlyList<double> PerAxis { get; init; }
}

/// <summary>Measures the error of interpolation at points halfway between computed settings.</summary>
internal static class InterpolationCheck
{
    // Points per axis alone, and as many where all axes are halfway.
    private const int PerKind = 8;

    // Parts of quadratic numbers, which no short period comes near: few points lie in all parts of every slider.
    private static readonly double[] Strides = [0.6180339887498949, 0.41421356237309515, 0.7320508075688772, 0.3027756377319946];

    /// <summary>Settings to ask for: each axis halfway with the others at computed values, and all halfway.</summary>
    public static IReadOnlyList<(int Kind, double[] Values)> Points(IReadOnlyList<PageAxis> axes)
    {
        var points = new List<(int Kind, double[] Values)>();
        var kinds = axes.Count == 1 ? 1 : axes.Count + 1;
        for (var kind = 0; kind < kinds; kind++)
        {
            for (var n = 0; n < (kinds == 1 ? 3 : 1) * PerKind; n++)
            {
                var values = axes.Select((axis, j) =>
                {
                    var place = (0.5 + ((n + 1) * Strides[j % Strides.Length])) % 1;
                    var isHalfway = kind == j || kind == axes.Count;
                    return isHalfway ? axis.Middle((int)(place * (axis.Values.Count - 1))) : axis.Values[(int)(place * axis.Values.Count)];
                }).ToArray();
                if (axes.Where((axis, j) => !axis.Values.Contains(values[j])).Any())
                    points.Add((kind, values));
            }
        }

        return [.. points.DistinctBy(point => string.Join(' ', point.Values), StringComparer.Ordinal)];
    }

    /// <summary>The errors of the kind of mixture that is nearest to the engine.</summary>
    public static InterpolationError Best(IReadOnlyList<PageAxis> axes, IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Kind, double[] Values, SampledFigure? True)> points) =>
        ((MixtureKind[])[new(false, false), new(true, false), new(false, true), new(true, true)]).Select(kind => Of(axes, nodes, points, kind)).MinBy(error => error.Count == 0 ? double.PositiveInfinity : error.Usual)!;

    private static InterpolationError Of(IReadOnlyList<PageAxis> axes, IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Kind, double[] Values, SampledFigure? True)> points, MixtureKind kind)
    {
        var errors = points.Where(point => point.True is not null)
            .Select(point => (point.Kind, point.Values, Errors: Of(nodes, Mixture.Nodes(axes, point.Values, kind.IsCubic), Mixture.Nodes(axes, point.Values, false), point.True!, kind.IsStretched).OrderBy(one => one.Error).ToArray()))
            .Where(point => point.Errors.Length > 0).OrderBy(point => point.Errors[^1].Error).ToArray();
        if (errors.Length == 0)
            return new InterpolationError(0, double.NaN, double.NaN, "") { Kind = kind, PerAxis = [.. axes.Select(_ => double.NaN)] };
        var worst = errors[^1];
        return new InterpolationError(
            errors.Length, worst.Errors[^1].Error, Nine(errors.SelectMany(one => one.Errors)), string.Join(", ", axes.Select((axis, j) => $"{axis.Parameter.Name} = {DisplayNumber.Plain(Settings.Setting.Shown(axis.Value(worst.Values[j])))}")))
        {
            Kind = kind,
            PerAxis = [.. axes.Select((_, j) => Nine(errors.Where(one => one.Kind == j).SelectMany(one => one.Errors)))],
        };
    }

    // Of the panel where it is largest: one in which nothing moves takes no error from the others.
    private static double Nine(IEnumerable<(int Panel, double Error)> errors) =>
        errors.GroupBy(one => one.Panel).Select(panel => panel.Select(one => one.Error).Order().ToArray()).Select(ordered => ordered[9 * (ordered.Length - 1) / 10]).DefaultIfEmpty(0).Max();

    private static IEnumerable<(int Panel, double Error)> Of(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts, IReadOnlyList<(int Node, double Weight)> nearest, SampledFigure exact, bool isStretched)
    {
        if (nearest.Any(part => nodes[part.Node] is not { } node || !string.Equals(node.Likeness, exact.Likeness, StringComparison.Ordinal)))
            yield break;

        // Against the rows of the engine, so that what the places of the page leave out between them counts as well.
        Series[] rows = [.. exact.Figure.Panels.SelectMany(panel => panel.Series)];
        for (var k = 0; k < exact.Curves.Count; k++)
        {
            if (Mixture.Curve(nodes, parts, nearest, k, isStretched) is not { Y.Length: > 1 } mixed)
                continue;
            var own = exact.Curves[k];
            var series = rows[k];

            // What the frame of the figure does not show is no error that anybody sees.
            var axis = exact.Figure.Panels[own.Panel].Y;
            var floor = axis.Minimum is { } minimum ? own.IsLogarithmicY ? minimum > 0 ? Math.Log10(minimum) : double.NegativeInfinity : minimum : double.NegativeInfinity;
            var range = Range(own.Y);
            for (var row = 0; row < series.X.Length; row++)
            {
                var truth = SampledFigure.Curve.Scaled(series.Y[row], own.IsLogarithmicY);
                var shown = mixed.ValueAt(SampledFigure.Curve.Scaled(series.X[row], own.IsLogarithmicX));
                if (!double.IsNaN(truth) && !double.IsNaN(shown) && truth >= floor)
                    yield return (own.Panel, own.IsLogarithmicY ? Math.Abs(Math.Pow(10, shown - truth) - 1) : range > 0 ? Math.Abs(shown - truth) / range : 0);
            }
        }
    }

    private static double Range(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length == 0 ? 0 : finite.Max() - finite.Min();
    }
}
