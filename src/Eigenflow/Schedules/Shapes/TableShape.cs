using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Eigenflow.Data;

namespace Eigenflow.Schedules;

/// <summary>
/// Learning rates from a file: one column gives the rate of each step from 0; the columns <c>step</c> and <c>learning_rate</c> give rates that hold from their step until the next.
/// A step before the first row has its rate, a step beyond the last row the last.
/// </summary>
public sealed record TableShape : ScheduleShape
{
    private readonly double[] steps;
    private readonly double[] rates;

    private TableShape(string path, double[] steps, double[] rates)
    {
        Path = path;
        this.steps = steps;
        this.rates = rates;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string Text => "file:" + Path;

    /// <inheritdoc/>
    public override bool HasFinal => false;

    /// <inheritdoc/>
    public override bool HasOwnRates => true;

    /// <inheritdoc/>
    public override string Identity => "table " + Convert.ToHexString(SHA256.HashData([.. MemoryMarshal.AsBytes(steps.AsSpan()), .. MemoryMarshal.AsBytes(rates.AsSpan())]));

    /// <summary>The largest rate of the table.</summary>
    public double LargestRate => rates.Max();

    /// <summary>Reads a table.</summary>
    /// <param name="path">A .csv, .tsv, .txt or .npy file.</param>
    /// <exception cref="InputFileException">Unreadable, a rate below zero or all zero, or steps that do not grow.</exception>
    public static TableShape Read(string path)
    {
        const string Expected = "a column of learning rates >= 0, or the columns step and learning_rate with growing steps";
        var table = NumericFile.ReadMatrix(path);
        var rateColumn = table.ColumnOf("learning_rate", "learning-rate", "lr", "rate") ?? (table.Columns - 1);
        var stepColumn = table.ColumnOf("step", "steps", "iteration") ?? (table.Columns == 1 ? -1 : 0);
        if (stepColumn == rateColumn)
            stepColumn = -1;
        double[] rates = table.Column(rateColumn), steps = stepColumn < 0 ? [.. Enumerable.Range(0, table.Rows).Select(k => (double)k)] : table.Column(stepColumn);
        for (var row = 0; row < rates.Length; row++)
        {
            if (!(rates[row] >= 0))
                throw new InputFileException(path, FormattableString.Invariant($"learning rate {rates[row]:R} in row {row + 1} of numbers"), Expected);
            if (row > 0 && !(steps[row] > steps[row - 1]))
                throw new InputFileException(path, FormattableString.Invariant($"step {steps[row]:R} after {steps[row - 1]:R} in row {row + 1} of numbers"), Expected);
        }

        return rates.Max() > 0 ? new TableShape(path, steps, rates) : throw new InputFileException(path, "every learning rate is zero", Expected);
    }

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        var index = Array.BinarySearch(steps, step);
        return rates[index >= 0 ? index : Math.Max(0, ~index - 1)];
    }

    /// <inheritdoc/>
    public bool Equals(TableShape? other) => other is not null && steps.AsSpan().SequenceEqual(other.steps) && rates.AsSpan().SequenceEqual(other.rates);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(steps.Length, rates[0], rates[^1]);
}
