namespace Eigenflow.Studies;

/// <summary>Restricts figures and claims to some runs.</summary>
/// <param name="Values">Allowed values per column, as typed.</param>
/// <param name="Ranges">Smallest and largest value per quantity, both allowed.</param>
internal sealed record Selection(IReadOnlyDictionary<string, IReadOnlyList<string>> Values, IReadOnlyList<(string Name, double Low, double High)> Ranges);
