using Eigenflow.Dynamics;
using Eigenflow.Settings;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Phase retrieval by a two-layer quadratic network under anisotropic Gaussian inputs (arXiv 2601.22652): x ~ N(0, Q), y = (θ·x)², student f(x) = ‖Wᵀx‖²,
/// loss L(W) = ¼ E[(f(x) − y)²] = ¼ (2 tr(QΔQΔ) + T²) with Δ = WWᵀ − θθᵀ and T = tr(QΔ). Immutable.
/// </summary>
public sealed record SpectralDescentProblem : IProblem
{
    /// <summary>The covariance. Default: d = 100, λ = 9.</summary>
    public InputCovariance Covariance { get; init; } = InputCovariance.Spiked(100, 9);

    /// <summary>The teacher. Default: the first eigenvector; for a spiked covariance an axis orthogonal to the spike.</summary>
    public TeacherDirection Teacher { get; init; } = TeacherDirection.Mode();

    /// <summary>The initial weights. Default: 1e-3 I, small enough for an escape phase.</summary>
    public WeightStart Start { get; init; } = WeightStart.Identity(1e-3);

    /// <inheritdoc/>
    public string SystemId => SpectralDescentSystem.Identifier;

    /// <inheritdoc/>
    public Setting Describe() => Setting.Empty.With(SpectralDescentParameters.Dimension, Covariance.Dimension).With(SpectralDescentParameters.StartScale, Start.Scale);

    /// <summary>Does nothing: covariance, teacher and start are checked as they are made.</summary>
    public void Validate()
    {
    }

    /// <summary>The invariant blocks on which the updates close.</summary>
    /// <exception cref="ParameterException">The teacher is no eigenvector of Q, or the start is not α times an orthogonal matrix.</exception>
    public BlockSystem Blocks()
    {
        int block;
        if (Teacher.Eigenvector is { } number)
        {
            block = Covariance.BlockOf(number);
        }
        else
        {
            var vector = Teacher.Vector(checked((int)Covariance.Dimension));
            block = BlockOf(vector) ?? throw new ParameterException(
                "teacher", "(not an eigenvector of the covariance)", "an eigenvector of Q for block methods; with a spike orthogonal to it", "use full-matrix mode: full-gd, full-spectral, full-fractional or full-muon");
        }

        if (!Start.IsOrthogonal)
            throw new ParameterException("start", "(not orthogonal)", "identity or orthogonal for block methods", "use full-matrix mode: full-gd, full-spectral, full-fractional or full-muon");
        return BlockSystem.Of(Covariance, block, Start.Scale);
    }

    // A vector given in coordinates that happens to lie within one block.
    private int? BlockOf(double[] vector)
    {
        if (!Covariance.Eigenvectors.IsEmpty)
        {
            var d = vector.Length;
            var rotated = new double[d];
            Numerics.Dense.MatrixProduct.Multiply(Covariance.Eigenvectors.AsSpan(), vector, rotated, d, d, 1);
            vector = rotated;
        }

        const double Tolerance = 1e-12;
        if (Covariance.IsSpiked)
            return Math.Abs(vector[1]) <= Tolerance ? 0 : null;
        var first = 0;
        for (var j = 0; j < Covariance.Eigenvalues.Length; j++)
        {
            var end = first + (int)Covariance.Multiplicities[j];
            var inside = vector.AsSpan(first, end - first);
            var square = 0.0;
            foreach (var value in inside)
                square += value * value;
            if (Math.Abs(square - 1) <= Tolerance)
                return j;
            first = end;
        }

        return null;
    }
}
