
namespace Eigenflow.Systems;

/// <summary>How a number must stand to its bound.</summary>
public enum WindowRelation
{
    /// <summary>Smaller than the bound.</summary>
    Below,

    /// <summary>Not larger than the bound.</summary>
    AtMost,

    /// <summary>Larger than the bound.</summary>
    Above,

    /// <summary>Not smaller than the bound.</summary>
    AtLeast,

    /// <summary>Equal to the bound.</summary>
    Equal,
}

/// <summary>One condition of a prediction as data: a number that can be computed from the setting, and the bound that it must keep.</summary>
/// <param name="Quantity">The number, in the field's notation, such as <c>T₁/T₂</c>.</param>
/// <param name="Relation">How it must stand to the bound.</param>
/// <param name="Bound">The bound.</param>
/// <param name="Meaning">What the number is, a few words; empty where the symbol says it.</param>
/// <param name="IsRequired">Whether there is no value without it: the prediction is withheld, where it otherwise is marked as out of its window.</param>
public sealed record WindowCondition(string Quantity, WindowRelation Relation, double Bound, string Meaning = "", bool IsRequired = false)
{
    /// <summary>The sign of the relation as it is typed, such as <c>&lt;=</c>.</summary>
    public string Sign => Relation switch
    {
        WindowRelation.Below => "<",
        WindowRelation.AtMost => "<=",
        WindowRelation.Above => ">",
        WindowRelation.AtLeast => ">=",
        _ => "=",
    };

    /// <summary>Whether a value keeps the bound; a value that is not a number does not.</summary>
    /// <param name="value">The number.</param>
    public bool Holds(double value) => Relation switch
    {
        WindowRelation.Below => value < Bound,
        WindowRelation.AtMost => value <= Bound,
        WindowRelation.Above => value > Bound,
        WindowRelation.AtLeast => value >= Bound,
        _ => value == Bound,
    };

    /// <summary>The condition as a formula, such as <c>T₁/T₂ &lt;= 0.1</c>.</summary>
    public override string ToString() => DisplayText.Plain($"{Quantity} {Sign} {Bound:G4}");
}

/// <summary>A condition with the number that a setting gives it.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Value">The number; not a number where it does not exist.</param>
public sealed record WindowCheck(WindowCondition Condition, double Value)
{
    /// <summary>Whether the condition holds.</summary>
    public bool Holds => Condition.Holds(Value);

    /// <summary>The number beside its bound, such as <c>T₁/T₂ = 0.4, must be &lt;= 0.1</c>.</summary>
    public override string ToString() => double.IsNaN(Value)
        ? DisplayText.Plain($"{Condition.Quantity} does not exist here, must be {Condition.Sign} {Condition.Bound:G4}")
        : Holds
            ? DisplayText.Plain($"{Condition.Quantity} = {Value:G4}{(Condition.Relation == WindowRelation.Equal ? "" : DisplayText.Plain($" {Condition.Sign} {Condition.Bound:G4}"))}")
            : DisplayText.Plain($"{Condition.Quantity} = {Value:G4}, must be {Condition.Sign} {Condition.Bound:G4}");
}
