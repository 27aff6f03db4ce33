using System.Globalization;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>
/// The values that a user typed for one parameter: a single value, a list <c>1.2,1.5,2</c>, <c>linspace(from,to,count)</c> or
/// <c>logspace(from,to,count)</c> with powers of ten from 10^from to 10^to, both ends included.
/// </summary>
public static class ValueList
{
    /// <summary>Largest number of values that one range may have.</summary>
    public const int LargestCount = 10_000;

    /// <summary>Turns text into checked values. A parameter that is itself a list has one value, and a range fills it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">What the user typed.</param>
    /// <returns>At least one value of the parameter's type, in the order given, without repetitions.</returns>
    /// <exception cref="ParameterException">A value or a range that is not allowed.</exception>
    public static IReadOnlyList<object> Parse(ParameterInfo parameter, string text)
    {
        var isNumeric = parameter.Kind is ParameterKind.Number or ParameterKind.Integer or ParameterKind.NumberList;
        if (isNumeric && text.Contains('(', StringComparison.Ordinal))
        {
            var range = Range(parameter, text);
            if (parameter.Kind == ParameterKind.NumberList)
                return [parameter.Check(range)];
            return [.. range.Select(value => parameter.Parse(Setting.Format(parameter.Kind == ParameterKind.Integer ? Math.Round(value) : value))).Distinct()];
        }

        // The texts of some parameters hold commas of their own, behind a colon.
        if (parameter.Kind == ParameterKind.NumberList || text.Contains(':', StringComparison.Ordinal))
            return [parameter.Parse(text)];
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(parameter.Parse).Distinct()];
    }

    private static double[] Range(ParameterInfo parameter, string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = text[..open].Trim();
        var parts = text.EndsWith(')') ? text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries) : [];
        if (name is not ("linspace" or "logspace") || parts.Length != 3
            || !Real(parts[0], out var from) || !Real(parts[1], out var to) || !Real(parts[2], out var count)
            || count is < 1 or > LargestCount || count != Math.Floor(count))
        {
            throw new ParameterException(
                parameter.Name, text, $"{parameter.Allowed}, a list such as 1,2,3, linspace(from,to,count) or logspace(from,to,count) with a count from 1 to {LargestCount}");
        }

        var values = Enumerable.Range(0, (int)count).Select(k => count == 1 ? from : from + ((to - from) * k / (count - 1)));
        return [.. values.Select(value => string.Equals(name, "logspace", StringComparison.Ordinal) ? Math.Pow(10, value) : value)];
    }

    private static bool Real(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
