using System.Text;
using System.Text.RegularExpressions;
using Eigenflow.Data;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// A pattern such as <c>mlp_{schedule}_params{params}_seed{seed}</c> by which properties of runs are read out of names of files, without their ending. <c>{*}</c> stands for letters that mean nothing. The whole name must match.
/// </summary>
public sealed class NamePattern
{
    private const int Timeout = 1000;
    private static readonly string[] Keys = ["params", "seed", "schedule", "run", "tokens_per_step"];
    private readonly Regex regex;

    private NamePattern(string text, IReadOnlyList<string> names, Regex regex) => (Text, Names, this.regex) = (text, names, regex);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The properties that it holds.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <exception cref="ParameterException">An unknown or repeated property, or braces that do not match.</exception>
    public static NamePattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = new List<string>();
        var regex = new StringBuilder("^");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '}')
                throw Refuse();
            if (text[i] != '{')
            {
                regex.Append(Regex.Escape(text[i].ToString()));
                continue;
            }

            var end = text.IndexOf('}', i);
            if (end < 0)
                throw Refuse();
            var name = text[(i + 1)..end];
            i = end;
            if (name == "*")
            {
                regex.Append(".*?");
                continue;
            }

            if (!Keys.Contains(name, StringComparer.Ordinal) || names.Contains(name, StringComparer.Ordinal))
                throw Refuse();
            names.Add(name);

            // A number ends where no more of it follows, with the letter of 124M; other letters end as soon as the rest matches.
            regex.Append(IsNumber(name) ? $@"(?<{name}>[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+|[{QuantityText.Letters}](?![A-Za-z]))?)" : $"(?<{name}>.+?)");
        }

        return names.Count > 0
            ? new NamePattern(text, names, new Regex(regex.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(Timeout)))
            : throw Refuse();

        ParameterException Refuse() => new("name", text, $"letters with {string.Join(", ", Keys.Select(key => $"{{{key}}}"))} or {{*}}, each at most once and at least one", "such as mlp_{schedule}_params{params}_seed{seed}");
    }

    /// <summary>The properties of a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="InputFileException">Its name does not match.</exception>
    public IReadOnlyDictionary<string, string> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileNameWithoutExtension(path);
        var match = regex.Match(name);
        if (match.Success && Names.FirstOrDefault(key => IsNumber(key) && IsAmbiguous(name, key, match.Groups[key])) is { } torn)
            throw new InputFileException(path, $"'{name}' has letters right behind the number of {{{torn}}}, which may belong to it", "a number with K, M, B or T alone behind it, such as 124M, and a mark such as _ or - between it and other letters");
        return match.Success
            ? Names.ToDictionary(key => key, key => match.Groups[key].Value, StringComparer.Ordinal)
            : throw new InputFileException(path, $"its name does not match --name {Text}", $"a name such as {string.Concat(Example())}");
    }

    /// <summary>A number among the properties.</summary>
    internal static double Number(string text) => QuantityText.TryParse(text, false, out var value) ? value : double.NaN;

    private static bool IsNumber(string key) => key is "params" or "tokens_per_step";

    // Letters that the pattern does not name.
    private bool IsAmbiguous(string name, string key, Group group)
    {
        int behind = group.Index + group.Length, inPattern = Text.IndexOf($"{{{key}}}", StringComparison.Ordinal) + key.Length + 2;
        return behind < name.Length && char.IsLetter(name[behind]) && inPattern < Text.Length && Text[inPattern] == '{';
    }

    private string Example() => Text.Replace("{params}", "1000000", StringComparison.Ordinal).Replace("{seed}", "0", StringComparison.Ordinal).Replace("{schedule}", "linear", StringComparison.Ordinal)
        .Replace("{run}", "a", StringComparison.Ordinal).Replace("{tokens_per_step}", "4096", StringComparison.Ordinal).Replace("{*}", "x", StringComparison.Ordinal);
}
