using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace Eigenflow.Data;

/// <summary>What the values of a Parquet column are.</summary>
internal enum ParquetKind
{
    /// <summary>Numbers or truth values, one per row.</summary>
    Numbers,

    /// <summary>Half-precision numbers, stored as two bytes.</summary>
    Halves,

    /// <summary>Texts.</summary>
    Texts,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A column of a Parquet file: one value per row, or a list of as many numbers in every row, which become columns of their own.</summary>
internal sealed class ParquetColumn
{
    private const string Expected = "a Parquet file whose columns hold numbers, or lists of as many numbers in every row, without missing values";
    private readonly string path;
    private readonly DataField source;

    private ParquetColumn(string path, DataField field) => (this.path, source) = (path, field);

    /// <summary>Name of the column in the schema.</summary>
    public string Name => source.Path.FirstPart ?? source.Name;

    /// <summary>What its values are.</summary>
    public ParquetKind Kind { get; private init; }

    /// <summary>Numbers in every row: more than one in lists.</summary>
    public int Length { get; private set; } = 1;

    /// <summary>Whether data frames keep their row labels in it.</summary>
    public bool IsIndex { get; private init; }

    /// <summary>Whether its values are lists.</summary>
    public bool IsList { get; private init; }

    /// <summary>Names of the columns of numbers that it becomes.</summary>
    public IEnumerable<string> Names => IsList ? Enumerable.Range(0, Length).Select(k => string.Create(CultureInfo.InvariantCulture, $"{Name}[{k}]")) : [Name];

    /// <summary>What values of <see cref="ParquetKind.Other"/> are, for messages.</summary>
    public string Description { get; private init; } = "";

    /// <summary>Opens a file and finds all its columns.</summary>
    public static (ParquetReader Reader, IReadOnlyList<ParquetColumn> Columns) Open(string path, Stream stream)
    {
        ParquetCheck.Run(stream);
        var reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();

        // The library refuses half-precision numbers by name; as two raw bytes it reads them.
        var halves = new HashSet<SchemaElement>(ReferenceEqualityComparer.Instance);
        foreach (var element in (reader.Metadata?.Schema ?? []).Where(element => element.LogicalType?.FLOAT16 is not null))
        {
            element.LogicalType = null;
            halves.Add(element);
        }

        return (reader, All(path, reader, halves));
    }

    private static ParquetColumn[] All(string path, ParquetReader reader, HashSet<SchemaElement> halves)
    {
        var index = PandasIndex(reader);
        ParquetColumn[] columns = [.. reader.Schema.DataFields.Select(field => Of(path, field, reader.Schema.Fields.First(one => string.Equals(one.Name, field.Path.FirstPart, StringComparison.Ordinal)), index, halves))];

        // The length of lists stands with their values only.
        foreach (var column in columns.Where(column => column is { IsList: true, Kind: not ParquetKind.Other }))
        {
            for (var part = 0; part < reader.RowGroupCount; part++)
            {
                using var group = reader.OpenRowGroupReader(part);
                if (RowsOf(path, group) == 0)
                    continue;
                column.Length = column.FirstLength(group);
                break;
            }
        }

        return columns;
    }

    /// <summary>Number of rows of a group, which a damaged file may state as anything.</summary>
    public static long RowsOf(string path, ParquetRowGroupReader group)
    {
        if (group.RowCount < 0)
            throw new InputFileException(path, $"a row group states {group.RowCount} rows", Expected);
        NumericFile.CheckSize(path, group.RowCount);
        return group.RowCount;
    }

