using Eigenflow.Data;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>Makes the rate and batch size of every step from the rows in which they are logged.</summary>
internal sealed class RateColumns(string path, ColumnTable table, RowSteps steps, bool isResumed)
{
    // Rates of one step that differ by more than this part, in more than this share of the repeated steps, are those of several runs.
    private const double SameRate = 1e-3;
    private const double LargestShare = 0.1;
    private const int FewestDifferent = 3;

    /// <summary>Reads.</summary>
    /// <param name="reading">How.</param>
    /// <param name="rateColumn">Column of rates, or null with a schedule.</param>
    /// <param name="batchColumn">Column of batch sizes, or null.</param>
    /// <param name="notes">Receives what there is to say.</param>
    /// <returns>The rates, and the steps before the first logged rate over which that rate was taken without a statement.</returns>
    public (StepRates Rates, int Guessed) Read(LossCurveReading reading, string? rateColumn, string? batchColumn, List<string> notes)
    {
        var last = steps.Last;
        try
        {
            double[]? batches = null;
            if (batchColumn is not null)
            {
                var (rows, sizes) = Logged(batchColumn, size => size > 0, "batch", "numbers > 0");
                batches = LoggedRates.Fill(rows, sizes, last, RateFilling.Hold);
            }

            if (reading.Schedule is not null)
            {
                var made = reading.Schedule(last);
                if (made.Steps < last)
                    throw new ParameterException("steps", made.Steps, $"at least the {last} steps of {path}");
                if (made.Steps > StepRates.LargestSteps)
                    throw new ParameterException("steps", made.Steps, $"at most {StepRates.LargestSteps}");
                return (new StepRates(made.ToArray()[..last], batches), 0);
            }

            var (at, values) = Logged(rateColumn!, rate => rate >= 0, "learning_rate", "numbers >= 0");
            var filled = LoggedRates.Fill(at, values, last, reading.Filling);
            if (at[0] == 0)
            {
                if (reading.WarmUp is not null)
                    notes.Add("the learning rate is logged from step 0 on: the stated warm-up was not used");
                return (new StepRates(filled, batches), 0);
            }

            if (reading.WarmUp is { } warmUp)
            {
                warmUp.Fill(filled, at[0], values[0]);
                if (warmUp.Steps > 0)
                    notes.Add(DisplayText.Plain($"before the first logged rate (step {at[0]}) the rate rises from {warmUp.From:G4} over {Math.Min(warmUp.Steps, at[0])} steps, ")
                        + (warmUp.Steps <= at[0] ? "as stated" : FormattableString.Invariant($"the part of the stated {warmUp.Steps} that is not logged")));
                return (new StepRates(filled, batches), 0);
            }

            return (new StepRates(filled, batches), at[0]);
        }
        catch (ParameterException exception) when (exception.Parameter is "learning_rate" or "batch")
        {
            throw new InputFileException(path, FormattableString.Invariant($"{exception.Parameter} {exception.Value}"), exception.Allowed, 0, exception);
        }
    }

    // Ascending steps and values of the rows in which a column is logged. Everything is looked at, and so is the last row, whose rate belongs to a step that was not measured.
    private (int[] Steps, double[] Values) Logged(string column, Func<double, bool> isAllowed, string parameter, string allowed)
    {
        var values = table.Numbers(column);
        int[] rows = [.. Enumerable.Range(0, values.Length).Where(row => !double.IsNaN(values[row]) && steps.IsKnown[row])];
        if (rows.Length == 0)
            throw new InputFileException(path, $"no number in column {column}", allowed);
        if (Array.FindIndex(rows, row => !isAllowed(values[row]) || !double.IsFinite(values[row])) is >= 0 and var wrong)
            throw new ParameterException(parameter, values[rows[wrong]], allowed);

        // Of a resumed run a row counts if no later row goes back to its step or before.
        if (isResumed)
        {
            var kept = new List<int>();
            var smallest = int.MaxValue;
            foreach (var row in rows.Reverse())
            {
                if (steps.At[row] > smallest)
                    continue;
                smallest = steps.At[row];
                kept.Add(row);
            }

            rows = [.. kept.AsEnumerable().Reverse()];
        }

        var groups = rows.GroupBy(row => steps.At[row]).OrderBy(group => group.Key).Select(group => group.Select(row => values[row]).ToArray()).ToArray();
        var several = groups.Where(group => group.Length > 1).ToArray();
        var different = several.Count(group => group.Max() - group.Min() > SameRate * group.Max());
        if (different >= FewestDifferent && different > LargestShare * several.Length)
        {
            throw new InputFileException(
                path, $"{different} steps have several values of {column}: several runs in one table, or runs under several schedules", "one run per file; rows of one step with one learning rate");
        }

        return ([.. rows.Select(row => steps.At[row]).Distinct().Order()], [.. groups.Select(group => group[^1])]);
    }
}
