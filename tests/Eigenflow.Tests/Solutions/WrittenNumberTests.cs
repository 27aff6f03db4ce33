using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Solutions;

/// <summary>No output holds a zero with a sign.</summary>
public sealed class WrittenNumberTests
{
    [Theory]
    [InlineData("-0", "0")]
    [InlineData("−0.000", "0.000")]
    [InlineData("-0.0000 ± 0.01", "0.0000 ± 0.01")]
    [InlineData("[-0.00, 0.10]", "[0.00, 0.10]")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("1e-07", "1e-07")]
    [InlineData("1E-05", "1E-05")]
    [InlineData("10^-0", "10^-0")]
    [InlineData("2026-0", "2026-0")]
    [InlineData("-0.001", "-0.001")]
    [InlineData("a-0", "a-0")]
    public void SignedZerosLoseTheirSign(string text, string expected) => WrittenNumber.Unsigned(text).ShouldBe(expected);

    [Fact]
    public void NumbersAreWrittenAsTheyAre()
    {
        WrittenNumber.RoundTrip(-0.0).ShouldBe("0");
        WrittenNumber.RoundTrip(-1e-300).ShouldBe("-1E-300");
        WrittenNumber.Rounded(-0.0, 5).ShouldBe("0");
        WrittenNumber.Json(-0.0)!.ToJsonString().ShouldBe("0");
        WrittenNumber.Json(double.NaN).ShouldBeNull();
        Setting.Format(-0.0).ShouldBe("0");
    }

    [Fact]
    public void AConvergedRunHasNoSignedZeroInAnyFormat()
    {
        var system = SystemCatalog.Find("phase-retrieval");
        var solution = system.Solve(system.Complete("flow", new Setting([new("dimension", 10L), new("times", new[] { 1.0, 1e300 })])));
        double.IsNegative(solution["one-minus-s"][^1]).ShouldBeTrue("otherwise this tests nothing");
        CsvText.Solutions([solution]).ShouldNotContain("-0,");
        CsvText.Solutions([solution]).ShouldNotContain("-0\n");
        FigureCsv.Render(new Figure { Id = "f", Title = "", Caption = "", Panels = [new Panel { Title = "", X = new Axis("t"), Y = new Axis("y"), Series = [new Series { Label = "y", X = [1, 2], Y = [-0.0, 1] }] }] }).ShouldNotContain("-0");
        using var stream = new MemoryStream();
        SolutionJson.Write(stream, system.Id, [solution], withTimings: false);
        System.Text.Encoding.UTF8.GetString(stream.ToArray()).ShouldNotContain("-0,");
        System.Text.Encoding.UTF8.GetString(stream.ToArray()).ShouldNotContain("-0]");
        TableText.Render(new Table("t", "", ["a"], [["-0.00"]])).ShouldNotContain("-0.00");
    }
}
