using Eigenflow.Data;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Eigenvalues and target slopes of files. A second column is refused: this model has one eigenvalue and one slope per coordinate, each in a file of its own.</summary>
internal static class GivenModes
{
    /// <summary>The eigenvalues of a file, or null for the power law.</summary>
    /// <exception cref="InputFileException">More than one column.</exception>
    public static double[]? Eigenvalues(SpectrumForm form) => form.Path is { } path && SpectralModes.Read(path).TargetPower is { Length: var rows }
        ? throw new InputFileException(path, $"it holds {rows} rows of 2 columns", "one eigenvalue per row, as the covariance must be diagonal in the coordinates of the model; target slopes go into target = file:PATH, and a matrix has to be diagonalised first")
        : form.Explicit();

    /// <summary>The slopes of a file, or null for the power law.</summary>
    /// <exception cref="InputFileException">More than one column, beside a first one that counts the rows.</exception>
    public static double[]? Target(VectorForm form)
    {
        if (form.Path is { } path && InputVector.ReadMatrix(path) is { Rows: > 1, Columns: 2 } table && NumericFile.WithoutCount(table, path, only: 0).Columns == 2)
            throw new InputFileException(path, $"it holds {table.Rows} rows of 2 columns", "one target slope per row, in the order of the eigenvalues");
        return form.Read();
    }
}
