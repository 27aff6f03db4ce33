namespace Eigenflow.Solutions;

/// <summary>Description of an observable, an event, or anything else that has a name and a meaning.</summary>
/// <param name="Name">Name as hosts spell it.</param>
/// <param name="Symbol">Symbol in the field's notation.</param>
/// <param name="Meaning">One sentence with the defining formula.</param>
public record NamedQuantity(string Name, string Symbol, string Meaning)
{
    private readonly string words = "";

    /// <summary>What sentences, labels and lists call it, in small letters; where it does not say that, what its name and symbol say (<see cref="QuantityWords"/>).</summary>
    public string Words
    {
        get => words.Length > 0 ? words : QuantityWords.Of(Name, Symbol);
        init => words = value;
    }

    /// <summary>What an axis calls it, such as <c>flow time t</c>; empty for name and symbol.</summary>
    public string AxisLabel { get; init; } = "";

    /// <summary>What an event counts, one and several, such as <c>maximum of the error</c> and <c>maxima of the error</c>; null for an event that is a place on the axis.</summary>
    public (string One, string Several)? Counted { get; init; }

    /// <summary>Whether a sentence about what is seen says it; what only accompanies another number is not said.</summary>
    public bool IsTold { get; init; } = true;

    /// <summary>Whether it is an event of some solutions alone, so that nothing is said where it has not come.</summary>
    public bool IsIncidental { get; init; }

    /// <summary>The column of this quantity.</summary>
    /// <param name="values">Its values.</param>
    internal Observable Column(double[] values) => new(Name, Symbol, Meaning, values);
}
