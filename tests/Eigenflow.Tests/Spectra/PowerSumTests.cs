using Eigenflow.Spectra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

public sealed class PowerSumTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.999999)]
    [InlineData(1.0)]
    [InlineData(1.000001)]
    [InlineData(1.5)]
    [InlineData(2.0)]
    [InlineData(4.0)]
    [InlineData(60.0)]
    [InlineData(-0.5)]
    public void AgreesWithDirectSummation(double exponent)
    {
        foreach (var count in new[] { 1L, 2, 4096, 4097, 5000, 300_000 })
        {
            // Kahan's compensated sum from the small end.
            double sum = 0, rest = 0;
            for (var j = count; j >= 1; j--)
            {
                var term = Math.Pow(j, -exponent) - rest;
                var next = sum + term;
                rest = next - sum - term;
                sum = next;
            }

            PowerSum.Of(exponent, count).ShouldBe(sum, 4e-15 * sum, $"n = {count}");
        }
    }

    [Fact]
    public void HarmonicNumberOfATrillion()
    {
        // H_n = ln n + γ + 1/(2n) − 1/(12n²).
        const double n = 1e12;
        PowerSum.Of(1, (long)n).ShouldBe(Math.Log(n) + 0.57721566490153286 + (1 / (2 * n)), 1e-13);
    }

    [Theory]
    [InlineData(2.0, 1.6449340668482264)]
    [InlineData(1.5, 2.6123753486854883)]
    [InlineData(4.0, 1.0823232337111382)]
    public void TendsToTheZetaFunction(double exponent, double zeta)
    {
        // Σ_{j ≤ n} = ζ(a) − n^(1−a)/(a−1) + n^(−a)/2 − …
        const double n = 1e12;
        var expected = zeta - (Math.Pow(n, 1 - exponent) / (exponent - 1)) + (Math.Pow(n, -exponent) / 2);
        PowerSum.Of(exponent, (long)n).ShouldBe(expected, 2e-15 * expected);
    }

    [Fact]
    public void HalfPowerAtATrillionFollowsEulerMaclaurin()
    {
        // ζ(½) = −1.4603545088095868; Σ j^(−½) = 2√n + ζ(½) + n^(−½)/2 − …
        const double n = 1e12;
        PowerSum.Of(0.5, (long)n).ShouldBe((2 * Math.Sqrt(n)) - 1.4603545088095868 + (0.5 / Math.Sqrt(n)), 1e-8);
    }
}
