using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>A prediction that a system can give: its name, its meaning, and its window.</summary>
/// <param name="Name">Name as hosts spell it.</param>
/// <param name="Symbol">Symbol in the field's notation.</param>
/// <param name="Meaning">One sentence with the defining formula.</param>
public sealed record PredictedQuantity(string Name, string Symbol, string Meaning) : NamedQuantity(Name, Symbol, Meaning)
{
    /// <summary>The conditions under which it holds, as far as they can be computed.</summary>
    public IReadOnlyList<WindowCondition> Window { get; init; } = [];

    /// <summary>What kind of quantity it is in the learning curve, which is drawn with it; null where it is not seen there.</summary>
    public CurveMark? Mark { get; init; }

    /// <summary>Why it has no mark, although it is a number of the curve, a few words; empty where it has one, and where it has no place on the axes of any curve.</summary>
    public string Unmarked { get; init; } = "";

    /// <summary>Names of the methods of whose curves it speaks; empty where it is of the problem, or of all of them.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Names of methods with dynamics of their own, on whose curves it is not looked for.</summary>
    public IReadOnlyList<string> NotOf { get; init; } = [];

    /// <summary>Whether it speaks of the curves of a method.</summary>
    /// <param name="method">Name of the method.</param>
    public bool IsOf(string method) => (Methods.Count == 0 || Methods.Contains(method, StringComparer.Ordinal)) && !NotOf.Contains(method, StringComparer.Ordinal);

    /// <summary>Whether it is there only for settings that ask for it, such as a target at a noisy sample that is given; what is always there is withheld with a reason where it cannot be.</summary>
    public bool IsAskedFor { get; init; }
}

/// <summary>A paper that a system rests on.</summary>
/// <param name="Key">BibTeX key.</param>
/// <param name="Identifier">Such as <c>arXiv:2511.18661</c>.</param>
/// <param name="Title">Title.</param>
/// <param name="BibTeX">The whole BibTeX entry.</param>
public sealed record Citation(string Key, string Identifier, string Title, string BibTeX);
