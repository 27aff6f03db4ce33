using Eigenflow.Figures;

namespace Eigenflow.Studies;

/// <summary>Restricts figures and claims to some runs.</summary>
/// <param name="Values">Allowed values per column, as typed.</param>
/// <param name="Ranges">Smallest and largest value per quantity, both allowed.</param>
internal sealed record Selection(IReadOnlyDictionary<string, IReadOnlyList<string>> Values, IReadOnlyList<(string Name, double Low, double High)> Ranges)
{
    /// <summary>Such as <c>method = flow, dimension from 1000 to 10000</c>; empty for all runs.</summary>
    public override string ToString() => string.Join(", ", Values.Select(pair => $"{pair.Key} = {string.Join(" or ", pair.Value)}")
        .Concat(Ranges.Select(range => $"{range.Name} from {WrittenNumber.RoundTrip(range.Low)} to {WrittenNumber.RoundTrip(range.High)}")));
}
