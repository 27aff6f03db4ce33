using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>One run that stands out is named, and none where noise alone makes the largest.</summary>
public sealed class StrayRunTests
{
    [Fact]
    public void NoiseHasNoStrayRun()
    {
        var found = Enumerable.Range(0, 100).Count(replica => StrayRun.Of(NormalizedCurves.Of(Ladder.Made(7.0 / 6, 1, replica: replica), 0.5)) is not null);
        found.ShouldBeLessThanOrEqualTo(5, "level 1 %");
    }

    [Fact]
    public void ARunThatStandsOutIsNamed()
    {
        var runs = Ladder.Made(7.0 / 6, 1);
        var index = Array.FindIndex(runs, run => run is { Size: 4e6, Seed: "2" });
        runs[index] = runs[index] with { Losses = [.. runs[index].Losses.Select(loss => 0.5 + ((loss - 0.5) * 1.02))] };
        StrayRun.Of(NormalizedCurves.Of(runs, 0.5)).ShouldBe("size 4×10^{6} seed 2");
    }

    // No verdict on noise without a stray run names one.
    [Fact]
    public void NoVerdictBlamesARunThatDoesNotStandOut()
    {
        for (var replica = 0; replica < 10; replica++)
        {
            var verdict = LadderAnalysis.Of([.. Ladder.Made(7.0 / 6, 1, replica: replica).Where(run => run.Seed is "0" or "1" or "2")], new LadderOptions { Offset = 0.5 }).Verdict;
            verdict.Sentence.ShouldNotContain("stands out");
            verdict.Kind.ShouldNotBe(LadderVerdictKind.NoCollapse, verdict.Sentence);
        }
    }
}
