namespace Eigenflow.Scaling.Epochs;

/// <summary>An error against the epoch of training at one regularisation, the mean over runs.</summary>
public sealed record EpochCurve
{
    /// <summary>log10 λ of the regularisation.</summary>
    public required double LogLambda { get; init; }

    /// <summary>Mean error after epoch 1, 2, …: at least 32 numbers in [0, 1].</summary>
    public required double[] Mean { get; init; }

    /// <summary>Standard deviation over runs with divisor n (ddof 0), as many numbers ≥ 0; null where it is not known.</summary>
    public double[]? Deviation { get; init; }

    /// <summary>Number of runs n; null where it is not known. At least 2 where there is a deviation.</summary>
    public int? Runs { get; init; }
}

/// <summary>Curves on a grid of regularisations, with what was left out.</summary>
/// <param name="Curves">At least one, in ascending order of log10 λ.</param>
/// <param name="Notes">What was left out or assumed, in sentences.</param>
public sealed record EpochCurveSet(IReadOnlyList<EpochCurve> Curves, IReadOnlyList<string> Notes)
{
    /// <summary>Fewest epochs.</summary>
    public const int FewestEpochs = 32;

    /// <summary>What errors may be.</summary>
    internal const string ErrorsAllowed = "errors in [0, 1]: divide per cents by 100";

    // Half of the numbers zero, half of them one.
    private const double LargestDeviation = 0.5;

    /// <summary>Number of epochs of the longest curve.</summary>
    public int Epochs => Curves.Max(curve => curve.Mean.Length);

    /// <summary>Makes a set: curves with numbers that are not finite are skipped, others must lie in [0, 1].</summary>
    /// <param name="columns">Curves in the order of the source.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="notes">What was done before.</param>
    /// <param name="deviations">Where deviations come from, for messages; null for the same source.</param>
    /// <exception cref="InputFileException">Too few epochs, an error outside of [0, 1], a deviation outside of [0, 0.5], equal regularisations, or no curve that is left.</exception>
    public static EpochCurveSet Of(IReadOnlyList<EpochCurve> columns, string source, IReadOnlyList<string> notes, string? deviations = null)
    {
        List<string> said = [.. notes];
        var kept = new List<EpochCurve>();
        for (var column = 0; column < columns.Count; column++)
        {
            var curve = columns[column];
            if (curve.Mean.Length < FewestEpochs)
                throw new InputFileException(source, FormattableString.Invariant($"log10 lambda = {curve.LogLambda:0.####} has {curve.Mean.Length} {(curve.Mean.Length == 1 ? "epoch" : "epochs")}"), $"at least {FewestEpochs} epochs");
            if (!Array.TrueForAll(curve.Mean, double.IsFinite) || curve.Deviation is { } given && !Array.TrueForAll(given, double.IsFinite))
            {
                said.Add(FormattableString.Invariant($"column {column + 1} (log10 lambda = {curve.LogLambda:0.####}) skipped: it holds numbers that are not finite"));
                continue;
            }

            var outside = Array.FindIndex(curve.Mean, value => value is < 0 or > 1);
            if (outside >= 0)
                throw new InputFileException(source, FormattableString.Invariant($"the error in row {outside + 1}, column {column + 1} is {curve.Mean[outside]:R}"), ErrorsAllowed);
            var wrong = curve.Deviation is { } spread ? Array.FindIndex(spread, value => value is < 0 or > LargestDeviation) : -1;
            if (wrong >= 0)
                throw new InputFileException(deviations ?? source, FormattableString.Invariant($"the standard deviation in row {wrong + 1}, column {column + 1} is {curve.Deviation![wrong]:R}"), "standard deviations >= 0 and <= 0.5: those of errors in [0, 1] with divisor n");
            kept.Add(curve);
        }

        if (kept.Count == 0)
            throw new InputFileException(source, "no column holds finite numbers alone (errors and their deviations)", "at least one");
        EpochCurve[] sorted = [.. kept.OrderBy(curve => curve.LogLambda)];
        for (var index = 1; index < sorted.Length; index++)
        {
            if (sorted[index].LogLambda == sorted[index - 1].LogLambda)
                throw new InputFileException(source, FormattableString.Invariant($"two columns have log10 lambda = {sorted[index].LogLambda:R}"), "different regularisations");
        }

        return new EpochCurveSet(sorted, said);
    }
}
