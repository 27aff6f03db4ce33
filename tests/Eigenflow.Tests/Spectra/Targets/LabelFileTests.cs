using Eigenflow.Data;
using Eigenflow.Spectra;
using Eigenflow.Spectra.Estimation;
using Parquet;
using Parquet.Schema;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

/// <summary>Labels in files, and files of eigenvalues with target power.</summary>
public sealed class LabelFileTests : IDisposable
{
    private const string Rows = "a,kind,y,b\n1,cat,10,5\n2,dog,20,3\n4,cat,30,9\n8,emu,15,1\n3,dog,-5,2\n";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void AColumnOfTheSamplesIsReadByNameOrNumber()
    {
        var path = folder.Write("rows.csv", Rows);
        foreach (var column in (string[])["y", "3"])
        {
            var labels = LabelColumn.Open(path, column);
            labels.HasClasses.ShouldBeFalse();
            labels.Read().ShouldBe([10, 20, 30, 15, -5]);
            labels.Read().ShouldBe([10, 20, 30, 15, -5]);
        }

        var kinds = LabelColumn.Open(path, "kind");
        kinds.HasClasses.ShouldBeTrue();
        kinds.Read().ShouldBe([0, 1, 0, 2, 1]);
        kinds.Classes.ShouldBe(["cat", "dog", "emu"]);
        LabelColumn.Open(path, "y", LabelKind.Classes).Read().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task FormatsAgree()
    {
        var path = folder.Write("rows.csv", Rows);
        NpyWriter.Write(folder.Path("rows.npy"), new DataMatrix(5, 3, [1, 10, 5, 2, 20, 3, 4, 30, 9, 8, 15, 1, 3, -5, 2]));
        NpyWriter.Write(folder.Path("y.npy"), new DataMatrix(5, 1, [10, 20, 30, 15, -5]));
        var schema = new ParquetSchema(new DataField<double>("a", false), new DataField("kind", typeof(string), true), new DataField<double>("y", false), new DataField<double>("b", false));
        await using (var stream = File.Create(folder.Path("rows.parquet")))
        {
            await using var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: TestContext.Current.CancellationToken);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(schema.DataFields[0], new[] { 1.0, 2, 4, 8, 3 });
            await group.WriteAsync(schema.DataFields[1], new[] { "cat", "dog", "cat", "emu", "dog" });
            await group.WriteAsync<double>(schema.DataFields[2], new[] { 10.0, 20, 30, 15, -5 });
            await group.WriteAsync<double>(schema.DataFields[3], new[] { 5.0, 3, 9, 1, 2 });
            group.CompleteValidate();
        }

        var expected = Power(path, "y", "kind");
        Power(folder.Path("rows.npy"), "2").ShouldBe(expected);
        Power(folder.Path("rows.parquet"), "y", "kind").ShouldBe(expected);
        Power(path, "file:" + folder.Path("y.npy"), "kind", "y").ShouldBe(expected);
        Power(folder.Path("rows.parquet"), "kind", "y").ShouldBe(Power(path, "kind", "y"));
    }

    [Theory]
    [InlineData("z", "it has no column 'z' for the label; expected one of the columns a, kind, y, b, or a number from 1 to 4")]
    [InlineData("5", "it has no column '5' for the label")]
    [InlineData("y", "line 4: label 'y' of row 3 is 'x' and no finite number")]
    [InlineData("kind", "line 6: label 'kind' of row 5 is missing")]
    public void WrongLabelsAreLocated(string column, string message)
    {
        var path = folder.Write("wrong.csv", "a,kind,y,b\n1,cat,10,5\n2,dog,20,3\n4,cat,x,9\n8,emu,15,1\n3,,-5,2\n");
        Should.Throw<InputFileException>(() => LabelColumn.Open(path, column).Read().Count()).Message.ShouldContain(message);
    }

