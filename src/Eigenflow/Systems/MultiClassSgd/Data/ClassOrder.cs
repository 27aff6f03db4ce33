using System.Globalization;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Numbers classes by their names, whatever the order of the rows: numbers ascend, texts are in ordinal order, and of exactly two numbers the larger comes first, so that it has the label y = +1.</summary>
internal static class ClassOrder
{
    /// <summary>The places of the names in their order.</summary>
    /// <param name="names">Different names.</param>
    public static int[] Of(IReadOnlyList<string> names)
    {
        double?[] numbers = [.. names.Select(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (double?)null)];
        int[] order = Array.TrueForAll(numbers, number => number is not null)
            ? [.. Enumerable.Range(0, names.Count).OrderBy(k => numbers[k]).ThenBy(k => names[k], StringComparer.Ordinal)]
            : [.. Enumerable.Range(0, names.Count).OrderBy(k => names[k], StringComparer.Ordinal)];
        if (order.Length == 2 && numbers[0] is not null && numbers[1] is not null)
            Array.Reverse(order);
        return order;
    }
}
