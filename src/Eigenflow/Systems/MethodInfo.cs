namespace Eigenflow.Systems;

/// <summary>One way to obtain a trajectory of a system.</summary>
/// <param name="Name">Name as hosts spell it, such as <c>sgd-theory</c>.</param>
/// <param name="Summary">One sentence: what it computes and how exact it is.</param>
/// <param name="Parameters">Names of the method parameters it reads, beside those of the problem.</param>
/// <param name="IsDiscrete">Whether it counts update steps (and has a <c>step</c> column) rather than flow time alone.</param>
public sealed record MethodInfo(string Name, string Summary, IReadOnlyList<string> Parameters, bool IsDiscrete = false);

/// <summary>Description of an observable, an event, or anything else that has a name and a meaning.</summary>
/// <param name="Name">Name as hosts spell it.</param>
/// <param name="Symbol">Symbol in the field's notation.</param>
/// <param name="Meaning">One sentence with the defining formula.</param>
public sealed record NamedQuantity(string Name, string Symbol, string Meaning)
{
    /// <summary>Of a prediction: the conditions under which it holds, as far as they can be computed.</summary>
    public IReadOnlyList<WindowCondition> Window { get; init; } = [];
}

/// <summary>A paper that a system rests on.</summary>
/// <param name="Key">BibTeX key.</param>
/// <param name="Identifier">Such as <c>arXiv:2511.18661</c>.</param>
/// <param name="Title">Title.</param>
/// <param name="BibTeX">The whole BibTeX entry.</param>
public sealed record Citation(string Key, string Identifier, string Title, string BibTeX);
