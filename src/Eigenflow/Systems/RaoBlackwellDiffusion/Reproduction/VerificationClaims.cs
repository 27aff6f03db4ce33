using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The statements about orbit targets, tested on every kind of group at three noise levels: what <c>verify</c> reports, as claims.</summary>
internal static class VerificationClaims
{
    private const int Draws = 4000;
    private const long Seed = 71;

    private static readonly string[] Groups = ["global-sign", "signs", "cyclic", "cyclic:4", "dihedral:3", "so2", "o2", "so3", "o3", "permutation", "torus"];
    private static readonly double[] Signals = [0.5, 1.5, 4];

    // Noise levels on the torus, where sizes mean nothing.
    private static readonly double[] Spreads = [0.4, 0.15, 0.05];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (index, group) in Groups.Index())
        {
            var unit = DiffusionCurves.Problem(group, 1);
            var largest = 0.0;
            var where = "";
            foreach (var (k, signal) in Signals.Index())
            {
                progress?.Report(new Progress((index + ((double)k / Signals.Length)) / Groups.Length, group));
                var deviations = new Verification(unit.At(unit.IsTorus ? Spreads[k] : Math.Sqrt(unit.MeanSquare) / signal), Draws, Seed).Deviations(cancellation);
                if (Vectors.Largest(deviations) is var worst && deviations[worst] > largest)
                    (largest, where) = (deviations[worst], Verification.Statements[worst].Name);
            }

            claims.Add(Claim.AtMost(
                "verify-" + group.Replace(':', '-'), $"equivariance, unbiasedness, the order of covariances and the gap of losses hold for {group}", 1, largest, DiffusionCurves.Paper,
                DisplayText.Of($"largest of {Verification.Statements.Count} deviations in units of their limits (10^{{−8}}, or four standard errors over {Draws} samples), at three noise levels; it is that of {where}"), PredictionKind.Exact).At("draws", Draws));
        }

        return new ReproductionResult { Claims = claims };
    }
}
