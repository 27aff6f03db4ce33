using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>Tables of any shape at any width.</summary>
public sealed class TableShapeTests
{
    private static readonly Table Runs = new(
        "runs", "", ["method", "exponent", "status", "last L", "last one minus s", "seconds"],
        [["flow", "1.5", "completed", "1.2345E-06", "−0.498 ± 0.003", "0.012"], ["sgd", "2.5", "out of window", "0.00123", "—", "12.5"]]);

    private static readonly Table Parameters = new(
        "parameters", "Parameters", ["name", "allowed", "meaning"],
        [
            .. Enumerable.Range(0, 12).Select(k => (IReadOnlyList<string>)
                [$"parameter-number-{k}", "a whole number >= 1 and <= 1e15", "What it means is said at some length, because d = 1000 is not understood otherwise, nor is λ ∝ 1."]),
        ]);

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public void NeitherTableNorWordIsTooWideOrBroken(int width)
    {
        foreach (var table in new[] { Runs, Parameters, SampleReport.Exponents })
        {
            var lines = TableText.Render(table, width).Split('\n');
            lines.Max(line => new StringInfo(line).LengthInTextElements).ShouldBeLessThanOrEqualTo(width);
            var words = lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
            foreach (var word in table.Rows.SelectMany(row => row).SelectMany(cell => cell.Split(' ')))
                words.ShouldContain(word);

            // A status and a number with its interval are one word.
            foreach (var cell in table.Rows.SelectMany(row => row).Where(cell => cell.Length <= 16))
                lines.ShouldContain(line => line.Contains(cell, StringComparison.Ordinal));
        }

        var claims = ClaimsTable.Render(SampleReport.Claims, width).Split('\n');
        claims.Max(line => new StringInfo(line).LengthInTextElements).ShouldBeLessThanOrEqualTo(width);
        claims.ShouldContain(line => line.Contains("out of window", StringComparison.Ordinal) && !line.Contains("claims", StringComparison.Ordinal));
    }

    [Fact]
    public void FewRowsStandSideBySide() => TableText.Render(Runs, 50).Split('\n')[..3].ShouldBe(
        ["method            flow            sgd", "────────────────  ──────────────  ─────────────", "exponent          1.5             2.5"]);

    [Fact]
    public void ManyRowsAreBlocks()
    {
        var lines = TableText.Render(Parameters with { Title = "" }, 44).Split('\n');
        lines[0].ShouldBe("name     parameter-number-0");
        lines[1].ShouldBe("allowed  a whole number >= 1 and <= 1e15");
        lines.Count(line => line.Length == 0).ShouldBe(12);
    }

    [Fact]
    public void AWordLongerThanTheTerminalIsBrokenAlone()
    {
        var table = new Table("t", "", ["a", "b"], [[new string('x', 50), "short words"]]);
        var lines = TableText.Render(table, 30).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => line.Length <= 30);
        string.Concat(lines).Count(letter => letter == 'x').ShouldBe(50);
        lines.ShouldContain(line => line.Contains("short words", StringComparison.Ordinal));
    }

    [Fact]
    public void WideCharactersTakeTwoColumns()
    {
        var table = new Table("t", "", ["名前", "value"], [["損失の値", "1"], ["a", "2"]]);
        var lines = TableText.Render(table, 40).Split('\n');
        lines[1].ShouldBe("────────  ─────");
        lines[2].ShouldBe("損失の値      1");
        lines[3].ShouldBe("a             2");
    }
}
