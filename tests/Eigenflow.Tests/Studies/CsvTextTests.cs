using Eigenflow.Figures;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>Tables as CSV.</summary>
public sealed class CsvTextTests
{
    [Theory]
    [InlineData("−0.8000", "-0.8000")]
    [InlineData("2.91E−06", "2.91E-06")]
    [InlineData("3 × 10^{4}", "3e4")]
    [InlineData("−3.5 × 10^{−4}", "-3.5e-4")]
    [InlineData("10^{−4}", "1e-4")]
    [InlineData("12", "12")]
    [InlineData("1.5 ± 0.2", "1.5 ± 0.2")]
    [InlineData("−0.8 and logarithms", "−0.8 and logarithms")]
    [InlineData("—", "—")]
    public void NumbersOfTypesettingBecomeNumbersOfPrograms(string cell, string written) =>
        CsvText.Table(new Table("t", "", ["x"], [[cell]])).ShouldBe($"x\n{written}\n");
}
