using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>What is said of L0 and of causes, and what is not said where nothing supports it.</summary>
public sealed class HonestOffsetTests
{
    private static readonly LadderOptions Quick = new() { Resamples = 30 };

    // A smaller offset makes every spread smaller: it is no advice where the horizon is wrong.
    [Theory]
    [InlineData(1.4)]
    [InlineData(0.9)]
    public void AWrongHorizonIsNotBlamedOnTheOffset(double gamma)
    {
        var ladder = LadderAnalysis.Of(Ladder.Made(gamma, 1), Quick);
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.NoCollapse, ladder.Verdict.Sentence);
        ladder.Verdict.Hints.ShouldNotContain(text => text.Contains("look at L0", StringComparison.Ordinal));
    }

    [Fact]
    public void EndsAtOneTimeHaveNoIrreducibleLoss()
    {
        LadderRun[] constant = [.. NoisyLadder.TwoTerms(3, 5, 0.002, false, 1)];
        var study = LadderStudy.Of(new LadderData(constant, [], "tokens", "params", true), Quick);
        var fit = study.Ladders.Single().Fit!;
        fit.Lower.ShouldBe(double.NaN);
        fit.Draws.ShouldBeEmpty();
        study.Ladders[0].Notes.ShouldContain(note => note.Contains("it is no irreducible loss", StringComparison.Ordinal));
        study.Ladders[0].Verdict.Hints.ShouldNotContain(text => text.Contains("look at L0", StringComparison.Ordinal));

        // Fitted with the horizon it holds the truth.
        var collapse = study.Horizons.Single().Collapse!;
        collapse.Lower.ShouldBeLessThan(7.0 / 6);
        collapse.Upper.ShouldBeGreaterThan(7.0 / 6);
        study.Horizons[0].Notes.ShouldContain(note => note.Contains("it needs 4 sizes", StringComparison.Ordinal));
    }

    [Fact]
    public void EqualSeedsAreNoError()
    {
        var ladder = LadderAnalysis.Of(Ladder.Made(7.0 / 6, 1, 0), Quick);
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Inconclusive);
        ladder.Verdict.Sentence.ShouldContain("no noise to compare");
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e9)]
    public void NoUnitOfTheLossMatters(double unit)
    {
        var plain = LadderAnalysis.Of(Ladder.Made(7.0 / 6, 1), Quick);
        var scaled = LadderAnalysis.Of([.. Ladder.Made(7.0 / 6, 1).Select(run => run with { Losses = [.. run.Losses.Select(loss => loss * unit)] })], Quick);
        scaled.Verdict.Kind.ShouldBe(plain.Verdict.Kind);
        scaled.Statistics.Onset.ShouldBe(plain.Statistics.Onset);
        scaled.Error!.Lower.ShouldBe(plain.Error!.Lower, 1e-3);
        scaled.Error.Upper.ShouldBe(plain.Error.Upper, 1e-3);
    }

    [Fact]
    public void SizesInSeveralUnitsAreDoubted()
    {
        var runs = Ladder.Made(7.0 / 6, 1).Select(run => run.Size < 3e6 ? run with { Size = run.Size / 1e6 } : run).ToArray();
        var ladder = LadderAnalysis.Of(runs, Quick);
        ladder.Notes.ShouldContain(note => note.Contains("are all in one unit?", StringComparison.Ordinal));
        ladder.Verdict.Hints.ShouldNotContain(text => text.Contains("horizon", StringComparison.Ordinal));
    }
}
