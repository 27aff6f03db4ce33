using System.Collections.Immutable;
using Eigenflow.Numerics.Dense;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The covariance Q of the Gaussian inputs as eigenvalues with multiplicities, and its eigenvectors where they are not the axes. Immutable.</summary>
public sealed record InputCovariance
{
    private const int LargestPowerLaw = 10_000_000;

    private InputCovariance(ImmutableArray<double> eigenvalues, ImmutableArray<long> multiplicities)
    {
        Eigenvalues = eigenvalues;
        Multiplicities = multiplicities;
        Dimension = multiplicities.Sum();
    }

    /// <summary>Eigenvalues q_j ≥ 0, one per block.</summary>
    public ImmutableArray<double> Eigenvalues { get; }

    /// <summary>Multiplicities n_j ≥ 1, one per block.</summary>
    public ImmutableArray<long> Multiplicities { get; }

    /// <summary>Input dimension d = Σ n_j.</summary>
    public long Dimension { get; }

    /// <summary>Row by row the eigenvectors (d × d) in the order of the eigenvalues, or empty where they are the axes.</summary>
    public ImmutableArray<double> Eigenvectors { get; private init; } = [];

    /// <summary>Whether it is I + λ v vᵀ with the spike as its second axis: block 0 holds the signal and the bulk, block 1 the spike.</summary>
    public bool IsSpiked { get; private init; }

    /// <summary>Trace of Q.</summary>
    public double Trace => Eigenvalues.Select((q, j) => q * Multiplicities[j]).Sum();

    /// <summary>The 0-based block that an eigenvector belongs to.</summary>
    /// <param name="number">1-based number of the eigenvector, in the order of the blocks; with a spike number 2 is the spike.</param>
    /// <exception cref="ParameterException">No such eigenvector.</exception>
    internal int BlockOf(long number)
    {
        if (number < 1 || number > Dimension)
            throw new ParameterException("signal-mode", number, FormattableString.Invariant($"a whole number from 1 to {Dimension}"));
        if (IsSpiked)
            return number == 2 ? 1 : 0;
        var block = 0;
        for (var end = Multiplicities[0]; end < number; end += Multiplicities[block])
            block++;
        return block;
    }

    /// <summary>The covariance that a spectrum describes.</summary>
    /// <param name="spectrum">How it was written.</param>
    /// <param name="dimension">d, of spikes and power laws.</param>
    /// <param name="spike">λ, of a spike.</param>
    /// <param name="exponent">p, of a power law.</param>
    /// <exception cref="EigenflowException">Out of range, or a file that cannot be used.</exception>
    internal static InputCovariance Of(SpectrumForm spectrum, long dimension, Func<double> spike, Func<double> exponent)
    {
        switch (spectrum.Form)
        {
            case SpectrumForms.Spike:
                return Spiked(dimension, spike());
            case SpectrumForms.PowerLaw:
                return dimension <= LargestPowerLaw ? PowerLaw((int)dimension, exponent()) : throw new ParameterException("dimension", dimension, "at most 1e7 with spectrum = power-law", "every mode is a block");
            case SpectrumForms.List:
                return FromBlocks(spectrum.Values, spectrum.Multiplicities);
            default:
                var file = InputVector.ReadMatrix(spectrum.Path!);
                if (SpectralModes.IsTable(file))
                    return FromBlocks(spectrum.Explicit()!, Enumerable.Repeat(1L, file.Rows));
                return file.Rows == 1 || file.Columns == 1
                    ? FromBlocks(file.Values, Enumerable.Repeat(1L, file.Values.Length))
                    : FromMatrix(file.Values, file.Rows == file.Columns ? file.Rows : throw new InputFileException(spectrum.Path!, $"it holds a table of {file.Rows} rows and {file.Columns} columns", "one column of eigenvalues, or a square symmetric matrix"));
        }
    }

    /// <summary>Q = I + λ v vᵀ with v an axis orthogonal to the signal.</summary>
    /// <param name="dimension">d ≥ 3.</param>
    /// <param name="spike">λ &gt; −1.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static InputCovariance Spiked(long dimension, double spike)
    {
        if (dimension < 3)
            throw new ParameterException("dimension", dimension, "a whole number >= 3", "signal, spike and bulk need one direction each");
        if (!(spike > -1) || !double.IsFinite(spike))
            throw new ParameterException("spike", spike, "a number > -1", "the eigenvalue 1 + spike of the covariance must be positive");
        return new InputCovariance([1, 1 + spike], [dimension - 1, 1]) { IsSpiked = true };
    }

