using System.Globalization;

namespace Eigenflow.Systems;

/// <summary>Titles of figures that show what claims are about: a statement stands there only while its claims hold.</summary>
internal static class ClaimHeadline
{
    /// <summary>The statement where all claims hold; otherwise how many do.</summary>
    /// <param name="statement">What all of them together say.</param>
    /// <param name="claims">The claims, at least one.</param>
    public static string Of(string statement, IReadOnlyCollection<Claim> claims)
    {
        var holding = claims.Count(claim => claim.Verdict is Verdict.Holds or Verdict.Reduced);
        return holding == claims.Count ? statement : string.Create(CultureInfo.InvariantCulture, $"Not shown: {statement} ({holding} of {claims.Count} claims hold)");
    }
}
