namespace Eigenflow.Solutions;

/// <summary>A number that describes a trajectory as a whole.</summary>
/// <param name="Name">Lower-case name that hosts use, such as <c>smallest-alignment</c>.</param>
/// <param name="Symbol">Symbol in the field's notation.</param>
/// <param name="Value">The number.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record SummaryNumber(string Name, string Symbol, double Value, string Meaning)
{
    private readonly string words = "";

    /// <summary>What sentences and lists call it, in small letters; where it does not say that, what its name and symbol say (<see cref="QuantityWords"/>).</summary>
    public string Words
    {
        get => words.Length > 0 ? words : QuantityWords.Of(Name, Symbol);
        init => words = value;
    }
}
