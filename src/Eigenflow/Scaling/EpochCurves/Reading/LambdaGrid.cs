using System.Globalization;
using Eigenflow.Data;

namespace Eigenflow.Scaling.Epochs;

/// <summary>The regularisations of the columns: numbers, an even grid, or a file.</summary>
public static class LambdaGrid
{
    private const string Expected = "log10 of the regularisation of every column: VALUE,VALUE,…, FROM:TO:COUNT, or a file with one row or column";

    /// <summary>Reads log10 λ of every column.</summary>
    /// <param name="text">Numbers with commas, FROM:TO:COUNT, or the path of a file.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="notes">Receives what was assumed.</param>
    /// <returns>log10 λ; where all numbers are positive they were taken as −log10 λ, since a weight decay is below one.</returns>
    /// <exception cref="EigenflowException">No such numbers, or not as many as columns.</exception>
    public static double[] Read(string? text, int columns, ICollection<string> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        if (string.IsNullOrWhiteSpace(text))
            throw new ParameterException("lambda-log10", "", Expected, "the array does not hold the regularisations");
        var values = Listed(text) ?? Even(text) ?? (InputFile.Exists(text) ? NumericFile.ReadVector(text) : throw new ParameterException("lambda-log10", text, Expected, "there is no such file"));
        if (values.Length != columns)
            throw new ParameterException("lambda-log10", text, $"{columns} numbers, one a column", $"there are {values.Length}");
        return IsNegated(values, notes) ? [.. values.Select(value => -value)] : values;
    }

    /// <summary>Whether numbers are −log10 λ: all of them positive, since a weight decay is below one.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="notes">Receives that it was assumed.</param>
    internal static bool IsNegated(IReadOnlyCollection<double> values, ICollection<string> notes)
    {
        if (!values.All(value => value > 0))
            return false;
        notes.Add("regularisations are all positive and were read as -log10 lambda: weight decay 10^(-x)");
        return true;
    }

    private static double[]? Listed(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return Numbers(parts);
    }

    private static double[]? Even(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 3 || Numbers(parts[..2]) is not { } ends || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 2 or > 1_000_000)
            return null;
        return [.. Enumerable.Range(0, count).Select(index => ends[0] + ((ends[1] - ends[0]) * index / (count - 1)))];
    }

    private static double[]? Numbers(string[] parts)
    {
        var values = new double[parts.Length];
        for (var k = 0; k < parts.Length; k++)
        {
            if (!double.TryParse(parts[k], NumberStyles.Float, CultureInfo.InvariantCulture, out values[k]) || !double.IsFinite(values[k]))
                return null;
        }

        return values;
    }
}
