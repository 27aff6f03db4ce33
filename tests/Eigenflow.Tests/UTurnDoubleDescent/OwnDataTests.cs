using System.Buffers.Binary;
using System.IO.Compression;
using Eigenflow.Data;
using Eigenflow.Systems;
using Eigenflow.Systems.UTurnDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.UTurnDoubleDescent;

/// <summary>Points of files: tables with a label in the last column or another one, IDX images, held-out rows, and what is refused.</summary>
public sealed class OwnDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x,y,kind\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n9,1,a\n")]
    [InlineData("x;y;kind\r\n1;2;a\r\n3;4;b\r\n5;6;a\r\n7;8;b\r\n9;1;a\r\n")]
    public void TheLabelIsTheLastColumn(string text)
    {
        var sample = SampleFile.Read(folder.Write("train.csv", text), null, LabelKind.Automatic);
        sample.Classes.ShouldBe(["a", "b"]);
        sample.Inputs.Columns.ShouldBe(2);
        sample.Labels.ShouldBe([0, 1, 0, 1, 0]);
        var points = sample.Take(sample.Order(null)[..4], sample.Classes, "train.csv");
        points.Labels.ShouldBe([1, 0, 0, 1, 1, 0, 0, 1], "the first of every class before the second of any");
    }

    [Fact]
    public void OtherColumnsAndNumbersAreLabelsToo()
    {
        var path = folder.Write("train.csv", "label,p1,p2\n7,0.5,1\n3,0.1,2\n7,0.2,5\n");
        var numbers = SampleFile.Read(path, "label", LabelKind.Automatic);
        numbers.Classes.ShouldBeNull();
        numbers.Labels.ShouldBe([7, 3, 7]);
        numbers.Notes.ShouldContain(note => note.Contains("label-is = classes", StringComparison.Ordinal));
        SystemCatalog.Find(UTurnSystem.Identifier).Solve(SystemCatalog.Find(UTurnSystem.Identifier).Complete("tree", new Setting([new("data", "file:" + path)]))).Warnings.ShouldContain(note => note.EndsWith("labels of the column p2 are numbers", StringComparison.Ordinal), "which column it is, is told");
        SampleFile.Read(path, "label", LabelKind.Classes).Classes.ShouldBe(["7", "3"]);
        Should.Throw<InputFileException>(() => SampleFile.Read(path, "lable", LabelKind.Automatic)).Message.ShouldContain("no column 'lable'");
    }

    [Fact]
    public void ImagesComeWithTheirLabels()
    {
        var images = folder.Path("train-images-idx3-ubyte");
        folder.Write("train-images-idx3-ubyte", Idx(2051, [3, 2, 2], [0, 255, 51, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
        Should.Throw<InputFileException>(() => SampleFile.Read(images, null, LabelKind.Automatic)).Message.ShouldContain("train-labels-idx1-ubyte");
        using (var file = new GZipStream(File.Create(folder.Path("train-labels-idx1-ubyte")), CompressionLevel.Fastest))
            file.Write(Idx(2049, [3], [9, 2, 9]));
        var sample = SampleFile.Read(images, null, LabelKind.Automatic);
        sample.Inputs.Row(0).ToArray().ShouldBe([0, 1, 0.2, 0]);
        sample.Classes.ShouldBe(["2", "9"]);
        sample.Labels.ShouldBe([1, 0, 1]);
        folder.Write("train-images-idx3-ubyte", Idx(2051, [4, 2, 2], [1, 2, 3]));
        Should.Throw<InputFileException>(() => SampleFile.Read(images, null, LabelKind.Automatic)).Message.ShouldContain("3 of the 16 bytes");
    }

    [Fact]
    public void RowsAreHeldOutAnewForEveryReplica()
    {
        var path = folder.Write("train.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(row => FormattableString.Invariant($"{row * 0.37 % 1},{Math.Sin(row)}\n"))));
        var problem = new SmootherProblem { Data = new DataForm(DataKind.File, path), Samples = 16, TestSamples = 4 };
        var (first, second) = (problem.Draw(0), problem.Draw(1));
        first.Training.Labels.Concat(first.Evaluation.Labels).Order().ShouldBe(second.Training.Labels.Concat(second.Evaluation.Labels).Order());
        first.Training.Labels.ShouldNotBe(second.Training.Labels);
        problem.Draw(1).Training.Labels.ShouldBe(second.Training.Labels);
    }

    [Theory]
    [InlineData("samples", "30", "from 2 to 19")]
    [InlineData("test-samples", "9", "from 1 to 4")]
    [InlineData("separation", "3", "left out when data = file")]
    [InlineData("label", "column:q", "no column 'q'")]
    [InlineData("label", "q", "column:NAME")]
    public void WhatTheFileDoesNotAllowIsRefused(string name, string value, string expected)
    {
        var path = folder.Write("train.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(row => FormattableString.Invariant($"{row},{row % 3}.5\n"))));
        Should.Throw<EigenflowException>(() => SystemCatalog.Find(UTurnSystem.Identifier).Complete("tree", new Setting([new("data", "file:" + path), new(name, long.TryParse(value, out var whole) && name != "label" ? whole : value)]))).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("x,y\n1,2\n", "it has 1 row;")]
    [InlineData("x,y\n1,2\n3,4\n", "at least 3 rows")]
    [InlineData("x,y\n1,2\n,4\n3,1\n", "line 3: column 1 (x)")]
    [InlineData("y\n1\n2\n3\n", "it has one column")]
    [InlineData("x,y\n1,2\n2,nan\n3,1\n", "label 'y' of row 2 is missing")]
    public void FilesThatCannotBeLearnedFromAreRefused(string text, string expected) =>
        Should.Throw<InputFileException>(() => SystemCatalog.Find(UTurnSystem.Identifier).Complete("tree", new Setting([new("data", "file:" + folder.Write("bad.csv", text))])) is var setting && SystemCatalog.Find(UTurnSystem.Identifier).Solve(setting) is null).Message.ShouldContain(expected);

    [Fact]
    public void SizesBeyondThoseOfAFitAreRefused()
    {
        var system = SystemCatalog.Find(UTurnSystem.Identifier);
        Should.Throw<ParameterException>(() => system.Complete("ridge", new Setting([new("data", "gaussian"), new("dimension", 1_000_000_000_000L)]))).Parameter.ShouldBe("columns");
        Should.Throw<TooLargeException>(() => system.Solve(system.Complete("kernel", new Setting([new("samples", 300_000L)])))).Message.ShouldContain("lower samples");
        Should.Throw<TooLargeException>(() => system.Solve(system.Complete("forest", new Setting([new("samples", 20_000L), new("trees", 100_000L)])))).Message.ShouldContain("lower trees");
        foreach (var boosters in (long[])[1, 10_000])
            Should.Throw<TooLargeException>(() => system.Solve(system.Complete("boosting", new Setting([new("along", "boosters"), new("samples", 20_000L), new("rounds", 60_000L), new("boosters", boosters)])))).Message.ShouldContain("lower boosters");
    }

    [Fact]
    public void OtherClassesInTheTestFileAreRefused()
    {
        var training = SampleFile.Read(folder.Write("train.csv", "x,kind\n1,a\n2,b\n"), null, LabelKind.Automatic);
        var test = SampleFile.Read(folder.Write("test.csv", "x,kind\n1,b\n2,c\n"), null, LabelKind.Automatic);
        Should.Throw<InputFileException>(() => test.Take([0, 1], training.Classes, "test.csv")).Message.ShouldContain("the class 'c'");
        test.Take([0], ["c", "b"], "test.csv").Labels.ShouldBe([0, 1], "classes are those of the training points, in their order");
    }

    private static byte[] Idx(int magic, int[] axes, byte[] values)
    {
        var bytes = new byte[4 * (axes.Length + 1)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, magic);
        for (var axis = 0; axis < axes.Length; axis++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * (axis + 1)), axes[axis]);
        return [.. bytes, .. values];
    }
}
