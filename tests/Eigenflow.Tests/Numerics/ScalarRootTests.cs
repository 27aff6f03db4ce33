using Eigenflow.Numerics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class ScalarRootTests
{
    [Fact]
    public void SmoothFunctionsNeedFewEvaluations()
    {
        var evaluations = 0;
        double Count(double x)
        {
            evaluations++;
            return Math.Cos(x) - x;
        }

        ScalarRoot.Find(Count, 0, 1).ShouldBe(0.73908513321516064, 2e-16);
        evaluations.ShouldBeLessThan(15);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(3e-10)]
    [InlineData(0.7)]
    [InlineData(123.456)]
    [InlineData(1e200)]
    public void RootsOfEverySizeAreFoundToRounding(double root)
    {
        ScalarRoot.Find(x => x - root, -1, 1e250).ShouldBe(root, 3e-16 * root);
        ScalarRoot.Find(x => Math.Pow(x / root, 5) - 1, 0, 1e4 * root).ShouldBe(root, 3e-15 * root);
        ScalarRoot.Find(x => x < root ? -1 : 1, 0, 1e250).ShouldBe(root, 3e-16 * root, "a step");
    }

    [Fact]
    public void FlatAndNoisyFunctionsEnd()
    {
        // Triple roots, and rounding that changes the sign at random.
        ScalarRoot.Find(x => Math.Pow(x - 0.3, 3), 0, 1).ShouldBe(0.3, 1e-5);
        ScalarRoot.Find(x => (1 + (1e-16 * Math.Sin(1e20 * x))) - 1 + (x > 0.5 ? 1e-17 : -1e-17), 0, 1).ShouldBeInRange(0, 1);
    }

    [Fact]
    public void WithoutAChangeOfSignTheNearerEndIsGiven()
    {
        ScalarRoot.Find(x => 1 + x, 0, 1).ShouldBe(0);
        ScalarRoot.Find(x => x - 3, 0, 1).ShouldBe(1);
        ScalarRoot.Find(x => x, 0, 1).ShouldBe(0);
        ScalarRoot.Find(_ => double.NaN, 2, 3).ShouldBe(2);
    }
}
