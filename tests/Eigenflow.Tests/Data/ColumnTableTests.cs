using Eigenflow.Data;
using Eigenflow.Scaling;
using Parquet;
using Parquet.Schema;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

/// <summary>Tables with columns of numbers and texts, from every format that is read.</summary>
public sealed class ColumnTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void CsvKeepsTextsAndMissingFields()
    {
        var table = Csv("run,method,loss,\"note, long\"\n1,flow,0.5,\"a \"\"b\"\"\"\n2,sgd,,x\n# comment\n\n3,sgd,nan,y\n");
        table.Names.ShouldBe(["run", "method", "loss", "note, long"]);
        table.Rows.ShouldBe(3);
        table.Numbers("loss").ShouldBe([0.5, double.NaN, double.NaN]);
        table.Texts("method").ShouldBe(["flow", "sgd", "sgd"]);
        table.Texts("note, long")[0].ShouldBe("a \"b\"");
        table.Texts("run").ShouldBe(["1", "2", "3"]);
        table.IsNumeric("method").ShouldBeFalse();
        Should.Throw<InputFileException>(() => table.Numbers("method")).Message.ShouldContain("'flow' in row 1");
        Should.Throw<InputFileException>(() => table.Numbers("los")).Message.ShouldContain("one of the columns run, method, loss");
    }

    [Theory]
    [InlineData("x y\n1 2\n3 4\n")]
    [InlineData("x\ty\n1\t2\n3\t4\n")]
    [InlineData("x;y\n1;2\n3;4\n")]
    [InlineData("  x   y \n 1   2\n 3  4 \n")]
    public void SeparatorsAreFound(string text)
    {
        var table = Csv(text);
        table.Names.ShouldBe(["x", "y"]);
        table.Numbers("x").ShouldBe([1, 3]);
        table.Numbers("y").ShouldBe([2, 4]);
    }

    [Fact]
    public void WithoutAHeadingColumnsHaveNumbers() => Csv("1,2\n3,4\n").Numbers("2").ShouldBe([2, 4]);

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3")]
    [InlineData("a,a\n1,2\n", "repeated")]
    [InlineData("a,b\n\"1,2\n", "quote is not closed")]
    [InlineData("a,b\n\"1\"x,2\n", "follows a closed quote")]
    [InlineData("a,b\n", "no rows")]
    [InlineData("", "no rows")]
    public void DefectsAreLocated(string text, string expected) => Should.Throw<InputFileException>(() => Csv(text)).Message.ShouldContain(expected);

    [Fact]
    public async Task ParquetHoldsNumbersOfAnyKindTextsAndNulls()
    {
        var path = folder.Path("table.parquet");
        var schema = new ParquetSchema(new DataField<double>("d", false), new DataField<float>("f", true), new DataField<long>("l", false), new DataField<int>("i", true), new DataField<bool>("b", false), new DataField("s", typeof(string), true));
        await using (var stream = File.Create(path))
        {
            await using var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: TestContext.Current.CancellationToken);
            for (var part = 0; part < 2; part++)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<double>(schema.DataFields[0], new[] { 1.5, 2.5 });
                await group.WriteAsync<float>(schema.DataFields[1], new float?[] { 0.25f, null });
                await group.WriteAsync<long>(schema.DataFields[2], new[] { 7L, 8L });
                await group.WriteAsync<int>(schema.DataFields[3], new int?[] { null, 4 });
                await group.WriteAsync<bool>(schema.DataFields[4], new[] { true, false });
                await group.WriteAsync(schema.DataFields[5], new[] { "u", null });
                group.CompleteValidate();
            }
        }

        var table = ColumnTable.Read(path);
        table.Rows.ShouldBe(4);
        table.Numbers("d").ShouldBe([1.5, 2.5, 1.5, 2.5]);
        table.Numbers("f").ShouldBe([0.25, double.NaN, 0.25, double.NaN]);
        table.Numbers("l").ShouldBe([7, 8, 7, 8]);
        table.Numbers("i").ShouldBe([double.NaN, 4, double.NaN, 4]);
        table.Numbers("b").ShouldBe([1, 0, 1, 0]);
        table.Texts("s").ShouldBe(["u", "", "u", ""]);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        Should.Throw<InputFileException>(() => ColumnTable.Read(path)).Message.ShouldContain("cannot be read");
    }

    [Fact]
    public void CurvesAreNamedByWhatTellsThemApart()
    {
        File.WriteAllText(folder.Path("runs.csv"), "method,step,seed,loss,mse\nsgd,1,1,5,6\nsgd,2,1,4,5\nsgd,1,2,3,4\nsgd,2,2,2,3\n");
        var curves = TableCurve.Read([folder.Path("runs.csv")], new CurveColumns { Group = ["seed"] });
        curves.Select(curve => curve.Name).ShouldBe(["seed 1", "seed 2"]);
        curves[1].X.ShouldBe([1, 2]);
        curves[1].Y.ShouldBe([3, 2]);
        curves[1].YName.ShouldBe("loss");
        TableCurve.Read([folder.Path("runs.csv")], new CurveColumns { Y = ["loss", "MSE"], Group = ["seed"] }).Select(curve => curve.Name).ShouldBe(["loss, seed 1", "mse, seed 1", "loss, seed 2", "mse, seed 2"]);
        Should.Throw<InputFileException>(() => TableCurve.Read([folder.Path("runs.csv")], new CurveColumns { Group = ["sed"] })).Message.ShouldContain("--group");
    }

    [Theory]
    [InlineData("step,epoch,loss\n990,0.99,5\n\"1,000\",1.0,4\n\"1,010\",1.01,3\n", "line 3: column 'step' holds '1,000' in row 2: it seems to separate thousands")]
    [InlineData("params,gpus,loss\n70M,8,3\n1.4B,64,2\n2.8Bn,64,2\n", "line 4: column 'params' holds '2.8Bn' in row 3: it has a unit ('Bn')")]
    [InlineData("n,error\n32,35.36%\n64,25%\n", "line 2: column 'error' holds '35.36%'")]
    [InlineData("n,value\n32,0.35 ± 0.02\n64,0.25 ± 0.02\n", "line 2: column 'value' holds '0.35 ± 0.02'")]
    [InlineData("step,loss\n1,5\n2,4\nstep,loss\n1,5\n2,4\n", "line 4: column 'step' holds 'step'")]
    public void ColumnsThatAreMeantAsNumbersAreNotPassedOver(string text, string message)
    {
        File.WriteAllText(folder.Path("meant.csv"), text);
        Should.Throw<InputFileException>(() => TableCurve.Read([folder.Path("meant.csv")], new CurveColumns())).Message.ShouldContain(message);
    }

    [Fact]
    public void ColumnsOfNamesAreNoAbscissae()
    {
        File.WriteAllText(folder.Path("named.csv"), "model,date,tokens,loss\n7B-chat,2024-01-01,1e9,3\n13B-chat,2024-01-02,2e9,2\n");
        TableCurve.Read([folder.Path("named.csv")], new CurveColumns())[0].XName.ShouldBe("tokens");
    }

    [Fact]
    public void AWordInTheUsualColumnIsNamedAndNoOtherColumnStandsForIt()
    {
        File.WriteAllText(folder.Path("log.csv"), "step,loss,lr\n1,3,0.1\n2,oops,0.1\n3,2,0.1\n");
        var message = Should.Throw<InputFileException>(() => TableCurve.Read([folder.Path("log.csv")], new CurveColumns())).Message;
        message.ShouldContain("line 3");
        message.ShouldContain("'loss' holds 'oops'");
        File.WriteAllText(folder.Path("log.csv"), "date,loss\n2024-01-01,3\n2024-01-02,2\n");
        Should.Throw<InputFileException>(() => TableCurve.Read([folder.Path("log.csv")], new CurveColumns())).Message.ShouldContain("column 'date' holds '2024-01-01'");

        // A column of texts alone is no measurement.
        File.WriteAllText(folder.Path("log.csv"), "time,step,loss\n12:01,1,3\n12:02,2,2\n");
        TableCurve.Read([folder.Path("log.csv")], new CurveColumns()).ShouldHaveSingleItem().XName.ShouldBe("step");
    }

    public void Dispose() => folder.Dispose();

    private ColumnTable Csv(string text)
    {
        File.WriteAllText(folder.Path("table.csv"), text);
        return ColumnTable.Read(folder.Path("table.csv"));
    }
}
