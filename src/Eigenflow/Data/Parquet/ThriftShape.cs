namespace Eigenflow.Data;

/// <summary>A field of a structure: its number, its type, what its elements are if it is a list, and what structure it or they are.</summary>
/// <param name="Id">Number.</param>
/// <param name="Type">Type, as <see cref="CompactReader"/> has them; truth values are <see cref="CompactReader.True"/>.</param>
/// <param name="Element">Type of the elements of a list.</param>
/// <param name="Inner">The structure of it or of its elements.</param>
internal sealed record ThriftField(int Id, int Type, int Element = CompactReader.Stop, ThriftShape? Inner = null);

/// <summary>
/// The fields of the structures of Parquet with their types (Apache Parquet, parquet.thrift). A field of another type is damage: a reader that took it for what the format says would lose its place.
/// Fields that are not known here are passed over.
/// </summary>
internal sealed class ThriftShape(params ThriftField[] fields)
{
    private const int Bool = CompactReader.True, Small = CompactReader.Byte, I16 = CompactReader.Integer16, I32 = CompactReader.Integer32, I64 = CompactReader.Integer64, Real = CompactReader.Double, Bytes = CompactReader.Binary;
    private static readonly ThriftShape None = new();
    private static readonly ThriftShape TimeUnit = new(Of(1, None), Of(2, None), Of(3, None));
    private static readonly ThriftShape Time = new(new(1, Bool), Of(2, TimeUnit));

    private static readonly ThriftShape LogicalType = new(
        Of(1, None), Of(2, None), Of(3, None), Of(4, None), Of(5, new(new(1, I32), new(2, I32))), Of(6, None), Of(7, Time), Of(8, Time), Of(10, new(new(1, Small), new(2, Bool))),
        Of(11, None), Of(12, None), Of(13, None), Of(14, None), Of(15, None), Of(16, new(new ThriftField(1, Small))), Of(17, new(new ThriftField(1, Bytes))), Of(18, new(new(1, Bytes), new(2, I32))));

    private static readonly ThriftShape KeyValue = new(new(1, Bytes), new(2, Bytes));
    private static readonly ThriftShape Encryption = new(new(1, Bytes), new(2, Bytes), new(3, Bool));
    private static readonly ThriftShape Statistics = new(new(1, Bytes), new(2, Bytes), new(3, I64), new(4, I64), new(5, Bytes), new(6, Bytes), new(7, Bool), new(8, Bool));
    private static readonly ThriftShape Box = new([.. Enumerable.Range(1, 8).Select(id => new ThriftField(id, Real))]);
    private readonly Dictionary<int, ThriftField> fields = fields.ToDictionary(field => field.Id);

    /// <summary>Where a column of a row group lies.</summary>
    public static ThriftShape Place { get; } = new(
        new(1, I32), Many(2, I32), Many(3, Bytes), new(4, I32), new(5, I64), new(6, I64), new(7, I64), Many(8, KeyValue), new(9, I64), new(10, I64), new(11, I64), Of(12, Statistics),
        Many(13, new ThriftShape(new(1, I32), new(2, I32), new(3, I32))), new(14, I64), new(15, I32), Of(16, new(new(1, I64), Many(2, I64), Many(3, I64))), Of(17, new(Of(1, Box), Many(2, I32))));

    /// <summary>A column of a row group.</summary>
    public static ThriftShape Chunk { get; } = new(
        new(1, Bytes), new(2, I64), Of(3, Place), new(4, I64), new(5, I32), new(6, I64), new(7, I32), Of(8, new(Of(1, None), Of(2, new(Many(1, Bytes), new(2, Bytes))))), new(9, Bytes));

    /// <summary>A row group.</summary>
    public static ThriftShape Group { get; } = new(
        Many(1, Chunk), new(2, I64), new(3, I64), Many(4, new ThriftShape(new(1, I32), new(2, Bool), new(3, Bool))), new(5, I64), new(6, I64), new(7, I16));

    /// <summary>An element of the schema.</summary>
    public static ThriftShape Element { get; } = new(
        new(1, I32), new(2, I32), new(3, I32), new(4, Bytes), new(5, I32), new(6, I32), new(7, I32), new(8, I32), new(9, I32), Of(10, LogicalType));

    /// <summary>The footer.</summary>
    public static ThriftShape Footer { get; } = new(
        new(1, I32), Many(2, Element), new(3, I64), Many(4, Group), Many(5, KeyValue), new(6, Bytes), Many(7, new ThriftShape(Of(1, None))), Of(8, new(Of(1, Encryption), Of(2, Encryption))), new(9, Bytes));

    /// <summary>The head of a page.</summary>
    public static ThriftShape Page { get; } = new(
        new(1, I32), new(2, I32), new(3, I32), new(4, I32), Of(5, new(new(1, I32), new(2, I32), new(3, I32), new(4, I32), Of(5, Statistics))), Of(6, None), Of(7, new(new(1, I32), new(2, I32), new(3, Bool))),
        Of(8, new(new(1, I32), new(2, I32), new(3, I32), new(4, I32), new(5, I32), new(6, I32), new(7, Bool), Of(8, Statistics))));

    /// <summary>The field with a number, or null.</summary>
    /// <param name="id">The number.</param>
    public ThriftField? Find(int id) => fields.GetValueOrDefault(id);

    private static ThriftField Of(int id, ThriftShape inner) => new(id, CompactReader.Struct, Inner: inner);

    private static ThriftField Many(int id, int element) => new(id, CompactReader.List, element);

    private static ThriftField Many(int id, ThriftShape inner) => new(id, CompactReader.List, CompactReader.Struct, inner);
}
