using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The statements about orbit targets, tested on every kind of group at three noise levels: what <c>verify</c> reports, as claims.</summary>
internal static class VerificationClaims
{
    private const int UsualDraws = 4000;
    private const long Seed = 71;

    private static readonly string[] Groups = ["global-sign", "signs", "cyclic", "cyclic:4", "dihedral:3", "so2", "o2", "so3", "o3", "permutation", "torus"];
    private static readonly double[] Signals = [0.5, 1.5, 4];

    // Where what a statement compares is a small part of what is drawn; these groups are cheap.
    private static int DrawsOf(string group) => group is "global-sign" or "cyclic:4" or "dihedral:3" ? 8 * UsualDraws : UsualDraws;

    // Noise levels on the torus, where sizes mean nothing.
    private static readonly double[] Spreads = [0.4, 0.15, 0.05];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (index, group) in Groups.Index())
        {
            var unit = DiffusionCurves.Problem(group, 1);
            var tests = new TestedStatement[Signals.Length][];
            foreach (var (k, signal) in Signals.Index())
            {
                progress?.Report(new Progress((index + ((double)k / Signals.Length)) / Groups.Length, group));
                tests[k] = new Verification(unit.At(unit.IsTorus ? Spreads[k] : Math.Sqrt(unit.MeanSquare) / signal), DrawsOf(group), Seed).Test(cancellation);
            }

            claims.Add(Of(group, unit, tests));
        }

        return new ReproductionResult { Claims = claims };
    }

    private static Claim Of(string group, DiffusionProblem problem, TestedStatement[][] tests)
    {
        int[] statements = [.. Enumerable.Range(0, VerifiedStatements.All.Count).Where(k => !VerifiedStatements.IsTrivial(k, problem))];
        string Names(IEnumerable<int> which) => string.Join(", ", which.Select(k => VerifiedStatements.All[k].Name));
        int[] untold = [.. statements.Where(k => !tests.Any(level => level[k].Tells))];

        // What could not be told agrees with everything.
        var told = tests.SelectMany(level => statements.Where(k => level[k].Tells || level[k].Fails).Select(k => (Statement: k, level[k].Deviation))).ToArray();
        var worst = told.MaxBy(test => test.Deviation);
        return Claim.AtMost(
            "verify-" + group.Replace(':', '-'), DisplayText.Of($"largest deviation, in units of its limit, of the statements that are tested for {group}: {Names(statements)}"), 1, worst.Deviation, DiffusionCurves.Paper,
            DisplayText.Of($"limits are 10^{{−8}}, or four standard errors over {DrawsOf(group)} samples; {told.Length} of {tests.Length * statements.Length} tests at three noise levels would have found a violation of a fifth and are compared; the largest is of {VerifiedStatements.All[worst.Statement].Name}"), PredictionKind.Exact).At("draws", DrawsOf(group)) with
        { Lacks = untold.Length == 0 || worst.Deviation > 1 ? "" : DisplayText.Of($"at none of the noise levels a violation of a fifth would be seen of: {Names(untold)}") };
    }
}
