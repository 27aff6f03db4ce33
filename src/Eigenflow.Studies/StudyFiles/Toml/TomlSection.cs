using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>A table of a study file whose keys are known in advance: typed values, and errors that name the line and the key that was meant.</summary>
internal sealed class TomlSection
{
    private const int LongestText = 4000;
    private readonly string path;
    private readonly string name;
    private readonly TomlTable table;

    public TomlSection(string path, string name, TomlTable table, params string[] keys)
    {
        (this.path, this.name, this.table) = (path, name, table);
        foreach (var (key, line, _) in table.Entries)
        {
            if (!keys.Contains(key, StringComparer.Ordinal))
                throw Error(line, $"{key} is no key of {name}: it must be one of {string.Join(", ", keys)}{Meant(key, keys)}");
        }
    }

    public int Line => table.Line;

    public bool Has(string key) => table[key] is not null;

    public int LineOf(string key) => table.LineOf(key);

    public StudyFileException Error(string key, string message) => Error(LineOf(key), message);

    public StudyFileException Error(int line, string message) => new(path, line, message);

    public string? Text(string key) => table[key] switch
    {
        null => null,
        TomlScalar { Value: string text } when text.Length > 0 => Short(key, text),
        var other => throw Wrong(key, other, "a text in quotes"),
    };

    public string RequiredText(string key) => Text(key) ?? throw Error(Line, $"{name} needs {key}.");

    /// <summary>A text, or a number as text: formulas may be plain numbers.</summary>
    public string? Formula(string key) => table[key] switch
    {
        TomlScalar { Value: double or long } number => Setting.Format(number.Value),
        _ => Text(key),
    };

    public bool Flag(string key) => table[key] switch
    {
        null => false,
        TomlScalar { Value: bool flag } => flag,
        var other => throw Wrong(key, other, "true or false"),
    };

    public double? Number(string key) => table[key] switch
    {
        null => null,
        TomlScalar { Value: long value } => value,
        TomlScalar { Value: double value } when double.IsFinite(value) => value,
        var other => throw Wrong(key, other, "a finite number"),
    };

    public string Choice(string key, params string[] choices)
    {
        var text = Text(key) ?? choices[0];
        return choices.Contains(text, StringComparer.Ordinal) ? text : throw Error(key, $"{key} = {text} is not allowed: it must be one of {string.Join(", ", choices)}{Meant(text, choices)}");
    }

    /// <summary>A text or a list of texts.</summary>
    public IReadOnlyList<string> Texts(string key) => table[key] switch
    {
        null => [],
        TomlList list => [.. list.Items.Select(item => item is TomlScalar { Value: string text } && text.Length > 0 ? Short(key, text) : throw Wrong(key, item, "texts in quotes"))],
        _ => [Text(key)!],
    };

    public TomlTable? Table(string key) => table[key] switch
    {
        null => null,
        TomlTable inner => inner,
        var other => throw Wrong(key, other, "a table"),
    };

    /// <summary>The tables of <c>[[key]]</c>, or the one of <c>[key]</c>.</summary>
    public IReadOnlyList<TomlTable> Tables(string key) => table[key] switch
    {
        null => [],
        TomlTable inner => [inner],
        TomlList list => [.. list.Items.Select(item => item as TomlTable ?? throw Wrong(key, item, "tables"))],
        var other => throw Wrong(key, other, "a table"),
    };

    /// <summary>A list of two numbers, the first not larger; null for anything else.</summary>
    public static (double Low, double High)? Pair(TomlNode node)
    {
        if (node is not TomlList { Items: [TomlScalar first, TomlScalar second] })
            return null;
        double? Number(TomlScalar scalar) => scalar.Value switch { long whole => whole, double number => number, _ => null };
        return Number(first) is { } low && Number(second) is { } high && low <= high ? (low, high) : null;
    }

    public (double Low, double High)? Range(string key) => table[key] is not { } node ? null : Pair(node) is { } pair && pair.Low < pair.High ? pair : throw Error(key, $"{key} must be [low, high] with low < high.");

    /// <summary>Checks a name against those that exist.</summary>
    public string Known(string key, string value, string kind, IReadOnlyCollection<string> names) => names.Contains(value, StringComparer.Ordinal)
        ? value
        : throw Error(key, $"{value} is no {kind}: it must be one of {string.Join(", ", names)}{Meant(value, names)}");

    public static string Meant(string typed, IEnumerable<string> names)
    {
        var suggestion = Suggestion.For(typed, names);
        return suggestion.Length > 0 ? "; " + suggestion : ".";
    }

    private string Short(string key, string text) => text.Length <= LongestText
        ? text
        : throw Error(key, FormattableString.Invariant($"{key} of {name} has {text.Length} letters: it must be a text of at most {LongestText} letters."));

    private StudyFileException Wrong(string key, TomlNode node, string expected) => Error(node.Line, $"{key} of {name} is {node.Kind}: it must be {expected}.");
}
