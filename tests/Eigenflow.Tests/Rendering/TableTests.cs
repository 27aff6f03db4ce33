using Eigenflow.Figures;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class TableTests
{
    [Fact]
    public void ClaimsAreCountedAndFitTheTerminal()
    {
        ClaimsTable.Count(SampleReport.Claims).ShouldBe("7 claims: 2 hold, 1 fails, 1 fails as printed, 1 out of window, 1 inconclusive, 1 reduced");
        var text = ClaimsTable.Render(SampleReport.Claims, 100);
        text.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(100);
        text.ShouldContain("FAILS");
        text.ShouldNotContain("\u001b");
    }

    [Fact]
    public void TablesAlignAndKeepEveryCell()
    {
        var text = TableText.Render(SampleReport.Exponents);
        foreach (var cell in SampleReport.Exponents.Rows.SelectMany(row => row))
            text.ShouldContain(cell);
        text.ShouldContain(SampleReport.Exponents.Caption);
    }

    [Theory]
    [InlineData("−1/3", true)]
    [InlineData("−0.5 ± 0.01", true)]
    [InlineData("(1.2 ± 0.1) × 10^{-7}", true)]
    [InlineData("1.919 × 10^{5}", true)]
    [InlineData("10^{12}", true)]
    [InlineData("—", false)]
    [InlineData("a = 2", false)]
    [InlineData("10^{5} … 10^{8}", false)]
    public void ColumnsOfNumbersAreRecognised(string cell, bool expected) =>
        TableText.IsNumeric(SampleReport.Exponents with { Columns = ["c"], Rows = [[cell]] }, 0).ShouldBe(expected);

    [Fact]
    public void ARowOfAnotherLengthIsRefused() =>
        Should.Throw<ParameterException>(() => TableText.Render(SampleReport.Exponents with { Rows = [["one"]] })).Message.ShouldContain("exponents");

    [Fact]
    public void ColumnsMoveTogetherBeforeWordsAreCut()
    {
        string[] headings = ["method", "exponent", "status", .. Enumerable.Range(0, 6).Select(k => $"x{k}")];
        var table = new Table("t", "", headings, [["flow", "1.5", "completed", .. Enumerable.Repeat("1.23456", 6)], ["flow", "2.5", "completed", .. Enumerable.Repeat("1.23456", 6)]]);
        var lines = TableText.Render(table, 80).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => line.Length <= 80);
        lines.Count(line => line.Contains("completed", StringComparison.Ordinal)).ShouldBe(2);
        lines.Length.ShouldBe(4);

        // Numbers and words stay whole, so that this one cannot fit: it is turned, one run beside the other.
        var turned = TableText.Render(table, 60).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        turned.ShouldAllBe(line => line.Length <= 60);
        turned.ShouldContain(line => line.StartsWith("status", StringComparison.Ordinal) && line.Split("completed").Length == 3);
    }
}
