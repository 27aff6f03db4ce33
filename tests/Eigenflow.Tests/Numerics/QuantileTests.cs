using Eigenflow.Numerics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class QuantileTests
{
    // numpy.quantile([-3, 0.5, 2, 10], level), method "linear".
    [Theory]
    [InlineData(0, -3)]
    [InlineData(0.1, -1.95)]
    [InlineData(0.5, 1.25)]
    [InlineData(0.9, 7.6)]
    [InlineData(1, 10)]
    public void QuantilesAreLinearBetweenOrderStatistics(double level, double expected)
    {
        foreach (var unit in new[] { 1e-9, 1, 1e9 })
            Quantile.OfSorted([-3 * unit, 0.5 * unit, 2 * unit, 10 * unit], level).ShouldBe(expected * unit, 1e-14 * unit);
    }

    [Fact]
    public void InfiniteValuesHaveQuantiles()
    {
        double[] sorted = [1, double.PositiveInfinity, double.PositiveInfinity];
        Quantile.OfSorted(sorted, 0).ShouldBe(1);
        Quantile.OfSorted(sorted, 0.1).ShouldBe(double.PositiveInfinity);
        Quantile.OfSorted(sorted, 0.9).ShouldBe(double.PositiveInfinity);
        Quantile.OfSorted(sorted, 1).ShouldBe(double.PositiveInfinity);
        Quantile.OfSorted([7], 0.9).ShouldBe(7);
    }

    [Fact]
    public void MediansLeaveTheOrderOfTheValues()
    {
        double[] values = [5, 1, 4, 2];
        Quantile.Median(values).ShouldBe(3);
        Quantile.Median(values.AsSpan(0, 3)).ShouldBe(4);
        values.ShouldBe([5, 1, 4, 2]);
        Quantile.Median([]).ShouldBe(double.NaN);
    }
}
