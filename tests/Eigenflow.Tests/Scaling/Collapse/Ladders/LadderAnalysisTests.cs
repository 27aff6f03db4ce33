using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Verdicts on made ladders whose truth is known, and what is said where they cannot show something.</summary>
public sealed class LadderAnalysisTests
{
    private static readonly LadderOptions Quick = new() { Resamples = 30 };

    [Fact]
    public void NoiseThatFadesToTheEndIsASupercollapse()
    {
        var ladder = LadderAnalysis.Of(Ladder.Made(7.0 / 6, 1), Quick with { Offset = 0.5 });
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Supercollapse, ladder.Verdict.Sentence);
        ladder.Statistics.Onset.ShouldBeGreaterThan(0.3);
        ladder.Horizon.Exponent.ShouldBe(7.0 / 6, 1e-9);
        ladder.Quality.ShouldNotBeNull();
    }

    [Fact]
    public void NoiseOfEveryRecordIsACollapseAlone()
    {
        var ladder = LadderAnalysis.Of(Ladder.Made(7.0 / 6, 0), Quick with { Offset = 0.5 });
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Collapse, ladder.Verdict.Sentence);
        ladder.Statistics.Onset.ShouldBeLessThan(0.2);
        ladder.Statistics.LateRatio.ShouldBe(Math.Sqrt(2), 0.25, "the noise of the end is added");
        ladder.Statistics.SeedRatio.ShouldBe(1, 0.15);
        ladder.Quality!.S.ShouldBeInRange(0.3, 3);
    }

    [Theory]
    [InlineData(1.6, "too fast")]
    [InlineData(0.8, "too slowly")]
    public void AWrongHorizonIsNoCollapseAndTheDriftNamesItsSide(double gamma, string hint)
    {
        var ladder = LadderAnalysis.Of(Ladder.Made(gamma, 1), Quick with { Offset = 0.5 });
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.NoCollapse, ladder.Verdict.Sentence);
        ladder.Verdict.Hints.ShouldContain(text => text.Contains(hint, StringComparison.Ordinal));
    }

    [Fact]
    public void OneModelThatStandsApartIsNamed()
    {
        LadderRun[] runs = [.. Ladder.Made(7.0 / 6, 1).Select(run => run.Size == 4e6 ? run with { Losses = [.. run.Losses.Select((loss, k) => loss * (1 + (0.05 * (1 - (run.Times[k] / run.EndTime)))))] } : run)];
        var ladder = LadderAnalysis.Of(runs, Quick with { Offset = 0.5 });
        ladder.Verdict.Hints.ShouldContain(text => text.Contains("4×10^{6} alone stands apart", StringComparison.Ordinal));
    }

    [Fact]
    public void AWrongOffsetIsFoundByTheScan()
    {
        LadderRun[] raised = [.. Ladder.Made(7.0 / 6, 1).Select(run => run with { Losses = [.. run.Losses.Select(loss => loss + 10)] })];
        var ladder = LadderAnalysis.Of(raised, Quick with { Offset = 0 });
        ladder.Scan.Best.ShouldBe(10.5, 0.3);
        ladder.Verdict.Hints.ShouldContain(text => text.Contains("look at L0", StringComparison.Ordinal));
        LadderAnalysis.Of(raised, Quick).Fit!.Floor.ShouldBe(10.5, 0.1);
    }

    [Fact]
    public void WithoutSeedsThereIsASpreadAndNoVerdict()
    {
        var ladder = LadderAnalysis.Of([.. Ladder.Made(7.0 / 6, 1).Where(run => run.Seed is "0")], Quick);
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Inconclusive);
        ladder.Verdict.Sentence.ShouldContain("no supercollapse can be claimed");
        ladder.Test.ShouldBeNull();
        ladder.Quality.ShouldBeNull();
        ladder.Fit!.Lower.ShouldBeLessThan(ladder.Fit.Upper);
        ladder.Spread.Lower.ShouldBeLessThanOrEqualTo(ladder.Spread.Upper);

        // Two seeds do not measure the noise; three end points leave no interval without seeds; two are too few.
        LadderAnalysis.Of([.. Ladder.Made(7.0 / 6, 1).Where(run => run.Seed is "0" or "1")], Quick).Verdict.Sentence.ShouldContain("two seeds");
        var three = LadderAnalysis.Of([.. Ladder.Made(7.0 / 6, 1).Where(run => run.Seed is "0" && run.Size <= 4e6)], Quick);
        three.Notes.ShouldContain(note => note.Contains("no interval", StringComparison.Ordinal));
        var two = LadderAnalysis.Of([.. Ladder.Made(7.0 / 6, 1).Where(run => run.Size <= 2e6)], Quick);
        two.Fit.ShouldBeNull();
        two.Notes.ShouldContain(note => note.Contains("2 end points do not determine", StringComparison.Ordinal));
        two.Verdict.Kind.ShouldBe(LadderVerdictKind.Inconclusive);
        LadderAnalysis.Of(Ladder.Made(7.0 / 6, 1), Quick with { HasCompute = false }).Fit.ShouldBeNull();
    }

    [Fact]
    public void WrongLaddersAreOneClearError()
    {
        var runs = Ladder.Made(7.0 / 6, 1);
        Should.Throw<ParameterException>(() => LadderAnalysis.Of([.. runs.Where(run => run.Size == 1e6)], Quick)).Message.ShouldContain("a collapse needs a ladder");
        Should.Throw<ParameterException>(() => LadderAnalysis.Of(runs, Quick with { Offset = 100 })).Parameter.ShouldBe("offset");
        Should.Throw<ParameterException>(() => LadderAnalysis.Of([.. runs, runs[0] with { Size = 5, Schedule = "other" }], Quick)).Parameter.ShouldBe("schedule");
        LadderRun[] rates = [.. runs.Select((run, k) => run with { LearningRates = [.. run.Times.Select(time => k < 10 ? 1 : 1 - (time / run.EndTime))] })];
        Should.Throw<ParameterException>(() => LadderAnalysis.Of(rates, Quick)).Message.ShouldContain("one function of x");
        Should.Throw<ParameterException>(() => LadderAnalysis.Of(runs, Quick with { Ratio = 0 })).Parameter.ShouldBe("ratio");
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Should.Throw<OperationCanceledException>(() => LadderAnalysis.Of(runs, Quick, ended.Token));
    }

    [Fact]
    public void EqualLossesAreNoCollapseOfAnything()
    {
        LadderRun[] flat = [.. Ladder.Sizes.SelectMany(size => Enumerable.Range(0, 3).Select(seed => new LadderRun { Size = size, Seed = $"{seed}", Times = [1, 50, 100], Losses = [2, 2, 2] }))];
        var ladder = LadderAnalysis.Of(flat, Quick);
        ladder.Statistics.RootMeanSquare.ShouldBe(0, 1e-12);
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Inconclusive);
        ladder.Verdict.Sentence.ShouldContain("no noise to compare");
        ladder.Notes.ShouldContain(note => note.Contains("do not fall with compute", StringComparison.Ordinal));
    }

    [Fact]
    public void AStudyHoldsLaddersHorizonsAndSchedules()
    {
        var times = Ladder.Decades(5, 9.5, 300);
        LadderRun[] constant = [.. Ladder.Sizes.Select(size => new LadderRun { Size = size, Seed = "0", Schedule = "constant", Times = times, Losses = [.. times.Select(time => Ladder.Law(time, size))], LearningRates = [.. times.Select(_ => 1e-3)] })];
        LadderRun[] linear = [.. Ladder.Made(7.0 / 6, 1).Where(run => run.Seed is "0").Select(run => run with { Schedule = "linear", LearningRates = [.. run.Times.Select(time => 1e-3 * (1 - (time / run.EndTime)))] })];
        var study = LadderStudy.Of(new LadderData([.. constant, .. linear], [], "tokens", "params", true), Quick, null, null, TestContext.Current.CancellationToken);
        study.Ladders.Select(ladder => ladder.Schedule).ShouldBe(["constant", "linear"]);
        var horizon = study.Horizons.Single();
        horizon.Frontier!.Exponent.ShouldBe(7.0 / 6, 0.1);
        horizon.Collapse!.Exponent.ShouldBe(7.0 / 6, 0.005);
        horizon.Collapse.Offset.ShouldBe(0.5, 0.01);
        study.Transfers.Count.ShouldBe(5);
        study.Transfers[0].Fitted.Alpha.ShouldBe(double.NaN);
        study.Notes.ShouldContain(note => note.StartsWith("no traces", StringComparison.Ordinal));
        foreach (var figure in new[] { LadderFigure.Of(study.Ladders[1], "collapse", "tokens"), HorizonFigure.Of(horizon, study.Ladders[1].Horizon, "horizon")!, TransferFigure.Of(study.Transfers) })
            figure.Panels.ShouldAllBe(panel => panel.Series.Count > 0);

        // One size is no ladder, but its schedule is predicted.
        LadderStudy.Of(new LadderData([constant[0], linear[0]], [], "tokens", "params", true), Quick).Ladders.ShouldBeEmpty();
        Should.Throw<ParameterException>(() => LadderStudy.Of(new LadderData([linear[0]], [], "tokens", "params", true), Quick)).Message.ShouldContain("ladder");
    }
}
