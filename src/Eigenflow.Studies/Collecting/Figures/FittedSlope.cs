using Eigenflow.Scaling;

namespace Eigenflow.Studies;

/// <summary>A line fitted to one group of a figure.</summary>
/// <param name="Figure">Identifier of the figure.</param>
/// <param name="Panel">Value of the facet, or empty.</param>
/// <param name="Group">Values of the group, or empty.</param>
/// <param name="Quantity">The fitted ordinate.</param>
/// <param name="Line">The line.</param>
/// <param name="Example">A run of the group, whose parameters predictions are evaluated with.</param>
/// <param name="From">Smallest abscissa of the fit.</param>
/// <param name="To">Largest abscissa of the fit.</param>
internal sealed record FittedSlope(string Figure, string Panel, string Group, string Quantity, StraightLine Line, CollectedRun Example, double From, double To)
{
    /// <summary>The power law of a curve; null for a line through dots.</summary>
    public PowerLawFit? Law { get; init; }

    /// <summary>Half-width of the interval that is shown: that of the line, or along a curve that bends that of its local exponents.</summary>
    public double Half => Law is { } law ? (law.Upper - law.Lower) / 2 : Line.Half;

    /// <summary>Lower end of that interval; not a number where there is none.</summary>
    public double Lower => Law?.Lower ?? Line.Slope - Line.Half;

    /// <summary>Upper end.</summary>
    public double Upper => Law?.Upper ?? Line.Slope + Line.Half;
}

/// <summary>A group of a figure with a fit that has too few points for a line.</summary>
/// <param name="Figure">Identifier of the figure.</param>
/// <param name="Panel">Value of the facet, or empty.</param>
/// <param name="Group">Values of the group, or empty.</param>
/// <param name="Points">Number of points.</param>
/// <param name="Example">A run of the group.</param>
internal sealed record UnfittedGroup(string Figure, string Panel, string Group, int Points, CollectedRun Example)
{
    /// <summary>Why there is no line.</summary>
    public string Reason { get; init; } = FormattableString.Invariant($"a line needs {StraightLine.FewestPoints} points that differ, there are {Points}");
}
