namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Classes of Gaussian inputs with common eigenvectors and one output, as the closed forms see them: directions, each with a share of the modes, an eigenvalue per class, and the mean of the margin yμ of every class along it.
/// A mode by itself is a direction with the share 1/d; of several directions of one block, the first has all of its share.
/// </summary>
internal sealed class ClassModes
{
    // γt of the fixed points: the continuum then begins so far down that what lies below adds nothing to ∫ μ²/λ.
    private const double Slowest = 1e300;

    /// <summary>States the classes.</summary>
    /// <param name="shares">w_b ≥ 0, the part of the modes in each direction; their sum is 1.</param>
    /// <param name="probabilities">p_i > 0, sum 1.</param>
    /// <param name="eigenvalues">λ ≥ 0 by class and direction.</param>
    /// <param name="means">y_i μ_i by class and direction.</param>
    public ClassModes(double[] shares, double[] probabilities, double[][] eigenvalues, double[][] means)
    {
        (Shares, Probabilities, Eigenvalues, Means) = (shares, probabilities, eigenvalues, means);
        Average = [.. shares.Select((_, b) => probabilities.Select((p, i) => p * eigenvalues[i][b]).Sum())];
        IsShared = means.All(mean => mean.AsSpan().SequenceEqual(means[0]));
    }

    /// <summary>w_b.</summary>
    public double[] Shares { get; }

    /// <summary>p_i.</summary>
    public double[] Probabilities { get; }

    /// <summary>λ by class and direction.</summary>
    public double[][] Eigenvalues { get; }

    /// <summary>yμ by class and direction.</summary>
    public double[][] Means { get; }

    /// <summary>Σ p_i λ^(i) of each direction.</summary>
    public double[] Average { get; }

    /// <summary>Number of directions.</summary>
    public int Count => Shares.Length;

    /// <summary>Number of classes of margins.</summary>
    public int Classes => Probabilities.Length;

    /// <summary>Whether y_i μ_i is the same for all classes.</summary>
    public bool IsShared { get; }

    /// <summary>q = Σ μ²/Σ p_i λ^(i) of a shared mean; +∞ where the mean has a part in the kernel of every class.</summary>
    public double Separation
    {
        get
        {
            var sum = 0.0;
            for (var b = 0; b < Count; b++)
                sum += Means[0][b] == 0 ? 0 : Average[b] == 0 ? double.PositiveInfinity : Means[0][b] * Means[0][b] / Average[b];
            return sum;
        }
    }

    /// <summary>Whether a mean has a part in the kernel of every class, where margins can grow without noise.</summary>
    public bool HasCleanMean => Enumerable.Range(0, Count).Any(b => Average[b] == 0 && Means.Any(mean => mean[b] != 0));

    /// <summary>Tr K̄/d = ⟨Σ p_i λ^(i)⟩.</summary>
    public double Trace => Shares.Select((share, b) => share * Average[b]).Sum();

    /// <summary>Σ μ² of the first class.</summary>
    public double SquaredMean => Means[0].Sum(mean => mean * mean);

    /// <summary>Its part in the kernel of every class.</summary>
    public double CleanSquaredMean => Means[0].Where((_, b) => Average[b] == 0).Sum(mean => mean * mean);

    /// <summary>a_ij = ⟨λ^(i) λ^(j)/Σ p λ⟩, symmetric, C × C.</summary>
    public double[] Overlaps()
    {
        var matrix = new double[Classes * Classes];
        for (var b = 0; b < Count; b++)
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

    /// <summary>The classes of the theory.</summary>
    /// <param name="modes">The modes as the theory carries them.</param>
    public static ClassModes Of(MixtureModes modes)
    {
        var blocks = modes.BlockOf ?? [.. Enumerable.Range(0, modes.Directions)];
        var shares = new double[modes.Directions];
        var isTaken = new bool[modes.Blocks];
        for (var k = 0; k < shares.Length; k++)
        {
            shares[k] = isTaken[blocks[k]] ? 0 : modes.Masses[blocks[k]];
            isTaken[blocks[k]] = true;
        }

        double[][] spectra = [.. modes.Spectra.Select(values => blocks.Select(block => values[block]).ToArray())];
        return new ClassModes(shares, modes.Probabilities, [.. modes.SpectrumOf.Select(spectrum => spectra[spectrum])], modes.Means);
    }

    /// <summary>d = ∞ where only fixed points are asked for: the continuum so far down that what lies below, and would have the eigenvalue 0, can be left out.</summary>
    /// <param name="problem">The mixture; its dimension is not read.</param>
    /// <exception cref="ParameterException">A spectrum or a mean without a limit.</exception>
    public static ClassModes Stationary(MultiClassProblem problem)
    {
        var modes = Of(SmoothModes.Continuum(problem, Slowest));
        var hasRest = problem.Classes.Any(one => one.Spectrum.Power > 0);
        bool[] keeps = [.. modes.Average.Select(average => !hasRest || average > 0)];
        double[] Kept(double[] values) => [.. values.Where((_, b) => keeps[b])];
        return new ClassModes(Kept(modes.Shares), modes.Probabilities, [.. modes.Eigenvalues.Select(Kept)], [.. modes.Means.Select(Kept)]);
    }
}
