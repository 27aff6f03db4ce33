namespace Eigenflow.Spectra;

/// <summary>
/// Nodes and weights that stand for all modes of a spectrum: for every function f that is smooth in λ, and every column q,
/// Σ_i m_q(i) f(λ_i) = Σ_j W_q(j) f(Λ_j) to about 1e-12 of the largest |f| in each octave of λ.
/// A node may be one mode, a lump of equal eigenvalues, or a Chebyshev node; weights of Chebyshev nodes may be negative.
/// </summary>
public sealed record SpectralMeasure
{
    /// <summary>The nodes Λ_j ≥ 0, in descending order.</summary>
    public required double[] Nodes { get; init; }

    /// <summary>Weights by column and node: <c>Weights[q][j]</c>.</summary>
    public required double[][] Weights { get; init; }

    /// <summary>Whether each node stands for one distinct eigenvalue, so that the measure is exact for any function.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Number of modes d that it stands for.</summary>
    public required long Dimension { get; init; }

    /// <summary>Σ_j W_q(j) f(Λ_j).</summary>
    /// <param name="column">The column q.</param>
    /// <param name="function">The function f(λ).</param>
    public double Integrate(int column, Func<double, double> function)
    {
        var sum = 0.0;
        for (var j = Nodes.Length - 1; j >= 0; j--)
            sum += Weights[column][j] * function(Nodes[j]);
        return sum;
    }
}
