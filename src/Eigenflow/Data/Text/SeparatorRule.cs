namespace Eigenflow.Data;

/// <summary>
/// Finds the separator of fields and the decimal mark: the separator that splits the rows most evenly into most numbers; among equals semicolon, tab, comma, bar, blanks.
/// Commas are decimal marks where semicolons, tabs or blanks separate (or fields are quoted) and no number has a point.
/// </summary>
internal static class SeparatorRule
{
    private const double LeastTabs = 0.2;

    // A separator that splits the rows and not the first line is believed only where no other splits them.
    private const double UnlikeHeading = 0.05;
    // Numbers with units are worth nearly as much as numbers alone.
    private const double Adorned = 0.8;
    private const string Joints = ";\t|";
    private static readonly char[] Candidates = [';', '\t', ',', '|', ' '];

    /// <summary>The separator.</summary>
    public static char Separator(TextSample sample)
    {
        if (sample.Announced is { } announced)
            return announced;
        var rows = sample.Lines.Count > 1 ? sample.Lines.Skip(1) : sample.Lines;
        var isTabbed = sample.Lines.All(line => line.Contains('\t', StringComparison.Ordinal));
        return Best(rows, isTabbed, sample.Lines[0]) ?? Best(sample.Lines, isTabbed, sample.Lines[0]) ?? Overflowing(sample.Lines[0]);
    }

    /// <summary>Whether numbers have decimal commas.</summary>
    /// <exception cref="InputFileException">Commas may be decimal marks or separate thousands.</exception>
    public static bool HasDecimalCommas(TextSample sample, char separator)
    {
        var fields = new FieldList(separator);
        var (isFound, hasPoint, isAllThousands) = (false, false, true);
        (string Text, long Line)? doubtful = null, thousands = null;
        var comma = "";
        for (var row = Math.Min(1, sample.Lines.Count - 1); row < sample.Lines.Count; row++)
        {
            var line = sample.Lines[row];
            if (fields.Split(line) is not null)
                continue;
            for (var k = 0; k < fields.Count; k++)
            {
                var field = fields.Span(line, k);
                if (field.Contains('.') && NumberText.TryParse(field, false, out _))
                {
                    hasPoint = true;
                    if (NumberText.MayBePointThousands(field))
                        thousands ??= (field.ToString(), sample.Numbers[row]);
                    else
                        isAllThousands = false;
                }

                if (!NumberText.HasDecimalComma(field))
                    continue;
                if (NumberText.MayBeThousands(field))
                    doubtful ??= (field.ToString(), sample.Numbers[row]);
                else
                    (isFound, comma) = (true, field.ToString());
            }
        }

        if (doubtful is { } doubt && !isFound && !hasPoint)
            throw new InputFileException(sample.Path, $"'{doubt.Text}' may be a number with a decimal comma or one with a separator of thousands", "numbers with decimal points and without separators of thousands", doubt.Line);
        if (isFound && isAllThousands && thousands is { } one)
            throw new InputFileException(sample.Path, $"'{one.Text}' seems to separate thousands by a point, as '{NumberText.Shorten(comma)}' has a decimal comma", "numbers without separators of thousands, and one decimal mark in the whole file", one.Line);
        return isFound && !hasPoint;
    }

    private static char? Best(IEnumerable<string> rows, bool isTabbed, string first)
    {
        char? best = null;
        var highest = 0.0;
        foreach (var candidate in Candidates)
        {
            // Between tabs, blanks belong to texts.
            if (candidate == ' ' && isTabbed && best == '\t' && highest > LeastTabs)
                break;
            var score = Score(rows, candidate, first);
            if (score > highest + 1e-9)
                (best, highest) = (candidate, score);
        }

        return best;
    }

    // Where nothing separates: what separates more fields than a row may have, so that this is what is said.
    private static char Overflowing(string line)
    {
        var place = Array.FindIndex(Candidates, candidate => ReferenceEquals(new FieldList(candidate).Split(line), FieldList.TooMany));
        return place < 0 ? ',' : Candidates[place];
    }

    // A text and a number with a blank between them are hardly one field.
    private static bool IsJoint(ReadOnlySpan<char> field) => field.LastIndexOf(' ') is var blank and > 0 && NumberText.TryParse(field[(blank + 1)..], false, out _);

    // Part of the rows that have the usual number of fields, times part of the fields that are numbers; zero without a separator.
    private static double Score(IEnumerable<string> rows, char separator, string first)
    {
        var fields = new FieldList(separator);
        var counts = new Dictionary<int, int>();
        double lines = 0, numbers = 0, texts = 0;
        foreach (var line in rows)
        {
            lines++;
            if (fields.Split(line) is not null)
                continue;
            counts[fields.Count] = counts.GetValueOrDefault(fields.Count) + 1;
            for (var k = 0; k < fields.Count; k++)
            {
                var field = fields.Span(line, k);
                if (field.IsEmpty)
                    continue;
                var isNumber = NumberText.TryParse(field, false, out _) || NumberText.IsMissing(field) || ((separator != ',' || fields.IsQuoted(k)) && NumberText.HasDecimalComma(field));
                if (isNumber)
                    numbers++;
                else if (NumberText.IsAdorned(field) && !field.ContainsAny(Joints))
                    (numbers, texts) = (numbers + Adorned, texts + 1 - Adorned);
                else
                    texts += IsJoint(field) ? 2 : 1;
            }
        }

        if (counts.Count == 0)
            return 0;
        var usual = counts.MaxBy(pair => (pair.Value, pair.Key));
        if (usual.Key < 2)
            return 0;
        var isLike = fields.Split(first) is null && (fields.Count == usual.Key || (fields.Count > 1 && fields.Count == usual.Key - 1));
        return (double)usual.Value / lines * (0.05 + ((double)numbers / Math.Max(1, numbers + texts))) * (isLike ? 1 : UnlikeHeading);
    }
}
