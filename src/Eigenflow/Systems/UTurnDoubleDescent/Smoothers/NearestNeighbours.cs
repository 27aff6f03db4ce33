namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The mean of the k nearest training points, a point itself included; equal distances go to the earlier point. A stage per k. Work O(nd + n log n) per input.</summary>
internal sealed class NearestNeighbours : Smoother
{
    private readonly LabelledSample sample;
    private readonly IReadOnlyList<int> neighbours;

    /// <param name="sample">The training points.</param>
    /// <param name="neighbours">The k of the stages, ascending, from 1 to n.</param>
    /// <exception cref="ParameterException">A k is out of range.</exception>
    public NearestNeighbours(LabelledSample sample, params IReadOnlyList<int> neighbours)
    {
        foreach (var k in neighbours)
        {
            if (k < 1 || k > sample.Rows)
                throw new ParameterException("neighbours", k, FormattableString.Invariant($"a whole number from 1 to samples = {sample.Rows}"));
        }

        (this.sample, this.neighbours) = (sample, neighbours);
    }

    public override int Samples => sample.Rows;

    public override int Stages => neighbours.Count;

    public override void Visit(LabelledSample points, int first, int count, double[] rows, double[] predictions, StageVisitor visit)
    {
        var (n, outputs) = (sample.Rows, sample.Outputs);
        var nearest = new int[count][];
        for (var row = 0; row < count; row++)
            nearest[row] = Nearest(points.Input(first + row), neighbours[^1]);
        for (int k = 0, stage = 0; stage < neighbours.Count; k++)
        {
            for (var row = 0; row < count; row++)
            {
                var i = nearest[row][k];
                rows[(row * n) + i] += 1;
                for (var output = 0; output < outputs; output++)
                    predictions[(row * outputs) + output] += sample.Labels[(i * outputs) + output];
            }

            if (k + 1 == neighbours[stage])
                visit(stage++, 1.0 / neighbours[stage - 1]);
        }
    }

    private int[] Nearest(ReadOnlySpan<double> x, int count)
    {
        var (distances, order) = (new double[sample.Rows], new int[sample.Rows]);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            var point = sample.Input(i);
            for (var j = 0; j < x.Length; j++)
                distances[i] += (x[j] - point[j]) * (x[j] - point[j]);
        }

        Array.Sort(order, (one, other) => distances[one].CompareTo(distances[other]) is not 0 and var sign ? sign : one.CompareTo(other));
        return order[..count];
    }
}
