using System.Text;
using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

public sealed class CsvReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new(isForSmallFiles: true);

    [Theory]
    [InlineData("1,2,3\n4,5,6\n")]
    [InlineData("1;2;3\n4;5;6")]
    [InlineData("1\t2\t3\r\n4\t5\t6\r\n")]
    [InlineData("  1  2 3\n4   5 6 ")]
    [InlineData("1 2 3\n4 5\t6")]
    [InlineData("# comment\n\na,b,c\n1, 2 ,3\n  # another\n4,5,6\n\n")]
    [InlineData("\"first\";\"second\";\"third\"\n\"1\";\"2\";\"3\"\n4;5;6\n")]
    [InlineData("words with blanks\n1,2,3\n4,5,6\n")]
    [InlineData("569,30,malignant,benign\n1,2,3\n4,5,6\n")]
    [InlineData("\uFEFF1e0,+2,3.0E+0\n4,5.,6\n")]
    public void TablesAreRead(string text)
    {
        var matrix = NumericFile.ReadMatrix(folder.Write("table.csv", text));
        (matrix.Rows, matrix.Columns).ShouldBe((2, 3));
        matrix.Values.ShouldBe([1, 2, 3, 4, 5, 6]);
        matrix.Row(1).ToArray().ShouldBe([4, 5, 6]);
    }

    [Theory]
    [InlineData("1,2\n3,4\n5\n", "line 3", "the row has 1 fields, the rows above have 2")]
    [InlineData("# c\n1,2\n3,4,5\n", "line 3", "the row has 3 fields")]
    [InlineData("1,2\n3,nan\n", "line 2", "'nan' is not a finite number")]
    [InlineData("nan,2\n3,4\n", "line 1", "'nan' is not a finite number")]
    [InlineData("1,2\n3,-Infinity\n", "line 2", "is not a finite number")]
    [InlineData("1,2\n3,1e400\n", "line 2", "is not a finite number")]
    [InlineData("1.0,2.O,3.0\n4,5,6\n", "line 1", "'2.O' is not a finite number")]
    [InlineData("1.O\n2\n", "line 1", "'1.O' is not a finite number")]
    [InlineData("1,,2\n3,4,5\n", "line 1", "column 2: a field is empty")]
    [InlineData("1,2,\n3,4,5\n", "line 1", "column 3: a field is empty")]
    [InlineData("a,b,\n1,2,\n3,4,5\n", "line 2", "column 3 (unnamed): a field is empty")]
    [InlineData("a,b\n1,2\nc,d\n", "line 3", "'c' is not a finite number")]
    [InlineData("a,b\nc,d\n1,2\n", "line 2", "'c' is not a finite number")]
    [InlineData("1,2\n3,\u0007\n", "line 2", "is not a finite number")]
    public void FaultsAreLocated(string text, string where, string what)
    {
        var error = Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Write("table.csv", text)));
        error.Message.ShouldContain(where);
        error.Message.ShouldContain(what);
        error.Message.Any(char.IsControl).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("only,a,heading\n")]
    public void FilesWithoutNumbersAreRefused(string text) =>
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Write("table.txt", text))).Message.ShouldContain("it holds no numbers");

    [Fact]
    public void PathsAreChecked()
    {
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Path("none.csv"))).Message.ShouldContain("there is no such file");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Path("."))).Message.ShouldContain("it is a folder");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Write("data.xlsx", "1"))).Message.ShouldContain("the ending '.xlsx' is not known");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(folder.Write("data", "1"))).Message.ShouldContain("the ending '' is not known");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix("")).Message.ShouldContain("there is no such file");
    }

    [Fact]
    public void VectorsAreOneRowOrOneColumn()
    {
        NumericFile.ReadVector(folder.Write("row.csv", "1,2,3\n")).ShouldBe([1, 2, 3]);
        NumericFile.ReadVector(folder.Write("column.csv", "value\n1\n2\n3\n")).ShouldBe([1, 2, 3]);
        Should.Throw<InputFileException>(() => NumericFile.ReadVector(folder.Write("table.csv", "1,2\n3,4\n"))).Message.ShouldContain("2 rows and 2 columns");
    }

    [Fact]
    public void WrittenVectorsAreReadBackToTheLastBit()
    {
        double[] values = [1.0 / 3, 1e-300, -0.0, 5e-324, double.MaxValue, 12345678901234567];
        NumericFile.WriteColumns(folder.Path("vector.csv"), [("value", values)], ["where it comes from\nsecond line"]);
        NumericFile.ReadVector(folder.Path("vector.csv")).ShouldBe(values);
    }

    [Fact]
    public void MutatedTablesGiveALocatedErrorOrATable()
    {
        var random = new System.Random(1);
        var original = Encoding.UTF8.GetBytes("# c\nx,y,z\n1,2.5,-3e2\n\"4\",5,6\n7,8,9\n");
        for (var trial = 0; trial < 2000; trial++)
            Mutation.MustBeLocated(folder, "mutated.csv", Mutation.Of(original, random));
    }

    public void Dispose() => folder.Dispose();
}
