using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void FailedWriteLeavesTheOldFileAndNothingElse()
    {
        folder.Write("result.csv", "old");
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(folder.Path("result.csv"), stream =>
        {
            stream.Write("half of it"u8);
            throw new InvalidOperationException("stopped");
        }));
        folder.Files().ShouldBe(["result.csv"]);
        File.ReadAllText(folder.Path("result.csv")).ShouldBe("old");
    }

    [Fact]
    public void FailedFirstWriteLeavesNothing()
    {
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(folder.Path("result.csv"), _ => throw new InvalidOperationException("stopped")));
        folder.Files().ShouldBeEmpty();
    }

    [Fact]
    public void FoldersAreMadeAndFilesReplaced()
    {
        var path = folder.Path("a/b/result.txt");
        AtomicFile.WriteText(path, "first, and longer");
        AtomicFile.WriteText(path, "λ");
        File.ReadAllBytes(path).ShouldBe([0xCE, 0xBB]);
        Directory.GetFileSystemEntries(folder.Path("a/b")).Length.ShouldBe(1);
    }

    [Fact]
    public void PlacesThatCannotBeWrittenAreNamed()
    {
        folder.Write("file", "x");
        foreach (var path in new[] { folder.Path("file/below/result.txt"), folder.Path("file/result.txt"), folder.Path("."), "", "\0" })
            Should.Throw<InputFileException>(() => AtomicFile.WriteText(path, "y"), $"path '{path}'");
        foreach (var path in new[] { folder.Path("file"), folder.Path("file/below"), "", "\0" })
            Should.Throw<InputFileException>(() => AtomicFile.PrepareFolder(path), $"folder '{path}'");
        folder.Files().ShouldBe(["file"]);
    }

    public void Dispose() => folder.Dispose();
}
