namespace Eigenflow.Figures;

/// <summary>
/// Small pictures in columns and rows, such as samples of a model against its training time: each in a cell that reaches half-way to its neighbours in the scale of each axis, as large as the cell lets it be,
/// below the curves of a panel. The same in every theme.
/// </summary>
public sealed record ImageGrid
{
    /// <summary>What the pictures are, such as <c>samples</c>; named in files and in the terminal.</summary>
    public required string Label { get; init; }

    /// <summary>Abscissae of the columns, strictly ascending, at least one.</summary>
    public required double[] X { get; init; }

    /// <summary>Ordinates of the rows, strictly ascending (the first row is the lowest), at least one.</summary>
    public required double[] Y { get; init; }

    /// <summary>Columns of pixels of each picture, at least one.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of pixels of each picture, at least one.</summary>
    public required int Height { get; init; }

    /// <summary>Numbers per pixel: 1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>
    /// The pixels: the picture of (X[i], Y[j]) begins at entry (j · X.Length + i) · Width · Height · Channels, its rows from the top, channels together. A pixel that is not finite stays empty.
    /// </summary>
    public required double[] Values { get; init; }

    /// <summary>Value that is drawn black; values below are black as well.</summary>
    public double Minimum { get; init; }

    /// <summary>Value that is drawn white, greater than <see cref="Minimum"/>; values above are white as well.</summary>
    public double Maximum { get; init; } = 1;
}
