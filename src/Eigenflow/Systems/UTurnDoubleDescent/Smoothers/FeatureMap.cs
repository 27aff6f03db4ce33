namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Turns an input into features.</summary>
/// <param name="Count">Number of features P.</param>
/// <param name="Fill">Writes the features of an input.</param>
internal sealed record FeatureMap(int Count, FeatureMap.Filling Fill)
{
    public delegate void Filling(ReadOnlySpan<double> x, Span<double> features);

    /// <summary>The first inputs themselves.</summary>
    public static FeatureMap Inputs(int features) => new(features, (x, to) => x[..features].CopyTo(to));

    /// <summary>Random Fourier features: columns 2k and 2k + 1 are cos(x·v_k) and sin(x·v_k).</summary>
    /// <param name="frequencies">V, d × m row by row; v_k is column k.</param>
    /// <param name="count">Number of columns, at most 2 m.</param>
    public static FeatureMap Fourier(double[] frequencies, int count) => new(count, (x, to) =>
    {
        var width = frequencies.Length / x.Length;
        for (var pair = 0; 2 * pair < count; pair++)
        {
            var phase = 0.0;
            for (var i = 0; i < x.Length; i++)
                phase += x[i] * frequencies[(i * width) + pair];
            to[2 * pair] = Math.Cos(phase);
            if ((2 * pair) + 1 < count)
                to[(2 * pair) + 1] = Math.Sin(phase);
        }
    });

    /// <summary>The same with a column of ones before them.</summary>
    public FeatureMap WithBias() => new(Count + 1, (x, to) =>
    {
        to[0] = 1;
        Fill(x, to[1..]);
    });

    /// <summary>The features of points, count × P.</summary>
    /// <param name="points">The points.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    public double[] Design(LabelledSample points, int first, int count)
    {
        var design = new double[count * Count];
        for (var row = 0; row < count; row++)
        {
            Numerics.Interruption.Check();
            Fill(points.Input(first + row), design.AsSpan(row * Count, Count));
        }

        return design;
    }

    /// <summary>The features of all points, n × P.</summary>
    public double[] Design(LabelledSample sample) => Design(sample, 0, sample.Rows);
}
