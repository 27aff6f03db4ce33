using System.Buffers.Binary;
using System.Text;
using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

public sealed class NpyReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new(isForSmallFiles: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void VersionsAreRead(byte version) => Read(Npy("<f8", "(2, 3)", Doubles(1, 2, 3, 4, 5, 6), version: version)).Values.ShouldBe([1, 2, 3, 4, 5, 6]);

    [Fact]
    public void FortranOrderIsTurned()
    {
        var matrix = Read(Npy("<f8", "(2, 3)", Doubles(1, 4, 2, 5, 3, 6), isFortran: true));
        (matrix.Rows, matrix.Columns).ShouldBe((2, 3));
        matrix.Values.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void VectorsAreOneColumn()
    {
        var matrix = Read(Npy("<f8", "(3,)", Doubles(1, 2, 3)));
        (matrix.Rows, matrix.Columns).ShouldBe((3, 1));
    }

    [Fact]
    public void TypesAndByteOrdersAreRead()
    {
        Read(Npy("<f4", "(2,)", [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)])).Values.ShouldBe([1.5, -2]);
        Read(Npy("<f2", "(1,)", BitConverter.GetBytes((Half)0.5))).Values.ShouldBe([0.5]);
        Read(Npy("<i4", "(2,)", [.. BitConverter.GetBytes(-7), .. BitConverter.GetBytes(8)])).Values.ShouldBe([-7, 8]);
        Read(Npy("<i8", "(1,)", BitConverter.GetBytes(-1L << 40))).Values.ShouldBe([-1099511627776]);
        Read(Npy("<u2", "(1,)", BitConverter.GetBytes((ushort)65535))).Values.ShouldBe([65535]);
        Read(Npy("|u1", "(3,)", [1, 2, 255])).Values.ShouldBe([1, 2, 255]);
        Read(Npy("|i1", "(2,)", [1, 255])).Values.ShouldBe([1, -1]);
        Read(Npy("|b1", "(2,)", [0, 1])).Values.ShouldBe([0, 1]);
        var big = new byte[16];
        BinaryPrimitives.WriteDoubleBigEndian(big, 1.25);
        BinaryPrimitives.WriteDoubleBigEndian(big.AsSpan(8), -3);
        Read(Npy(">f8", "(2,)", big)).Values.ShouldBe([1.25, -3]);
        BinaryPrimitives.WriteInt32BigEndian(big, 77);
        Read(Npy(">i4", "(1,)", big[..4])).Values.ShouldBe([77]);
    }

    [Theory]
    [InlineData("<f8", "(3,)", 2, "promises 3 numbers, the file holds 2")]
    [InlineData("<f8", "(1,)", 2, "promises 1 numbers, the file holds 2")]
    [InlineData("<f8", "()", 1, "0 dimensions")]
    [InlineData("<f8", "(-1,)", 1, "the size '-1'")]
    [InlineData("<f8", "(0, 3)", 0, "it holds no numbers")]
    [InlineData("<c16", "(1,)", 2, "type '<c16' cannot be read")]
    [InlineData("<U5", "(1,)", 2, "type '<U5' cannot be read")]
    [InlineData("|O", "(1,)", 1, "type '|O' cannot be read")]
    public void WrongHeadersAreRefused(string type, string shape, int count, string message) =>
        Should.Throw<InputFileException>(() => Read(Npy(type, shape, Doubles([.. Enumerable.Repeat(1.0, count)])))).Message.ShouldContain(message);

    [Fact]
    public void HugeShapesDoNotAllocate() =>
        Should.Throw<EigenflowException>(() => Read(Npy("<f8", "(2000000000, 2000000000)", Doubles(1)))).Message.ShouldContain("numbers");

    [Fact]
    public void DamagedFilesAreRefused()
    {
        var good = Npy("<f8", "(1,)", Doubles(1));
        Should.Throw<InputFileException>(() => Read([])).Message.ShouldContain("the mark of the .npy format");
        Should.Throw<InputFileException>(() => Read([0x50, .. good[1..]])).Message.ShouldContain("the mark of the .npy format");
        Should.Throw<InputFileException>(() => Read(good[..20])).Message.ShouldContain("the file ends within its header");
        Should.Throw<InputFileException>(() => Read([.. good[..6], 9, .. good[7..]])).Message.ShouldContain("the header of version 9");
        Should.Throw<InputFileException>(() => Read(good[..^3])).Message.ShouldContain("the file holds 0");
        Should.Throw<InputFileException>(() => Read(Npy("<f8", "(2,)", Doubles(1, double.NaN)))).Message.ShouldContain("number 2 (row 2, column 1) is NaN");
        Should.Throw<InputFileException>(() => Read(Npy("<f8", "(1,)", Doubles(double.NegativeInfinity)))).Message.ShouldContain("finite numbers only");
    }

    [Fact]
    public void MutatedArraysGiveALocatedErrorOrATable()
    {
        var random = new System.Random(2);
        var original = Npy("<f8", "(2, 3)", Doubles(1, 2, 3, 4, 5, 6), padding: 4);
        for (var trial = 0; trial < 2000; trial++)
            Mutation.MustBeLocated(folder, "mutated.npy", Mutation.Of(original, random));
    }

    public void Dispose() => folder.Dispose();

    private DataMatrix Read(byte[] bytes) => NumericFile.ReadMatrix(folder.Write("array.npy", bytes));

    private static byte[] Doubles(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Npy(string type, string shape, byte[] data, bool isFortran = false, byte version = 1, int padding = 20)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {isFortran}, 'shape': {shape}, }}{new string(' ', padding)}\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes((uint)header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. header, .. data];
    }
}
