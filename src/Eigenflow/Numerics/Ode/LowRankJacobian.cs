namespace Eigenflow.Numerics.Ode;

/// <summary>J = diag(D) + Σ_{r &lt; R} U_r V_rᵀ. Memory n (2R + 1) doubles.</summary>
public sealed class LowRankJacobian
{
    private readonly double[] diagonal;
    private readonly double[][] left;
    private readonly double[][] right;
    private readonly int size;

    /// <summary>Makes room for a Jacobian.</summary>
    /// <param name="size">n ≥ 1.</param>
    /// <param name="rank">R ≥ 0.</param>
    public LowRankJacobian(int size, int rank)
    {
        this.size = size;
        Rank = rank;
        diagonal = VectorLoops.Padded(size);
        left = [.. Enumerable.Range(0, rank).Select(_ => VectorLoops.Padded(size))];
        right = [.. Enumerable.Range(0, rank).Select(_ => VectorLoops.Padded(size))];
    }

    /// <summary>R.</summary>
    public int Rank { get; }

    /// <summary>D, length n.</summary>
    public Span<double> Diagonal => diagonal.AsSpan(0, size);

    internal double[] PaddedDiagonal => diagonal;

    /// <summary>U_r, length n.</summary>
    /// <param name="index">r.</param>
    public Span<double> Left(int index) => left[index].AsSpan(0, size);

    /// <summary>V_r, length n.</summary>
    /// <param name="index">r.</param>
    public Span<double> Right(int index) => right[index].AsSpan(0, size);

    internal double[] PaddedLeft(int index) => left[index];

    internal double[] PaddedRight(int index) => right[index];
}
