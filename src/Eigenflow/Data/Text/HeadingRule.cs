using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// Whether the first line of a table is a heading: words over a column of numbers, words alone, numbers in quotes over numbers without, or numbers that count the columns (0, 1, 2, … as data frames without names write them).
/// A mistyped number in a first row of numbers makes no heading of it.
/// </summary>
internal sealed class HeadingRule
{
    private const int FewestEquallySpaced = 10;
    private const int FewestRows = 3;
    private readonly TextSample sample;
    private readonly bool isDecimalComma;
    private readonly string[] first;
    private readonly bool isQuoted;
    private readonly List<string[]> body;

    public HeadingRule(TextSample sample, bool isDecimalComma, string[] first, bool isQuoted, List<string[]> body)
    {
        (this.sample, this.isDecimalComma, this.isQuoted) = (sample, isDecimalComma, isQuoted);

        // A separator at the end of every line makes no field.
        var isTrailing = body.Count > 0 && body.TrueForAll(row => row.Length > 1 && row[^1].Length == 0);
        this.body = isTrailing ? body.ConvertAll(row => row[..^1]) : body;
        this.first = isTrailing && first.Length > 1 && first[^1].Length == 0 ? first[..^1] : first;
    }

    private enum Kind
    {
        Empty,
        Missing,
        Number,

        // Begins like a number: 1.O, 12 ms, 10M.
        NumberLike,
        Word,
    }

    /// <summary>What should be said about the decision; null when it is plain.</summary>
    public string? Note { get; private set; }

    /// <summary>Decides.</summary>
    /// <exception cref="InputFileException">It may be either.</exception>
    public bool Decide()
    {
        var kinds = Array.ConvertAll(first, KindOf);
        int Count(Kind kind) => kinds.Count(one => one == kind);
        var (words, names) = (Count(Kind.Word), Count(Kind.Word) + Count(Kind.Empty) + Count(Kind.NumberLike));
        var shift = body.Count > 0 && body[0].Length == first.Length + 1 ? 1 : 0;
        bool IsOverNumbers(Kind kind) => kinds.Where((one, k) => one == kind && IsNumeric(k + shift)).Any();
        if (words > 0)
        {
            if (words + Count(Kind.Empty) == first.Length)
                return true;
            if (kinds[0] == Kind.Word && kinds.Skip(1).All(kind => kind == Kind.Number) && Counts([.. first.Skip(1)], 0))
                return Take("it counts the columns beside the index");
            if (!IndexColumns.IsIndexName(first[0]) && !IsOverNumbers(Kind.Word) && !kinds.Where((one, k) => one == Kind.Word && BeginsLikeNumbers(k + shift)).Any())
                return false;
            if (Count(Kind.Number) > 0)
                Note = $"the first line ({Line()}) was taken as the heading: '{first[Array.IndexOf(kinds, Kind.Word)]}' stands over a column of numbers";
            return true;
        }

        if (names == first.Length && first.Length > 1 && Count(Kind.NumberLike) > 0)
            return Enumerable.Range(0, first.Length).All(k => IsNumeric(k + shift));
        var isIndexed = kinds[0] == Kind.Empty && first.Length > 1;
        return kinds.Skip(isIndexed ? 1 : 0).All(kind => kind == Kind.Number) && IsHeadingOfNumbers(isIndexed);
    }

    // A word that stands for a missing value is no name.
    private Kind KindOf(string field) =>
        field.Length == 0 ? Kind.Empty
        : NumberText.IsMissing(field) ? Kind.Missing
        : NumberText.TryParse(field, isDecimalComma, out _) || NumberText.TryParse(field, false, out _) ? Kind.Number
        : char.IsAsciiDigit(field[0]) || field[0] is '+' or '-' or '.' ? Kind.NumberLike
        : Kind.Word;

