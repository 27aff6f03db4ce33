using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.Hosting;

/// <summary>What the body of a request may be.</summary>
/// <param name="MostBytes">Its largest length.</param>
/// <param name="Kinds">Its kinds. None that a form can send: those come from any page without a question.</param>
internal sealed record BodyRule(long MostBytes, params string[] Kinds)
{
    /// <summary>The rule where an endpoint has none of its own.</summary>
    public static BodyRule Json { get; } = new(64 << 10, "application/json");

    /// <summary>The refusal of a longer one.</summary>
    public ExplorerException TooLarge() => new(FormattableString.Invariant($"The request is larger than {MostBytes >> 10} kB, the most that is read here; send fewer runs, or less data.")) { Status = StatusCodes.Status413PayloadTooLarge };
}

/// <summary>Rules of endpoints.</summary>
internal static class BodyRules
{
    /// <summary>Lets an endpoint read bodies of other kinds or lengths, such as <c>application/octet-stream</c> for data.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="mostBytes">The largest length.</param>
    /// <param name="kinds">The kinds; JSON where none is given.</param>
    public static TBuilder WithBody<TBuilder>(this TBuilder endpoint, long mostBytes, params string[] kinds)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BodyRule(mostBytes, kinds is { Length: > 0 } ? kinds : BodyRule.Json.Kinds));
}
