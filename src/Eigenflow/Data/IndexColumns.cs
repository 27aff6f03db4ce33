using System.Text.RegularExpressions;

namespace Eigenflow.Data;

/// <summary>
/// Recognises columns that number or name the rows and are no features: by their names as data frames write them, and by their values: n consecutive whole numbers in any order.
/// </summary>
internal static partial class IndexColumns
{
    private const int FewestRows = 5;
    private const int FewestShuffledRows = 12;
    private const int BlockRows = 1024;
    private const int BlockNumbers = 1 << 20;

    // Names that say index, and are believed where the values are whole and all different.
    private static readonly HashSet<string> TellingNames = new(["index", "idx", "id", "row", "row_id", "rowid", "row_number", "level_0", "X.1"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether data frames call their index so when it has no name.</summary>
    public static bool IsIndexName(string name) => IndexNames().IsMatch(name);

    /// <summary>Whether a column of this name is an index where its values are whole and all different.</summary>
    public static bool IsTellingName(string name) => TellingNames.Contains(name);

    /// <summary>What a column is called in messages: its 1-based number and its name.</summary>
    public static string Describe(int column, string? name) => FormattableString.Invariant($"column {column + 1}") + (name is null ? "" : name.Length == 0 ? " (unnamed)" : $" ({NumberText.Shorten(name)})");

    /// <summary>
    /// Columns whose values count the rows, with what to say about each; empty when all columns do. Reads the rows as far as such columns are possible: usually one block. Memory: one block.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="fewestRows">Rows from which counting is no chance.</param>
    public static IReadOnlyList<(int Column, string Note)> Find(RowSource rows, int fewestRows = FewestRows)
    {
        if (rows.Columns < 2)
            return [];
        var d = rows.Columns;
        var length = (long)d * Math.Clamp(Math.Min(BlockNumbers / d, rows.KnownRows ?? BlockRows), Math.Min(16, rows.KnownRows ?? 16), BlockRows);
        NumericFile.CheckSize(rows.Path, length);
        var block = new double[length];
        List<Counter>? counters = null;
        rows.Restart();
        for (int read; (read = rows.Read(block)) > 0;)
        {
            var values = block.AsSpan(0, read * d);
            if (counters is null)
            {
                counters = [];
                for (var k = 0; k < d; k++)
                {
                    if (Counter.IsPossible(values, k, d))
                        counters.Add(new Counter(k));
                }
            }

            for (var index = counters.Count - 1; index >= 0; index--)
            {
                if (!counters[index].Add(values, d))
                    counters.RemoveAt(index);
            }

            if (counters.Count == 0)
                break;
        }

        rows.Restart();
        var found = new List<(int, string)>();
        foreach (var counter in counters ?? [])
        {
            var name = counter.Column < rows.Names.Count ? rows.Names[counter.Column] : null;
            if (counter.Rows >= fewestRows && counter.IsCount)
                found.Add((counter.Column, DisplayText.Plain($"{Describe(counter.Column, name)} counts the rows ({counter.Least:0} … {counter.Most:0}{(counter.IsInOrder ? "" : ", in another order")}) and was left out; add a constant such as 0.5 to its values to keep it")));
            else if (name is not null && TellingNames.Contains(name) && counter.Rows > 1)
                found.Add((counter.Column, $"{Describe(counter.Column, name)} holds whole numbers, and none twice in the first {Math.Min(counter.Rows, block.Length / d)} rows: it was left out as an index; rename it to keep it"));
        }

        return found.Count < d ? found : [];
    }

    [GeneratedRegex(@"^(__index_level_\d+__|Unnamed: 0(_level_\d+)?(\.\d+)*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IndexNames();

    // Follows a column of whole numbers. That they are n consecutive ones is told from n, the smallest, the largest and a sum of hashes: no memory.
    private sealed class Counter(int column)
    {
        private ulong hash;
        private double previous = double.NaN;

        public int Column => column;

        public long Rows { get; private set; }

        public double Least { get; private set; } = double.PositiveInfinity;

        public double Most { get; private set; } = double.NegativeInfinity;

        public bool IsInOrder { get; private set; } = true;

        public bool IsCount
        {
            get
            {
                if (Rows < (IsInOrder ? 2 : FewestShuffledRows) || Most - Least != Rows - 1)
                    return false;
                if (IsInOrder)
                    return true;
                var expected = 0UL;
                for (long k = 0; k < Rows; k++)
                    expected += Mix(Least + k);
                return hash == expected;
            }
        }

        // Whole numbers of which none stands twice in the first block.
        public static bool IsPossible(ReadOnlySpan<double> values, int column, int stride)
        {
            var seen = new HashSet<double>();
            for (var i = column; i < values.Length; i += stride)
            {
                if (values[i] != Math.Floor(values[i]) || Math.Abs(values[i]) > 1e15 || !seen.Add(values[i]))
                    return false;
            }

            return true;
        }

        public bool Add(ReadOnlySpan<double> values, int stride)
        {
            for (var i = column; i < values.Length; i += stride)
            {
                var value = values[i];
                if (value != Math.Floor(value) || Math.Abs(value) > 1e15)
                    return false;
                IsInOrder &= Rows == 0 || value == previous + 1;
                previous = value;
                Least = Math.Min(Least, value);
                Most = Math.Max(Most, value);
                hash += Mix(value);
                Rows++;
            }

            return true;
        }

        // The finaliser of SplitMix64.
        private static ulong Mix(double value)
        {
            var z = unchecked((ulong)(long)value + 0x9E3779B97F4A7C15UL);
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
            return z ^ (z >> 31);
        }
    }
}
