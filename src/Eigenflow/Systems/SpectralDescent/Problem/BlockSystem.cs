namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// The covariance as blocks on which W = Σ_j w_j P_j O lives: eigenvalue, multiplicity and role of each. The signal is a block of its own with multiplicity one.
/// </summary>
/// <param name="Eigenvalues">q_j.</param>
/// <param name="Multiplicities">n_j, as doubles.</param>
/// <param name="Signal">Index of the signal (coefficient a).</param>
/// <param name="Loud">Index of the block with the largest eigenvalue besides the signal (coefficient b).</param>
/// <param name="Quiet">Index of the last block that is neither, where there is one, otherwise <paramref name="Loud"/> (coefficient c).</param>
/// <param name="Scale">α, the start of every coefficient.</param>
public sealed record BlockSystem(double[] Eigenvalues, double[] Multiplicities, int Signal, int Loud, int Quiet, double Scale)
{
    /// <summary>Number of blocks K.</summary>
    public int Count => Eigenvalues.Length;

    /// <summary>Input dimension d = Σ n_j.</summary>
    public double Dimension => Multiplicities.Sum();

    /// <summary>Trace of Q.</summary>
    public double Trace => Eigenvalues.Zip(Multiplicities, (q, n) => q * n).Sum();

    /// <summary>q of the signal.</summary>
    public double SignalEigenvalue => Eigenvalues[Signal];

    /// <summary>q of the loudest other block.</summary>
    public double LoudEigenvalue => Eigenvalues[Loud];

    /// <summary>q of the quiet block.</summary>
    public double QuietEigenvalue => Eigenvalues[Quiet];

    /// <summary>Splits the signal off its block and finds the roles.</summary>
    /// <param name="covariance">The covariance.</param>
    /// <param name="block">0-based block of the signal.</param>
    /// <param name="scale">α.</param>
    /// <exception cref="ParameterException">A signal without variance.</exception>
    internal static BlockSystem Of(InputCovariance covariance, int block, double scale)
    {
        if (!(covariance.Eigenvalues[block] > 0))
            throw new ParameterException("signal-mode", 1 + covariance.Multiplicities.Take(block).Sum(), "a mode with a positive eigenvalue", "a signal without variance cannot be seen");
        var values = new List<double>();
        var counts = new List<double>();
        for (var j = 0; j < covariance.Eigenvalues.Length; j++)
        {
            if (j == block)
            {
                values.Add(covariance.Eigenvalues[j]);
                counts.Add(1);
            }
            else
            {
                values.Add(covariance.Eigenvalues[j]);
                counts.Add(covariance.Multiplicities[j]);
            }
        }

        if (covariance.Multiplicities[block] > 1)
        {
            values.Add(covariance.Eigenvalues[block]);
            counts.Add(covariance.Multiplicities[block] - 1);
        }

        var others = Enumerable.Range(0, values.Count).Where(j => j != block).ToArray();
        var loud = covariance.IsSpiked ? 1 : others.MaxBy(j => values[j]);
        var quiet = others.Where(j => j != loud).DefaultIfEmpty(loud).Last();
        return new BlockSystem([.. values], [.. counts], block, loud, quiet, scale);
    }
}
