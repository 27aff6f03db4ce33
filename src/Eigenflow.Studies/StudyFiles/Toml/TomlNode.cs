namespace Eigenflow.Studies;

/// <summary>A value of a TOML file with the line on which it stands.</summary>
/// <param name="Line">1-based line number.</param>
internal abstract record TomlNode(int Line)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A number, text or truth value: <see cref="long"/>, <see cref="double"/>, <see cref="string"/> or <see cref="bool"/>.</summary>
internal sealed record TomlScalar(int Line, object Value) : TomlNode(Line)
{
    public override string Kind => Value switch { string => "a text", bool => "true or false", _ => "a number" };
}

/// <summary>A list.</summary>
internal sealed record TomlList(int Line, IReadOnlyList<TomlNode> Items) : TomlNode(Line)
{
    public override string Kind => "a list";
}

/// <summary>A table; keys in the order of the file.</summary>
internal sealed record TomlTable(int Line) : TomlNode(Line)
{
    public override string Kind => "a table";

    private readonly List<(string Key, int Line, TomlNode Value)> entries = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Key, int Line, TomlNode Value)> Entries => entries;

    public TomlNode? this[string key] => places.TryGetValue(key, out var place) ? entries[place].Value : null;

    public int LineOf(string key) => places.TryGetValue(key, out var place) ? entries[place].Line : Line;

    public void Add(string key, int line, TomlNode value)
    {
        places.Add(key, entries.Count);
        entries.Add((key, line, value));
    }
}
