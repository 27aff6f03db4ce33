using Eigenflow.Numerics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class NonNegativeLeastSquaresTests
{
    // By exact fractions over all sets of columns: (4/5, 0, 17/30), with all three columns (388/249, −59/83, 353/498).
    [Theory]
    [InlineData(1e-9)]
    [InlineData(1)]
    [InlineData(1e9)]
    public void ColumnsThatWouldBeNegativeAreLeftOut(double unit)
    {
        double[][] columns = [[1, 2, 0, 1], [0, 3, 1, 1], [2 * unit, 0, 1 * unit, 1 * unit]];
        var found = NonNegativeLeastSquares.Solve(columns, [3, 1, 0, 1.5], [1, 1, 2, 1]);
        found[0].ShouldBe(0.8, 1e-10);
        found[1].ShouldBe(0);
        found[2].ShouldBe(17.0 / 30 / unit, 1e-10 / unit);
    }

    [Fact]
    public void ColumnsThatSayTheSameShareIt()
    {
        var found = NonNegativeLeastSquares.Solve([[1, 2], [1, 2], [0, 0]], [2, 4], [1, 1]);
        (found[0] + found[1]).ShouldBe(2, 1e-9);

        // Rounding over the ridge of 1e-12.
        found[0].ShouldBe(1, 1e-3);
        found[2].ShouldBe(0);
    }
}
