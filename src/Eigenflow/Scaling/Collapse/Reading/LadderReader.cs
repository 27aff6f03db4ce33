using Eigenflow.Data;
using Eigenflow.Scaling.LossCurves;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Reads the runs of ladders from tables with a row per evaluation: one run per file, or many told apart by run, size, seed and schedule. Sizes, seeds and schedules come from columns or from the names of files (<see cref="NamePattern"/>);
/// nothing is guessed from a name without a pattern. Which rows count is decided by <see cref="CurveMask"/>, as in every command that reads curves; rows at time 0 are left out, where nothing is trained.
/// </summary>
public static class LadderReader
{
    /// <summary>Reads.</summary>
    /// <param name="paths">The files; at least one.</param>
    /// <param name="reading">How, or null for the defaults.</param>
    /// <exception cref="InputFileException">A missing column, several runs that nothing tells apart, or a run that ends with losses that are not finite.</exception>
    /// <exception cref="ParameterException">No size anywhere, or runs whose times have different units.</exception>
    public static LadderData Read(IReadOnlyList<string> paths, LadderReading? reading = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        reading ??= new LadderReading();
        var runs = new List<LadderRun>();
        var notes = new List<string>();
        string timeName = "", sizeName = "";
        var hasCompute = true;
        foreach (var path in paths)
        {
            var table = ColumnTable.Read(path);
            var columns = LadderColumns.Of(table, reading);
            var named = reading.Name?.Read(path);
            if (columns.Size is null && named?.ContainsKey("params") != true)
            {
                throw new InputFileException(
                    path, $"no column of model sizes among {LadderColumns.List(table)}", "a column named params (or parameters, N, width, …), --params COLUMN, or --name PATTERN for sizes in the names of files; --models COLUMN scores rescalings of any curves");
            }

            var own = !columns.IsSteps ? columns.Time
                : reading.TokensPerStep is not null || columns.TokensPerStep is not null || named?.ContainsKey("tokens_per_step") == true ? "tokens"
                : columns.Batch is null ? columns.Time : columns.Length is null ? "examples" : "tokens";
            if (timeName.Length > 0 && !string.Equals(own, timeName, StringComparison.Ordinal))
                throw new ParameterException("x", $"{timeName}, {own}", "one column for all files", "times of all runs have one unit: name it with --x");
            (timeName, sizeName) = (own, columns.Size ?? "params");
            hasCompute &= columns.Compute is not null || !columns.IsWidth;
            notes.AddRange(table.Notes.Select(note => $"{Path.GetFileName(path)}: {note}"));
            var before = notes.Count;
            var found = new RunRows(columns, reading, named, notes).Read();
            Prefix(notes, before, paths.Count > 1 ? Path.GetFileName(path) + ": " : "");
            runs.AddRange(found);
        }

        Say(notes, reading, timeName, sizeName, runs);
        return new LadderData(WithSeeds(runs), [.. notes.Distinct(StringComparer.Ordinal)], timeName, sizeName, hasCompute);
    }

    private static void Say(List<string> notes, LadderReading reading, string timeName, string sizeName, List<LadderRun> runs)
    {
        var plain = ColumnFinder.Plain(sizeName);
        if (reading.Size is null && plain is "n" or "p")
            notes.Add($"column {sizeName} is read as the number of parameters");
        if (runs.TrueForAll(run => run.Computes is null) && ColumnFinder.StepNames.Contains(ColumnFinder.Plain(timeName), StringComparer.Ordinal))
            notes.Add($"compute is 6 × {timeName} × {sizeName}, in units of the tokens of a step, which no column gives: they are taken to be the same for all runs; where they are not, add tokens_per_step or batch_size");
    }

    private static void Prefix(List<string> notes, int from, string prefix)
    {
        for (var k = from; k < notes.Count; k++)
            notes[k] = prefix + notes[k];
    }

    // Runs of one size and schedule without labels of seeds are numbered by their order.
    private static LadderRun[] WithSeeds(List<LadderRun> runs)
    {
        var counts = new Dictionary<(double, string, string), int>();
        return
        [
            .. runs.Select(run =>
            {
                var key = (run.Size, run.Schedule, run.Seed);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                return counts[key] == 1 ? run : run.Seed.Length > 0
                    ? throw new ParameterException("runs", run.Label, "one per size, schedule and seed", "two runs have the same of all three: name the column that tells them apart (--run, --seeds, --schedule), or leave one out")
                    : run with { Seed = FormattableString.Invariant($"run {counts[key]}") };
            }),
        ];
    }
}
