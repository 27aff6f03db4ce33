using Eigenflow.Spectra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

public sealed class SmoothSumTests
{
    [Theory]
    [InlineData(0, 5, 4096)]
    [InlineData(0, 30_000, 4096)]
    [InlineData(7_000, 2_000_000, 4096)]
    [InlineData(0, 200_000, 200)]
    public void SmoothSumsAreSums(long first, long end, long directEnd)
    {
        var expected = 0.0;
        for (var i = end; i > first; i--)
            expected += Math.Pow(i, -1.5);
        Sum(first, end, directEnd, number => Math.Pow(number, -1.5)).ShouldBe(expected, 1e-13 * expected);
    }

    [Fact]
    public void TheRemainderIsThatOfTheFifthDerivative()
    {
        // f = i^5 has no remainder but 367/967680 · 120 at both ends, which cancels; f = i^6 has 367/967680 · 720 per mode.
        Sum(0, 40, 8, number => Math.Pow(number, 5)).ShouldBe(Enumerable.Range(1, 40).Sum(i => Math.Pow(i, 5)), 1e-5);
        var error = Sum(0, 40, 8, number => Math.Pow(number, 6)) - Enumerable.Range(1, 40).Sum(i => Math.Pow(i, 6));
        Math.Abs(error).ShouldBe(367.0 / 967_680 * 720 * 32, 0.05);
    }

    private static double Sum(long first, long end, long directEnd, Func<double, double> function) =>
        SmoothSum.Nodes(first, end, directEnd, 0.25).Sum(node => node.Weight * function(node.Number));
}
