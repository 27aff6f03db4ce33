using Eigenflow.Data;
using Eigenflow.Schedules;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// Reads loss curves from tables with the columns step, loss and learning_rate, and optionally batch, in any order. A row's loss was measured after its step: after that many updates.
/// Rates between logged steps follow <see cref="RateFilling"/>; batch sizes hold.
/// </summary>
public static class LossCurveReader
{
    private static readonly string[] StepNames = ["step", "steps", "iteration", "iter", "global_step", "update"];
    private static readonly string[] LossNames = ["loss", "test_loss", "val_loss", "validation_loss", "eval_loss", "train_loss", "training_loss"];
    private static readonly string[] RateNames = ["learning_rate", "learning-rate", "learning rate", "lr", "eta", "rate"];
    private static readonly string[] BatchNames = ["batch", "batch_size", "batch-size", "bs"];

    /// <summary>Reads a curve.</summary>
    /// <param name="path">A .csv, .tsv, .txt or .npy file.</param>
    /// <param name="schedule">Makes the schedule from the number of steps of the file, in place of its learning rates; null to read them.</param>
    /// <param name="filling">What the rate is between logged steps.</param>
    /// <param name="needsLoss">Whether a file without a column of losses is refused.</param>
    /// <exception cref="InputFileException">A missing column, steps that do not grow, losses that are not above zero, rates below zero.</exception>
    public static LossCurve Read(string path, Func<long, LearningRateSchedule>? schedule = null, RateFilling filling = RateFilling.Auto, bool needsLoss = true)
    {
        const string Expected = "a heading and the columns step, loss and learning_rate";
        var table = NumericFile.ReadMatrix(path);
        if (table.Names.Count == 0)
            throw new InputFileException(path, "no heading that names the columns", Expected);
        var stepColumn = table.ColumnOf(StepNames) ?? throw Missing("step", StepNames);
        var lossColumn = table.ColumnOf(LossNames);
        if (lossColumn is null && needsLoss)
            throw Missing("loss", LossNames);
        var rateColumn = table.ColumnOf(RateNames);
        if (rateColumn is null && schedule is null)
            throw new InputFileException(path, $"no column of learning rates among {string.Join(", ", table.Names)}", "a column learning_rate, or the schedule on the command line, such as --schedule cosine --peak 1e-3");
        var batchColumn = table.ColumnOf(BatchNames);
        var steps = Steps(path, table.Column(stepColumn));
        var losses = lossColumn is { } column ? table.Column(column) : null;
        for (var row = 0; losses is not null && row < losses.Length; row++)
        {
            if (!(losses[row] > 0))
                throw new InputFileException(path, FormattableString.Invariant($"loss {losses[row]:R} at step {steps[row]}"), "losses above zero: laws are fitted to their logarithm (take a loss that is bounded below by zero, or add the constant that it lacks)");
        }

        var rates = Rates(path, table, steps, schedule, rateColumn, batchColumn, filling);

        // At step 0 nothing has been learned, and the intrinsic time is zero.
        var first = steps[0] == 0 ? 1 : 0;
        return new LossCurve(Path.GetFileNameWithoutExtension(path), rates, steps[first..], losses?[first..] ?? []);

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

    private static StepRates Rates(string path, DataMatrix table, int[] steps, Func<long, LearningRateSchedule>? schedule, int? rateColumn, int? batchColumn, RateFilling filling)
    {
        try
        {
            // Everywhere, and so in the last row too, whose rate belongs to a step that was not measured and would not be looked at.
            if (schedule is null && Array.FindIndex(table.Column(rateColumn!.Value), rate => !(rate >= 0)) is >= 0 and var negative)
                throw new ParameterException("learning_rate", table.Column(rateColumn.Value)[negative], "numbers >= 0");
            if (batchColumn is { } sizes && Array.FindIndex(table.Column(sizes), size => !(size > 0)) is >= 0 and var smallest)
                throw new ParameterException("batch", table.Column(sizes)[smallest], "numbers > 0");
            var batches = batchColumn is { } batch ? LoggedRates.Fill(steps, table.Column(batch), steps[^1], RateFilling.Hold) : null;
            if (schedule is null)
                return new StepRates(LoggedRates.Fill(steps, table.Column(rateColumn!.Value), steps[^1], filling), batches);
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
    }
}
