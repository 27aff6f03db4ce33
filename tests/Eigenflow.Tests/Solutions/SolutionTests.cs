using Eigenflow.Solutions;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Solutions;

public sealed class SolutionTests
{
    [Fact]
    public void ColumnsAndEventsAreFoundOrNamed()
    {
        var solution = Make();
        solution.Times.ShouldBe([0, 1]);
        solution["s"].ShouldBe([0.1, 0.2]);
        solution.Has("u").ShouldBeFalse();
        solution.TimeOf("escape").ShouldBe(0.5);
        Should.Throw<ParameterException>(() => solution["u"]).Message.ShouldBe("observable = u is not allowed: it must be one of t, s.");
        Should.Throw<ParameterException>(() => solution.TimeOf("esc")).Message.ShouldContain("one of escape, convergence");
        Should.Throw<ParameterException>(() => solution.TimeOf("convergence")).Message.ShouldContain("raise until (or steps)");
        Should.Throw<ParameterException>(() => solution.At(0.5)).Message.ShouldContain("one of the saved times");
        solution.Status.Word.ShouldBe("completed");
    }

    [Theory]
    [InlineData(1e-3, 1e9, 7)]
    [InlineData(0.1, 3, 2)]
    [InlineData(2, 2, 5)]
    [InlineData(1e-300, 1e300, 9)]
    public void LogarithmicTimesAreEvenAndEndExactly(double first, double last, int count)
    {
        var grid = TimeGrid.Logarithmic(first, last, count);
        grid.Length.ShouldBe(count + 1);
        (grid[0], grid[1], grid[^1]).ShouldBe((0, first, last));
        for (var k = 2; k < count; k++)
            (grid[k + 1] / grid[k]).ShouldBe(grid[k] / grid[k - 1], 1e-12 * grid[k] / grid[k - 1]);
    }

    [Theory]
    [InlineData(1L, 2)]
    [InlineData(5L, 200)]
    [InlineData(1_000_000L, 50)]
    [InlineData(1_000_000_000_000_000L, 200)]
    public void StepsAreDistinctAndEndExactly(long last, int count)
    {
        var grid = TimeGrid.Steps(last, count);
        (grid[0], grid[1], grid[^1]).ShouldBe((0, 1, last));
        grid.Length.ShouldBeLessThanOrEqualTo(count + 1);
        for (var k = 1; k < grid.Length; k++)
            grid[k].ShouldBeGreaterThan(grid[k - 1]);
    }

    [Fact]
    public void MeasurementsThatAreNoNumbersFailTheirClaim()
    {
        Claim.Relative("id", "x", 1, double.NaN, 0.1, "paper", "how").Verdict.ShouldBe(Verdict.Inconclusive);
        Claim.Absolute("id", "x", 1, double.NaN, 0.1, "paper", "how").Verdict.ShouldBe(Verdict.Inconclusive);
        Claim.AtMost("id", "x", 1, double.NaN, "paper", "how").Verdict.ShouldBe(Verdict.Inconclusive);
        Claim.AtLeast("id", "x", 1, double.NaN, "paper", "how").Verdict.ShouldBe(Verdict.Inconclusive);
        Claim.Relative("id", "x", -2, -2.1, 0.1, "paper", "how").Verdict.ShouldBe(Verdict.Holds);
        Claim.Relative("id", "x", -2, -2.3, 0.1, "paper", "how").Verdict.ShouldBe(Verdict.Fails);
        Claim.Absolute("id", "x", 1, 1.05, 0.1, "paper", "how").Tolerance.ShouldBe("within ± 0.1");
        Claim.Relative("id", "x", 1, 1, 1e-10, "paper", "how").Tolerance.ShouldBe("within 10^{−8} %");
        Claim.AtMost("id", "x", 1, 1, "paper", "how").Verdict.ShouldBe(Verdict.Holds);
        Claim.AtLeast("id", "x", 1, 0.9, "paper", "how").Verdict.ShouldBe(Verdict.Fails);
    }

    private static Solution Make() => new()
    {
        System = "phase-retrieval",
        Method = "flow",
        Setting = Setting.Empty,
        Observables = [new Observable("t", "t", "", [0, 1]), new Observable("s", "s", "", [0.1, 0.2])],
        Events = new Dictionary<string, double?>(StringComparer.Ordinal) { ["escape"] = 0.5, ["convergence"] = null },
    };
}
