using System.CommandLine;
using System.Globalization;

namespace Eigenflow.Cli;

/// <summary>Numbers that are options: 1e6 is a whole number, and what is none is one clear error.</summary>
internal static class OptionNumbers
{
    public static double? Number(ParseResult parse, Option<string?> option)
    {
        if (parse.GetValue(option) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new ParameterException(NameOf(option), text, "a number");
    }

    public static long? Whole(ParseResult parse, Option<string?> option) => Number(parse, option) switch
    {
        null => null,
        var number when number is >= 0 and <= 9e15 && number == Math.Floor(number.Value) => (long)number,
        _ => throw new ParameterException(NameOf(option), parse.GetValue(option), "a whole number >= 0"),
    };

    private static string NameOf(Option option) => option.Name.TrimStart('-');
}
