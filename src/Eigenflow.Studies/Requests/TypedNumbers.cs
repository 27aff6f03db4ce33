using System.Globalization;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Numbers as users type them for an analysis: 1e6 is a whole number, and what is none or out of range is one clear error that states the range.</summary>
public static class TypedNumbers
{
    /// <summary>Seeds of analyses.</summary>
    public static Parameter<long> Seeds { get; } = Parameter.Whole("seed", 0, 9e15);

    /// <summary>A number, or null where nothing was typed.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="text">What was typed, or null.</param>
    /// <param name="range">What is allowed.</param>
    /// <exception cref="ParameterException">It is none, or out of range.</exception>
    public static double? Number(string name, string? text, Parameter<double> range) => text is null ? null : (range with { Name = name }).Read(text);

    /// <summary>A whole number, or null where nothing was typed.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="text">What was typed, or null.</param>
    /// <param name="range">What is allowed.</param>
    /// <exception cref="ParameterException">It is none, or out of range.</exception>
    public static long? Whole(string name, string? text, Parameter<long> range) => text is null ? null : (range with { Name = name }).Read(text);

    /// <summary>Two numbers <c>FROM,TO</c>, the first smaller than the second; nulls where nothing was typed.</summary>
    /// <param name="name">What they are called in messages.</param>
    /// <param name="text">What was typed, or null.</param>
    /// <param name="range">The range of both.</param>
    /// <param name="example">An example.</param>
    /// <param name="mayBeOpen">Whether one of them may be left out.</param>
    /// <exception cref="ParameterException">They are none, or out of range.</exception>
    public static (double? From, double? To) Pair(string name, string? text, Parameter range, string example, bool mayBeOpen = false)
    {
        if (text is null)
            return (null, null);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || (parts[0].Length == 0 && parts[1].Length == 0) || (!mayBeOpen && (parts[0].Length == 0 || parts[1].Length == 0)))
            throw Refuse();
        try
        {
            var (from, to) = (End(parts[0]), End(parts[1]));
            return from >= to ? throw Refuse() : (from, to);
        }
        catch (ParameterException)
        {
            throw Refuse();
        }

        double? End(string part) => part.Length == 0 ? null : Convert.ToDouble(range.Parse(part), CultureInfo.InvariantCulture);

        ParameterException Refuse() => new(
            name, text, $"FROM,TO with FROM < TO{(mayBeOpen ? ", of which one may be left out" : "")}, each {range.Allowed}, such as {example}");
    }

    /// <summary>Names with commas between them; empty where nothing was typed.</summary>
    /// <param name="text">What was typed, or null.</param>
    public static IReadOnlyList<string> Names(string? text) => text is null ? [] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