    [Fact]
    public void SavedPowerIsReadBackInDescendingOrder()
    {
        var data = SampleRows.Gaussian(200, 6, mode => 1.0 / mode, 3);
        var estimate = SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { Labels = LabelColumn.Of(data.Column(1)) }, TestContext.Current.CancellationToken);
        estimate.Save(folder.Path("spectrum.csv"), "a test");
        File.ReadAllLines(folder.Path("spectrum.csv")).ShouldContain("eigenvalue,target-power");
        File.ReadAllText(folder.Path("spectrum.csv")).ShouldContain("# chance gives every mode ");
        var modes = Form(folder.Path("spectrum.csv")).Modes()!;
        modes.TargetPower.ShouldBe(estimate.Target!.Power);
        modes.Eigenvalues.Sum().ShouldBe(1, 1e-14);
        var turned = Form(folder.Write("turned.csv", "eigenvalue,target-power\n1,10\n3,30\n2,20\n")).Modes()!;
        turned.Eigenvalues.ShouldBe([3, 2, 1]);
        turned.TargetPower.ShouldBe([30, 20, 10]);

        // What does not ask for the power reads the eigenvalues as they stand.
        Form(folder.Path("turned.csv")).Explicit().ShouldBe([1, 3, 2]);
    }

    [Fact]
    public void OneColumnHasNoPower()
    {
        var modes = Form(folder.Write("one.csv", "eigenvalue\n1\n3\n")).Modes()!;
        modes.Eigenvalues.ShouldBe([3, 1]);
        modes.TargetPower.ShouldBeNull();
        Form(folder.Write("counted.csv", "mode,eigenvalue\n1,0.5\n2,0.25\n3,0.75\n")).Modes()!.Eigenvalues.ShouldBe([0.75, 0.5, 0.25]);
        Form(folder.Write("three.csv", "mode,eigenvalue,target-power\n1,0.5,7\n2,0.25,8\n")).Modes()!.TargetPower.ShouldBe([7, 8]);
        NpyWriter.Write(folder.Path("two.npy"), new DataMatrix(3, 2, [0.5, 1.5, 0.25, 2, 0.75, 3]));
        Form(folder.Path("two.npy")).Modes()!.TargetPower.ShouldBe([3, 1.5, 2]);
    }

    [Theory]
    [InlineData("eigenvalue,target-power\n0.5,0.2\n0.5,-1\n", "line 3: column 2 (target-power) is -1 in row 2; expected numbers >= 0")]
    [InlineData("eigenvalue,target-power\n0.5,0.2\n0.5,nan\n", "line 3: column 2 (target-power): 'nan' is not a finite number")]
    [InlineData("eigenvalue,target-power\n0.5,0.2\n0.5\n", "line 3: the row has 1 fields, the heading has 2")]
    [InlineData("target-power,eigenvalue\n0.5,0.2\n0.25,1\n", "line 1: the columns are 1 'target-power', 2 'eigenvalue'; expected column 1 eigenvalue and column 2 target-power")]
    [InlineData("eigenvalue,target-power,x\n0.5,0.2,1\n0.5,1,1\n", "line 1: the columns are 1 'eigenvalue', 2 'target-power', 3 'x'")]
    [InlineData("eigenvalue,target-power\n0,5,0,2\n0,4,1,0\n", "the comma seems to separate fields and decimals")]
    [InlineData("1,5\n0,3\n", "may be one column with decimal commas")]
    [InlineData("eigenvalue,foo\n0.5,0.2\n0.25,1\n", "column 2 is named 'foo'")]
    [InlineData("0.1,0.2,0.3\n0.1,2,3\n", "it holds a table of 2 rows and 3 columns; expected one column of eigenvalues, or two")]
    public void WrongFilesOfModesAreLocated(string text, string message) =>
        Should.Throw<InputFileException>(() => Form(folder.Write("wrong.csv", text)).Modes()).Message.ShouldContain(message);

    public void Dispose() => folder.Dispose();

    private static SpectrumForm Form(string path) => new() { Text = "file:" + path, Form = SpectrumForms.File, Path = path };

    private static double[] Power(string path, string label, params string[] without)
    {
        var labels = LabelColumn.Open(path, label);
        using var rows = RowSource.OpenSamples(path, labels.InSamples is { } own ? [.. without, own] : without);
        rows.Columns.ShouldBe(2);
        return SpectrumEstimate.FromRows(rows, new SpectrumEstimateOptions { Labels = labels }, null, TestContext.Current.CancellationToken).Target!.Power;
    }
}
