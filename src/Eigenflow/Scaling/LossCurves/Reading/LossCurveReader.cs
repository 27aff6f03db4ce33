using Eigenflow.Data;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// Reads loss curves from tables with columns of steps, losses and learning rates, and optionally batch sizes, in any order and beside other columns (<see cref="ColumnFinder"/> knows the names).
/// A row's loss was measured after its step: after that many updates. Losses and rates may be missing in some rows, as loggers leave them; rows of equal steps are one.
/// <para>Which losses are used is decided by <see cref="CurveMask"/>, as in every other command. Of a resumed run the later rows count, for rates too. Rates between logged steps follow <see cref="RateFilling"/>;
/// before the first logged row a <see cref="WarmUp"/> states them, else its rate is taken and the curve says so.</para>
/// </summary>
public static class LossCurveReader
{
    // Losses that are not above zero are left out where they are that few; otherwise the loss is of another kind.
    private const double LargestShare = 0.05;

    /// <summary>Reads a curve.</summary>
    /// <param name="path">A .csv, .tsv, .txt or .parquet file.</param>
    /// <param name="reading">How, or null for the defaults.</param>
    /// <exception cref="InputFileException">A missing column, steps that are not whole, losses that are not above zero, rates below zero, several runs in one file.</exception>
    public static LossCurve Read(string path, LossCurveReading? reading = null)
    {
        reading ??= new LossCurveReading();
        var table = ColumnTable.Read(path);
        if (table.Names.All(name => int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out _)))
            throw new InputFileException(path, "no heading that names the columns", "a heading and the columns step, loss and learning_rate");
        var notes = new List<string>(table.Notes);
        var stepColumn = reading.Columns.Step is { } named
            ? ColumnFinder.Named(table, named, "step")
            : ColumnFinder.Matches(table, ColumnFinder.StepNames).Concat(ColumnFinder.Matches(table, ColumnFinder.UnitNames)).FirstOrDefault() ?? throw Missing("step", ColumnFinder.StepNames, "step");
        var steps = RowSteps.Of(path, stepColumn, table.Quantities(stepColumn), notes);
        var losses = Losses(table, reading, notes);
        var rateColumn = reading.Columns.Rate is { } wanted ? ColumnFinder.Named(table, wanted, "rate") : ColumnFinder.Matches(table, ColumnFinder.RateNames).FirstOrDefault();
        if (rateColumn is null && reading.Schedule is null)
            throw new InputFileException(path, $"no column of learning rates among {string.Join(", ", table.Names)}", "a column learning_rate, --rate COLUMN, or the schedule on the command line, such as --schedule cosine --peak 1e-3");

        // At step 0 nothing has been learned, and the intrinsic time is zero.
        int[] rows = losses is null ? [] : [.. Enumerable.Range(0, steps.Count).Where(row => steps.At[row] > 0 && !double.IsNaN(losses[row]))];
        if (losses is not null && rows.Length == 0)
            throw new InputFileException(path, $"no loss in column {reading.Columns.Loss ?? "loss"}", "losses above zero");
        double[] x = [.. rows.Select(row => (double)steps.At[row])], y = [.. rows.Select(row => losses![row])];
        var mask = CurveMask.Of(x, y);
        if (mask.Count(MaskReason.NotPositive) is var refused && refused > LargestShare * rows.Length)
        {
            var wrong = Array.FindIndex(y, loss => !(loss > 0));
            throw new InputFileException(path, FormattableString.Invariant($"loss {y[wrong]:R} at step {x[wrong]:R}"), "losses above zero: laws are fitted to their logarithm (take a loss that is bounded below by zero, or add the constant that it lacks)");
        }

        if (mask.Sentence(stepColumn) is { Length: > 0 } sentence)
            notes.Add(sentence);
        var (rates, guessed) = new RateColumns(path, table, steps, mask.IsResumed).Read(reading, rateColumn, ColumnFinder.Matches(table, ColumnFinder.BatchNames).FirstOrDefault(name => table.IsNumeric(name)), notes);
        var name = Path.GetFileNameWithoutExtension(path);
        if (losses is null)
            return new LossCurve(name, rates, [.. steps.At.Where(step => step > 0).Distinct().Order()], []) { Notes = notes, GuessedSteps = guessed };
        var (kept, means) = Merged([.. mask.Kept.Select(index => (int)x[index])], [.. mask.Kept.Select(index => y[index])], stepColumn, notes);
        return kept.Length == 0
            ? throw new InputFileException(path, "no loss is left", "losses above zero that are finite numbers")
            : new LossCurve(name, rates, kept, means) { Notes = notes, GuessedSteps = guessed };

