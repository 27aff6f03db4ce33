namespace Eigenflow.Data;

/// <summary>The first lines of a text, from which its rules are found.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">Lines that are neither blank nor comments; at most 200, and fewer when they are long (12 up to 700 000 letters each).</param>
/// <param name="Numbers">Their numbers in the file.</param>
/// <param name="Announced">The separator that a first line "sep=;" gives, or null.</param>
/// <param name="Blanks">Number of blank lines between rows.</param>
internal sealed record TextSample(string Path, IReadOnlyList<string> Lines, IReadOnlyList<long> Numbers, char? Announced, long Blanks)
{
    private const int MostLines = 200;
    private const int FewestLines = 12;
    private const int MostLetters = 1 << 22;

    // Of the fewest lines too: fields take more memory than letters.
    private const int MostLettersAtAll = 1 << 23;

    public static TextSample Read(string path)
    {
        using var reader = new LineReader(path);
        var lines = new List<string>();
        var numbers = new List<long>();
        char? announced = null;
        long before = 0, blanks = 0;
        for (long letters = 0; lines.Count < MostLines && letters < (lines.Count < FewestLines ? MostLettersAtAll : MostLetters) && reader.Next(out var line); letters += line.Length)
        {
            if (lines.Count == 0 && announced is null && Announcement(line) is { } letter)
            {
                announced = letter;
                continue;
            }

            // Those above the first row separate it from nothing.
            if (lines.Count == 1)
                before = reader.Blanks;
            if (lines.Count > 1)
                blanks = reader.Blanks - before;
            lines.Add(line.ToString());
            numbers.Add(reader.Number);
        }

        return new TextSample(path, lines, numbers, announced, blanks);
    }

    /// <summary>The separator that a line such as "sep=;" announces, as spreadsheets write it.</summary>
    public static char? Announcement(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart().TrimStart('"');
        if (!text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = text[4..].Trim().Trim('"');
        return rest.Length == 1 ? rest[0] : rest.IsEmpty && text.Length > 4 && text[4] is '\t' or ' ' ? text[4] : null;
    }
}
