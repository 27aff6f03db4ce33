using Eigenflow.Numerics.Ode;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class EventLocationTests
{
    [Fact]
    public void RiseIsLocatedToRounding() =>
        EventLocation.FirstRise(0, 2, x => (x * x) - 2).ShouldNotBeNull().ShouldBe(Math.Sqrt(2), 1e-15);

    [Fact]
    public void FirstOfSeveralRisesIsTaken() =>
        EventLocation.FirstRise(0, 5 * Math.PI / 2, Math.Sin).ShouldBe(0);

    [Fact]
    public void EarlierRiseWithinTheStepIsFound() =>
        EventLocation.FirstRise(-1, 8, x => Math.Sin(x)).ShouldNotBeNull().ShouldBe(0, 1e-15);

    [Fact]
    public void MarginThatRisesAndFallsWithinTheStepIsFoundAndOneThatNeverRisesIsNot()
    {
        EventLocation.FirstRise(0, 2, x => 0.1 - Math.Abs(x - 1)).ShouldNotBeNull().ShouldBe(0.9, 1e-15);
        EventLocation.FirstRise(0, 2, x => -x).ShouldBe(0);
        EventLocation.FirstRise(0, 2, x => -1 - x).ShouldBeNull();
    }

    [Fact]
    public void ResultLiesOnTheSideWhereTheMarginIsNotNegative()
    {
        Func<double, double> margin = x => Math.Exp(x) - 3;
        var point = EventLocation.FirstRise(0, 10, margin).ShouldNotBeNull();
        margin(point).ShouldBeGreaterThanOrEqualTo(0);
        margin(Math.BitDecrement(point)).ShouldBeLessThanOrEqualTo(0);
    }
}