    /// <summary>Eigenvalues q_j = j^(−p), j = 1 … d.</summary>
    /// <param name="dimension">d ≥ 3.</param>
    /// <param name="exponent">p ≥ 0.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static InputCovariance PowerLaw(int dimension, double exponent)
    {
        if (dimension < 3)
            throw new ParameterException("dimension", dimension, "a whole number >= 3");
        if (!(exponent >= 0) || !double.IsFinite(exponent) || Math.Pow(dimension, -exponent) < 1e-200)
            throw new ParameterException("exponent", exponent, "a number >= 0 with dimension^(-exponent) >= 1e-200");
        return new InputCovariance(
            [.. Enumerable.Range(1, dimension).Select(j => Math.Pow(j, -exponent))], [.. Enumerable.Repeat(1L, dimension)]);
    }

    /// <summary>Given blocks, in the order given.</summary>
    /// <param name="eigenvalues">q_j ≥ 0, finite, not all zero.</param>
    /// <param name="multiplicities">n_j ≥ 1, as many.</param>
    /// <exception cref="ParameterException">Out of range, or fewer than three directions.</exception>
    public static InputCovariance FromBlocks(IEnumerable<double> eigenvalues, IEnumerable<long> multiplicities)
    {
        ImmutableArray<double> values = [.. eigenvalues];
        ImmutableArray<long> counts = [.. multiplicities];
        if (values.Length != counts.Length)
            throw new ParameterException("spectrum", $"({counts.Length} multiplicities)", $"one multiplicity per eigenvalue ({values.Length})");
        foreach (var value in values)
        {
            if (!(value >= 0) || !double.IsFinite(value))
                throw new ParameterException("spectrum", value, "finite eigenvalues >= 0");
        }

        foreach (var count in counts)
        {
            if (count < 1)
                throw new ParameterException("spectrum", count, "multiplicities >= 1");
        }

        if (counts.Sum() < 3)
            throw new ParameterException("spectrum", counts.Sum(), "at least 3 directions");
        if (!values.Any(value => value > 0))
            throw new ParameterException("spectrum", 0.0, "eigenvalues that are not all zero");
        return new InputCovariance(values, counts);
    }

    /// <summary>Any covariance matrix; it is diagonalised once, O(d³).</summary>
    /// <param name="matrix">Q, d × d row by row: symmetric to 1e-10 and positive semidefinite to 1e-12 of its largest eigenvalue.</param>
    /// <param name="dimension">d ≥ 3.</param>
    /// <exception cref="ParameterException">Not such a matrix.</exception>
    public static InputCovariance FromMatrix(ReadOnlySpan<double> matrix, int dimension)
    {
        if (dimension < 3 || matrix.Length != (long)dimension * dimension)
            throw new ParameterException("spectrum", $"({matrix.Length} entries)", "a square matrix of at least 3 rows");
        double largest = 0, asymmetry = 0;
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < dimension; j++)
            {
                largest = Math.Max(largest, double.IsFinite(matrix[(i * dimension) + j]) ? Math.Abs(matrix[(i * dimension) + j]) : double.PositiveInfinity);
                asymmetry = Math.Max(asymmetry, Math.Abs(matrix[(i * dimension) + j] - matrix[(j * dimension) + i]));
            }
        }

        if (!double.IsFinite(largest))
            throw new ParameterException("spectrum", "(an entry that is not finite)", "a matrix of finite numbers");
        if (asymmetry > 1e-10 * largest)
            throw new ParameterException("spectrum", DisplayText.Plain($"(entries that differ by {asymmetry:G3} across the diagonal)"), "a symmetric matrix");
        var eigen = DenseAlgebra.Best.SymmetricEigen(matrix, dimension);
        if (!(eigen.Values[^1] >= -1e-12 * eigen.Values[0]) || !(eigen.Values[0] > 0))
            throw new ParameterException("spectrum", DisplayText.Plain($"(smallest eigenvalue {eigen.Values[^1]:G3})"), "a positive semidefinite matrix that is not zero");
        return new InputCovariance([.. eigen.Values.Select(value => Math.Max(0, value))], [.. Enumerable.Repeat(1L, dimension)]) { Eigenvectors = [.. eigen.Vectors] };
    }
}
