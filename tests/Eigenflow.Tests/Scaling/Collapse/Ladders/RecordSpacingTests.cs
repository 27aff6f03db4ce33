using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Curves whose sizes are logged at different x: what interpolation makes of them, and what it cannot.</summary>
public sealed class RecordSpacingTests
{
    private static readonly LadderOptions Quick = new() { Resamples = 30 };

    // Straight lines between four records in a decade make Δ 0.3 %, ten times as much.
    [Fact]
    public void MonotoneCubicsHardlyBiasConvexCurves()
    {
        var statistics = CollapseStatistics.Of(NormalizedCurves.Of(Ladder.Made(7.0 / 6, 1, 0, Ladder.PerDecade(4)), 0.5));
        statistics.RootMeanSquare.ShouldBeLessThan(3e-4);
        statistics.Interpolation.ShouldBeInRange(statistics.Systematic, 10 * statistics.Systematic, "what is said of the error is not below it");
        CollapseStatistics.Of(NormalizedCurves.Of(Ladder.Made(7.0 / 6, 1, 0), 0.5)).Interpolation.ShouldBe(0, 1e-9, "at a record nothing is interpolated");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void AnExactCollapseWithLogarithmicRecordsIsFound(double perDecade)
    {
        for (var replica = 0; replica < 3; replica++)
        {
            var ladder = LadderAnalysis.Of(Ladder.Made(7.0 / 6, 1, 0.001, Ladder.PerDecade(perDecade), replica), Quick with { Offset = 0.5 });
            ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Supercollapse, ladder.Verdict.Sentence);
            ladder.Test!.Share.ShouldBeLessThanOrEqualTo(0.1);
        }
    }

    // A wrong horizon is found with such records too.
    [Fact]
    public void AWrongHorizonIsFoundWithLogarithmicRecords()
    {
        var ladder = LadderAnalysis.Of(Ladder.Made(1.5, 1, 0.001, Ladder.PerDecade(4)), Quick with { Offset = 0.5 });
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.NoCollapse, ladder.Verdict.Sentence);
    }

    [Fact]
    public void WhereInterpolationMayMakeTheDifferenceThereIsNoVerdict()
    {
        var ladder = LadderAnalysis.Of(Ladder.Made(7.0 / 6, 1, 2e-5, Ladder.PerDecade(2)), Quick with { Offset = 0.5 });
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Inconclusive, ladder.Verdict.Sentence);
        ladder.Verdict.Sentence.ShouldContain("log more often");
        ladder.Notes.ShouldContain(note => note.Contains("leaving out every second record", StringComparison.Ordinal));
    }

    // A hundred points between ten records are ten.
    [Fact]
    public void PointsBetweenTwoRecordsAreOneMeasurement()
    {
        double[] x = [.. Enumerable.Range(1, 10).Select(k => k / 10.0)];
        var curves = NormalizedCurves.Of(Ladder.Made(7.0 / 6, 0, 0.002, _ => x), 0.5);
        curves.Spacing.IsApart.Count(one => one).ShouldBe(10);
        NormalizedCurves.Of(Ladder.Made(7.0 / 6, 0), 0.5).Spacing.IsApart.ShouldAllBe(one => one);
    }
}
