using Eigenflow.Data;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Eigenvalues that are given: as a list, or by their covariance matrix; exact, or measured on a number of samples.</summary>
public sealed record GivenSpectrum
{
    // Entries of a matrix that was computed or written in single precision.
    private const double LargestAsymmetry = 1e-5;
    private const double LargestNegative = 1e-6;

    private readonly double[] eigenvalues;
    private readonly string method;

    private GivenSpectrum(double[] eigenvalues, string method, long? samples, IReadOnlyList<string> warnings)
    {
        if (samples is { } count)
            _ = SpectrumEstimateOptions.SamplesRange.Check(count);
        this.eigenvalues = eigenvalues;
        this.method = method;
        Samples = samples;
        Warnings = warnings;
    }

    /// <summary>Number of samples on which they were measured; null where they are exact.</summary>
    public long? Samples { get; }

    /// <summary>Number of eigenvalues.</summary>
    public int Features => eigenvalues.Length;

    /// <summary>What was changed, in sentences.</summary>
    internal IReadOnlyList<string> Warnings { get; }

    /// <summary>Takes a list of eigenvalues in any order.</summary>
    /// <param name="table">One column or one row.</param>
    /// <param name="samples">Number of samples on which they were measured, or null for exact ones.</param>
    /// <exception cref="ParameterException">More than one row and column, a negative value, or none above zero.</exception>
    public static GivenSpectrum FromEigenvalues(DataMatrix table, long? samples = null)
    {
        if (table.Rows != 1 && table.Columns != 1)
            throw new ParameterException("is", "eigenvalues", "given with one column or one row of numbers", $"the table has {table.Rows} rows and {table.Columns} columns");
        double[] values = [.. table.Values];
        RequireRange(values);
        var largest = values.Max();
        var warnings = table.Notes.ToList();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0)
                continue;
            if (!(values[i] >= -LargestNegative * largest))
                throw new ParameterException("is", "eigenvalues", "given with eigenvalues >= 0", $"number {i + 1} is {FormattableString.Invariant($"{values[i]:R}")}");
            values[i] = 0;
            if (warnings.Count == table.Notes.Count)
                warnings.Add("negative eigenvalues below one millionth of the largest were taken as rounding of zero");
        }

        Descend(values);
        return new GivenSpectrum(values, "given", samples, warnings);
    }

    /// <summary>Takes a covariance matrix.</summary>
    /// <param name="matrix">A symmetric matrix without negative eigenvalues.</param>
    /// <param name="samples">Number of samples on which it was measured, or null where it is exact.</param>
    /// <exception cref="ParameterException">No square, symmetric, non-negative matrix, or one that is too large.</exception>
    public static GivenSpectrum FromCovariance(DataMatrix matrix, long? samples = null)
    {
        var size = matrix.Rows;
        if (size != matrix.Columns)
            throw new ParameterException("is", "covariance", "given with a square matrix", $"the table has {matrix.Rows} rows and {matrix.Columns} columns");
        if (size > SpectrumEstimate.LargestSize)
            throw new ParameterException("is", "covariance", $"given with at most {SpectrumEstimate.LargestSize} rows", $"the matrix has {size}");
        RequireRange(matrix.Values);
        if (Asymmetric(matrix) is { } entry)
        {
            throw new ParameterException(
                "is", "covariance", "given with a symmetric matrix", FormattableString.Invariant($"row {entry.Row + 1}, column {entry.Column + 1} is {matrix.Row(entry.Row)[entry.Column]:R}, and {matrix.Row(entry.Column)[entry.Row]:R} the other way"));
        }

        var values = DenseAlgebra.Best.SymmetricEigenvalues(matrix.Values, size);
        if (values[^1] < -LargestNegative * Math.Abs(values[0]))
            throw new ParameterException("is", "covariance", "given with a matrix without negative eigenvalues", DisplayText.Plain($"its smallest eigenvalue is {values[^1]:G4}, its largest {values[0]:G4}"));
        for (var i = 0; i < size; i++)
            values[i] = Math.Max(0, values[i]);
        return new GivenSpectrum(values, "all, of the covariance that is given", samples, matrix.Notes);
    }

    /// <summary>Whether a square matrix may be a covariance: symmetric, diagonal positive, and no entry above the geometric mean of its diagonal ones.</summary>
    internal static bool IsCovariance(DataMatrix matrix)
    {
        if (Asymmetric(matrix) is not null)
            return false;
        for (var i = 0; i < matrix.Rows; i++)
        {
            if (!(matrix.Row(i)[i] > 0))
                return false;
            for (var j = 0; j < i; j++)
            {
                if (Math.Abs(matrix.Row(i)[j]) > Math.Sqrt(matrix.Row(i)[i]) * Math.Sqrt(matrix.Row(j)[j]) * (1 + LargestAsymmetry))
                    return false;
            }
        }

        return true;
    }

    /// <summary>As if they had been measured.</summary>
    internal RawSpectrum ToRaw(bool isCentred) => new()
    {
        Eigenvalues = eigenvalues,
        Trace = eigenvalues.Sum(),
        Largest = 1,
        Deviation = 1,
        IsComplete = true,
        Degrees = Samples is { } samples ? (isCentred ? samples - 1 : samples) : null,
        Method = method,
    };

    private static void RequireRange(double[] values)
    {
        var largest = values.Max(Math.Abs);
        if (largest is not (>= 1e-280 and <= 1e280))
            throw new ParameterException("data", largest, "numbers whose largest magnitude is between 1e-280 and 1e280", largest == 0 ? "all are zero" : "change the unit of the data");
    }

    private static (int Row, int Column)? Asymmetric(DataMatrix matrix)
    {
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < i; j++)
            {
                double one = matrix.Row(i)[j], other = matrix.Row(j)[i];
                if (Math.Abs(one - other) > LargestAsymmetry * Math.Max(Math.Abs(one), Math.Abs(other)) && Math.Abs(one - other) > 1e-12 * Math.Sqrt(Math.Abs(matrix.Row(i)[i])) * Math.Sqrt(Math.Abs(matrix.Row(j)[j])))
                    return (i, j);
            }
        }

        return null;
    }

    private static void Descend(double[] values)
    {
        Array.Sort(values);
        Array.Reverse(values);
    }
}
