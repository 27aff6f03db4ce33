using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>The printed statements, computed once for all tests.</summary>
internal static class Statements
{
    private static readonly Lazy<IReadOnlyList<PrintedStatement>> Computed = new(() => StatementClaims.All(null, default));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintedStatement> All => Computed.Value;
}
