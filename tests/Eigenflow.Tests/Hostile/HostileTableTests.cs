using System.Text;
using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Tables in text that are too long in one direction.</summary>
public sealed class HostileTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Letters => ["1 ", "1,", "\"", "#"];

    [Theory]
    [MemberData(nameof(Letters))]
    public async Task ALineWithoutAnEndIsRefused(string letters)
    {
        var path = Repeat("line.csv", letters, 34_000_000 / letters.Length);
        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain("the line is longer than 33554432 letters");
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("line 1");
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData(" ")]
    public async Task RowsOfTooManyFieldsAreRefused(string separator)
    {
        var path = Repeat("wide.csv", "1" + separator, 1_200_000);
        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain("more than 1048576 fields");
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("more than 1048576 fields");
    }

    // A vector may be one long row; a table with names may not have so many.
    [Fact]
    public async Task AMillionColumnsAreAVectorAndNoTableOfCurves()
    {
        var path = Repeat("million.csv", "0.5,", 999_999, "0.25\n");
        NumericFile.ReadVector(path).Length.ShouldBe(1_000_000);
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("1000000 columns; expected a table of at most 16384 columns with names");
    }

    // Columns without names and numbers: looked up and described one by one they would take hours.
    [Fact]
    public async Task AMillionEmptyColumnsAreRefused()
    {
        var row = new string(',', 999_999);
        var path = folder.Write("empty.csv", $"{row}\n1{row}\n2{row}\n");
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("999999 columns");
        (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain("line 1");
    }

    [Fact]
    public async Task NamesThatRepeatInManyColumnsAreRefused()
    {
        var path = folder.Write("names.csv", $"{string.Join(',', Enumerable.Repeat("a", 16_000))}\n{string.Join(',', Enumerable.Repeat("1", 16_000))}\n");
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("columns 1 and 2 have the repeated name 'a'");
    }

    [Fact]
    public async Task LongNamesAreRefused()
    {
        var path = folder.Write("names.csv", $"step,{new string('n', 3_000_000)}\n1,2\n2,3\n");
        (await Attack.Refused(path, () => ColumnTable.Read(path))).ShouldContain("column 2 has a name of 3000000 letters; expected names of at most 1000 letters");
        NumericFile.ReadMatrix(path).Columns.ShouldBe(2);
    }

    [Fact]
    public async Task LongFieldsAreNoNumbersAndTakeNoTime()
    {
        foreach (var field in (string[])[new('1', 3_000_000), "1" + new string(' ', 3_000_000) + "x", new string('1', 1_000_000) + ".,", "1" + new string('.', 3_000_000), string.Concat(Enumerable.Repeat("1,234", 500_000)), "[" + new string('1', 3_000_000)])
        {
            var path = folder.Write("field.csv", $"x;y\n{field};2\n{field};3\n");
            (await Attack.Refused(path, () => NumericFile.ReadMatrix(path))).ShouldContain("line");
        }
    }

    public void Dispose() => folder.Dispose();

    private string Repeat(string name, string part, int count, string end = "")
    {
        using var stream = File.Create(folder.Path(name));
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, Math.Min(count, 100_000))));
        var one = block.Length / Math.Min(count, 100_000);
        for (var left = count; left > 0; left -= 100_000)
            stream.Write(block, 0, Math.Min(left, 100_000) * one);
        stream.Write(Encoding.UTF8.GetBytes(end));
        return folder.Path(name);
    }
}
