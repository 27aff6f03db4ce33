namespace Eigenflow.Scaling.LossCurves;

/// <summary>The steps of the rows of a table: whole numbers, or tokens and examples counted in units.</summary>
internal sealed class RowSteps
{
    private const string Expected = "whole steps >= 0";

    // Where tokens have no large common divisor.
    private const double FinestUnits = 2e6;

    private RowSteps(int[] at, bool[] isKnown) => (At, IsKnown) = (at, isKnown);

    /// <summary>The steps; −1 where the field is missing.</summary>
    public int[] At { get; }

    /// <summary>Whether the row has a step.</summary>
    public bool[] IsKnown { get; }

    /// <summary>Number of rows.</summary>
    public int Count => At.Length;

    /// <summary>The largest step.</summary>
    public int Last => At.Max();

    /// <summary>Reads.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="notes">Receives what there is to say.</param>
    /// <exception cref="InputFileException">A step that is negative or not whole, or too many.</exception>
    public static RowSteps Of(string path, string name, double[] column, List<string> notes)
    {
        var missing = column.Count(double.IsNaN);
        if (missing > 0)
            notes.Add(FormattableString.Invariant($"{missing} rows without {name} are left out"));
        for (var row = 0; row < column.Length; row++)
        {
            if (column[row] < 0 || double.IsInfinity(column[row]) || (column[row] != Math.Floor(column[row]) && !double.IsNaN(column[row])))
                throw new InputFileException(path, FormattableString.Invariant($"{name} {column[row]:R} in row {row + 1} of numbers"), Expected);
        }

        var largest = column.Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Max();
        var unit = 1.0;
        if (ColumnFinder.UnitNames.Contains(ColumnFinder.Plain(name), StringComparer.Ordinal))
        {
            unit = column.Where(value => value > 0).Aggregate(0.0, Divisor);
            if (!(unit > 1) || largest / unit > StepRates.LargestSteps)
                unit = Math.Max(1, Math.Ceiling(largest / FinestUnits));
            notes.Add(FormattableString.Invariant($"{name} are counted in units of {unit:R}, which stand for steps"));
        }
        else if (largest > StepRates.LargestSteps)
        {
            throw new InputFileException(path, FormattableString.Invariant($"step {largest:R}"), FormattableString.Invariant($"at most {StepRates.LargestSteps} steps: divide the steps and multiply the rates by a common number"));
        }

        int[] steps = [.. column.Select(value => double.IsNaN(value) ? -1 : (int)Math.Round(value / unit))];
        return steps.Length > 0 && steps.Max() >= 2 ? new RowSteps(steps, [.. steps.Select(step => step >= 0)]) : throw new InputFileException(path, "fewer than 2 steps", Expected);
    }

    private static double Divisor(double a, double b)
    {
        while (b > 0)
            (a, b) = (b, a % b);
        return a;
    }
}
