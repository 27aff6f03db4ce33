using System.Globalization;
using System.Text;
using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

/// <summary>Tables as other programs write them: what is not data is not read as data, and what is done is said.</summary>
public sealed class TextLayoutTests : IDisposable
{
    private const int Rows = 40;
    private const int Columns = 4;
    private readonly TemporaryFolder folder = new();

    // Numbers with four decimals, a heading and an index, as various programs put them together.
    public static TheoryData<string, string> Writings => new()
    {
        { "plain", "" },
        { "no heading", "" },
        { "pandas index", "column 1 (unnamed) is an index (0, 1, 2, …) and was left out" },
        { "pandas shuffled index", "column 1 (unnamed) is an index" },
        { "pandas dates", "column 1 (unnamed) is an index" },
        { "pandas index read again", "column 1 (Unnamed: 0) is an index" },
        { "pandas numbers as heading", "the first line (0, 1, 2, 3) was taken as a heading" },
        { "pandas index and numbers as heading", "column 1 (unnamed) is an index" },
        { "pandas reset index", "column 1 (index) counts the rows (0 … 39) and was left out" },
        { "quoted numbers as heading", "was taken as a heading" },
        { "R write.table", "column 1 (unnamed) is an index (1, 2, 3, …) and was left out" },
        { "R write.csv", "column 1 (unnamed) is an index" },
        { "R names of rows", "column 1 (unnamed) is an index" },
        { "R write.csv read again", "column 1 (X) counts the rows (1 … 40) and was left out" },
        { "counted without heading", "column 1 counts the rows (1 … 40) and was left out" },
        { "counted in another order", "column 5 (number) counts the rows (0 … 39, in another order)" },
        { "semicolons and decimal commas", "" },
        { "tabs and decimal commas", "" },
        { "quoted decimal commas", "" },
        { "announced separator", "" },
        { "quoted numbers", "" },
        { "bars", "" },
        { "aligned blanks", "" },
        { "separators at the ends", "column 5 is empty in every row and was left out" },
        { "separators at the ends of rows alone", "column 5 (unnamed) is empty in every row" },
        { "UTF-16", "" },
        { "UTF-16 without mark", "" },
        { "byte order mark", "" },
        { "Latin-1", "" },
        { "old line ends", "" },
        { "line ends of Windows", "" },
        { "comments and blank lines", "" },
        { "comments of MATLAB", "" },
        { "exponents of Fortran", "" },
        { "typeset minus signs", "" },
    };

    [Theory]
    [MemberData(nameof(Writings))]
    public void TablesOfOtherProgramsGiveTheirNumbers(string writing, string note)
    {
        var data = NumericFile.ReadSamples(folder.Write("table.csv", Write(writing)));
        (data.Rows, data.Columns).ShouldBe((Rows, Columns));
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
                data.Values[(row * Columns) + column].ShouldBe(Value(row, column));
        }

