using System.CommandLine;
using Eigenflow.Settings;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>Numbers that are options: 1e6 is a whole number, and what is none or out of range is one clear error that states the range.</summary>
internal static class OptionNumbers
{
    /// <summary>Seeds of analyses.</summary>
    public static Parameter<long> Seeds => TypedNumbers.Seeds;

    /// <summary>Seconds between two saved states.</summary>
    public static Parameter<double> PictureScale { get; } = Parameter.Number("scale", 0.5, 8);

    public static Parameter<double> CheckpointSeconds { get; } = Parameter.Number("checkpoint-seconds", 0, 1e6);

    /// <summary>Ports of a server; 0 takes a free one.</summary>
    public static Parameter<long> Port { get; } = Parameter.Whole("port", 0, 65_535);

    public static double? Number(ParseResult parse, Option<string?> option, Parameter<double> range) =>
        TypedNumbers.Number(NameOf(option), parse.GetValue(option), range);

    public static long? Whole(ParseResult parse, Option<string?> option, Parameter<long> range) =>
        TypedNumbers.Whole(NameOf(option), parse.GetValue(option), range);

    /// <summary>Two numbers FROM,TO with the first smaller than the second.</summary>
    /// <param name="parse">What the user typed.</param>
    /// <param name="option">The option.</param>
    /// <param name="range">The range of both.</param>
    /// <param name="example">An example.</param>
    /// <param name="mayBeOpen">Whether one of them may be left out.</param>
    public static (double? From, double? To) Pair(ParseResult parse, Option<string?> option, Parameter range, string example, bool mayBeOpen = false) =>
        TypedNumbers.Pair(NameOf(option), parse.GetValue(option), range, example, mayBeOpen);

    private static string NameOf(Option option) => option.Name.TrimStart('-');
}
