using System.Globalization;
using System.Text.RegularExpressions;

namespace Eigenflow.EndToEnd;

/// <summary>A number that a page states, and where it comes from.</summary>
/// <param name="Line">Line of the page.</param>
/// <param name="Text">The number as the page writes it.</param>
/// <param name="Source">A file that the commands of the page write, or the beginning of a command whose output is meant (the first such one).</param>
/// <param name="Pattern">A regular expression with one group, the number; without a group the number of its matches is meant.</param>
/// <param name="Tolerance">How far the number may be off, or null: half a unit of its last digit.</param>
internal sealed record PageNumber(int Line, string Text, string Source, Regex Pattern, double? Tolerance)
{
    /// <summary>The number.</summary>
    public double Value => Numbers.Parse(Text);

    /// <summary>How far the number may be off.</summary>
    public double Allowed => Tolerance ?? (Numbers.LastDigit(Text) * 0.5000001);
}

/// <summary>A time that a page states.</summary>
/// <param name="Line">Line of the page.</param>
/// <param name="Source">The beginning of a command.</param>
/// <param name="Calibrations">Its processor time over that of the calibration (docs/numerics.md).</param>
internal sealed record PageTime(int Line, string Source, double Calibrations);

/// <summary>
/// A page of the documentation as a reader uses it: the commands of its blocks, in order, and the numbers that it states about them.
/// A hidden command stands in a comment <c>&lt;!-- run: COMMAND --&gt;</c>; a number is tied to its source by a comment right after it,
/// <c>1.999&lt;!-- = SOURCE /PATTERN/ --&gt;</c>, with <c>±0.01</c> behind the pattern where half a unit of its last digit is not what is promised;
/// a time by <c>&lt;!-- time = SOURCE: 30 calibrations --&gt;</c>, because seconds are those of a machine.
/// </summary>
internal sealed partial record Page(string Name, IReadOnlyList<string> Commands, IReadOnlyList<PageNumber> Numbers, IReadOnlyList<PageTime> Times, IReadOnlyList<string> Faults)
{
    /// <summary>Reads a page.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="lines">Its lines.</param>
    public static Page Read(string name, IReadOnlyList<string> lines)
    {
        var (commands, numbers, times, faults) = (new List<string>(), new List<PageNumber>(), new List<PageTime>(), new List<string>());
        string? block = null;
        for (var k = 0; k < lines.Count; k++)
        {
            var line = lines[k].Trim();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                block = block is null ? line[3..].Trim() : null;
                continue;
            }

            if (block is not null)
            {
                if (!CommandLine().IsMatch(line))
                    continue;
                if (string.Equals(block, "bash", StringComparison.Ordinal))
                    commands.Add(line);
                else
                    faults.Add($"line {k + 1}: a command stands in a block '{block}', which is not run: make it a block 'bash'");
                continue;
            }

            if (HiddenCommand().Match(line) is { Success: true } hidden)
                commands.Add(hidden.Groups[1].Value);
            var before = 0;
            foreach (Match comment in Comment().Matches(line))
            {
                var part = line[before..(comment.Index + comment.Length)];
                before = comment.Index + comment.Length;
                if (Duration().Match(comment.Value) is { Success: true } time)
                {
                    times.Add(new PageTime(k + 1, time.Groups["source"].Value, double.Parse(time.Groups["ratio"].Value, CultureInfo.InvariantCulture)));
                    continue;
                }

                var match = Statement().Match(part);
                if (match.Success)
                {
                    numbers.Add(new PageNumber(
                        k + 1, match.Groups["number"].Value, match.Groups["source"].Value.Trim(), new Regex(match.Groups["pattern"].Value, RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromSeconds(5)),
                        match.Groups["tolerance"].Success ? double.Parse(match.Groups["tolerance"].Value, CultureInfo.InvariantCulture) : null));
                }
                else
                {
                    faults.Add($"line {k + 1}: '{comment.Value}' is neither 'NUMBER<!-- = SOURCE /PATTERN/ -->' nor '<!-- time = SOURCE: RATIO calibrations -->'");
                }
            }
        }

        return new Page(name, commands, numbers, times, faults);
    }

    [GeneratedRegex(@"^(\./)?eigenflow\s", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"^<!-- run: (.+) -->$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HiddenCommand();

    [GeneratedRegex(@"<!-- (time )?= .*?-->", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^<!-- time = (?<source>.+): (?<ratio>[0-9.]+) calibrations -->$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Duration();

    // The number ends right before the comment, with a unit between at most.
    [GeneratedRegex(@"(?<number>[-−]?[0-9][0-9  ]*(\.[0-9]+)?(e[-+]?[0-9]+)?)(\s?(%|×|\\%))?\$?<!-- = (?<source>.+?) /(?<pattern>.+)/( ±(?<tolerance>[0-9.e-]+))? -->$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Statement();
}

/// <summary>Numbers as pages write them.</summary>
internal static class Numbers
{
    /// <summary>The value: minus signs and thin or other blanks between digits are those of typesetting.</summary>
    public static double Parse(string text) => double.Parse(Plain(text), CultureInfo.InvariantCulture);

    /// <summary>One unit of the last digit.</summary>
    public static double LastDigit(string text)
    {
        var plain = Plain(text);
        var exponent = plain.IndexOf('e', StringComparison.Ordinal);
        var mantissa = exponent < 0 ? plain : plain[..exponent];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        return Math.Pow(10, (exponent < 0 ? 0 : int.Parse(plain[(exponent + 1)..], CultureInfo.InvariantCulture)) - (point < 0 ? 0 : mantissa.Length - point - 1));
    }

    private static string Plain(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace('−', '-');
}