    /// <summary>The column in a row group as columns of numbers; missing ones are NaN.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="before">Rows before it, for messages.</param>
    public double[][] Numbers(ParquetRowGroupReader group, long before)
    {
        if (!IsList)
            return [Flat(group)];
        var rows = checked((int)group.RowCount);
        NumericFile.CheckSize(path, (double)rows * Length);
        var (values, repetitions) = Entries(group);
        double[][] columns = [.. Enumerable.Range(0, Length).Select(_ => new double[rows])];
        var (row, place) = (-1, Length);
        for (var k = 0; k < values.Length; k++)
        {
            if (repetitions[k] == 0)
            {
                CheckLength(place, row, before);
                (row, place) = (row + 1, 0);
            }

            if (row >= rows)
                throw new InputFileException(path, $"column '{Name}' has more lists than rows", Expected);
            if (place < Length)
                columns[place][row] = values[k];
            place++;
        }

        CheckLength(place, row, before);
        return row + 1 == rows ? columns : throw new InputFileException(path, $"column '{Name}' has fewer lists than rows", Expected);
    }

    /// <summary>The column in a row group as texts; missing ones are empty.</summary>
    public IEnumerable<string> Texts(ParquetRowGroupReader group)
    {
        var words = new string[checked((int)group.RowCount)];
        group.ReadAsync(source, words).AsTask().GetAwaiter().GetResult();
        return words.Select(word => word ?? "");
    }

    private static ParquetColumn Of(string path, DataField field, Field top, HashSet<string> index, HashSet<SchemaElement> halves)
    {
        var isList = field.MaxRepetitionLevel == 1 && ((top is ListField { Item: DataField }) || (field.IsArray && field.Path.Length == 1));
        var isFlat = field.MaxRepetitionLevel == 0 && field.Path.Length == 1;
        var (kind, description) = KindOf(field, halves);
        if (!isList && !isFlat)
            (kind, description) = (ParquetKind.Other, field.MaxRepetitionLevel > 1 ? "lists of lists" : "nested values");
        else if (isList && kind == ParquetKind.Texts)
            (kind, description) = (ParquetKind.Other, "lists of texts");
        return new ParquetColumn(path, field) { Kind = kind, Description = description, IsList = isList, IsIndex = isFlat && (index.Contains(field.Name) || IndexColumns.IsIndexName(field.Name)) };
    }

