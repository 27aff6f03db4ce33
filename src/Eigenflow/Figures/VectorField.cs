namespace Eigenflow.Figures;

/// <summary>
/// A direction and a size at each point of a grid, such as a velocity or a current: streamlines with arrows above the heat map and below the curves of a panel, arrows in the terminal.
/// Only directions are drawn; where sizes matter, a heat map beneath shows them.
/// </summary>
public sealed record VectorField
{
    /// <summary>What the vectors are, such as <c>velocity v</c>; named in files and in the terminal.</summary>
    public required string Label { get; init; }

    /// <summary>Abscissae of the grid, strictly ascending, at least two.</summary>
    public required double[] X { get; init; }

    /// <summary>Ordinates of the grid, strictly ascending, at least two.</summary>
    public required double[] Y { get; init; }

    /// <summary>Rates of change of x in data units, one row of the grid after the other: that at (X[i], Y[j]) is entry j · X.Length + i. What is not finite has no direction.</summary>
    public required double[] HorizontalParts { get; init; }

    /// <summary>Rates of change of y, in the same order.</summary>
    public required double[] VerticalParts { get; init; }
}
