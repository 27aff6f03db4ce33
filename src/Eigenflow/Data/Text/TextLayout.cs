namespace Eigenflow.Data;

/// <summary>
/// How a table in text is laid out, found from its first lines: separator, decimal mark, heading, and columns that are an index or empty. Rows of numbers and tables of columns follow the same rules.
/// </summary>
internal sealed class TextLayout
{
    private const int MostNotes = 10;
    private const string Expected = "rows with the same number of fields, below at most one heading";
    private static readonly char[] HeadingSeparators = [';', '\t', ',', ' '];
    private readonly TextSample sample;
    private readonly List<string[]> body;
    private readonly List<string> notes = [];
    private readonly List<int> index = [];
    private readonly List<int> empty = [];
    private readonly HashSet<int> leftOut = [];

    private TextLayout(TextSample sample)
    {
        this.sample = sample;
        Separator = SeparatorRule.Separator(sample);
        IsDecimalComma = SeparatorRule.HasDecimalCommas(sample, Separator);
        var fields = new FieldList(Separator);
        body = [];
        string[] first = [];
        var isQuoted = false;
        for (var row = 0; row < sample.Lines.Count; row++)
        {
            var line = sample.Lines[row];
            if (fields.Split(line) is { } problem)
                throw new InputFileException(sample.Path, problem, Expected, sample.Numbers[row]);
            if (row > 0)
                body.Add(fields.Texts(line));
            else
                (first, isQuoted) = (fields.Texts(line), fields.IsAllQuoted);
        }

        first = Resplit(first);
        var rule = new HeadingRule(sample, IsDecimalComma, first, isQuoted, body);
        HasHeading = rule.Decide();
        if (rule.Note is { } note)
            notes.Add(note);
        if (!HasHeading)
            body.Insert(0, first);
        Fields = body.Count > 0 ? body[0].Length : first.Length;
        if (HasHeading)
            Names = Align(first);
        else
            RefuseDecimalsAsFields();
        FindEmpty();
        FindIndex();
        if (Fields == 1 && sample.Blanks > 0)
            notes.Add("blank lines between numbers were skipped; if they are missing values, write NA there");
    }

    /// <summary>Letter between fields; a blank stands for runs of blanks and tabs.</summary>
    public char Separator { get; }

    /// <summary>Whether numbers have decimal commas.</summary>
    public bool IsDecimalComma { get; }

    /// <summary>Whether the first line is a heading.</summary>
    public bool HasHeading { get; }

    /// <summary>Number of fields of a row.</summary>
    public int Fields { get; }

    /// <summary>Names of all fields; empty when there is no heading, or one that does not fit.</summary>
    public string[] Names { get; } = [];

    /// <summary>Names in the heading where it does not fit the rows, else null.</summary>
    public int? MisfitNames { get; private set; }

    /// <summary>Fields that number or name the rows.</summary>
    public IReadOnlyList<int> Index => index;

    /// <summary>Fields that are empty in every row.</summary>
    public IReadOnlyList<int> Empty => empty;

    /// <summary>Whether a field is left out: an index, or empty in every row.</summary>
    public bool IsLeftOut(int field) => leftOut.Contains(field);

    /// <summary>What should be said about these decisions.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Finds the layout of a file.</summary>
    /// <exception cref="InputFileException">No lines, or rules that contradict each other.</exception>
    public static TextLayout Read(string path)
    {
        var sample = TextSample.Read(path);
        return sample.Lines.Count > 0 ? new TextLayout(sample) : throw NoNumbers(path);
    }

    /// <summary>The error of a file without rows.</summary>
    public static InputFileException NoNumbers(string path) => new(path, "it holds no numbers (no rows)", "rows of numbers separated by commas, semicolons, tabs or blanks, below at most one heading");

    /// <summary>What a field is called in messages.</summary>
    public string Describe(int field) => IndexColumns.Describe(field, field < Names.Length ? Names[field] : null);

    // The heading may be separated otherwise than the rows.
    private string[] Resplit(string[] first)
    {
        if (first.Length != 1 || body.Count == 0 || body[0].Length < 2 || IsTrailed || (Separator == ',' && body.TrueForAll(row => row.All(field => NumberText.IsWhole(field)))))
            return first;
        foreach (var separator in HeadingSeparators)
        {
            var fields = new FieldList(separator);
            if (separator == Separator || fields.Split(sample.Lines[0]) is not null || fields.Count != body[0].Length)
                continue;
            notes.Add($"the first line is separated by {(separator == ' ' ? "blanks" : $"'{separator}'")}, and the rows are not");
            return fields.Texts(sample.Lines[0]);
        }

        return first;
    }

    private string[] Align(string[] first)
    {
        if (body.Count == 0 || first.Length == Fields)
            return first;
        if (first.Length == Fields - 1 && first[^1].Length > 0 && IsTrailed)
            return [.. first, ""];
        if (first.Length == Fields - 1 && IsRowNames(first.Length))
            return ["", .. first];
        if (2 * first.Length == Fields && Separator == ',' && body.TrueForAll(row => row.All(field => NumberText.IsWhole(field))))
            throw new InputFileException(sample.Path, $"the heading has {first.Length} names over {Fields} whole numbers: the comma seems to separate fields and decimals", "decimal points, or semicolons between fields", sample.Numbers[0]);
        if (first.Length == Fields - 1)
        {
            throw new InputFileException(sample.Path, $"the heading has {first.Length} names over {Fields} fields, and the first field is no name or number of a row ('{NumberText.Shorten(body[0][0])}')", "a name for every column" + (Separator == ',' ? ", and decimal points if the comma is a decimal mark" : ""), sample.Numbers[0]);
        }

        // A title, or counts of rows and columns before names of classes, is no heading; names of which some are missing say that the rows were read wrongly.
        if (!(first.Length == 1 && first[0].Contains(' ', StringComparison.Ordinal)) && !(first.Length > 1 && NumberText.IsWhole(first[0]) && NumberText.IsWhole(first[1])))
            throw new InputFileException(sample.Path, $"the heading has {first.Length} names and the rows have {Fields} fields", "a name for every column" + (Separator == ',' ? ", and decimal points if the comma is a decimal mark" : ""), sample.Numbers[0]);
        notes.Add($"the heading has {first.Length} names and the rows have {Fields} fields: the names were left out");
        MisfitNames = first.Length;
        return [];
    }

