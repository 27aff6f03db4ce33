using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Eigenflow.Tests.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>Folders of results that someone else has made or touched.</summary>
public sealed class ForeignFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void APartOfAReproductionIsComparedWithItsChecksum()
    {
        var task = Task("part", "table");
        var store = new ReproductionStore(folder.Path("out"), new RenderOptions());
        store.Save(task, task.Run(null, default));
        store.Find(task)!.Tables.Single().Rows.Single().ShouldBe(["1"]);
        var path = Path.Combine(folder.Path("out"), "tasks", "part.json");
        var whole = File.ReadAllBytes(path);

        // Every byte, one bit of it: never another result.
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= (byte)(1 << (at % 7));
            File.WriteAllBytes(path, damaged);
            if (store.Find(task) is { } found)
                found.Tables.Single().Rows.Single().ShouldBe(["1"], $"byte {at}");
        }

        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        store.Find(task).ShouldBeNull();

        // The file of another task, under this one's name.
        store.Save(Task("other", "table"), task.Run(null, default));
        File.Copy(Path.Combine(folder.Path("out"), "tasks", "other.json"), path, overwrite: true);
        store.Find(task).ShouldBeNull();
    }

    [Theory]
    [InlineData("../../escaped")]
    [InlineData("/eigenflow-escaped/part")]
    [InlineData("a/../../escaped")]
    [InlineData(".hidden")]
    [InlineData("a\nb")]
    public void ATaskFileWritesNothingOutsideItsFolder(string id)
    {
        var task = Task("part", "table");
        var store = new ReproductionStore(folder.Path("out"), new RenderOptions());
        store.Save(task, task.Run(null, default));
        var path = Path.Combine(folder.Path("out"), "tasks", "part.json");
        var file = JsonNode.Parse(File.ReadAllText(path))!;

        // With a checksum that agrees: it is no secret.
        var result = file["Result"]!.DeepClone();
        result["Tables"]![0]!["Id"] = id;
        var json = result.ToJsonString();
        var sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"part\n{(string)file["Fingerprint"]!}\n{json}")));
        File.WriteAllText(path, $$"""{"Fingerprint":{{file["Fingerprint"]!.ToJsonString()}},"Sha256":"{{sum}}","Result":{{json}}}""");
        var before = Everything();
        store.Find(task).ShouldBeNull();
        Everything().ShouldBe(before);
        Should.Throw<InputFileException>(() => store.Save(task, new ReproductionResult { Tables = [new Table(id, "", ["a"], [["1"]])] })).Message.ShouldContain("is no identifier");
        Should.Throw<InputFileException>(() => store.Save(task, new ReproductionResult { Figures = [SampleFigures.PowerLaws() with { Id = id }] })).Message.ShouldContain("is no identifier");
        Everything().ShouldBe(before);
    }

    [Fact]
    public void AnotherStudyOfTheSameNameIsToldAndTheSameOneGrows()
    {
        var mine = Study("a/exponents.toml", 2, "first");
        Sweep(mine).Computed.ShouldBe(2);
        Sweep(mine).Kept.ShouldBe(2);
        Sweep(Study("a/exponents.toml", 4, "longer lists")).Computed.ShouldBe(2);

        // Runs that both have do not make them one study.
        var other = Study("b/exponents.toml", 3, "another");
        var error = Should.Throw<ParameterException>(() => Sweep(other));
        error.Message.ShouldContain("another study");
        error.Message.ShouldContain("exponents.toml");
        error.Message.ShouldContain("--out");
        File.ReadAllText(Path.Combine(folder.Path("results"), "study.toml")).ShouldContain("longer lists");
        Should.Throw<ParameterException>(() => SlurmJob.WriteScripts(other, folder.Path("results"), new SlurmRequest(), ["eigenflow"])).Message.ShouldContain("another study");
        Sweep(Study("a/exponents.toml", 4, "longer lists")).Kept.ShouldBe(4);

        // The copy in the folder, from which the tasks of a cluster work, and the same bytes elsewhere.
        Sweep(Study("results/study.toml", 4, "longer lists")).Kept.ShouldBe(4);
        Sweep(Study("c/exponents.toml", 4, "longer lists")).Kept.ShouldBe(4);
        Sweep(Study("a/exponents.toml", 5, "longer still")).Computed.ShouldBe(1);
    }

    [Fact]
    public void AStudyThatMovedWithItsResultsContinuesAndOneThatMovedAloneIsToldHow()
    {
        Directory.CreateDirectory(folder.Path("old"));
        Sweep(Study("old/s.toml", 2, "first"), "old/results").Computed.ShouldBe(2);
        Directory.Move(folder.Path("old"), folder.Path("new"));
        Sweep(Study("new/s.toml", 3, "grown"), "new/results").Computed.ShouldBe(1);
        File.Move(folder.Path("new/s.toml"), folder.Path("s.toml"));
        var moved = Study("s.toml", 4, "grown and moved");
        Should.Throw<ParameterException>(() => Sweep(moved, "new/results")).Message.ShouldContain("delete");
        File.Delete(folder.Path("new/results/study.json"));
        Sweep(moved, "new/results").Computed.ShouldBe(1);
    }

    public void Dispose() => folder.Dispose();

    private SweepOutcome Sweep(Study study, string name = "results") => new SweepRunner { Study = study, Folder = folder.Path(name), Workers = 1 }.Run();

    private Study Study(string path, int count, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Path(path))!);
        var source = Encoding.UTF8.GetBytes(text);
        if (!path.StartsWith("results", StringComparison.Ordinal))
            File.WriteAllBytes(folder.Path(path), source);
        return TinySystem.Study(new TinySystem(), count) with { Path = folder.Path(path), Source = source };
    }

    private ReproductionTask Task(string id, string table) => new()
    {
        Id = id,
        Title = id,
        Run = (_, _) => new ReproductionResult { Tables = [new Table(table, "Title", ["a"], [["1"]])] },
    };

    private string[] Everything() => [.. Directory.GetFiles(folder.Path("."), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
