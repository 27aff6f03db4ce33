using Eigenflow.Numerics.Dense;
using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Classes of Gaussian inputs with common eigenvectors and one output, as the closed forms see them: blocks of modes, each with a share of the dimension, an eigenvalue per class, and a mean per class along one direction of the block.
/// A mode by itself is a block with the share 1/d; the continuum is a quadrature over U = ρ/d.
/// </summary>
internal sealed class ClassModes
{
    // ln U reaches down to this cut; what is below it is one block.
    private const double Cut = 1e-12;
    private const int Nodes = 200;

    /// <summary>States the classes.</summary>
    /// <param name="shares">w_b &gt; 0, the part of the modes in each block; their sum is 1.</param>
    /// <param name="probabilities">p_i ≥ 0, sum 1.</param>
    /// <param name="labels">y_i = ±1.</param>
    /// <param name="eigenvalues">λ_b of each class, ≥ 0.</param>
    /// <param name="means">Projection of each class's mean on the direction of the block; its square is the sum of μ² over the block.</param>
    public ClassModes(double[] shares, double[] probabilities, double[] labels, double[][] eigenvalues, double[][] means)
    {
        (Shares, Probabilities, Labels, Eigenvalues, Means) = (shares, probabilities, labels, eigenvalues, means);
        Average = [.. shares.Select((_, b) => probabilities.Select((p, i) => p * eigenvalues[i][b]).Sum())];
        IsShared = Enumerable.Range(0, Blocks).All(b => Enumerable.Range(1, Classes - 1).All(i => labels[i] * means[i][b] == labels[0] * means[0][b]));
    }

    /// <summary>w_b.</summary>
    public double[] Shares { get; }

    /// <summary>p_i.</summary>
    public double[] Probabilities { get; }

    /// <summary>y_i.</summary>
    public double[] Labels { get; }

    /// <summary>λ by class and block.</summary>
    public double[][] Eigenvalues { get; }

    /// <summary>μ by class and block.</summary>
    public double[][] Means { get; }

    /// <summary>Σ p_i λ^(i) of each block.</summary>
    public double[] Average { get; }

    /// <summary>Number of blocks.</summary>
    public int Blocks => Shares.Length;

    /// <summary>Number of classes.</summary>
    public int Classes => Probabilities.Length;

    /// <summary>Whether y_i μ_i is the same for all classes: two classes are then as good as one.</summary>
    public bool IsShared { get; }

    /// <summary>y μ of a block where it is shared.</summary>
    /// <param name="block">The block.</param>
    public double SharedMean(int block) => Labels[0] * Means[0][block];

    /// <summary>q = Σ μ²/Σ p_i λ^(i) of a shared mean; +∞ where the mean has a part in the kernel of every class.</summary>
    public double Separation
    {
        get
        {
            var sum = 0.0;
            for (var b = 0; b < Blocks; b++)
                sum += Means[0][b] == 0 ? 0 : Average[b] == 0 ? double.PositiveInfinity : Means[0][b] * Means[0][b] / Average[b];
            return sum;
        }
    }

    /// <summary>Σ μ² of a class.</summary>
    /// <param name="classIndex">The class.</param>
    public double SquaredMean(int classIndex) => Means[classIndex].Sum(mean => mean * mean);

    /// <summary>Part of Σ μ² of a class in the kernel of all classes.</summary>
    /// <param name="classIndex">The class.</param>
    public double CleanSquaredMean(int classIndex) => Means[classIndex].Where((_, b) => Average[b] == 0).Sum(mean => mean * mean);

    /// <summary>Tr K̄/d = ⟨Σ p_i λ^(i)⟩.</summary>
    public double Trace => Shares.Select((share, b) => share * Average[b]).Sum();

    /// <summary>a_ij = ⟨λ^(i) λ^(j)/Σ p λ⟩, symmetric, C × C.</summary>
    public double[] Overlaps()
    {
        var matrix = new double[Classes * Classes];
        for (var b = 0; b < Blocks; b++)
        {
            if (Average[b] == 0)
                continue;
            for (var i = 0; i < Classes; i++)
            {
                for (var j = 0; j < Classes; j++)
                    matrix[(i * Classes) + j] += Shares[b] * Eigenvalues[i][b] * Eigenvalues[j][b] / Average[b];
            }
        }

        return matrix;
    }

    /// <summary>Every mode by itself.</summary>
    /// <param name="probabilities">p_i.</param>
    /// <param name="labels">y_i.</param>
    /// <param name="eigenvalues">λ by class and mode.</param>
    /// <param name="means">μ by class and mode.</param>
    public static ClassModes Of(double[] probabilities, double[] labels, double[][] eigenvalues, double[][] means) =>
        new([.. Enumerable.Repeat(1.0 / eigenvalues[0].Length, eigenvalues[0].Length)], probabilities, labels, eigenvalues, means);

    /// <summary>d = ∞: λ^(i) = U^(α_i) and yμ = U^β scaled to a norm, by Gauss's rule in ln U.</summary>
    /// <param name="laws">The powers.</param>
    /// <param name="isStationary">Whether the modes below the cut, one block, keep what they add to ∫ μ²/λ (for fixed points), and have not the eigenvalue 0 (for times at which they have not begun to relax).</param>
    public static ClassModes Continuum(MixtureLaws laws, bool isStationary)
    {
        var rule = new GaussLegendreRule(Math.Log(Cut), 0, Nodes);
        var (powers, beta) = (laws.Powers, laws.Beta);
        var places = new double[Nodes + 1];
        var shares = new double[Nodes + 1];
        var means = new double[Nodes + 1];
        for (var k = 0; k < Nodes; k++)
        {
            places[k] = Math.Exp(rule.GetAbscissa(k));
            shares[k] = places[k] * rule.GetWeight(k);
            means[k] = laws.Scale * Math.Sqrt(shares[k]) * Math.Pow(places[k], beta);
        }

        shares[Nodes] = Cut;
        means[Nodes] = laws.Scale * Math.Sqrt(Math.Pow(Cut, 1 + (2 * beta)) / (1 + (2 * beta)));
        return new ClassModes(
            shares, laws.Probabilities, [.. powers.Select((_, i) => i == 0 ? 1.0 : -1)],
            [.. powers.Select(power => Enumerable.Range(0, Nodes + 1).Select(k => k < Nodes ? Math.Pow(places[k], power) : Below(power)).ToArray())],
            [.. powers.Select((_, i) => means.Select(mean => i == 0 ? mean : -mean).ToArray())]);

        double Below(double power) => isStationary ? Math.Pow(Cut, power) * Math.Max(0, 1 + (2 * beta) - power) / (1 + (2 * beta)) : 0;
    }
}
