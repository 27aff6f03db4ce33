namespace Eigenflow.Systems;

/// <summary>What overlaid solutions are spoken of by, in titles and sentences.</summary>
/// <param name="Observable">The column; empty for none.</param>
/// <param name="Words">How it is called, such as <c>test error</c>.</param>
/// <param name="Abscissa">The column against which it is drawn; empty for the independent variable.</param>
/// <param name="Sentence">What is said in place of the course of a column; empty for nothing.</param>
public sealed record DrawnSubject(string Observable, string Words, string Abscissa, string Sentence)
{
    /// <summary>Whether sizes are drawn and not values.</summary>
    public bool IsAbsolute { get; init; }
}
