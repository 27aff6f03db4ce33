namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>One class of a mixture: x = μ + K^{1/2} z with z ~ N(0, I).</summary>
/// <param name="Probability">p &gt; 0; those of all classes add to 1.</param>
/// <param name="Mean">Profile of the mean.</param>
/// <param name="Spectrum">Eigenvalues of K.</param>
public sealed record MixtureClass(double Probability, MeanProfile Mean, ClassSpectrum Spectrum)
{
    /// <summary>What the profile is multiplied by, of any sign.</summary>
    public double MeanSize { get; init; } = 1;

    /// <summary>Label +1 or −1, for losses of one output.</summary>
    public int Label { get; init; } = 1;

    /// <summary>Where classes take turns, the modes of this one: every <c>Stride</c>-th from <c>Offset</c> on, scaled by √Stride, so that means are orthogonal and of equal norm; (0, 1) takes all.</summary>
    public (int Offset, int Stride) Turn { get; init; } = (0, 1);

    /// <summary>Writes the mean.</summary>
    /// <param name="values">d numbers.</param>
    public void FillMean(Span<double> values)
    {
        Mean.Fill(values);
        var scale = MeanSize * Math.Sqrt(Turn.Stride);
        for (var k = 0; k < values.Length; k++)
            values[k] = k % Turn.Stride == Turn.Offset ? scale * values[k] : 0;
    }
}
