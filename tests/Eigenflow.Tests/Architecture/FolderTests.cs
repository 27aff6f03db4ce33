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
        var crowded = Directory.GetDirectories(source, "*", SearchOption.AllDirectories)
            .Where(folder => !folder.Contains("/obj", StringComparison.Ordinal) && !folder.Contains("/bin", StringComparison.Ordinal))
            .Select(folder => (Folder: Path.GetRelativePath(source, folder), Files: Directory.GetFiles(folder, "*.cs").Length)).ToArray();
        crowded.Length.ShouldBeGreaterThan(50);
        crowded.Where(pair => pair.Files > Most).ShouldBeEmpty();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
