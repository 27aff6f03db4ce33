using Eigenflow.Data;
using Parquet;
using Parquet.Schema;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

/// <summary>Parquet files with lists, half-precision numbers, indices of data frames, and columns that are no numbers.</summary>
public sealed class ParquetLayoutTests : IDisposable
{
    // One column 'h' of FLOAT16 with the values of NumPy's float16 for 0.5, -2, 65504 and 6e-8, put together byte by byte from the specification of the format.
    private const string Halves =
        "504152311500151015102C15081500150615060000003800C0FF7B01001504192C4806736368656D61150200150E150415001801686CFC0000001608191C191C26081C150E19250006191801681500160816321632260800001632160800004200000050415231";

    // One column 'h' of lists of FLOAT16, put together in the same way: [0.5, -2, 65504] and [1, 0.25, 3]; [0.5, -2] and [1, 0.25, 3].
    private const string HalfLists =
        "504152311500153C153C2C150C1500150615060000080000000200040102000401020000000C01003800C0FF7B003C003400421502194C4806736368656D611502003500180168150215064C3C000000350418046C697374150200150E150415001807656C656D656E746CFC0000001604191C191C26081C150E1925000619380168046C69737407656C656D656E741500160C165E165E26080000165E160400006E00000050415231";

    private const string UnequalHalfLists =
        "504152311500153815382C150A1500150615060000080000000200020102000401020000000A01003800C0003C003400421502194C4806736368656D611502003500180168150215064C3C000000350418046C697374150200150E150415001807656C656D656E746CFC0000001604191C191C26081C150E1925000619380168046C69737407656C656D656E741500160A165A165A26080000165A160400006E00000050415231";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void HalfPrecisionNumbersAreRead()
    {
        var path = folder.Write("half.parquet", Convert.FromHexString(Halves));
        NumericFile.ReadMatrix(path).Values.ShouldBe([0.5, -2, 65504, 5.960464477539063e-08]);
        ColumnTable.Read(path).Numbers("h").ShouldBe([0.5, -2, 65504, 5.960464477539063e-08]);
    }

    [Fact]
    public void ListsOfHalfPrecisionNumbersAreRead()
    {
        var matrix = NumericFile.ReadMatrix(folder.Write("half.parquet", Convert.FromHexString(HalfLists)));
        matrix.Names.ShouldBe(["h[0]", "h[1]", "h[2]"]);
        matrix.Values.ShouldBe([0.5, -2, 65504, 1, 0.25, 3]);
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Write("half.parquet", Convert.FromHexString(UnequalHalfLists)))).Message.ShouldContain("column 'h' holds a list of 3 numbers in row 2, and one of 2 in the first row");
    }

    [Fact]
    public async Task ListsOfOneLengthAreColumns()
    {
        var path = await WriteLists([[1.5, 2, 3], [4, 5, 6]], [7, 8]);
        var matrix = NumericFile.ReadMatrix(path);
        matrix.Names.ShouldBe(["x[0]", "x[1]", "x[2]", "y"]);
        matrix.Values.ShouldBe([1.5, 2, 3, 7, 4, 5, 6, 8]);
        ColumnTable.Read(path).Numbers("x[2]").ShouldBe([3, 6]);
        path = await WriteLists([[1, 2, 3], [4, 5]], [7, 8]);
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path)).Message.ShouldContain("column 'x' holds a list of 2 numbers in row 2, and one of 3 in the first row");
        path = await WriteLists([[1, 2, 3], [4, null, 6]], [7, 8]);
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path)).Message.ShouldContain("column 'x[1]' holds no finite number in row 2");
    }

    [Theory]
    [InlineData("__index_level_0__", false)]
    [InlineData("Unnamed: 0", false)]
    [InlineData("key", true)]
    public async Task RowLabelsOfFramesAreLeftOut(string name, bool isNamed)
    {
        var schema = new ParquetSchema(new DataField<double>("x"), new DataField<double>("y"), new DataField<long>(name));
        var path = folder.Path("frame.parquet");
        await Write(path, schema, isNamed ? """{"index_columns": ["key"], "columns": []}""" : null, async group =>
        {
            await group.WriteAsync<double>(schema.DataFields[0], new[] { 0.5, 0.25, 0.7 });
            await group.WriteAsync<double>(schema.DataFields[1], new[] { 3.5, 1.25, 0.1 });
            await group.WriteAsync<long>(schema.DataFields[2], new[] { 17L, 5L, 17L });
        });
        var matrix = NumericFile.ReadMatrix(path);
        matrix.Names.ShouldBe(["x", "y"]);
        matrix.Notes.ShouldHaveSingleItem().ShouldBe($"column '{name}' is an index and was left out");
        var table = ColumnTable.Read(path);
        table.Names.ShouldBe(["x", "y"]);
        table.Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ColumnsThatAreNoNumbersAreNamed()
    {
        var schema = new ParquetSchema(new DataField<double>("x"), new DataField<DateTime>("when"), new DataField("word", typeof(string)));
        var path = folder.Path("frame.parquet");
        await Write(path, schema, null, async group =>
        {
            await group.WriteAsync<double>(schema.DataFields[0], new[] { 0.5, 0.25 });
            await group.WriteAsync<DateTime>(schema.DataFields[1], new[] { DateTime.UnixEpoch, DateTime.UnixEpoch });
            await group.WriteAsync(schema.DataFields[2], new[] { "a", "b" });
        });
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path)).Message.ShouldContain("column 'when' holds no numbers but dates");
        var table = ColumnTable.Read(path);
        table.Names.ShouldBe(["x", "word"]);
        table.Notes.ShouldHaveSingleItem().ShouldBe("column 'when' holds dates and was left out");
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> WriteLists(double?[][] lists, double[] numbers)
    {
        var path = folder.Path("lists.parquet");
        var schema = new ParquetSchema(new ListField("x", new DataField<double>("element", true)), new DataField<double>("y"));
        await Write(path, schema, null, async group =>
        {
            int[] levels = [.. lists.SelectMany(list => list.Select((_, k) => k == 0 ? 0 : 1))];
            await group.WriteAsync<double>(schema.DataFields[0], lists.SelectMany(list => list).ToArray(), levels);
            await group.WriteAsync<double>(schema.DataFields[1], numbers);
        });
        return path;
    }

    private static async Task Write(string path, ParquetSchema schema, string? pandas, Func<ParquetRowGroupWriter, Task> write)
    {
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: TestContext.Current.CancellationToken);
        if (pandas is not null)
            writer.CustomMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["pandas"] = pandas };
        using var group = writer.CreateRowGroup();
        await write(group);
        group.CompleteValidate();
    }
}
