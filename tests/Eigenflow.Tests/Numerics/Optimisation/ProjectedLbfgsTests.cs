using Eigenflow.Numerics.Optimisation;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Optimisation;

public sealed class ProjectedLbfgsTests
{
    [Fact]
    public void RosenbrocksValleyIsFollowed()
    {
        var found = ProjectedLbfgs.Minimize(Rosenbrock, [-1.2, 1], [-5, -5], [5, 5], cancellation: TestContext.Current.CancellationToken);
        found.Point[0].ShouldBe(1, 1e-6);
        found.Point[1].ShouldBe(1, 1e-6);
        found.Iterations.ShouldBeLessThan(100);
    }

    [Fact]
    public void BoundsHoldTheMinimum()
    {
        // On x ≤ 0.5 the minimum is at x = 0.5, y = x².
        var found = ProjectedLbfgs.Minimize(Rosenbrock, [-1.2, 1], [-5, -5], [0.5, 5], cancellation: TestContext.Current.CancellationToken);
        found.Point[0].ShouldBe(0.5);
        found.Point[1].ShouldBe(0.25, 1e-6);
    }

    [Fact]
    public void AnIllConditionedQuadraticInABox()
    {
        // Coordinates whose free minimum i − 25 is outside [−10, 10] end at the bound.
        const int Count = 50;
        var found = ProjectedLbfgs.Minimize(
            (point, gradient) =>
            {
                var sum = 0.0;
                for (var i = 0; i < Count; i++)
                {
                    var weight = Math.Pow(10, 4.0 * i / Count);
                    gradient[i] = weight * (point[i] - (i - 25));
                    sum += 0.5 * gradient[i] * (point[i] - (i - 25));
                }

                return sum;
            },
            new double[Count], [.. Enumerable.Repeat(-10.0, Count)], [.. Enumerable.Repeat(10.0, Count)], 2000, 1e-9, TestContext.Current.CancellationToken);
        for (var i = 0; i < Count; i++)
            found.Point[i].ShouldBe(Math.Clamp(i - 25, -10, 10), 1e-5);
    }

    private static double Rosenbrock(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double x = point[0], y = point[1], valley = y - (x * x);
        gradient[0] = (-400 * x * valley) - (2 * (1 - x));
        gradient[1] = 200 * valley;
        return (100 * valley * valley) + ((1 - x) * (1 - x));
    }
}
