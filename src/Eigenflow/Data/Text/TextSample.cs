namespace Eigenflow.Data;

/// <summary>The first lines of a text, from which its rules are found.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">Lines that are neither blank nor comments; at most 200, and fewer when they are long.</param>
/// <param name="Numbers">Their numbers in the file.</param>
/// <param name="Announced">The separator that a first line "sep=;" gives, or null.</param>
internal sealed record TextSample(string Path, IReadOnlyList<string> Lines, IReadOnlyList<long> Numbers, char? Announced)
{
    private const int MostLines = 200;
    private const int FewestLines = 12;
    private const int MostLetters = 1 << 22;

    public static TextSample Read(string path)
    {
        using var reader = new LineReader(path);
        var lines = new List<string>();
        var numbers = new List<long>();
        char? announced = null;
        for (long letters = 0; lines.Count < MostLines && (lines.Count < FewestLines || letters < MostLetters) && reader.Next(out var line); letters += line.Length)
        {
            if (lines.Count == 0 && announced is null && Announcement(line) is { } letter)
            {
                announced = letter;
                continue;
            }

            lines.Add(line.ToString());
            numbers.Add(reader.Number);
        }

        return new TextSample(path, lines, numbers, announced);
    }

    /// <summary>The separator that a line such as "sep=;" announces, as spreadsheets write it.</summary>
    public static char? Announcement(ReadOnlySpan<char> line)
    {
        var text = line.Trim().Trim('"');
        return text.Length == 5 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? text[4] : null;
    }
}
