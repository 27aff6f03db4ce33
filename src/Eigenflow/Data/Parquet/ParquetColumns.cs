using Parquet;
using Parquet.Schema;

namespace Eigenflow.Data;

/// <summary>Reads the flat columns of a Parquet file: numbers of any width and truth values as doubles, texts as they are; null is NaN or empty. Nested and other columns are left out.</summary>
internal static class ParquetColumns
{
    private const string Expected = "a Parquet file with columns of numbers or texts";

    public static ColumnTable Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
            var names = new List<string>();
            var numbers = new Dictionary<string, double[]>(StringComparer.Ordinal);
            var texts = new Dictionary<string, string[]>(StringComparer.Ordinal);
            var rows = 0L;
            foreach (var field in reader.Schema.DataFields)
            {
                // One level at most, none repeated.
                if (field.MaxRepetitionLevel > 0 || field.Path.Length > 1 || Kind(field) is not { } isText)
                    continue;
                var values = new List<double>();
                var words = new List<string>();
                for (var index = 0; index < reader.RowGroupCount; index++)
                {
                    using var group = reader.OpenRowGroupReader(index);
                    RowsOf(path, group);
                    if (isText)
                        words.AddRange(Texts(group, field));
                    else
                        values.AddRange(Numbers(group, field));
                }

                names.Add(field.Name);
                rows = Math.Max(rows, isText ? words.Count : values.Count);
                if (isText)
                    texts[field.Name] = [.. words];
                else
                    numbers[field.Name] = [.. values];
            }

            if (names.Count == 0 || rows == 0)
                throw new InputFileException(path, "it holds no rows, or no column of numbers or texts", Expected);
            return new ColumnTable(path, names, checked((int)rows), numbers, texts);
        }
        catch (Exception exception) when (exception is not (EigenflowException or IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            // The reader of the format throws many kinds of errors on damaged bytes.
            throw new InputFileException(path, $"it cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", Expected, inner: exception);
        }
    }

    /// <summary>Number of rows of a group, which a damaged file may state as anything.</summary>
    public static long RowsOf(string path, ParquetRowGroupReader group)
    {
        if (group.RowCount < 0)
            throw new InputFileException(path, $"a row group states {group.RowCount} rows", Expected);
        NumericFile.CheckSize(path, group.RowCount);
        return group.RowCount;
    }

    // Whether the column holds texts; null where it holds neither texts nor numbers.
    private static bool? Kind(DataField field) =>
        field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>) ? true
        : field.ClrType == typeof(double) || field.ClrType == typeof(float) || field.ClrType == typeof(long) || field.ClrType == typeof(int) || field.ClrType == typeof(short)
            || field.ClrType == typeof(sbyte) || field.ClrType == typeof(byte) || field.ClrType == typeof(ushort) || field.ClrType == typeof(uint) || field.ClrType == typeof(ulong)
            || field.ClrType == typeof(bool) || field.ClrType == typeof(decimal) ? false : null;

    /// <summary>Whether a column holds numbers, one per row.</summary>
    public static bool IsNumeric(DataField field) => field.MaxRepetitionLevel == 0 && field.Path.Length == 1 && Kind(field) == false;

    private static IEnumerable<string> Texts(ParquetRowGroupReader group, DataField field)
    {
        var words = new string[checked((int)group.RowCount)];
        group.ReadAsync(field, words).AsTask().GetAwaiter().GetResult();
        return words.Select(word => word ?? "");
    }

    /// <summary>A column of a row group as doubles.</summary>
    public static double[] Numbers(ParquetRowGroupReader group, DataField field) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Double => Values<double>(group, field, value => value),
        TypeCode.Single => Values<float>(group, field, value => value),
        TypeCode.Int64 => Values<long>(group, field, value => value),
        TypeCode.Int32 => Values<int>(group, field, value => value),
        TypeCode.Int16 => Values<short>(group, field, value => value),
        TypeCode.SByte => Values<sbyte>(group, field, value => value),
        TypeCode.Byte => Values<byte>(group, field, value => value),
        TypeCode.UInt16 => Values<ushort>(group, field, value => value),
        TypeCode.UInt32 => Values<uint>(group, field, value => value),
        TypeCode.UInt64 => Values<ulong>(group, field, value => value),
        TypeCode.Boolean => Values<bool>(group, field, value => value ? 1 : 0),
        _ => Values<decimal>(group, field, value => (double)value),
    };

    private static double[] Values<T>(ParquetRowGroupReader group, DataField field, Func<T, double> convert)
        where T : struct
    {
        var rows = checked((int)group.RowCount);
        if (field.IsNullable)
        {
            var optional = new T?[rows];
            group.ReadAsync<T>(field, optional).AsTask().GetAwaiter().GetResult();
            return [.. optional.Select(value => value is { } one ? convert(one) : double.NaN)];
        }

        var values = new T[rows];
        group.ReadAsync<T>(field, values).AsTask().GetAwaiter().GetResult();
        return [.. values.Select(convert)];
    }
}
