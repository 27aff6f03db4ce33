namespace Eigenflow.Data;

/// <summary>
/// The fields of one line: separated by one letter, or by runs of blanks and tabs where that letter is a blank. Blanks around fields do not count, quotes " around a field keep separators in it, a doubled quote stands for one.
/// The list is used again for every line.
/// </summary>
internal sealed class FieldList(char separator)
{
    /// <summary>What is wrong with a line of too many fields.</summary>
    public const string TooMany = "the row has more than 1048576 fields";
    private const int MostFields = 1 << 20;
    private readonly List<Place> places = [];

    /// <summary>Number of fields.</summary>
    public int Count => places.Count;

    /// <summary>Whether quotes stood around a field.</summary>
    public bool IsQuoted(int index) => places[index].IsQuoted;

    /// <summary>Whether every field was quoted.</summary>
    public bool IsAllQuoted => places.TrueForAll(place => place.IsQuoted);

    /// <summary>A field, without its quotes; doubled quotes are still doubled.</summary>
    public ReadOnlySpan<char> Span(ReadOnlySpan<char> line, int index) => line.Slice(places[index].Start, places[index].Length);

    /// <summary>A field as a text.</summary>
    public string Text(ReadOnlySpan<char> line, int index) =>
        CsvCell.Read(places[index].IsQuoted ? Span(line, index).ToString().Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : Span(line, index).ToString());

    /// <summary>All fields as texts.</summary>
    public string[] Texts(string line)
    {
        var texts = new string[Count];
        for (var k = 0; k < texts.Length; k++)
            texts[k] = Text(line, k);
        return texts;
    }

    /// <summary>Splits a line; returns what is wrong with it, or null.</summary>
    public string? Split(ReadOnlySpan<char> line)
    {
        places.Clear();
        var isBlank = separator == ' ';
        var length = isBlank ? line.TrimEnd().Length : line.Length;
        for (var i = 0; ; i++)
        {
            if (places.Count == MostFields)
                return TooMany;
            while (i < length && line[i] != separator && char.IsWhiteSpace(line[i]))
                i++;
            while (isBlank && i < length && char.IsWhiteSpace(line[i]))
                i++;
            if (i < length && line[i] == '"')
            {
                var start = ++i;
                while (i < length && (line[i] != '"' || (i + 1 < length && line[i + 1] == '"')))
                    i += line[i] == '"' ? 2 : 1;
                if (i >= length)
                    return "a quote is not closed in this line";
                places.Add(new Place(start, i - start, true));
                i++;
                while (i < length && line[i] != separator && char.IsWhiteSpace(line[i]))
                    i++;
                if (i < length && line[i] != separator && !(isBlank && char.IsWhiteSpace(line[i])))
                    return "text follows a closed quote";
            }
            else
            {
                var rest = line[i..length];
                var found = isBlank ? rest.IndexOfAny(' ', '\t') : rest.IndexOf(separator);
                var field = found < 0 ? rest : rest[..found];
                places.Add(new Place(i, field.TrimEnd().Length, false));
                i += field.Length;
            }

            if (i >= length)
                return null;
        }
    }

    private readonly record struct Place(int Start, int Length, bool IsQuoted);
}
