namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A covariance between runs on the nodes of <see cref="TeacherNodes"/>: Σ_ij = w*_i w*_j Along_ij + δ_ij Each_i.</summary>
/// <param name="size">Number of nodes.</param>
internal sealed class CovarianceParts(int size)
{
    /// <summary>The part along the teacher, row by row.</summary>
    public double[] Along { get; } = new double[size * size];

    /// <summary>The part of each mode by itself.</summary>
    public double[] Each { get; } = new double[size];

    /// <summary>Multiplies all by a factor.</summary>
    public void Scale(double factor)
    {
        for (var i = 0; i < Along.Length; i++)
            Along[i] *= factor;
        for (var i = 0; i < Each.Length; i++)
            Each[i] *= factor;
    }
}
