using Eigenflow.Settings;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>Files of points: nothing in them is silently taken for something else.</summary>
public sealed class FileTests : IDisposable
{
    private const string Cloud = "1,0,0\n0,1.5,0\n0,0,0.7\n-1,-1.5,-0.7\n";
    private const string Noisy = "0.9,0.1,-0.2\n0.3,1.2,0.1\n0.2,-0.4,0.9\n-0.8,-1.1,-0.6\n";

    private static readonly RaoBlackwellDiffusionSystem Tested = new();

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void ATransposedNoisySampleIsRefused() =>
        Should.Throw<InputFileException>(() => Of(Cloud, "0.9,0.3,0.2,-0.8\n0.1,1.2,-0.4,-1.1\n-0.2,0.1,0.9,-0.6\n")).Message.ShouldContain("transposed");

    [Fact]
    public void ANoisySampleMayStandInOneRow() => Target(Of(Cloud, Noisy.TrimEnd().ReplaceLineEndings(",") + "\n")).ShouldBe(Target(Of(Cloud, Noisy)));

    [Fact]
    public void ColumnsAreMatchedByTheirNames()
    {
        var expected = Target(Of(Cloud, Noisy));
        var turned = "z,y,x\n" + string.Join('\n', Noisy.TrimEnd().Split('\n').Select(row => string.Join(',', row.Split(',').Reverse())));
        var setting = Of("x,y,z\n" + Cloud, turned);
        Target(setting).ShouldBe(expected);
        Tested.Notes(setting).ShouldContain(note => note.Contains("put in the order of the templates", StringComparison.Ordinal));
        Should.Throw<InputFileException>(() => Of("x,y,z\n" + Cloud, "x,y,w\n" + Noisy)).Message.ShouldContain("the columns of the templates, x, y, z");
        Tested.Notes(Of("x,z,y\n" + Cloud, Noisy)).ShouldContain(note => note.Contains("no names", StringComparison.Ordinal));
    }

    [Fact]
    public void AnIndexIsNoCoordinate()
    {
        var indexed = "index,x,y,z\n" + string.Join('\n', Cloud.TrimEnd().Split('\n').Select((row, k) => FormattableString.Invariant($"{k},{row}")));
        Target(Of(indexed, Noisy)).ShouldBe(Target(Of(Cloud, Noisy)));
        Tested.Numbers(Of(indexed, Noisy, "permutation")).Single(number => number.Name == "template-columns").Value.ShouldBe(3);
        Should.Throw<InputFileException>(() => Of("index,x,y\n0,1,2\n1,3,4.5\n2,0.5,1\n", Noisy)).Message.ShouldContain("is an index and no coordinate");
        Tested.Notes(Complete(("group", "permutation"), ("templates", "file:" + folder.Write("counted.csv", "1,1.5,2\n2,3,4.5\n3,0.5,1\n")))).ShouldContain(note => note.Contains("counts the rows", StringComparison.Ordinal));
    }

    [Fact]
    public void ARowOfNumbersIsNoHeading() =>
        Should.Throw<InputFileException>(() => Complete(("group", "so2"), ("templates", "file:" + folder.Write("text.csv", "1,abc\n3,4\n")))).Message.ShouldContain("numbers and words");

    [Fact]
    public void APathNeedsNoPrefix()
    {
        string cloud = folder.Write("cloud.csv", Cloud), noisy = folder.Write("noisy.csv", Noisy);
        var setting = Complete(("group", "so3"), ("templates", cloud), ("noisy", noisy));
        Target(setting).ShouldBe(Target(Of(Cloud, Noisy)));
        setting.Values["templates"].ShouldBe("file:" + cloud, "files are told by their prefix elsewhere");
        Tested.Notes(setting).ShouldBeEmpty("what was read is no warning");
        Tested.Parameters.Single(parameter => parameter.Name == "templates").OtherName.ShouldBe("template");
        Should.Throw<ParameterException>(() => Complete(("templates", "clou"))).Remedy.ShouldContain("cloud");
    }

    public void Dispose() => folder.Dispose();

    private static double[] Target(CompletedSetting setting) => [.. Tested.Predict(setting).Where(prediction => prediction.Name.StartsWith("target-", StringComparison.Ordinal)).Select(prediction => prediction.Value)];

    private static CompletedSetting Complete(params (string Name, string Value)[] values) =>
        Tested.Complete(null, new Setting(values.Select(pair => KeyValuePair.Create(pair.Name, (object)pair.Value))));

    private CompletedSetting Of(string cloud, string noisy, string group = "so3") =>
        Complete(("group", group), ("templates", "file:" + folder.Write("cloud.csv", cloud)), ("noisy", "file:" + folder.Write("noisy.csv", noisy)));
}