        InputFileException Missing(string what, string[] names, string option) =>
            new(path, $"no column {what} among {string.Join(", ", table.Names)}", $"a column named {what} (or {string.Join(", ", names[1..6])}, …), or --{option} COLUMN");
    }

    // The losses of every row, NaN where there is none; null where there is no column and none is needed.
    internal static double[]? Losses(ColumnTable table, LossCurveReading reading, List<string> notes, string option = "loss")
    {
        var parts = (reading.Columns.Loss ?? "").Split('@');
        var candidates = ColumnFinder.Matches(table, ColumnFinder.LossNames).Where(name => table.IsNumeric(name)).ToArray();
        var column = parts[0].Length > 0 ? ColumnFinder.Named(table, parts[0], option) : candidates.FirstOrDefault() ?? ColumnFinder.Matches(table, ColumnFinder.LossNames).FirstOrDefault();
        if (column is null)
        {
            return reading.NeedsLoss
                ? throw new InputFileException(table.Path, $"no column loss among {string.Join(", ", table.Names)}", $"a column named loss (or {string.Join(", ", ColumnFinder.LossNames[1..7])}, …), or --{option} COLUMN")
                : null;
        }

        if (parts[0].Length == 0 && candidates.Length > 1)
            notes.Add($"the loss is {column}; {string.Join(", ", candidates[1..])} can be chosen with --{option}");
        var losses = (double[])table.Numbers(column).Clone();
        if (table.WithNotANumber.Contains(column))
            notes.Add($"nan in column {column} counts as a missing loss");

        // Rows of a training and of a validation set, told apart by a column of words.
        if (ColumnFinder.Matches(table, ColumnFinder.SplitNames).FirstOrDefault(name => !table.IsNumeric(name)) is { } split)
        {
            var words = table.Texts(split);
            string[] kinds = [.. words.Where((_, row) => !double.IsNaN(losses[row])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            var chosen = parts.Length > 1 ? parts[1] : kinds.FirstOrDefault(kind => kind.StartsWith("val", StringComparison.OrdinalIgnoreCase))
                ?? kinds.FirstOrDefault(kind => kind.StartsWith("test", StringComparison.OrdinalIgnoreCase) || kind.StartsWith("eval", StringComparison.OrdinalIgnoreCase)) ?? kinds.FirstOrDefault();
            if (parts.Length > 1 && !kinds.Contains(chosen, StringComparer.Ordinal))
                throw new ParameterException(option, reading.Columns.Loss!, $"{column}@ one of {string.Join(", ", kinds)}", $"these are the values of the column {split}");
            if (kinds.Length > 1)
            {
                notes.Add($"the losses are those of the rows with {split} {chosen}; --{option} {ShellWord.Quoted($"{column}@{kinds.First(kind => kind != chosen)}")} takes others");
                for (var row = 0; row < losses.Length; row++)
                    losses[row] = words[row] == chosen ? losses[row] : double.NaN;
            }
        }
        else if (parts.Length > 1)
        {
            throw new ParameterException(option, reading.Columns.Loss!, "the name of a column alone", "no column such as split tells rows apart");
        }

        return losses;
    }

    // Ascending steps; the mean where a step has several losses.
    private static (int[] Steps, double[] Losses) Merged(int[] steps, double[] losses, string stepColumn, List<string> notes)
    {
        var groups = steps.Zip(losses).GroupBy(pair => pair.First, pair => pair.Second).OrderBy(group => group.Key).Select(group => (Step: group.Key, Losses: group.Order().ToArray())).ToArray();
        var several = groups.Where(group => group.Losses.Length > 1).ToArray();
        if (several.Length > 0)
        {
            notes.Add(DisplayText.Plain(
                $"{several.Length} values of {stepColumn} have several losses, up to {100 * (several.Max(group => group.Losses[^1] / group.Losses[0]) - 1):0.#} % apart: their mean is taken"));
        }

        return ([.. groups.Select(group => group.Step)], [.. groups.Select(group => group.Losses.Average())]);
    }
}
