namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>A loss of several outputs, one per class.</summary>
public abstract record OutputLoss : ClassLoss
{
    private protected OutputLoss()
    {
    }

    /// <summary>Whether H is the unit matrix and the diagonals of B and I close upon themselves.</summary>
    internal virtual bool IsDiagonal => false;

    /// <summary>The loss of a sample.</summary>
    internal abstract double Value(int output, ReadOnlySpan<double> outputs);

    /// <summary>∇f of a sample.</summary>
    internal abstract void Gradient(int output, ReadOnlySpan<double> outputs, Span<double> gradient);

    /// <summary>Expectations over r ~ N(m, B) for samples of a class.</summary>
    /// <param name="output">The class.</param>
    /// <param name="mean">m, l numbers.</param>
    /// <param name="covariance">B, l × l; for diagonal losses its diagonal may be all that is known.</param>
    /// <param name="moments">Receives them.</param>
    internal abstract void Expect(int output, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, OutputMoments moments);
}

/// <summary>Expectations over r ~ N(m, B) ∈ R^l.</summary>
/// <param name="outputs">l.</param>
internal sealed class OutputMoments(int outputs)
{
    public int Outputs => outputs;

    /// <summary>E f.</summary>
    public double Risk { get; set; }

    /// <summary>F = E ∇f.</summary>
    public double[] Force { get; } = new double[outputs];

    /// <summary>H = E ∇²f, l × l.</summary>
    public double[] Curvature { get; } = new double[outputs * outputs];

    /// <summary>I = E ∇f ∇fᵀ, l × l.</summary>
    public double[] Noise { get; } = new double[outputs * outputs];

    /// <summary>tr I.</summary>
    public double NoiseTrace
    {
        get
        {
            var sum = 0.0;
            for (var k = 0; k < outputs; k++)
                sum += Noise[(k * outputs) + k];
            return sum;
        }
    }
}