    private static (ParquetKind Kind, string Description) KindOf(DataField field, HashSet<SchemaElement> halves)
    {
        var type = field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
            return (ParquetKind.Texts, "texts");
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly))
            return (ParquetKind.Other, "dates");
        if (type == typeof(decimal) || type == typeof(bool) || (type.IsPrimitive && type != typeof(char) && type != typeof(nint) && type != typeof(nuint)))
            return (ParquetKind.Numbers, "numbers");
        if (type == typeof(TimeSpan) || type == typeof(TimeOnly) || type.Name.Contains("Interval", StringComparison.Ordinal))
            return (ParquetKind.Other, "times");
        if (type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>))
            return field.SchemaElement is { TypeLength: sizeof(short) } element && halves.Contains(element) ? (ParquetKind.Halves, "half-precision numbers") : (ParquetKind.Other, "raw bytes");
        return (ParquetKind.Other, $"values of the type {type.Name}");
    }

    // Names of the columns of row labels, which pandas writes beside the schema.
    private static HashSet<string> PandasIndex(ParquetReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!reader.CustomMetadata.TryGetValue("pandas", out var text))
            return names;
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("index_columns", out var columns) && columns.ValueKind == JsonValueKind.Array)
                names.UnionWith(columns.EnumerateArray().Where(column => column.ValueKind == JsonValueKind.String).Select(column => column.GetString()!));
        }
        catch (JsonException)
        {
            // A hint that cannot be read is none.
        }

        return names;
    }

    private int FirstLength(ParquetRowGroupReader group)
    {
        var (values, repetitions) = Entries(group);
        var next = Array.FindIndex(repetitions, Math.Min(1, repetitions.Length), level => level == 0);
        return next < 0 ? values.Length : next;
    }

    private void CheckLength(int place, int row, long before)
    {
        if (place != Length)
            throw new InputFileException(path, FormattableString.Invariant($"column '{Name}' holds a list of {place} numbers in row {before + row + 1}, and one of {Length} in the first row"), "lists of as many numbers in every row");
    }

    private double[] Flat(ParquetRowGroupReader group) => Kind == ParquetKind.Halves ? Halves(group) : System.Type.GetTypeCode(source.ClrType) switch
    {
        TypeCode.Double => Values<double>(group, value => value),
        TypeCode.Single => Values<float>(group, value => value),
        TypeCode.Int64 => Values<long>(group, value => value),
        TypeCode.Int32 => Values<int>(group, value => value),
        TypeCode.Int16 => Values<short>(group, value => value),
        TypeCode.SByte => Values<sbyte>(group, value => value),
        TypeCode.Byte => Values<byte>(group, value => value),
        TypeCode.UInt16 => Values<ushort>(group, value => value),
        TypeCode.UInt32 => Values<uint>(group, value => value),
        TypeCode.UInt64 => Values<ulong>(group, value => value),
        TypeCode.Boolean => Values<bool>(group, value => value ? 1 : 0),
        _ => Values<decimal>(group, value => (double)value),
    };

    // Values of lists with their repetition levels: zero begins a row. Missing ones are NaN.
    private (double[] Values, int[] Repetitions) Entries(ParquetRowGroupReader group) => Kind == ParquetKind.Halves ? Raw<ReadOnlyMemory<byte>>(group, value => (double)BitConverter.ToHalf(value.Span)) : System.Type.GetTypeCode(source.ClrType) switch
    {
        TypeCode.Double => Raw<double>(group, value => value),
        TypeCode.Single => Raw<float>(group, value => value),
        TypeCode.Int64 => Raw<long>(group, value => value),
        TypeCode.Int32 => Raw<int>(group, value => value),
        TypeCode.Int16 => Raw<short>(group, value => value),
        TypeCode.SByte => Raw<sbyte>(group, value => value),
        TypeCode.Byte => Raw<byte>(group, value => value),
        TypeCode.UInt16 => Raw<ushort>(group, value => value),
        TypeCode.UInt32 => Raw<uint>(group, value => value),
        TypeCode.UInt64 => Raw<ulong>(group, value => value),
        TypeCode.Boolean => Raw<bool>(group, value => value ? 1 : 0),
        TypeCode.Decimal => Raw<decimal>(group, value => (double)value),
        _ => throw new InputFileException(path, $"column '{Name}' holds lists of {Description}", "lists of numbers of 1 to 8 bytes"),
    };

    private (double[] Values, int[] Repetitions) Raw<T>(ParquetRowGroupReader group, Func<T, double> convert)
        where T : struct
    {
        NumericFile.CheckSize(path, group.GetMetadata(source)?.MetaData?.NumValues ?? 0);
        using var data = group.ReadRawColumnDataBaseAsync(source).AsTask().GetAwaiter().GetResult();
        var raw = (RawColumnData<T>)data;
        int[] repetitions = [.. raw.RepetitionLevels], definitions = source.MaxDefinitionLevel > 0 ? [.. raw.DefinitionLevels] : [];
        var values = new double[repetitions.Length];
        var next = 0;
        for (var k = 0; k < values.Length; k++)
            values[k] = definitions.Length == 0 || definitions[k] == source.MaxDefinitionLevel ? convert(raw.Values[next++]) : double.NaN;
        return (values, repetitions);
    }

    private double[] Halves(ParquetRowGroupReader group)
    {
        var bytes = new byte[checked((int)group.RowCount)][];
        group.ReadAsync(source, bytes).AsTask().GetAwaiter().GetResult();
        return [.. bytes.Select(value => value is { Length: sizeof(short) } ? (double)BitConverter.ToHalf(value) : double.NaN)];
    }

    private double[] Values<T>(ParquetRowGroupReader group, Func<T, double> convert)
        where T : struct
    {
        var rows = checked((int)group.RowCount);
        if (source.IsNullable)
        {
            var optional = new T?[rows];
            group.ReadAsync<T>(source, optional).AsTask().GetAwaiter().GetResult();
            return [.. optional.Select(value => value is { } one ? convert(one) : double.NaN)];
        }

        var values = new T[rows];
        group.ReadAsync<T>(source, values).AsTask().GetAwaiter().GetResult();
        return [.. values.Select(convert)];
    }
}
