using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Example;

/// <summary>docs/adding-a-system.md shows the example line by line, as it is compiled here.</summary>
public sealed class PageTests
{
    private static readonly string[] Files = ["LinearRegression.cs", "LinearRegressionSystem.cs"];

    [Fact]
    public void ThePageShowsTheExampleLineByLine()
    {
        var shown = Blocks(File.ReadAllLines(Path.Combine(Folder(), "..", "..", "..", "docs", "adding-a-system.md"))).ToArray();
        var source = Files.SelectMany(file => File.ReadAllLines(Path.Combine(Folder(), file)))
            .SkipWhile(line => line.Length == 0).Where(line => line.Trim().Length > 0).ToArray();

        // Every block in its order, and nothing left out.
        shown.SelectMany(block => block).Where(line => line.Trim().Length > 0).ShouldBe(source);
    }

    [Fact]
    public void TheExampleIsSmall() => Files.Sum(file => File.ReadAllLines(Path.Combine(Folder(), file)).Length).ShouldBeLessThanOrEqualTo(150);

    private static IEnumerable<string[]> Blocks(string[] lines)
    {
        for (var k = 0; k < lines.Length; k++)
        {
            if (lines[k] != "```csharp")
                continue;
            var end = Array.IndexOf(lines, "```", k);
            yield return lines[(k + 1)..end];
            k = end;
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