    // Separators at the ends of all rows.
    private bool IsTrailed => body.TrueForAll(row => row.Length == body[0].Length && row[^1].Length == 0);

    // One column of numbers with decimal commas looks like two of whole numbers: 0,05 and -0,5.
    private void RefuseDecimalsAsFields()
    {
        const int LongestWhole = 13;
        if (Separator != ',' || Fields != 2 || body.Count < 2 || !body.TrueForAll(row => row.Length == 2 && NumberText.IsWhole(row[0]) && NumberText.IsWhole(row[1])))
            return;
        var row = body.FindIndex(row => row[0] is "-0" || (row[1].Length > 1 && row[1][0] == '0') || row[1].Length >= LongestWhole);
        if (row < 0 && body.TrueForAll(one => one[0] is "0") && body.Exists(one => one[1] is not "0"))
            row = 0;
        if (row >= 0)
            throw new InputFileException(sample.Path, $"'{NumberText.Shorten(body[row][0])},{NumberText.Shorten(body[row][1])}' may be two fields or one number with a decimal comma", "decimal points, or a heading of names if there are two fields", sample.Numbers[row]);
    }

    // As R writes them: in quotes, texts, or whole numbers that are all different.
    private bool IsRowNames(int names)
    {
        var fields = new FieldList(Separator);
        if (body.Count == 0 || fields.Split(sample.Lines[^1]) is not null)
            return false;
        if (fields.IsQuoted(0) && Enumerable.Range(1, fields.Count - 1).Any(k => !fields.IsQuoted(k)))
            return true;
        if (IsText(0))
            return true;
        var column = body.Where(row => row.Length == Fields).Select(row => row[0]).ToArray();
        var isConsecutive = column.Skip(1).Zip(column, (next, one) => long.TryParse(next, System.Globalization.CultureInfo.InvariantCulture, out var b) && long.TryParse(one, System.Globalization.CultureInfo.InvariantCulture, out var a) && b == a + 1).All(isNext => isNext);
        return Array.TrueForAll(column, field => NumberText.IsWhole(field)) && (isConsecutive || (names > 1 && column.Distinct(StringComparer.Ordinal).Count() == column.Length));
    }

    private bool IsText(int field) => body.TrueForAll(row => row.Length != Fields || (!NumberText.IsMissing(row[field]) && !NumberText.TryParse(row[field], IsDecimalComma, out _)));

    private void FindEmpty()
    {
        if (body.Count == 0 || Separator == ' ' || Fields < 2)
            return;
        for (var field = 0; field < Fields; field++)
        {
            var isUnnamed = Names.Length == 0 ? field == Fields - 1 : Names[field].Length == 0 || Names[field].StartsWith("Unnamed: ", StringComparison.Ordinal);
            if (!isUnnamed || !body.TrueForAll(row => row.Length == Fields && row[field].Length == 0))
                continue;
            empty.Add(field);
            leftOut.Add(field);
        }

        NoteEach(empty, field => $"{Describe(field)} is empty in every row and was left out");
    }

    // Of many columns the first are named, and the others counted.
    private void NoteEach(List<int> fields, Func<int, string> note)
    {
        notes.AddRange(fields.Take(MostNotes).Select(note));
        if (fields.Count > MostNotes)
            notes.Add(FormattableString.Invariant($"the same holds for {fields.Count - MostNotes} more columns"));
    }

    private void FindIndex()
    {
        NoteEach([.. Enumerable.Range(1, Math.Max(0, Names.Length - 1)).Where(field => Names[field].Length == 0 && !leftOut.Contains(field))], field => $"{Describe(field)} was read as data");

        for (var field = 0; field < Names.Length && Fields - empty.Count - index.Count > 1; field++)
        {
            if (leftOut.Contains(field) || !(IndexColumns.IsIndexName(Names[field]) || (field == 0 && (Names[0].Length == 0 || (string.Equals(Names[0], "index", StringComparison.OrdinalIgnoreCase) && IsText(0))))))
                continue;
            var values = body.Where(row => row.Length == Fields).Select(row => row[field]).ToArray();
            if (Names[field].Length == 0 && Fields - empty.Count > 2 && Array.Exists(values, value => NumberText.TryParse(value, IsDecimalComma, out var number) && number != Math.Floor(number)))
                throw new InputFileException(sample.Path, $"column 1 has no name and holds '{Array.Find(values, value => !NumberText.IsWhole(value))}': an index or data?", "a name for the column if it is data, no such column if it is an index", sample.Numbers[0]);
            index.Add(field);
            leftOut.Add(field);
            if (index.Count <= MostNotes)
                notes.Add($"{Describe(field)} is an index ({string.Join(", ", values.Take(3).Select(NumberText.Shorten))}{(values.Length > 3 ? ", …" : "")}) and was left out");
        }
    }
}
