namespace Eigenflow.Figures;

/// <summary>A colour per cell of a grid, below the curves of a panel, with a colour bar beside it. Cells reach half-way to their neighbours in the scale of each axis.</summary>
public sealed record HeatMap
{
    /// <summary>Label of the colour bar.</summary>
    public required string Label { get; init; }

    /// <summary>Abscissae of the cells, strictly ascending, at least two.</summary>
    public required double[] X { get; init; }

    /// <summary>Ordinates of the cells, strictly ascending, at least two.</summary>
    public required double[] Y { get; init; }

    /// <summary>Values, one row of cells after the other: the cell of (X[i], Y[j]) is entry j · X.Length + i. What the scale cannot show stays empty.</summary>
    public required double[] Values { get; init; }

    /// <summary>Whether colours follow the logarithm of the value.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Value at the lower end of the colours, or null to fit the data; values below have the same colour.</summary>
    public double? Minimum { get; init; }

    /// <summary>Value at the upper end of the colours, or null to fit the data; values above have the same colour.</summary>
    public double? Maximum { get; init; }
}
