using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>
/// The batch size of every step: constant, or multiplied by a factor at given parts of the run, such as <c>8</c> or <c>8*4@0.5*4@0.75</c> (8, then 32 from the half, then 128 from three quarters).
/// Immutable; O(parts) per step.
/// </summary>
public sealed class BatchSchedule
{
    private readonly (double Part, long Batch)[] stages;

    private BatchSchedule(string text, (double Part, long Batch)[] stages)
    {
        Text = text;
        this.stages = stages;
    }

    /// <summary>The text it was read from.</summary>
    public string Text { get; }

    /// <summary>Batch size of the first step.</summary>
    public long First => stages[0].Batch;

    /// <summary>Largest batch size.</summary>
    public long Largest => stages.Max(stage => stage.Batch);

    /// <summary>Whether every step has the same batch size.</summary>
    public bool IsConstant => stages.Length == 1;

    /// <summary>One batch size throughout.</summary>
    /// <param name="batch">B ≥ 1.</param>
    public static BatchSchedule Constant(long batch) => Parse(batch.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a batch schedule.</summary>
    /// <param name="text">Such as <c>8</c> or <c>8*4@0.5</c>.</param>
    /// <exception cref="ParameterException">Not of this form, a batch below 1 or above 1e9, or parts that do not grow.</exception>
    public static BatchSchedule Parse(string text)
    {
        var pieces = text.Split('*');
        var stages = new List<(double, long)> { (0, Whole(pieces[0])) };
        foreach (var piece in pieces.Skip(1))
        {
            var (previousPart, previousBatch) = stages[^1];
            var at = piece.Split('@');
            if (at.Length != 2 || !double.TryParse(at[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var part) || !(part > previousPart && part < 1))
                throw Refuse();
            var factor = Whole(at[0]);
            if (factor * (double)previousBatch > 1e9)
                throw Refuse();
            stages.Add((part, previousBatch * factor));
        }

        return new BatchSchedule(text, [.. stages]);

        long Whole(string word) =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1e9 && number == Math.Floor(number) ? (long)number : throw Refuse();

        ParameterException Refuse() => new("batch", text, "a whole number from 1 to 1e9, or one that grows, such as 8*4@0.5 (32 from the half of the run)");
    }

    /// <summary>The batch size of a step.</summary>
    /// <param name="step">k, 0 ≤ k &lt; K.</param>
    /// <param name="steps">K.</param>
    public long BatchAt(long step, long steps)
    {
        var batch = stages[0].Batch;
        for (var stage = 1; stage < stages.Length && step >= SchedulePart.FirstStep(stages[stage].Part, steps); stage++)
            batch = stages[stage].Batch;
        return batch;
    }
}
