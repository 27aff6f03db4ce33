using Eigenflow.Numerics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Optimisation;

/// <summary>A minimum outside of the first guess is found, wherever it lies.</summary>
public sealed class ScalarMinimumTests
{
    [Theory]
    [InlineData(-95)]
    [InlineData(-2.01)]
    [InlineData(-1.98)]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(2.03)]
    [InlineData(77)]
    public void TheSearchGoesOnBeyondTheGuess(double place) =>
        ScalarMinimum.FindBeyond(x => (x - place) * (x - place), -2, 2, -100, 100).Place.ShouldBe(place, 1e-6);

    [Fact]
    public void ItEndsAtTheLimits()
    {
        ScalarMinimum.FindBeyond(x => x, -2, 2, -7, 9).Place.ShouldBe(-7, 1e-6);
        ScalarMinimum.FindBeyond(x => -x, -2, 2, -7, 9).Place.ShouldBe(9, 1e-6);
        ScalarMinimum.FindBeyond(x => x, -2, 2, -2, 9).Place.ShouldBe(-2, 1e-6);

        // Nothing to choose: it does not run away to the right, and ends on the left.
        ScalarMinimum.FindBeyond(_ => 1, -2, 2, -2, 9).Place.ShouldBe(-2);
    }
}
