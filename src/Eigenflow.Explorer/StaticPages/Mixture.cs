namespace Eigenflow.Explorer.StaticPages;

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
    /// <param name="isStretched">Whether the ends of curves are mixed as well, and values at equal parts of the way between; else values are mixed at equal abscissae, where all neighbours have one.</param>
    public static SampledFigure.Curve? Curve(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts, IReadOnlyList<(int Node, double Weight)> nearest, int curve, bool isStretched)
    {
        if (!AreAlike(nodes, nearest))
            return null;
        if (Mixed(nodes, nearest, curve, isStretched) is not { } straight || !AreAlike(nodes, parts))
            return Mixed(nodes, nearest, curve, isStretched);
        return Mixed(nodes, parts, curve, isStretched) is { } mixed && (isStretched || mixed.Covers(straight)) ? mixed : straight;
    }

    private static bool AreAlike(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts) =>
        parts.All(part => nodes[part.Node] is { } node && string.Equals(node.Likeness, nodes[parts[0].Node]?.Likeness, StringComparison.Ordinal));

    private static SampledFigure.Curve? Mixed(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts, int curve, bool isStretched)
    {
        (SampledFigure.Curve Curve, double Weight)[] own = [.. parts.Select(part => (nodes[part.Node]!.Curves[curve], part.Weight))];
        var first = own[0].Curve;
        var (start, end, y) = (0.0, 0.0, new double[first.Y.Length]);
        if (isStretched || y.Length < SampledFigure.Points)
        {
            foreach (var (one, weight) in own)
            {
                start += weight * one.Start;
                end += weight * one.End;
                for (var i = 0; i < y.Length; i++)
                    y[i] += weight * one.Y[i];
            }
        }
        else
        {
            (start, end) = (own.Max(pair => pair.Curve.Start), own.Min(pair => pair.Curve.End));
            if (!(end > start))
                return null;
            for (var i = 0; i < y.Length; i++)
                y[i] = own.Sum(pair => pair.Weight * pair.Curve.ValueAt(start + ((end - start) * i / (y.Length - 1))));
        }

        return first with { Start = start, End = end, Y = y, Lower = null, Upper = null };
    }
}
