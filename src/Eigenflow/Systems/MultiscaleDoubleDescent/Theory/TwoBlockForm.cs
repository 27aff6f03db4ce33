namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Which of the two blocks of features move in the closed form.</summary>
public enum ActiveBlocks
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>The fast block alone; the slow one stays as at time zero.</summary>
    Fast,

    /// <summary>The slow block alone; the fast one has been learned.</summary>
    Slow,
}

/// <summary>
/// The paper's closed form for ridge regression on two blocks of features (arXiv 2112.03215, Eqs. 14–16). It gives each block a self-energy of its own, where the true system shares one: exact
/// only for κ → ∞ with one block active. Shipped beside the exact equivalent as the paper's approximation.
/// </summary>
/// <param name="Samples">n.</param>
/// <param name="Fast">p.</param>
/// <param name="Slow">d − p.</param>
/// <param name="FastScale">s₁.</param>
/// <param name="SlowScale">s₂.</param>
/// <param name="Noise">σ².</param>
/// <param name="FinalRidge">The ridge of the student that has learned all it can.</param>
internal readonly record struct TwoBlockForm(double Samples, double Fast, double Slow, double FastScale, double SlowScale, double Noise, double FinalRidge = 0)
{
    private double Dimension => Fast + Slow;

    /// <summary>The student at a ridge; not a number where the form is singular.</summary>
    /// <param name="ridge">λ &gt; 0, also +∞; 0 where all is learned.</param>
    /// <param name="active">The blocks that move.</param>
    public StudentError At(double ridge, ActiveBlocks active = ActiveBlocks.Both)
    {
        var parts = Parts(ridge, active);
        if (!(parts.Margin > 0))
            return new StudentError(double.NaN, double.NaN, double.NaN, double.NaN);
        var signal = parts.Norm(0);
        var total = parts.Norm(Noise);
        var bias = 0.5 * (1 - (2 * parts.Alignment) + signal);
        return new StudentError(parts.Alignment, total, bias, 0.5 * (total - signal));
    }

    /// <summary>The numbers of Eqs. 14–16.</summary>
    public TwoBlockParts Parts(double ridge, ActiveBlocks active = ActiveBlocks.Both)
    {
        var (alpha1, alpha2) = (Samples / Fast, Samples / Slow);
        var inverse1 = Inverse((active == ActiveBlocks.Slow ? FinalRidge : ridge) * Dimension / (Fast * FastScale * FastScale), alpha1);
        var inverse2 = active == ActiveBlocks.Fast ? 0 : Inverse(ridge * Dimension / (Slow * SlowScale * SlowScale), alpha2);
        return new TwoBlockParts(inverse1, inverse2, alpha1, alpha2, Samples / Dimension);
    }

    // 1/a with a = 1 + 2l/(1 − α − l + √((1 − α − l)² + 4l)); the sum of root and 1 − α − l cancels where that is negative.
    private static double Inverse(double ridge, double alpha)
    {
        if (double.IsPositiveInfinity(ridge))
            return 0;
        var x = 1 - alpha - ridge;
        var root = Math.Sqrt((x * x) + (4 * ridge));
        return 1 / (1 + (x < 0 ? (root - x) / 2 : ridge == 0 ? 0 : 2 * ridge / (x + root)));
    }
}

/// <summary>The numbers of the closed form at a ridge: 1/a_i, and all that follows.</summary>
internal readonly record struct TwoBlockParts(double Inverse1, double Inverse2, double Alpha1, double Alpha2, double Ratio)
{
    /// <summary>R₁ = (n/d)/a₁.</summary>
    public double Alignment1 => Ratio * Inverse1;

    /// <summary>R₂ = (n/d)/a₂.</summary>
    public double Alignment2 => Ratio * Inverse2;

    /// <summary>R.</summary>
    public double Alignment => Alignment1 + Alignment2;

    /// <summary>b₁ = α₁/(a₁² − α₁).</summary>
    public double B1 => Alpha1 * Inverse1 * Inverse1 / (1 - (Alpha1 * Inverse1 * Inverse1));

    /// <summary>b₂ = α₂/(a₂² − α₂).</summary>
    public double B2 => Alpha2 * Inverse2 * Inverse2 / (1 - (Alpha2 * Inverse2 * Inverse2));

    /// <summary>Positive where the form is regular: the smallest of 1 − b₁b₂ and the signs of b_i.</summary>
    public double Margin => B1 >= 0 && B2 >= 0 && double.IsFinite(B1) && double.IsFinite(B2) ? 1 - (B1 * B2) : -1;

    /// <summary>Q₁.</summary>
    public double Norm1(double noise) => B1 * (C1(noise) + (B2 * C2(noise))) / (1 - (B1 * B2));

    /// <summary>Q₂.</summary>
    public double Norm2(double noise) => B2 * (C2(noise) + (B1 * C1(noise))) / (1 - (B1 * B2));

    /// <summary>Q.</summary>
    public double Norm(double noise) => Norm1(noise) + Norm2(noise);

    private double C1(double noise) => 1 + noise - (2 * Alignment2) - (((2 * Inverse1) - 1) * Ratio);

    private double C2(double noise) => 1 + noise - (2 * Alignment1) - (((2 * Inverse2) - 1) * Ratio);
}