        if (note.Length > 0)
            data.Notes.ShouldContain(one => one.Contains(note, StringComparison.Ordinal));
        else
            data.Notes.ShouldBeEmpty();
    }

    // The same dialects in the reader of named columns: an index is no curve.
    [Theory]
    [MemberData(nameof(Writings))]
    public void TablesOfColumnsFollowTheSameRules(string writing, string note)
    {
        _ = note;
        var table = ColumnTable.Read(folder.Write("table.csv", Write(writing)));
        table.Rows.ShouldBe(Rows);
        string[] names = [.. table.Names.Where(name => name is not ("number" or "index" or "X"))];
        if (writing == "counted without heading")
            names = names[1..];
        names.Length.ShouldBe(Columns);
        for (var column = 0; column < Columns; column++)
            table.Numbers(names[column]).ShouldBe(Enumerable.Range(0, Rows).Select(row => Value(row, column)));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,12 ms\n", "line 3: column 2 (b): '12 ms' is not a finite number; it has a unit ('ms')")]
    [InlineData("a,b\n1,2\n3,3.5%\n", "it has a unit ('%')")]
    [InlineData("a,b\n1,2\n3,$5\n", "it has a unit ('$')")]
    [InlineData("a,b\n1,2\n3,2024-05-01\n", "it is a date or a time")]
    [InlineData("a,b\n1,2\n3,12:30:05\n", "it is a date or a time")]
    [InlineData("a,b\n1,2\n3,True\n", "it is a truth value")]
    [InlineData("a,b\n1,2\n3,NA\n", "it is a missing value")]
    [InlineData("a,b\n1,2\n3,<NA>\n", "it is a missing value")]
    [InlineData("a,b\n1,2\n3,null\n", "it is a missing value")]
    [InlineData("a,b\n1,2\n3,\n", "line 3: column 2 (b): a field is empty")]
    [InlineData("a,b\n1,2\n3,setosa\n", "it is a text")]
    [InlineData("a,b\n1,2\n3,1+2j\n", "it is a complex number")]
    [InlineData("a,b\n1,2\n3,\"1,234.5\"\n", "it seems to separate thousands")]
    [InlineData("a,b\n1,2\n3,1 234 567\n", "it seems to separate thousands")]
    [InlineData("a;b\n1.5;2\n3;0,5\n", "it has a decimal comma, and other numbers of the file have none")]
    [InlineData("a;b\n1,25;2\n3;1.234,5\n", "it seems to separate thousands")]
    [InlineData("a,b\n1,2\n3,1e400\n", "it is beyond the largest double")]
    [InlineData("a,b\n1,2\n3,-inf\n", "it is infinite")]
    [InlineData("a,b\n1,2\n3,\"[1, 2]\"\n", "it is a list")]
    [InlineData("a;b\n1;2,345\n3;4,567\n", "'2,345' may be a number with a decimal comma or one with a separator of thousands")]
    [InlineData("value\n0,5\n0,25\n", "the comma seems to separate fields and decimals")]
    [InlineData("0,5\n0,25\n0,125\n", "'0,5' may be two fields or one number with a decimal comma")]
    [InlineData("1,5\n1,05\n2,3\n", "line 2: '1,05' may be two fields")]
    [InlineData("3,5\n-0,5\n", "line 2: '-0,5' may be two fields")]
    [InlineData("a,b\n0,5,0,25\n1,5,1,25\n", "the comma seems to separate fields and decimals")]
    [InlineData("a b c\n0.5 1 2 3\n0.7 1 2 3\n", "the heading has 3 names over 4 fields")]
    [InlineData("0,1\n5,0.3\n1,0.1\n2,0.7\n", "may be a heading that counts the columns, or a row")]
    [InlineData("1,2\n3,4,5\n6,7,8\n", "the row has 3 fields")]
    [InlineData("0,1,2\n5,3,8\n1,1,4\n", "may be a heading that counts the columns, or a row")]
    [InlineData(",b,c\n0.5,1,2\n0.7,1,2\n", "column 1 has no name and holds '0.5': an index or data?")]
    [InlineData("a,b\n1,2\n3,\"4\n", "a quote is not closed")]
    [InlineData("a;b\n1.000;0,84\n2.500;0,91\n", "line 2: '1.000' seems to separate thousands by a point, as '0,91' has a decimal comma")]
    [InlineData("a b\n-443,383\n-0,008\n", "the comma seems to separate fields and decimals")]
    [InlineData("a,b\n1,2,3,4\n5,6,7,8.5\n", "the heading has 2 names and the rows have 4 fields")]
    [InlineData("a\tb\n-0,95 ms\t$3,5\n1,25 ms\t$2,5\n", "it has a unit ('ms')")]
    public void WhatIsNoNumberIsNamed(string text, string message)
    {
        var error = Should.Throw<InputFileException>(() => NumericFile.ReadSamples(folder.Write("table.csv", text)));
        error.Message.ShouldContain(message);
        error.Line.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("1,2,3\n4,5,6\n7,8,1\n", 3, 3, "may count the columns")]
    [InlineData("0,1,2,3,4,5,6,7,8,9,10\n11,12,13,14,15,16,17,18,19,20,21\n", 2, 11, "may count the columns")]
    [InlineData("0,1\n1,3\n4,2\n", 3, 2, "may count the columns")]
    [InlineData("1\n0.5\n0.25\n", 3, 1, "")]
    [InlineData("0\n7\n3\n", 3, 1, "may count the columns")]
    [InlineData("400,402,404,406,408,410,412,414,416,418\n1,5,2,7,3,8,4,9,1,2\n", 1, 10, "it is equally spaced")]
    [InlineData("step,0.001,0.003,0.01\n0.1,2,3,4\n0.2,3,4,5\n", 2, 4, "was taken as the heading: 'step' stands over a column of numbers")]
    [InlineData("7B,70B\n2.5,3.5\n1.5,2.5\n", 2, 2, "")]
    [InlineData("1,2,0.5\n2,4,0.25\n3,6,0.125\n4,6,0.1\n5,3,0.7\n", 5, 2, "column 1 counts the rows (1 … 5)")]
    [InlineData("1,2,0.5\n2,4,0.25\n3,6,0.125\n4,6,0.1\n", 4, 3, "")]
    [InlineData("index,0,1\na,0.5,0.25\nb,0.5,0.75\n", 2, 2, "column 1 (index) is an index (a, b)")]
    [InlineData("1,4\n2,5\n3,6\n", 3, 2, "")]
    [InlineData("5,1\n3,2\n8,3\n6,3\n", 4, 2, "")]
    [InlineData("x\n1.5\n\n2.5\n", 2, 1, "blank lines between numbers were skipped")]
    [InlineData("A title of four words\n1.5,2,3\n2.5,1,7\n", 2, 3, "the names were left out")]
    [InlineData("sep=\t\na\tb\n1.5\t2\n2.5\t7\n", 2, 2, "")]
    public void DoubtfulTablesAreReadAsTheyStandOrTheDecisionIsSaid(string text, int rows, int columns, string note)
    {
        var data = NumericFile.ReadSamples(folder.Write("table.csv", text));
        (data.Rows, data.Columns).ShouldBe((rows, columns));
        if (note.Length > 0)
            data.Notes.ShouldContain(one => one.Contains(note, StringComparison.Ordinal));
        else
            data.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(",loss\n0,0.5\n1,0.25\n2,0.2\n", "index,loss")]
    [InlineData(",step,loss\n0,10,0.5\n1,20,0.25\n2,40,0.2\n", "step,loss")]
    [InlineData("step,loss\n0,0.5\n1,0.25\n2,0.2\n", "step,loss")]
    public void AnIndexIsTheAbscissaOnlyWhereNothingElseIs(string text, string names)
    {
        var table = ColumnTable.Read(folder.Write("table.csv", text));
        string.Join(',', table.Names).ShouldBe(names);
        table.Numbers("loss").ShouldBe([0.5, 0.25, 0.2]);
        table.Notes.Count.ShouldBe(text[0] == ',' ? 1 : 0);
    }

    [Theory]
    [InlineData("target when\n-14,4667D+00 2024-05-01\n1,104595D+00 2024-05-02\n", "target", -14.4667, 1.104595)]
    [InlineData("x|class|\n0|1.5|2|\n1|2.5|3|\n", "x", 1.5, 2.5)]
    [InlineData("val loss\n242;\n418;\n", "val loss", 242, 418)]
    [InlineData("x,y\n#N/A,1\n3,2\n", "x", double.NaN, 3)]
    [InlineData("1e3;when;n\n7;2024-05-01;5 ms\n8;2024-05-02;6 ms\n", "1e3", 7, 8)]
    public void HeadingsAndRowsAreSplitAlike(string text, string name, double first, double second) =>
        ColumnTable.Read(folder.Write("table.csv", text)).Numbers(name).ShouldBe([first, second]);

    [Fact]
    public void ColumnsAreLeftOutByNameOrNumber()
    {
        var path = folder.Write("table.csv", "a,species,b\n1.5,setosa,2\n2.5,virginica,7\n");
        NumericFile.ReadMatrix(path, ["species"]).Values.ShouldBe([1.5, 2, 2.5, 7]);
        NumericFile.ReadMatrix(path, ["2", "a"]).Values.ShouldBe([2, 7]);
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path, ["kind"])).Message.ShouldContain("it has no column 'kind' to leave out; expected one of the columns a, species, b, or a number from 1 to 3");
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path, ["1", "2", "3"])).Message.ShouldContain("all its columns are left out");
        var array = folder.Path("table.npy");
        NpyWriter.Write(array, new DataMatrix(2, 3, [1, 2, 3, 4, 5, 6]));
        NumericFile.ReadMatrix(array, ["3"]).Values.ShouldBe([1, 2, 4, 5]);
    }

    [Fact]
    public void MissingValuesOfColumnsAreThoseOfDataFrames()
    {
        var table = ColumnTable.Read(folder.Write("table.csv", "step,loss,rate,word\n1,NA,,None\n2,0.5,inf,None\n3,NULL,nan,None\n4,n/a,2,None\n"));
        table.Numbers("loss").ShouldBe([double.NaN, 0.5, double.NaN, double.NaN]);
        table.Numbers("rate").ShouldBe([double.NaN, double.PositiveInfinity, double.NaN, 2]);
        table.WithNotANumber.ShouldBe(["rate"]);
        table.IsNumeric("word").ShouldBeFalse();
        var error = Should.Throw<InputFileException>(() => ColumnTable.Read(folder.Write("table.csv", "# c\nstep,loss\n1,NA\n2,0.5 nats\n")).Numbers("loss"));
        error.Message.ShouldContain("line 4: column 'loss' holds '0.5 nats' in row 2: it has a unit ('nats')");
        Should.Throw<InputFileException>(() => ColumnTable.Read(folder.Write("table.csv", "step;loss\n1;0,5\n2;0.25\n")).Numbers("loss")).Message.ShouldContain("decimal comma");
    }

    [Fact]
    public void VectorsStandBesideTheirNumbers()
    {
        NumericFile.ReadVector(folder.Write("vector.csv", "mode,eigenvalue\n1,3\n2,2\n3,0.5\n")).ShouldBe([3, 2, 0.5]);
        NumericFile.ReadVector(folder.Write("vector.csv", ",0\n0,3\n1,2\n2,0.5\n")).ShouldBe([3, 2, 0.5]);
        NumericFile.ReadMatrix(folder.Write("covariance.csv", ",f0,f1\nf0,1,0.5\nf1,0.5,2\n")).Values.ShouldBe([1, 0.5, 0.5, 2]);

        // A column of numbers 0, 1, 2 with a name is kept where rows are no samples: schedules have steps.
        NumericFile.ReadMatrix(folder.Write("schedule.csv", "step,lr\n0,3\n1,2\n2,0.5\n")).Columns.ShouldBe(2);
    }

    [Theory]
    [InlineData("504B03040A", "a zip archive")]
    [InlineData("1F8B0800", "compressed by gzip")]
    [InlineData("934E554D5059", "a NumPy array")]
    [InlineData("D0CF11E0A1", "an old Excel workbook")]
    [InlineData("80049501", "a Python pickle")]
    [InlineData("31000000320000000A", "zero bytes")]
    public void OtherFilesAreCalledByTheirNames(string bytes, string name)
    {
        var path = folder.Write("table.csv", Convert.FromHexString(bytes));
        Should.Throw<InputFileException>(() => NumericFile.ReadMatrix(path)).Message.ShouldContain(name);
        Should.Throw<InputFileException>(() => ColumnTable.Read(path)).Message.ShouldContain(name);
    }

    [Fact]
    public void LinesLongerThanTheBufferAreRead()
    {
        var wide = string.Join(',', Enumerable.Range(0, 30_000).Select(k => (k * 0.37).ToString("R", CultureInfo.InvariantCulture)));
        var data = NumericFile.ReadMatrix(folder.Write("wide.csv", wide + "\r\n" + wide + "\r" + wide));
        (data.Rows, data.Columns).ShouldBe((3, 30_000));
        data.Row(2)[29_999].ShouldBe(29_999 * 0.37);
    }

    public void Dispose() => folder.Dispose();

    private static double Value(int row, int column) => Math.Round((column % 2 == 0 ? -1 : 1) * (0.1234 + (((row * 7) + (column * 13)) % 41)), 4);

    private static byte[] Write(string writing)
    {
        var end = writing switch { "line ends of Windows" => "\r\n", "old line ends" => "\r", _ => "\n" };
        var separator = writing switch
        {
            "semicolons and decimal commas" or "announced separator" => ";",
            "tabs and decimal commas" => "\t",
            "bars" => "|",
            "aligned blanks" => "   ",
            "R write.table" or "R names of rows" => " ",
            _ => ",",
        };
        var heading = writing switch
        {
            "pandas index" or "pandas shuffled index" or "pandas dates" => ",a,b,c,d",
            "pandas index read again" => "Unnamed: 0,a,b,c,d",
            "pandas numbers as heading" => "0,1,2,3",
            "quoted numbers as heading" => "\"0\",\"1\",\"2\",\"3\"",
            "pandas index and numbers as heading" => ",0,1,2,3",
            "pandas reset index" => "index,a,b,c,d",
            "R write.table" or "R names of rows" => "\"a\" \"b\" \"c\" \"d\"",
            "R write.csv" => "\"\",\"a\",\"b\",\"c\",\"d\"",
            "R write.csv read again" => "X,a,b,c,d",
            "counted in another order" => "a,b,c,d,number",
            "separators at the ends" => "",
            "Latin-1" => "größe,b,c,d",
            _ => string.Join(separator, "a", "b", "c", "d"),
        };
        var lines = new List<string>();
        if (heading.Length > 0 && writing is not ("no heading" or "counted without heading"))
            lines.Add(heading);
        for (var row = 0; row < Rows; row++)
        {
            var fields = Enumerable.Range(0, Columns).Select(column => Field(writing, Value(row, column)));
            string? label = writing switch
            {
                "pandas index" or "pandas index read again" or "pandas index and numbers as heading" or "pandas reset index" => $"{row}",
                "pandas shuffled index" => $"{((row * 17) + 250) % 977}",
                "pandas dates" => $"2024-01-{(row % 28) + 1:00}",
                "R write.table" or "R write.csv" => $"\"{row + 1}\"",
                "R names of rows" => $"\"car {row}\"",
                "R write.csv read again" or "counted without heading" => $"{row + 1}",
                _ => null,
            };
            var line = string.Join(separator, label is null ? fields : fields.Prepend(label));
            lines.Add(writing switch
            {
                "counted in another order" => line + $",{(row * 7) % Rows}",
                "separators at the ends" or "separators at the ends of rows alone" => line + ",",
                "aligned blanks" => "  " + line + " ",
                _ => line,
            });
        }

        if (writing == "announced separator")
            lines.Insert(0, "sep=;");
        if (writing is "comments and blank lines" or "comments of MATLAB")
        {
            lines.Insert(0, writing == "comments of MATLAB" ? "% made, 2024" : "# made, 2024");
            lines.Insert(5, "");
            lines.Add("   ");
        }

        var text = string.Join(end, lines) + end;
        return writing switch
        {
            "UTF-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            "UTF-16 without mark" => Encoding.BigEndianUnicode.GetBytes(text),
            "byte order mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "Latin-1" => Encoding.Latin1.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private static string Field(string writing, double value)
    {
        var text = value.ToString("0.0000", CultureInfo.InvariantCulture);
        return writing switch
        {
            "semicolons and decimal commas" or "tabs and decimal commas" or "announced separator" => text.Replace('.', ','),
            "quoted decimal commas" => $"\"{text.Replace('.', ',')}\"",
            "quoted numbers" => $"\"{text}\"",
            "exponents of Fortran" => text + "D+00",
            "typeset minus signs" => text.Replace('-', '−'),
            _ => text,
        };
    }
}
