namespace Eigenflow.Solutions;

/// <summary>Description of an observable, an event, or anything else that has a name and a meaning.</summary>
/// <param name="Name">Name as hosts spell it.</param>
/// <param name="Symbol">Symbol in the field's notation.</param>
/// <param name="Meaning">One sentence with the defining formula.</param>
public record NamedQuantity(string Name, string Symbol, string Meaning)
{
    /// <summary>What an axis calls it, such as <c>flow time t</c>; empty for name and symbol.</summary>
    public string AxisLabel { get; init; } = "";

    /// <summary>The column of this quantity.</summary>
    /// <param name="values">Its values.</param>
    internal Observable Column(double[] values) => new(Name, Symbol, Meaning, values);
}