    private bool IsNumeric(int column)
    {
        var numbers = 0;
        foreach (var row in body)
        {
            if (column >= row.Length)
                return false;
            if (NumberText.TryParse(row[column], isDecimalComma, out _))
                numbers++;
            else if (!NumberText.IsMissing(row[column]))
                return false;
        }

        return numbers > 0;
    }

    // Dates, numbers with units or separators of thousands.
    private bool BeginsLikeNumbers(int column) => body.Count > 0 && body.TrueForAll(row => column < row.Length && (NumberText.IsMissing(row[column]) || char.IsAsciiDigit(row[column][0]) || row[column][0] is '+' or '-' or '.'));

    // No number of the column is written as a whole one.
    private bool IsFractional(int column) => IsNumeric(column) && body.TrueForAll(row => !NumberText.IsWhole(row[column]));

    private bool IsHeadingOfNumbers(bool isIndexed)
    {
        if (body.Count == 0)
            return false;
        string[] fields = [.. first.Skip(isIndexed ? 1 : 0)];
        var from = body[0].Length - fields.Length;
        if (from is not (0 or 1) || (from == 0 && isIndexed))
            return false;
        if (isQuoted && fields.Length > 0 && !IsBodyQuoted)
            return Take("numbers in quotes");
        var start = Counts(fields, 0) ? 0 : Counts(fields, 1) ? 1 : -1;
        if (from == 1)
            return isIndexed && start >= 0 && Take("it counts the columns");
        var isFractional = body.Count >= FewestRows && Enumerable.Range(0, fields.Length).Any(IsFractional);
        var isContinued = body[0].Length > 2 && IsEquallySpaced(body[0]);
        if (fields.Length >= FewestEquallySpaced && IsEquallySpaced(fields))
            return isContinued ? Leave() : Take("it is equally spaced");
        if (start < 0)
            return false;
        var isWithoutWhole = body.TrueForAll(row => !row.Any(field => NumberText.IsWhole(field)));
        if (fields.Length == 1)
            return start == 0 && !string.Equals(body[0][0], "1", StringComparison.Ordinal) && Leave();
        if (fields.Length > 2 && (isWithoutWhole || (start == 0 && isFractional)))
            return Take("it counts the columns");
        if (start == 0 && !isContinued && (isWithoutWhole || isFractional || fields.Length > 2))
            throw new InputFileException(sample.Path, $"the first line ({Line()}) may be a heading that counts the columns, or a row", "a heading of names above it if it is a row, or names in its place if it is a heading", sample.Numbers[0]);
        return Leave();
    }

    // Fields of the sample are stripped of quotes; the lines tell.
    private bool IsBodyQuoted => sample.Lines.Skip(1).Take(1).All(line => line.TrimStart().StartsWith('"') && line.TrimEnd().EndsWith('"'));

    private bool Take(string reason)
    {
        Note = $"the first line ({Line()}) was taken as a heading and is no sample: {reason}";
        return true;
    }

    private bool Leave()
    {
        Note = $"the first line ({Line()}) was read as a row of numbers, though it may count the columns: if it is a heading, write names";
        return false;
    }

    private static bool Counts(string[] fields, int from) => fields.Select((field, k) => string.Equals(field, (k + from).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).All(isEqual => isEqual);

    private bool IsEquallySpaced(string[] fields)
    {
        if (fields.Length < 2)
            return false;
        var values = new double[fields.Length];
        for (var k = 0; k < values.Length; k++)
        {
            if (!NumberText.TryParse(fields[k], isDecimalComma, out values[k]))
                return false;
        }

        var step = (values[^1] - values[0]) / (values.Length - 1);
        return step != 0 && values.Select((value, k) => Math.Abs(value - values[0] - (k * step)) <= 1e-9 * Math.Abs(step)).All(isEqual => isEqual);
    }

    private string Line() => string.Join(", ", first.Take(3).Select(NumberText.Shorten)) + (first.Length > 4 ? ", …, " + NumberText.Shorten(first[^1]) : first.Length == 4 ? ", " + first[3] : "");
}
