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

    public List<(string Key, int Line, TomlNode Value)> Entries { get; } = [];

    public TomlNode? this[string key] => Entries.Find(entry => string.Equals(entry.Key, key, StringComparison.Ordinal)).Value;

    public int LineOf(string key)
    {
        var entry = Entries.Find(candidate => string.Equals(candidate.Key, key, StringComparison.Ordinal));
        return entry.Value is null ? Line : entry.Line;
    }
}
