using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Every printed statement with its ratio: those that fail as printed say so, beside what holds in their place; and one picture of all.</summary>
internal static class StatementClaims
{
    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var statements = All(progress, cancellation);
        return new ReproductionResult
        {
            Claims = [.. statements.SelectMany(statement => statement.Claims()), ScalingCovariance.Claim(cancellation)],
            Figures = [StatementReport.Figure("errata", statements)],
            Tables = [StatementReport.Table("printed-statements", statements), CrossingStatements.OvershootTable(cancellation)],
        };
    }

    /// <summary>The statements, in the order of the paper.</summary>
    public static IReadOnlyList<PrintedStatement> All(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        Func<CancellationToken, IReadOnlyList<PrintedStatement>>[] groups =
            [LandscapeStatements.All, EscapeStatements.All, CrossingStatements.All, ConvergenceStatements.All, RelaxationStatements.All];
        var all = new List<PrintedStatement>();
        for (var k = 0; k < groups.Length; k++)
        {
            progress?.Report(new Progress((double)k / groups.Length, "statements"));
            all.AddRange(groups[k](cancellation));
        }

        return all;
    }
}
