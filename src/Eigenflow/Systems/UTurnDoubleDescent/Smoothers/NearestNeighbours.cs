namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The mean of the k nearest training points, a point itself included; equal distances go to the earlier point. Work O(nd + n log n) per input.</summary>
internal sealed class NearestNeighbours : Smoother
{
    private readonly LabelledSample sample;
    private readonly int neighbours;

    /// <param name="sample">The training points.</param>
    /// <param name="neighbours">k, from 1 to n.</param>
    /// <exception cref="ParameterException">k is out of range.</exception>
    public NearestNeighbours(LabelledSample sample, int neighbours)
    {
        if (neighbours < 1 || neighbours > sample.Rows)
            throw new ParameterException("neighbours", neighbours, FormattableString.Invariant($"a whole number from 1 to samples = {sample.Rows}"));
        (this.sample, this.neighbours) = (sample, neighbours);
    }

    public override int Samples => sample.Rows;

    public override void Weights(ReadOnlySpan<double> x, Span<double> weights)
    {
        weights.Clear();
        foreach (var i in Nearest(x))
            weights[i] = 1.0 / neighbours;
    }

    public override void Predict(ReadOnlySpan<double> x, Span<double> prediction)
    {
        prediction.Clear();
        foreach (var i in Nearest(x))
        {
            for (var k = 0; k < sample.Outputs; k++)
                prediction[k] += sample.Labels[(i * sample.Outputs) + k] / neighbours;
        }
    }

    private int[] Nearest(ReadOnlySpan<double> x)
    {
        var distances = new (double Square, int Point)[sample.Rows];
        for (var i = 0; i < sample.Rows; i++)
        {
            var square = 0.0;
            for (var k = 0; k < x.Length; k++)
                square += (x[k] - sample.Inputs[(i * sample.Features) + k]) * (x[k] - sample.Inputs[(i * sample.Features) + k]);
            distances[i] = (square, i);
        }

        Array.Sort(distances);
        return [.. distances.Take(neighbours).Select(one => one.Point)];
    }
}
