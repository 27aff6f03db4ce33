namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Turns an input into features.</summary>
/// <param name="Count">Number of features P.</param>
/// <param name="Fill">Writes the features of an input.</param>
internal sealed record FeatureMap(int Count, FeatureMap.Filling Fill)
{
    public delegate void Filling(ReadOnlySpan<double> x, Span<double> features);

    /// <summary>The inputs themselves.</summary>
    public static FeatureMap Inputs(int features) => new(features, (x, to) => x.CopyTo(to));

    /// <summary>Random Fourier features: columns 2k and 2k + 1 are cos(x·v_k) and sin(x·v_k).</summary>
    /// <param name="frequencies">V, d × m row by row; v_k is column k.</param>
    /// <param name="count">Number of columns, at most 2 m.</param>
    public static FeatureMap Fourier(double[] frequencies, int count) => new(count, (x, to) =>
    {
        var width = frequencies.Length / x.Length;
        for (var column = 0; column < count; column++)
        {
            var phase = 0.0;
            for (var i = 0; i < x.Length; i++)
                phase += x[i] * frequencies[(i * width) + (column / 2)];
            to[column] = column % 2 == 0 ? Math.Cos(phase) : Math.Sin(phase);
        }
    });

    /// <summary>The features of all points, n × P.</summary>
    public double[] Design(LabelledSample sample)
    {
        var design = new double[sample.Rows * Count];
        for (var row = 0; row < sample.Rows; row++)
            Fill(sample.Input(row), design.AsSpan(row * Count, Count));
        return design;
    }
}
