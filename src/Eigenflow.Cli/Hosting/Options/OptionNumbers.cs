using System.CommandLine;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>Numbers that are options: 1e6 is a whole number, and what is none or out of range is one clear error that states the range.</summary>
internal static class OptionNumbers
{
    /// <summary>Seeds of analyses.</summary>
    public static Parameter<long> Seeds { get; } = Parameter.Whole("seed", 0, 9e15);

    /// <summary>Seconds between two saved states.</summary>
    public static Parameter<double> PictureScale { get; } = Parameter.Number("scale", 0.5, 8);

    public static Parameter<double> CheckpointSeconds { get; } = Parameter.Number("checkpoint-seconds", 0, 1e6);

    /// <summary>Ports of a server; 0 takes a free one.</summary>
    public static Parameter<long> Port { get; } = Parameter.Whole("port", 0, 65_535);

    public static double? Number(ParseResult parse, Option<string?> option, Parameter<double> range) =>
        parse.GetValue(option) is { } text ? (range with { Name = NameOf(option) }).Read(text) : null;

    public static long? Whole(ParseResult parse, Option<string?> option, Parameter<long> range) =>
        parse.GetValue(option) is { } text ? (range with { Name = NameOf(option) }).Read(text) : null;

    /// <summary>Two numbers FROM,TO with the first smaller than the second.</summary>
    /// <param name="parse">What the user typed.</param>
    /// <param name="option">The option.</param>
    /// <param name="range">The range of both.</param>
    /// <param name="example">An example.</param>
    /// <param name="mayBeOpen">Whether one of them may be left out.</param>
    public static (double? From, double? To) Pair(ParseResult parse, Option<string?> option, Parameter range, string example, bool mayBeOpen = false)
    {
        if (parse.GetValue(option) is not { } text)
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

        double? End(string part) => part.Length == 0 ? null : Convert.ToDouble(range.Parse(part), System.Globalization.CultureInfo.InvariantCulture);

        ParameterException Refuse() => new(
            NameOf(option), text, $"FROM,TO with FROM < TO{(mayBeOpen ? ", of which one may be left out" : "")}, each {range.Allowed}, such as {example}");
    }

    private static string NameOf(Option option) => option.Name.TrimStart('-');
}
