using System.Globalization;

namespace Eigenflow.Figures;

/// <summary>Values of one parameter that have an order, and so a scale of colours.</summary>
internal static class OrderedValues
{
    private const int Fewest = 3;
    private const double LogarithmicRange = 10;

    /// <summary>The scale, or null for fewer than three values: two are told apart by two colours.</summary>
    /// <param name="label">Label of the scale.</param>
    /// <param name="values">The values.</param>
    public static ColorScale? Scale(string label, IEnumerable<double> values)
    {
        double[] distinct = [.. values.Where(double.IsFinite).Distinct().Order()];
        return distinct.Length < Fewest ? null : new ColorScale(label, AreLogarithmic(distinct));
    }

    /// <summary>The numbers that labels are, or null where one of them is none.</summary>
    /// <param name="labels">The labels.</param>
    public static double[]? Numbers(IReadOnlyCollection<string> labels)
    {
        double?[] numbers = [.. labels.Select(label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : (double?)null)];
        return Array.TrueForAll(numbers, number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    // More even in the logarithm than in the value, over a factor of ten at least.
    private static bool AreLogarithmic(double[] ascending) =>
        ascending[0] > 0 && ascending[^1] / ascending[0] >= LogarithmicRange && Unevenness(ascending, Math.Log) < Unevenness(ascending, value => value);

    private static double Unevenness(double[] ascending, Func<double, double> place)
    {
        double[] gaps = [.. ascending.Zip(ascending.Skip(1), (before, after) => place(after) - place(before))];
        return gaps.Max() / gaps.Min();
    }
}
