namespace Eigenflow.Benchmarks;

/// <summary>Makes sure that two contestants did the same work, and says with which numbers.</summary>
internal static class BenchmarkEquality
{
    private static readonly (string Names, string[] Columns) Overlaps = ("s, u and MSE", ["s", "u", "mse"]), Outputs = ("risk, m and B", ["risk", "m1", "b11"]);

    /// <summary>Checks.</summary>
    /// <returns>How it was checked.</returns>
    /// <exception cref="InvalidOperationException">The work is not equal, so that the times may not be compared.</exception>
    public static string Check(EqualityCheck check, WorkerMessage ours, WorkerMessage theirs)
    {
        switch (check)
        {
            case EqualityCheck.Moments:
                // Six standard errors of mean and variance of the 4096 numbers that are looked at.
                foreach (var answer in new[] { ours, theirs })
                {
                    if (!(Math.Abs(answer.Number("mean")) < 6 / 64.0) || !(Math.Abs(answer.Number("variance") - 1) < 6 * Math.Sqrt(2) / 64))
                        throw new InvalidOperationException("numbers without mean 0 and variance 1 were compared");
                }

                return "mean 0 and variance 1 within six standard errors";
            case EqualityCheck.Law:
                return Agree(ours, theirs, Overlaps, 0.2, "the same law");
            case EqualityCheck.Values:
                return Agree(ours, theirs, Overlaps, 1e-8, "the same numbers");
            case EqualityCheck.MixtureLaw:
                return Agree(ours, theirs, Outputs, 0.1, "the same law");
            case EqualityCheck.MixtureValues:
                return Agree(ours, theirs, Outputs, 1e-6, "the same numbers");
            case EqualityCheck.Eigenvalues:
                var (values, others) = (ours.Numbers("eigenvalues"), theirs.Numbers("eigenvalues"));
                var off = values.Zip(others, (one, other) => Math.Abs(one - other)).Max() / others[0];
                return off <= 1e-10
                    ? FormattableString.Invariant($"the same eigenvalues to {off:G2} of the largest; peak memory {ours.Number("peak-bytes") / (1 << 20):0} MiB of ours, {theirs.Number("peak-bytes") / (1 << 20):0} MiB of the peer")
                    : throw new InvalidOperationException(FormattableString.Invariant($"not the same eigenvalues: they differ by {off:G3} of the largest"));
            case EqualityCheck.Fit:
                var apart = ours.Numbers("losses").Zip(theirs.Numbers("losses"), (a, b) => Math.Abs((a / b) - 1)).Max();
                return apart <= 0.01
                    ? FormattableString.Invariant($"the same fit: last losses differ by at most {100 * apart:0.0#} %")
                    : throw new InvalidOperationException(FormattableString.Invariant($"not the same fit: last losses differ by {100 * apart:0.0} %"));
            case EqualityCheck.Fits:
                var worst = ours.Numbers("floor").Zip(theirs.Numbers("floor"), (one, other) => Math.Abs((one / other) - 1)).Max();
                return worst <= 1e-6
                    ? FormattableString.Invariant($"the same least squares: amplitude, exponent and floor differ by at most {worst:G2} of themselves")
                    : throw new InvalidOperationException(FormattableString.Invariant($"not the same least squares: parameters differ by {worst:G3}"));
            case EqualityCheck.Risks or EqualityCheck.RiskLaw:
                var risks = ours.Numbers("risk").Zip(theirs.Numbers("risk"), (one, other) => Math.Abs((one / other) - 1)).Max();
                return risks <= (check == EqualityCheck.Risks ? 1e-9 : 0.1)
                    ? FormattableString.Invariant($"{(check == EqualityCheck.Risks ? "the same risks" : "the same law: risks")} differ by at most {risks:G2} of themselves")
                    : throw new InvalidOperationException(FormattableString.Invariant($"not the same risks: they differ by {risks:G3}"));
            default:
                return ours["peak-bytes"] is null ? "" : FormattableString.Invariant($"peak memory of our process so far: {ours.Number("peak-bytes") / (1 << 20):0} MiB");
        }
    }

    private static string Agree(WorkerMessage ours, WorkerMessage theirs, (string Names, string[] Columns) what, double tolerance, string claim)
    {
        var worst = what.Columns.Max(name => Math.Abs(Last(ours, name) - Last(theirs, name)));
        return worst <= tolerance
            ? FormattableString.Invariant($"{claim}: final {what.Names} differ by at most {worst:G2}")
            : throw new InvalidOperationException(FormattableString.Invariant($"not {claim}: final {what.Names} differ by {worst:G3}"));
    }

    private static double Last(WorkerMessage answer, string name) => answer.Numbers(name)[^1];
}
