using Eigenflow.Dynamics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Dynamics;

/// <summary>What would take years is refused, and what takes months is not.</summary>
public sealed class WorkLimitTests
{
    [Fact]
    public void AllThatEndsIsAllowed()
    {
        WorkLimit.Check(1e15, 1, 10);
        WorkLimit.Check(1e12, 1000, 100);
        WorkLimit.Check(0, 65535, double.MaxValue);
    }

    [Theory]
    [InlineData(1e15, 1, 1e4, "100 years")]
    [InlineData(4e17, 10, 1e3, "4e4 years")]
    public void YearsAreNamed(double steps, double replicas, double work, string years)
    {
        var error = Should.Throw<ParameterException>(() => WorkLimit.Check(steps, replicas, work));
        error.Parameter.ShouldBe("steps");
        error.Message.ShouldContain(years);
        error.Message.Contains("replicas", StringComparison.Ordinal).ShouldBe(replicas > 1);
    }
}
