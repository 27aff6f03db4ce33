using System.Text;
using Eigenflow.Data;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Eigenflow.Studies;

/// <summary>Reads a TOML text into a tree that knows the line of every value. Whatever the text, the outcome is a tree or an error with a line.</summary>
internal static class TomlTree
{
    private const int LargestText = 1 << 20;
    private const int MostParts = 16;
    private const string Expected = "a study file in the TOML format (docs/studies.md)";

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="InputFileException">Unreadable, or too large.</exception>
    public static byte[] ReadBytes(string path) => InputFile.ReadAllBytes(path, Expected, LargestText);

    /// <summary>Reads bytes.</summary>
    /// <exception cref="InputFileException">No UTF-8, or no TOML.</exception>
    public static TomlTable Parse(ReadOnlySpan<byte> bytes, string path)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException)
        {
            throw new InputFileException(path, "it is not UTF-8 text", Expected, 1);
        }

        text = text.TrimStart('\uFEFF');
        TomlLimits.Check(text, path, Expected);
        DocumentSyntax document;
        try
        {
            document = SyntaxParser.Parse(text, path, validate: true);
        }
        catch (TomlException exception)
        {
            throw new InputFileException(path, OneLine(exception.Message), Expected, Math.Max(1, exception.Span?.Start.Line + 1 ?? 1), exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a reader of the format meets, it is the text that it meets.
            throw new InputFileException(path, $"it cannot be read ({OneLine(exception.Message)})", Expected, 1, exception);
        }

        foreach (var message in document.Diagnostics)
        {
            if (message.Kind == DiagnosticMessageKind.Error)
                throw new InputFileException(path, OneLine(message.Message), Expected, message.Span.Start.Line + 1);
        }

        var root = new TomlTable(1);
        foreach (var pair in document.KeyValues)
            Add(path, root, pair);
        foreach (var table in document.Tables)
        {
            var target = Open(path, root, table);
            foreach (var pair in table.Items)
                Add(path, target, pair);
        }

        return root;
    }

    private static TomlTable Open(string path, TomlTable root, TableSyntaxBase syntax)
    {
        var line = syntax.Span.Start.Line + 1;
        var names = Names(path, syntax.Name, line);
        var parent = Descend(path, root, names.AsSpan(0, names.Length - 1), line);
        var name = names[^1];
        if (syntax is TableArraySyntax)
        {
            var table = new TomlTable(line);
            switch (parent[name])
            {
                case null:
                    parent.Add(name, line, new TomlList(line, new List<TomlNode> { table }));
                    break;
                case TomlList { Items: List<TomlNode> items }:
                    items.Add(table);
                    break;
                default:
                    throw new InputFileException(path, $"[[{name}]] was something else above", Expected, line);
            }

            return table;
        }

        return Descend(path, parent, [name], line);
    }

    private static TomlTable Descend(string path, TomlTable from, ReadOnlySpan<string> names, int line)
    {
        foreach (var name in names)
        {
            switch (from[name])
            {
                case null:
                    var table = new TomlTable(line);
                    from.Add(name, line, table);
                    from = table;
                    break;
                case TomlTable existing:
                    from = existing;
                    break;
                case TomlList { Items: [.., TomlTable last] }:
                    from = last;
                    break;
                default:
                    throw new InputFileException(path, $"{name} is no table", Expected, line);
            }
        }

        return from;
    }

    private static void Add(string path, TomlTable table, KeyValueSyntax pair)
    {
        var line = pair.Span.Start.Line + 1;
        var names = Names(path, pair.Key, line);
        var target = Descend(path, table, names.AsSpan(0, names.Length - 1), line);
        if (target[names[^1]] is not null)
            throw new InputFileException(path, $"{names[^1]} is given twice", Expected, line);
        target.Add(names[^1], line, Value(path, pair.Value, line));
    }

    private static TomlNode Value(string path, ValueSyntax? syntax, int line)
    {
        if (syntax is not null)
            line = syntax.Span.Start.Line + 1;
        switch (syntax)
        {
            case IntegerValueSyntax integer:
                return new TomlScalar(line, integer.Value);
            case FloatValueSyntax number:
                return new TomlScalar(line, number.Value);
            case BooleanValueSyntax boolean:
                return new TomlScalar(line, boolean.Value);
            case StringValueSyntax text:
                return new TomlScalar(line, text.Value ?? "");
            case ArraySyntax array:
                var items = new List<TomlNode>();
                foreach (var item in array.Items)
                    items.Add(Value(path, item.Value, line));
                return new TomlList(line, items);
            case InlineTableSyntax inline:
                var table = new TomlTable(line);
                foreach (var item in inline.Items)
                {
                    if (item.KeyValue is { } pair)
                        Add(path, table, pair);
                }

                return table;
            default:
                throw new InputFileException(path, $"'{Shorten(syntax?.ToString() ?? "")}' is no number, text, list or table", Expected, line);
        }
    }

    private static string[] Names(string path, KeySyntax? key, int line)
    {
        if (key is null)
            throw new InputFileException(path, "a name is missing", Expected, line);
        var names = new List<string> { Name(key.Key) };
        foreach (var part in key.DotKeys)
        {
            if (names.Count == MostParts)
                throw new InputFileException(path, $"the name {Shorten(string.Join('.', names))} has too many parts", FormattableString.Invariant($"names of at most {MostParts} parts"), line);
            names.Add(Name(part.Key));
        }

        return [.. names];
    }

    private static string Name(BareKeyOrStringValueSyntax? key) => key switch
    {
        StringValueSyntax text => text.Value ?? "",
        BareKeySyntax bare => bare.Key?.Text ?? "",
        _ => "",
    };

    private static string OneLine(string text) => Shorten(text.ReplaceLineEndings(" ").Trim().TrimEnd('.'));

    private static string Shorten(string text)
    {
        text = string.Concat(text.ReplaceLineEndings(" ").Trim().Select(letter => char.IsControl(letter) ? '?' : letter));
        return text.Length <= 120 ? text : text[..120] + "…";
    }
}
