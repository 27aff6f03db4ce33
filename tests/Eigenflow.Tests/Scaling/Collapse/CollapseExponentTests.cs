using Eigenflow.Random;
using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>An exponent is found inside of a range, or none is.</summary>
public sealed class CollapseExponentTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.4, 1.45)]
    [InlineData(1.6, 2)]
    public void AnEndOfTheRangeIsNoExponent(double from, double to)
    {
        var found = CollapseExponent.Find(Made(0), from, to);
        found.IsAtEdge.ShouldBeTrue();
        found.Lower.ShouldBe(double.NaN);
        found.IntervalMethod.ShouldContain("widen the range");
    }

    [Fact]
    public void InsideOfTheRangeItIs()
    {
        var found = CollapseExponent.Find(Made(0), 0.5, 2.5);
        found.IsAtEdge.ShouldBeFalse();
        found.IsNone.ShouldBeFalse();
        found.Exponent.ShouldBe(1.5, 0.02);
        found.Lower.ShouldBeLessThan(found.Exponent);
        found.Upper.ShouldBeGreaterThan(found.Exponent);
    }

    // Amplitudes that grow with size are of no rescaling of x.
    [Fact]
    public void CurvesThatCollapseAtNoExponentAreToldSo() => CollapseExponent.Find(Made(0.05), 0.5, 2.5).IsNone.ShouldBeTrue();

    private static CollapseCurve[] Made(double shift)
    {
        double[] sizes = [100, 300, 1000, 3000], times = Ladder.Decades(0, 7, 120);
        return
        [
            .. sizes.SelectMany((size, m) => Enumerable.Range(0, 5).Select(seed =>
            {
                var normals = new double[121];
                GaussianGenerator.Fill(new GaussianAddress(5, m, seed, 0), 0, normals);
                double[] y = [.. times.Select((t, k) => Math.Pow(1 + (t / Math.Pow(size, 1.5) * Math.Exp(0.02 * normals[120])), -0.7) * (1 + (0.006 * normals[k])) * (1 + (shift * Math.Log10(size))))];
                return new CollapseCurve(FormattableString.Invariant($"{size}"), times, y, $"{seed}");
            })),
        ];
    }
}
