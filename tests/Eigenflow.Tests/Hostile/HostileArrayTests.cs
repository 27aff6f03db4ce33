using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Headers of NumPy arrays and archives that promise what nothing holds.</summary>
public sealed class HostileArrayTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Headers => new()
    {
        { Header("'<f8'", "(2147483647, 2147483647, 2147483647, 2147483647)"), "the header promises" },
        { Header("'<f8'", "(4294967296, 4294967296)"), "not a whole number below 2^31" },
        { Header("'<f8'", "(-1,)"), "not a whole number below 2^31" },
        { Header("'<f8'", $"({new string('9', 500_000)},)"), "not a whole number below 2^31" },
        { Header("'<f8'", $"({string.Concat(Enumerable.Repeat("2147483647,", 90_000))})"), "90000 dimensions; expected an array with at most 64 axes" },
        { Header("'<f8'", $"({string.Concat(Enumerable.Repeat("1,", 400_000))})"), "400000 dimensions" },
        { Header("'<f8'", "(0, 2147483647)"), "it holds no numbers" },
        { Header("[('a', [('b', [('c', [('d', [], (1048576,))], (1048576,))], (1048576,))], (1048576,))]", "(1,)"), "too many fields" },
        { Header($"[('x','<f8'),('y',[{string.Concat(Enumerable.Repeat("('','V0'),", 50_000))}],(1048576,))]", "(1,)"), "" },
        { Header($"[('{new string('n', 500_000)}','<f8',(1048576,))]", "(1,)"), "too many fields" },
        { Header("[('x','<f8'),('y','V2000000000'),('z','V2000000000'),('','V2000000000')]", "(1,)"), "" },
        { Header("[('a','<f8'),('','V1000000000')]", "(1,)"), "at most 1048576 parts and 67108864 bytes in a record" },
        { new string('(', 900_000), "cannot be understood" },
        { "{'descr': " + new string('[', 900_000), "cannot be understood" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task HeadersWithoutDataAreRefused(string header, string named)
    {
        var path = folder.Write("a.npy", Array(header));
        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain(named);
    }

    [Fact]
    public async Task ALongHeaderIsRefusedByItsLength()
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F];
        var path = folder.Write("a.npy", bytes);
        using (var stream = File.OpenWrite(path))
            stream.SetLength(3L << 30);
        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain("the header has 2147483647 bytes; expected a header of at most 1048576 bytes");
    }

    // Three gigabytes that take no room on the disk: rows of 2^28 numbers, of which a block would not fit.
    [Fact]
    public async Task RowsThatDoNotFitAreRefused()
    {
        var path = folder.Write("wide.npy", Array(Header("'|u1'", "(48, 1073741824)")));
        using (var stream = File.OpenWrite(path))
            stream.SetLength(stream.Length + (48L << 30));
        (await Attack.Refused(path, () => RowSource.OpenSamples(path).Dispose())).ShouldContain("memory");
        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain("memory");
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("memory");
    }

    [Fact]
    public async Task RecordsWhoseNamesRepeatAreRefused()
    {
        var path = folder.Write("a.npy", [.. Array(Header("[('a','<f8'),('a','<f8')]", "(1,)")), .. new byte[16]]);
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("repeated");
    }

    // Honest zeros in a hundredth of their size, and one that is not even there.
    [Theory]
    [InlineData(272L << 20, true)]
    [InlineData(1L << 30, false)]
    public async Task BombsAreNotUnpacked(long length, bool isHonest)
    {
        var path = folder.Path("bomb.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("a.npy", CompressionLevel.Fastest).Open();
            entry.Write(Array(Header("'|u1'", FormattableString.Invariant($"({length},)"))));
            var zeros = new byte[1 << 20];
            for (long done = 0; done < (isHonest ? length : 1 << 20); done += zeros.Length)
                entry.Write(zeros);
        }

        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain(isHonest ? "unpack it to a .npy file" : "the header promises 1073741824 numbers, the file holds 1048576");
    }

    [Fact]
    public async Task AFlippedBitInAnArchiveIsFound()
    {
        var path = folder.Path("a.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("a.npy", CompressionLevel.NoCompression).Open();
            entry.Write(Array(Header("'|u1'", "(1000,)")));
            entry.Write([.. Enumerable.Range(0, 1000).Select(k => (byte)k)]);
        }

        NumericFile.ReadVector(path)[300].ShouldBe(44);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[100, 101, 102, 103])] ^= 4;
        File.WriteAllBytes(path, bytes);
        (await Attack.Refused(path, () => NumericFile.ReadVector(path))).ShouldContain("its checksum differs");
    }

    // The list of entries is longer than its first number says.
    [Fact]
    public async Task ALongListOfEntriesIsRefused()
    {
        var entry = new byte[46 + 2];
        "PK\u0001\u0002"u8.CopyTo(entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(28), 2);
        "ab"u8.CopyTo(entry.AsSpan(46));
        var end = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), 1);
        byte[] bytes = [.. Enumerable.Repeat(entry, 200_000).SelectMany(one => one), .. end];
        var path = folder.Write("many.npz", bytes);
        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain("the list of its entries has 9600000 bytes");
    }

    public void Dispose() => folder.Dispose();

    private static string Header(string type, string shape) => $"{{'descr': {type}, 'fortran_order': False, 'shape': {shape}, }}\n";

    private static byte[] Array(string header)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        return [0x93, .. "NUMPY"u8, 2, 0, .. length, .. Encoding.Latin1.GetBytes(header)];
    }
}
