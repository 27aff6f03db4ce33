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

    /// <summary>The curve of a number, mixed; null where a neighbour is missing or differs in kind.</summary>
    public static SampledFigure.Curve? Curve(IReadOnlyList<SampledFigure?> nodes, IReadOnlyList<(int Node, double Weight)> parts, int curve)
    {
        if (parts.Any(part => nodes[part.Node] is null) || parts.Select(part => nodes[part.Node]!.Likeness).Distinct(StringComparer.Ordinal).Count() > 1)
            return null;
        var first = nodes[parts[0].Node]!.Curves[curve];
        var (start, end, y) = (0.0, 0.0, new double[first.Y.Length]);
        foreach (var (node, weight) in parts)
        {
            var own = nodes[node]!.Curves[curve];
            start += weight * own.Start;
            end += weight * own.End;
            for (var i = 0; i < y.Length; i++)
                y[i] += weight * own.Y[i];
        }

        return first with { Start = start, End = end, Y = y, Lower = null, Upper = null };
    }
}
