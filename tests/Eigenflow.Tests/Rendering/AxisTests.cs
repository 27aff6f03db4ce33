using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class AxisTests
{
    [Fact]
    public void ALogarithmicAxisDropsWhatIsNotPositiveOrNotFinite()
    {
        var range = AxisRange.Fit(new Axis("x", true), [-5, 0, double.NaN, double.PositiveInfinity, 1e-2, 1e4], margin: 0);
        range.Minimum.ShouldBe(-2, 1e-12);
        range.Maximum.ShouldBe(4, 1e-12);
        range.Fraction(0).ShouldBe(double.NaN);
        range.Fraction(-1).ShouldBe(double.NaN);
        range.Fraction(10).ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void DecadesAreLabelledAsPowersWithMinorTicksBetween()
    {
        var ticks = LogTicks.Find(new AxisRange(true, -3, 2), 400, 30);
        ticks.Major.Select(tick => tick.Label).ShouldBe(["10^{−3}", "10^{−2}", "10^{−1}", "10^{0}", "10^{1}", "10^{2}"]);
        ticks.Minor.Count.ShouldBe(5 * 8);
    }

    [Fact]
    public void ManyDecadesAreThinnedToEvenSteps()
    {
        var ticks = LogTicks.Find(new AxisRange(true, 0, 100), 300, 30);
        ticks.Major.Select(tick => Math.Log10(tick.Value)).ShouldAllBe(exponent => Math.Abs(exponent % 10) < 1e-9);
        ticks.Major.Count.ShouldBe(11);
    }

    [Fact]
    public void WithinADecadeAllLabelsHaveOneNotation()
    {
        var labels = LogTicks.Find(new AxisRange(true, Math.Log10(2e-4), Math.Log10(4e-3)), 300, 30).Major.Select(tick => tick.Label).ToArray();
        labels.Length.ShouldBeGreaterThan(2);
        labels.ShouldAllBe(label => label.Contains("10^{", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(300, 30)]
    [InlineData(600, 45)]
    public void ALogarithmicAxisShowsAtLeastThreeLabels(double length, double spacing)
    {
        // From a tenth of a decade to three decades, from any place within one.
        for (var width = 0.1; width < 3; width += 0.0731)
        {
            for (var from = -3.0; from < -2; from += 0.0517)
            {
                var range = new AxisRange(true, from, from + width);
                var ticks = LogTicks.Find(range, length, spacing);
                var where = $"{Math.Pow(10, from):G3} to {Math.Pow(10, from + width):G3}";
                ticks.Major.Count.ShouldBeGreaterThanOrEqualTo(3, where);
                ticks.Major.Select(tick => tick.Label).ShouldBeUnique(where);
                ticks.Major.Zip(ticks.Major.Skip(1)).ShouldAllBe(pair => (range.Fraction(pair.Second.Value) - range.Fraction(pair.First.Value)) * length >= 0.6 * spacing, where);
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3e-7, 2e-7)]
    [InlineData(1e8, 1.0002e8)]
    [InlineData(5, 5.0000001)]
    public void LinearTicksLieInsideAscendAndDiffer(double from, double to)
    {
        var range = new AxisRange(false, from, to);
        var ticks = LinearTicks.Find(range, 300, 34);
        ticks.Major.Count.ShouldBeInRange(2, 12);
        ticks.Major.ShouldAllBe(tick => range.Shows(tick.Value));
        ticks.Major.Select(tick => tick.Label).ShouldBeUnique();
        ticks.Major.Select(tick => tick.Value).ShouldBeInOrder();
    }

    [Fact]
    public void EqualValuesAndNoValuesStillMakeARange()
    {
        foreach (var isLogarithmic in new[] { false, true })
        {
            foreach (var values in new double[][] { [], [3, 3], [double.NaN] })
            {
                var range = AxisRange.Fit(new Axis("x", isLogarithmic), values, 0.05);
                range.Maximum.ShouldBeGreaterThan(range.Minimum);
            }
        }
    }
}
