namespace Eigenflow.Explorer.StaticPages;

/// <summary>How curves are mixed between computed settings.</summary>
/// <param name="IsCubic">Whether along each slider a cubic through four values is taken in place of a straight line between two.</param>
/// <param name="IsStretched">Whether the ends of curves are mixed as well, and values at equal parts of the way between; else values are mixed at equal abscissae, where all neighbours have one.</param>
internal sealed record MixtureKind(bool IsCubic, bool IsStretched);

/// <summary>Curves between computed settings, from their neighbours; the page does the same (static/mix.ts).</summary>
internal static class Mixture
{
    /// <summary>The nodes that a point of the grid is made of, the first axis slowest.</summary>
    public static IReadOnlyList<(int Node, double Weight)> Nodes(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> values, bool isCubic)
    {
        List<(int Node, double Weight)> all = [(0, 1)];
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var own = axes[axis].Weights(values[axis], isCubic);
            var count = axes[axis].Values.Count;
            all = [.. all.SelectMany(before => own.Select(entry => ((before.Node * count) + entry.Index, before.Weight * entry.Weight)))];
        }

        return all;
    }

    /// <summary>The curve of a number, mixed; null where one of the nearest neighbours is missing or differs in kind, or where they have no abscissae in common.</summary>
    /// <param name="nodes">The computed settings.</param>
    /// <param name="parts">Those that are mixed.</param>
    /// <param name="nearest">Those of the straight mixture: they are enough where a further one is missing, or has a shorter curve.</param>
    /// <param name="curve">Number of the curve.</param>
    /// <param name="isStretched">See <see cref="MixtureKind"/>.</param>
    public static SampledCurve? Curve(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts, IReadOnlyList<(int Node, double Weight)> nearest, int curve, bool isStretched)
    {
        if (!AreAlike(nodes, nearest))
            return null;
        var straight = Mixed(nodes, nearest, nearest, curve, isStretched);
        return straight is not null && AreAlike(nodes, parts) && Mixed(nodes, parts, nearest, curve, isStretched) is { } mixed && Covers(mixed, straight) ? mixed : straight;
    }

    private static bool AreAlike(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts) =>
        parts.All(part => nodes[part.Node] is { } node && string.Equals(node.Source.Likeness, nodes[parts[0].Node]?.Source.Likeness, StringComparison.Ordinal));

    private static SampledCurve? Mixed(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts, IReadOnlyList<(int Node, double Weight)> nearest, int curve, bool isStretched)
    {
        (SampledCurve Curve, double Weight)[] own = [.. parts.Select(part => (nodes[part.Node]!.Curves[curve], part.Weight))];
        var first = own[0].Curve;
        if (first.X.Length == 0)
            return null;
        double[] Sum(Func<SampledCurve, double[]> read) => [.. Enumerable.Range(0, first.X.Length).Select(i => own.Sum(pair => pair.Weight * read(pair.Curve)[i]))];
        if (isStretched || first.Places is null || Array.TrueForAll(own, pair => IsNear(pair.Curve.X[0], first.X[0], first) && IsNear(pair.Curve.X[^1], first.X[^1], first)))
            return new SampledCurve(first.Places, Sum(pair => pair.X), [Sum(pair => pair.Y)]);
        var (start, end) = (own.Max(pair => pair.Curve.X[0]), own.Min(pair => pair.Curve.X[^1]));
        if (!(end > start))
            return null;
        double[] x = [start, .. nearest.SelectMany(part => nodes[part.Node]!.Curves[curve].X).Where(place => place > start && place < end).Distinct().Order(), end];
        return new SampledCurve(first.Places, x, [Array.ConvertAll(x, place => own.Sum(pair => pair.Weight * RowCurve.At(pair.Curve.X, pair.Curve.Y, place)))]);
    }

    private static bool IsNear(double one, double other, SampledCurve curve) => Math.Abs(one - other) <= 1e-6 * Math.Abs(curve.X[^1] - curve.X[0]);

    // Whether it reaches as far as another, with a value wherever that has one.
    private static bool Covers(SampledCurve curve, SampledCurve other) => curve.X.Length == other.X.Length && !curve.Y.Zip(other.Y).Any(pair => double.IsNaN(pair.First) && !double.IsNaN(pair.Second));
}
