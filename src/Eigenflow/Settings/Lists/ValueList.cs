using System.Globalization;

namespace Eigenflow.Settings;

/// <summary>
/// The values that a user typed for one parameter: a single value, a list <c>1.2,1.5,2</c>, <c>linspace(from,to,count)</c>,
/// <c>logspace(from,to,count)</c> from 10^from to 10^to, or <c>geomspace(from,to,count)</c> from one number to the other in equal ratios (the names and meanings of
/// NumPy), all ends included. What a comma means is the parameter's: its kind, and for texts its forms.
/// </summary>
public static class ValueList
{
    /// <summary>Largest number of values that one range may have.</summary>
    public const int LargestCount = 10_000;

    // Beyond this many decades, exponents were meant as the ends themselves.
    private const double LargestDecade = 20;

    /// <summary>The forms of a list in words, for help texts.</summary>
    public const string Forms = "a list such as 1,2,3, linspace(1,2,5), geomspace(1e2,1e5,4) from 1e2 to 1e5, or logspace(2,5,4) for the same by exponents of ten";

    /// <summary>Turns text into checked values. A parameter that is itself a list has one value, and a range fills it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">What the user typed.</param>
    /// <returns>At least one value of the parameter's type, in the order given, without repetitions.</returns>
    /// <exception cref="ParameterException">A value or a range that is not allowed.</exception>
    public static IReadOnlyList<object> Parse(Parameter parameter, string text)
    {
        var isNumeric = parameter.Kind is ParameterKind.Number or ParameterKind.Integer or ParameterKind.NumberList;
        if (isNumeric && text.Contains('(', StringComparison.Ordinal))
        {
            var range = Range(parameter, text);
            if (parameter.Kind == ParameterKind.NumberList)
                return [parameter.Check(range)];
            return [.. range.Select(value => Checked(parameter, text, parameter.Kind == ParameterKind.Integer ? Math.Round(value) : value)).Distinct()];
        }

        return parameter.Kind switch
        {
            ParameterKind.NumberList => [parameter.Parse(text)],
            ParameterKind.Text => [.. CommaList.Split(parameter.Forms, text).Select(parameter.Parse).Distinct()],
            _ => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(parameter.Parse).Distinct()],
        };
    }

    private static object Checked(Parameter parameter, string text, double value)
    {
        try
        {
            return parameter.Parse(Setting.Format(value));
        }
        catch (ParameterException)
        {
            throw new ParameterException(parameter.Name, text, "a range of values each of which is " + parameter.Allowed, $"{Setting.Format(value)} is not");
        }
    }

    private static double[] Range(Parameter parameter, string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = text[..open].Trim();
        var parts = text.EndsWith(')') ? text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries) : [];
        if (name is not ("linspace" or "logspace" or "geomspace") || parts.Length != 3
            || !Real(parts[0], out var from) || !Real(parts[1], out var to) || !Real(parts[2], out var count)
            || count is < 1 or > LargestCount || count != Math.Floor(count))
        {
            throw new ParameterException(
                parameter.Name, text, $"{parameter.Allowed}, a list such as 1,2,3, linspace(from,to,count), geomspace(from,to,count) or, by exponents of ten, logspace(from,to,count), with a count from 1 to {LargestCount}",
                Suggestion.For(name, ["linspace", "logspace", "geomspace"]));
        }

        switch (name)
        {
            case "logspace" when AreEnds(from, to):
                throw new ParameterException(
                    parameter.Name, text, "logspace(from,to,count) with exponents of ten, as in NumPy: logspace(2,5,4) is 100,1000,10000,100000",
                    string.Create(CultureInfo.InvariantCulture, $"for {parts[0]} to {parts[1]} write logspace({Math.Log10(from):G6},{Math.Log10(to):G6},{parts[2]}) or geomspace({parts[0]},{parts[1]},{parts[2]})"));
            case "logspace" when Math.Max(from, to) > 308 || Math.Min(from, to) < -307:
                throw new ParameterException(parameter.Name, text, "logspace(from,to,count) with exponents of ten within the range of numbers, such as logspace(2,5,4) for 100 to 1e5");
            case "geomspace" when !(from > 0 && to > 0):
                throw new ParameterException(parameter.Name, text, "geomspace(from,to,count) with ends > 0, such as geomspace(1e2,1e5,4)");
        }

        var isGeometric = string.Equals(name, "geomspace", StringComparison.Ordinal);
        var (first, last) = isGeometric ? (Math.Log10(from), Math.Log10(to)) : (from, to);
        var values = Enumerable.Range(0, (int)count).Select(k => count == 1 ? first : first + ((last - first) * k / (count - 1))).ToArray();
        if (string.Equals(name, "linspace", StringComparison.Ordinal))
            return values;
        for (var k = 0; k < values.Length; k++)
            values[k] = isGeometric && k == 0 ? from : isGeometric && k == values.Length - 1 ? to : Math.Pow(10, values[k]);
        return values;
    }

    // Numbers over more than a decade that are no exponents anyone would type: 1e2 to 1e12, or 1e-3 to 1e-1.
    private static bool AreEnds(double from, double to)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        return low > 0 && high >= 10 * low && (high > LargestDecade || low < 0.1);
    }

    private static bool Real(string text, out double value)
    {
        var number = TextForm.Real(text);
        value = number ?? 0;
        return number is not null;
    }
}
