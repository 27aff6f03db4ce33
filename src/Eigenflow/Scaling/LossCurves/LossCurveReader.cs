using Eigenflow.Data;
using Eigenflow.Schedules;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// Reads loss curves from tables with the columns step, loss and learning_rate, and optionally batch, in any order and beside other columns. A row's loss was measured after its step: after that many updates.
/// Losses and rates may be missing in some rows.
/// Rates between logged steps follow <see cref="RateFilling"/>; batch sizes hold.
/// </summary>
public static class LossCurveReader
{
    private static readonly string[] StepNames = ["step", "steps", "iteration", "iter", "global_step", "update"];
    private static readonly string[] LossNames = ["loss", "test_loss", "val_loss", "validation_loss", "eval_loss", "train_loss", "training_loss"];
    private static readonly string[] RateNames = ["learning_rate", "learning-rate", "learning rate", "lr", "eta", "rate"];
    private static readonly string[] BatchNames = ["batch", "batch_size", "batch-size", "bs"];

    /// <summary>Reads a curve.</summary>
    /// <param name="path">A .csv, .tsv, .txt or .parquet file.</param>
    /// <param name="schedule">Makes the schedule from the number of steps of the file, in place of its learning rates; null to read them.</param>
    /// <param name="filling">What the rate is between logged steps.</param>
    /// <param name="needsLoss">Whether a file without a column of losses is refused.</param>
    /// <exception cref="InputFileException">A missing column, steps that do not grow, losses that are not above zero, rates below zero.</exception>
    public static LossCurve Read(string path, Func<long, LearningRateSchedule>? schedule = null, RateFilling filling = RateFilling.Auto, bool needsLoss = true)
    {
        const string Expected = "a heading and the columns step, loss and learning_rate";
        var table = ColumnTable.Read(path);
        if (table.Names.All(name => int.TryParse(name, out _)))
            throw new InputFileException(path, "no heading that names the columns", Expected);
        var stepColumn = table.NameOf(StepNames) ?? throw Missing("step", StepNames);
        var lossColumn = table.NameOf(LossNames);
        if (lossColumn is null && needsLoss)
            throw Missing("loss", LossNames);
        var rateColumn = table.NameOf(RateNames);
        if (rateColumn is null && schedule is null)
            throw new InputFileException(path, $"no column of learning rates among {string.Join(", ", table.Names)}", "a column learning_rate, or the schedule on the command line, such as --schedule cosine --peak 1e-3");
        var batchColumn = table.NameOf(BatchNames);
        var steps = Steps(path, table.Numbers(stepColumn));
        var rates = Rates(path, table, steps, schedule, rateColumn, batchColumn, filling);
        if (lossColumn is null)
            return new LossCurve(Path.GetFileNameWithoutExtension(path), rates, [.. steps.Where(step => step > 0)], []);

        // Losses may be logged less often than rates. At step 0 nothing has been learned, and the intrinsic time is zero.
        var losses = table.Numbers(lossColumn);
        if (table.WithNotANumber.Contains(lossColumn))
            throw new InputFileException(path, $"nan in column {lossColumn}: the run diverged, or the file is damaged", "losses above zero; fields may be empty where no loss was logged");
        int[] rows = [.. Enumerable.Range(0, steps.Length).Where(row => steps[row] > 0 && !double.IsNaN(losses[row]))];
        if (Array.FindIndex(rows, row => !(losses[row] > 0) || !double.IsFinite(losses[row])) is >= 0 and var wrong)
            throw new InputFileException(path, FormattableString.Invariant($"loss {losses[rows[wrong]]:R} at step {steps[rows[wrong]]}"), "losses above zero: laws are fitted to their logarithm (take a loss that is bounded below by zero, or add the constant that it lacks)");
        if (rows.Length == 0)
            throw new InputFileException(path, $"no loss in column {lossColumn}", "losses above zero");
        return new LossCurve(Path.GetFileNameWithoutExtension(path), rates, [.. rows.Select(row => steps[row])], [.. rows.Select(row => losses[row])]);

        InputFileException Missing(string name, string[] names) =>
            new(path, $"no column {name} among {string.Join(", ", table.Names)}", $"a column named {name} (or {string.Join(", ", names[1..])})");
    }

    private static int[] Steps(string path, double[] column)
    {
        const string Expected = "whole steps >= 0 that grow from row to row";
        var steps = new int[column.Length];
        for (var row = 0; row < column.Length; row++)
        {
            if (!(column[row] >= 0) || column[row] != Math.Floor(column[row]))
                throw new InputFileException(path, FormattableString.Invariant($"step {column[row]:R} in row {row + 1} of numbers"), Expected);
            if (column[row] > StepRates.LargestSteps)
                throw new InputFileException(path, FormattableString.Invariant($"step {column[row]:R}"), FormattableString.Invariant($"at most {StepRates.LargestSteps} steps: divide the steps and multiply the rates by a common number"));
            if (row > 0 && !(column[row] > column[row - 1]))
                throw new InputFileException(path, FormattableString.Invariant($"step {column[row]:R} after {column[row - 1]:R} in row {row + 1} of numbers"), Expected);
            steps[row] = (int)column[row];
        }

        return steps[^1] >= 2 ? steps : throw new InputFileException(path, "fewer than 2 steps", Expected);
    }

    private static StepRates Rates(string path, ColumnTable table, int[] steps, Func<long, LearningRateSchedule>? schedule, string? rateColumn, string? batchColumn, RateFilling filling)
    {
        try
        {
            var batches = batchColumn is null ? null : Fill(batchColumn, RateFilling.Hold, size => size > 0, "batch", "numbers > 0");
            if (schedule is null)
                return new StepRates(Fill(rateColumn!, filling, rate => rate >= 0, "learning_rate", "numbers >= 0"), batches);
            var made = schedule(steps[^1]);
            if (made.Steps < steps[^1])
                throw new ParameterException("steps", made.Steps, $"at least the {steps[^1]} steps of {path}");
            if (made.Steps > StepRates.LargestSteps)
                throw new ParameterException("steps", made.Steps, $"at most {StepRates.LargestSteps}");
            return new StepRates(made.ToArray()[..steps[^1]], batches);
        }
        catch (ParameterException exception) when (exception.Parameter is "learning_rate" or "batch")
        {
            throw new InputFileException(path, FormattableString.Invariant($"{exception.Parameter} {exception.Value}"), exception.Allowed, 0, exception);
        }

        // From the rows in which it is logged. Everything is looked at, and so is the last row, whose rate belongs to a step that was not measured.
        double[] Fill(string column, RateFilling how, Func<double, bool> isAllowed, string parameter, string allowed)
        {
            var values = table.Numbers(column);
            int[] rows = [.. Enumerable.Range(0, values.Length).Where(row => !double.IsNaN(values[row]))];
            if (rows.Length == 0)
                throw new InputFileException(path, $"no number in column {column}", allowed);
            if (Array.FindIndex(rows, row => !isAllowed(values[row]) || !double.IsFinite(values[row])) is >= 0 and var wrong)
                throw new ParameterException(parameter, values[rows[wrong]], allowed);
            return LoggedRates.Fill([.. rows.Select(row => steps[row])], [.. rows.Select(row => values[row])], steps[^1], how);
        }
    }
}
