namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Whether the saved rows of a deterministic run can be trusted digit by digit, measured by a twin: the same run with learning rates that are larger by one part in 10¹², which no
/// rounding absorbs as it would a change of a small start. Where the losses of the two part, the trajectory depends on digits that no one knows, such as those of rounding: updates of fixed size, which chatter around the solution, and Newton–Schulz directions do this late.
/// </summary>
internal static class ChaoticRows
{
    /// <summary>Relative difference of the twin's learning rates, far above rounding and far below anything that a user sets.</summary>
    public const double Perturbation = 1e-12;

    /// <summary>Relative difference of the losses from which a row counts as parted.</summary>
    public const double Parted = 0.1;

    /// <summary>The first parted row from which on most rows are parted, with the share that is; null where there is none.</summary>
    /// <param name="losses">The losses of the saved rows.</param>
    /// <param name="twin">Those of the twin; rows that it has not reached count as parted.</param>
    public static (int Row, double Share)? Find(IReadOnlyList<double> losses, IReadOnlyList<double> twin)
    {
        var first = -1;
        var share = 0.0;
        var parted = 0;
        for (var row = losses.Count - 1; row >= 0; row--)
        {
            if (row < twin.Count && Math.Abs(losses[row] - twin[row]) <= Parted * Math.Max(losses[row], twin[row]))
                continue;
            parted++;
            if (2 * parted > losses.Count - row)
                (first, share) = (row, parted / (double)(losses.Count - row));
        }

        return first < 0 ? null : (first, share);
    }

    /// <summary>The warning about a run, or none.</summary>
    /// <param name="steps">The saved steps.</param>
    /// <param name="rows">What the run has there.</param>
    /// <param name="twin">What its twin has there.</param>
    public static IEnumerable<string> Warning(long[] steps, IReadOnlyList<Observation> rows, IReadOnlyList<Observation> twin)
    {
        if (Find([.. rows.Select(row => row.Loss)], [.. twin.Select(row => row.Loss)]) is not var (row, share))
            yield break;
        yield return DisplayText.Plain(
            $"chaotic from step {steps[row]}: the loss of a twin whose learning rate differs by {Perturbation:G1} of itself differs by more than {100 * Parted:0} % in {100 * share:0} % of the saved rows from there on; read the level of these rows, not their values");
    }
}
