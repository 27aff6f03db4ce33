using Eigenflow.Random;
using Eigenflow.Scaling;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling;

public sealed class BlockBootstrapTests
{
    [Fact]
    public void BlocksAreLongWhereResidualsAreCorrelated()
    {
        BlockBootstrap.BlockLength(Correlated(400, 0)).ShouldBeInRange(8, 12);
        BlockBootstrap.BlockLength(Correlated(400, 0.8)).ShouldBeGreaterThan(12);
        BlockBootstrap.BlockLength([1.0]).ShouldBe(1);
        BlockBootstrap.BlockLength(Correlated(30, 0.99)).ShouldBeLessThanOrEqualTo(6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void ResampledMeansScatterAsTheMeanOfCorrelatedNoiseDoes(double correlation)
    {
        const int Count = 4000, Replicas = 600;
        var residuals = Correlated(Count, correlation);
        var length = BlockBootstrap.BlockLength(residuals);
        var resample = new double[Count];
        var squares = 0.0;
        for (var replica = 0; replica < Replicas; replica++)
        {
            BlockBootstrap.Resample(residuals, length, 3, replica, resample);
            squares += Math.Pow(resample.Average(), 2);
        }

        // AR(1) with unit innovations: the variance of the mean is 1/(n (1 − r)²). Blocks lose what reaches over their ends.
        var expected = 1 / (Count * Math.Pow(1 - correlation, 2));
        (squares / Replicas / expected).ShouldBeInRange(0.7, 1.3);
    }

    [Fact]
    public void EqualAddressesGiveEqualResamples()
    {
        double[] residuals = Correlated(50, 0.5), first = new double[70], second = new double[70], other = new double[70];
        BlockBootstrap.Resample(residuals, 7, 1, 4, first);
        BlockBootstrap.Resample(residuals, 7, 1, 4, second);
        BlockBootstrap.Resample(residuals, 7, 1, 5, other);
        first.ShouldBe(second);
        first.ShouldNotBe(other);
    }

    [Fact]
    public void IntervalsAreQuantiles()
    {
        var (lower, upper) = BlockBootstrap.Interval([.. Enumerable.Range(0, 101).Select(i => (double)i), double.NaN], 0.9);
        lower.ShouldBe(5, 1e-12);
        upper.ShouldBe(95, 1e-12);
        BlockBootstrap.Interval([1.0]).Lower.ShouldBe(double.NaN);
    }

    private static double[] Correlated(int count, double correlation)
    {
        var values = new double[count];
        GaussianGenerator.Fill(new GaussianAddress(5, 0, 0, 0), 0, values);
        for (var i = 1; i < count; i++)
            values[i] += correlation * values[i - 1];
        return values;
    }
}
