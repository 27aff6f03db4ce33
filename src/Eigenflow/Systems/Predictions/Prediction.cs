namespace Eigenflow.Systems;

/// <summary>How much a predicted number promises.</summary>
public enum PredictionKind
{
    /// <summary>An identity of the model, up to rounding.</summary>
    Exact,

    /// <summary>True in a limit; the validity window says which.</summary>
    Asymptotic,

    /// <summary>An approximation without a proven error.</summary>
    Heuristic,

    /// <summary>An upper or lower bound.</summary>
    Bound,

    /// <summary>A number of an exact theory that is known to an error which is told, such as an integral over many directions.</summary>
    Numerical,
}

/// <summary>Where a prediction stands to the window that it declares.</summary>
public enum WindowStatus
{
    /// <summary>It declares no condition that can be computed.</summary>
    Unchecked,

    /// <summary>Every condition holds.</summary>
    Inside,

    /// <summary>A condition fails: the number is that of the formula, and the system need not follow it.</summary>
    Outside,

    /// <summary>There is no number.</summary>
    Withheld,
}

/// <summary>A number that theory states in advance.</summary>
/// <param name="Name">Name as hosts spell it, such as <c>escape-rate</c>.</param>
/// <param name="Symbol">Symbol in the field's notation.</param>
/// <param name="Value">The number; not a number exactly where it is withheld.</param>
/// <param name="Kind">What it promises.</param>
/// <param name="Source">Paper and equation, or <c>derived</c> with where.</param>
/// <param name="Validity">Window in which it holds, in words; empty when everywhere.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Unit">Unit, or empty.</param>
public sealed record Prediction(
    string Name, string Symbol, double Value, PredictionKind Kind, string Source, string Validity, string Meaning, string Unit = "")
{
    private readonly string words = "";

    /// <summary>What lists call it, in small letters.</summary>
    public string Words
    {
        get => words.Length > 0 ? words : Solutions.QuantityWords.Of(Name, Symbol);
        init => words = value;
    }

    /// <summary>Names of the methods of whose curves it speaks; empty where it is of the problem, or of all of them.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The abscissae between which a law is stated to hold, such as 1 and d^a of 1 ≪ t ≪ d^a; null where it is none, or where its mark names them.</summary>
    public (double From, double To)? Range { get; init; }

    /// <summary>The abscissa at which a value is stated, in the column along which its mark counts; null where it is none, or where its mark says the place.</summary>
    public double? Place { get; init; }

    /// <summary>The conditions of its window with the numbers of this setting; empty where none can be computed.</summary>
    public IReadOnlyList<WindowCheck> Checks { get; init; } = [];

    /// <summary>Why there is no number; empty where there is one.</summary>
    public string Withheld { get; init; } = "";

    /// <summary>Where it stands to its window.</summary>
    public WindowStatus Window => Withheld.Length > 0 ? WindowStatus.Withheld
        : Checks.Count == 0 ? WindowStatus.Unchecked
        : Checks.All(check => check.Holds) ? WindowStatus.Inside : WindowStatus.Outside;

    /// <summary>The conditions that fail with their numbers, or why it is withheld; empty inside the window.</summary>
    public string Reason => Withheld.Length > 0 ? Withheld : string.Join("; ", Checks.Where(check => !check.Holds));
}
