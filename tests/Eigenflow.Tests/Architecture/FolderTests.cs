using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Architecture;

/// <summary>A folder holds what one can take in at a glance.</summary>
public sealed class FolderTests
{
    private const int Most = 12;

    [Fact]
    public void AtMostADozenFilesStandSideBySide()
    {
        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src"));
        string[] made = ["obj", "bin", "node_modules", "dist"];
        var folders = Directory.GetDirectories(source, "*", SearchOption.AllDirectories)
            .Where(folder => !Path.GetRelativePath(source, folder).Split(Path.DirectorySeparatorChar).Any(made.Contains))
            .Select(folder => (Folder: Path.GetRelativePath(source, folder), Files: Sources(folder))).ToArray();
        folders.Length.ShouldBeGreaterThan(50);
        folders.Count(pair => pair.Folder.StartsWith("Eigenflow.FrontEnd", StringComparison.Ordinal) && pair.Files > 0).ShouldBeGreaterThan(3);
        folders.Where(pair => pair.Files > Most).ShouldBeEmpty();
    }

    // The tests of the front end stand beside what they test.
    private static int Sources(string folder) =>
        Math.Max(Directory.GetFiles(folder, "*.cs").Length, Directory.GetFiles(folder, "*.ts").Count(file => !file.EndsWith(".test.ts", StringComparison.Ordinal)));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
