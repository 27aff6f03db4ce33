using System.IO.Compression;
using System.Text;
using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

/// <summary>Arrays with headers of Python 2, more axes, records, and in archives.</summary>
public sealed class NpyLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new(isForSmallFiles: true);

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3L), }")]
    [InlineData("{'shape': (2, 3), 'fortran_order': False, 'descr': '<f8'}")]
    [InlineData("{\"descr\": u'<f8', \"fortran_order\": False, \"shape\": [2, 3]}")]
    [InlineData("{'descr': [('a', '<f8'), ('b', '<f8'), ('c', '<f8')], 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': [('x', '<f8', (3,))], 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': [('x', [('a', '<f8'), ('b', '<f8')]), (('title', 'c'), '<f8')], 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3, 1), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1, 3), }")]
    public void HeadersOfManyKindsAreUnderstood(string header)
    {
        var matrix = Read(Array(header, [1, 2, 3, 4, 5, 6]));
        (matrix.Rows, matrix.Columns).ShouldBe((2, 3));
        matrix.Values.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void FieldsOfRecordsNameTheColumns()
    {
        Read(Array("{'descr': [('a', '<f8'), ('b', '<f8')], 'fortran_order': False, 'shape': (2,), }", [1, 2, 3, 4])).Names.ShouldBe(["a", "b"]);

        // Aligned records have gaps; numbers may be of several types.
        byte[] mixed = [.. BitConverter.GetBytes((short)-7), 9, 9, .. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes((short)8), 9, 9, .. BitConverter.GetBytes(2f)];
        Read(Bytes("{'descr': [('a', '<i2'), ('', '|V2'), ('b', '<f4')], 'fortran_order': False, 'shape': (2,), }", mixed)).Values.ShouldBe([-7, 0.5, 8, 2]);

        // A frame's records carry its index.
        var frame = NumericFile.ReadSamples(folder.Write("array.npy", Array("{'descr': [('index', '<f8'), ('x', '<f8')], 'fortran_order': False, 'shape': (3,), }", [0, 5, 1, 7, 2, 5])));
        frame.Values.ShouldBe([5, 7, 5]);
        frame.Notes.ShouldHaveSingleItem().ShouldContain("column 1 (index) holds whole numbers");
    }

    // np.arange(24.).reshape(2, 3, 4) in both orders: rows are the first axis, the others follow in C order.
    [Fact]
    public void MoreAxesAreColumnsInEitherOrder()
    {
        double[] values = [.. Enumerable.Range(0, 24).Select(k => (double)k)];
        var rows = Read(Array("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3, 4), }", values));
        (rows.Rows, rows.Columns).ShouldBe((2, 12));
        rows.Values.ShouldBe(values);
        rows.Notes.ShouldHaveSingleItem().ShouldBe("the array has 3 axes (2 × 3 × 4): the first counts the rows, the others became 12 columns");
        double[] turned = [.. Enumerable.Range(0, 24).Select(k => (double)((k % 2 * 12) + (k / 2 % 3 * 4) + (k / 6)))];
        Read(Array("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3, 4), }", turned)).Values.ShouldBe(values);
    }

    [Theory]
    [InlineData("'<c16'", "they are complex numbers")]
    [InlineData("'|O'", "they are Python objects, stored as a pickle")]
    [InlineData("'<U5'", "they are texts")]
    [InlineData("'<M8[ns]'", "they are dates")]
    [InlineData("'<m8[s]'", "they are durations")]
    [InlineData("'<f16'", "they are long doubles")]
    [InlineData("'|V2'", "they are raw bytes, as bfloat16")]
    [InlineData("[('a', '<f8'), ('name', '|S5')]", "the field 'name' of its records: values of type '|S5' cannot be read: they are texts")]
    [InlineData("[('a', '<f8', (1000000, 1000000))]", "cannot be understood")]
    [InlineData("3", "cannot be understood")]
    public void WhatIsNoNumberIsNamed(string type, string name) =>
        Should.Throw<InputFileException>(() => Read(Array($"{{'descr': {type}, 'fortran_order': False, 'shape': (1,), }}", [1]))).Message.ShouldContain(name);

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 3), }", "is not a whole number below 2^31")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000, 2000000000), }", "the header promises 16")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 2000000000), }", "the header promises 0")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': ((((((((((((((((((((1,),),),),),),),),),),),),),),),),),),),), }", "cannot be understood")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)", "cannot be understood")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,), }", "lacks")]
    public void HostileHeadersAreRefused(string header, string message) => Should.Throw<InputFileException>(() => Read(Array(header, [1]))).Message.ShouldContain(message);

    [Fact]
    public void ArchivesGiveTheirOnlyArrayOrTheOneThatIsNamed()
    {
        var path = folder.Path("one.npz");
        Pack(path, ("X.npy", Array("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", [1, 2, 3, 4])));
        NumericFile.ReadMatrix(path).Values.ShouldBe([1, 2, 3, 4]);
        ColumnTable.Read(path).Numbers("2").ShouldBe([2, 4]);
        var several = folder.Path("several.npz");
        Pack(several, ("X.npy", Array("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", [1, 2, 3, 4])), ("y.npy", Array("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", [7, 8, 9])), ("note.txt", [1]));
        var error = Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(several));
        error.Message.ShouldContain("it holds 2 arrays (X, y)");
        error.Message.ShouldContain("several.npz:X");
        NumericFile.ReadVector(several + ":y").ShouldBe([7, 8, 9]);
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(several + ":z")).Message.ShouldContain("it holds no array 'z'");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Path("none.npz:z"))).Message.ShouldContain("there is no such file");
        Pack(path, ("note.txt", [1]));
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path)).Message.ShouldContain("it holds no arrays");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Write("text.npz", "no archive"))).Message.ShouldContain("it cannot be unpacked");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Write("zip.npy", File.ReadAllBytes(several)))).Message.ShouldContain("it is a zip archive");
    }

    // An entry that unpacks to more than its header promises is refused before it is unpacked.
    [Fact]
    public void ArchivesThatSwellAreRefused()
    {
        var path = folder.Path("bomb.npz");
        Pack(path, ("X.npy", [.. Array("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", [1]), .. new byte[10_000_000]]));
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path)).Message.ShouldContain("the header promises 1 numbers");
    }

    [Fact]
    public void MutatedRecordsAndArchivesGiveALocatedErrorOrATable()
    {
        var random = new System.Random(3);
        var record = Array("{'descr': [('a', '<f8'), ('b', '<f8')], 'fortran_order': False, 'shape': (2L,), }", [1, 2, 3, 4]);
        Pack(folder.Path("one.npz"), ("X.npy", record));
        var archive = File.ReadAllBytes(folder.Path("one.npz"));
        for (var trial = 0; trial < 1000; trial++)
        {
            Mutation.MustBeLocated(folder, "mutated.npy", Mutation.Of(record, random));
            Mutation.MustBeLocated(folder, "mutated.npz", Mutation.Of(archive, random));
        }
    }

    public void Dispose() => folder.Dispose();

    private DataMatrix Read(byte[] bytes) => NumericFile.ReadMatrix(folder.Write("array.npy", bytes));

    private static byte[] Array(string header, double[] values) => Bytes(header, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static byte[] Bytes(string header, byte[] data)
    {
        var text = Encoding.ASCII.GetBytes(header.PadRight(100) + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)text.Length), .. text, .. data];
    }

    private static void Pack(string path, params (string Name, byte[] Bytes)[] entries)
    {
        File.Delete(path);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries)
        {
            using var stream = archive.CreateEntry(name).Open();
            stream.Write(bytes);
        }
    }
}
