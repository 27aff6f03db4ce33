using Eigenflow.Random;
using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Verdict, cause and size of the error of ladders whose horizon exponent is off.</summary>
public sealed class HorizonErrorTests
{
    private static readonly LadderOptions Known = new() { Resamples = 30, Offset = 0.5 };

    [Theory]
    [InlineData(1.02, "too fast")]
    [InlineData(1.05, "too fast")]
    [InlineData(1.1, "too fast")]
    [InlineData(1.2, "too fast")]
    [InlineData(0.95, "too slowly")]
    [InlineData(0.8, "too slowly")]
    public void AnExponentThatIsOffIsNoSupercollapseAndItsErrorIsEstimated(double factor, string hint)
    {
        var ladder = LadderAnalysis.Of(Made(7.0 / 6 * factor, true), Known);
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.NoCollapse, ladder.Verdict.Sentence);
        ladder.Verdict.Hints.ShouldContain(text => text.Contains(hint, StringComparison.Ordinal));
        var error = ladder.Error!;
        error.IsTold.ShouldBeTrue();
        error.HasSize.ShouldBeTrue();
        error.Value.ShouldBe(7.0 / 6 * (factor - 1), 0.015);
        (error.Upper - error.Lower).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void TheRightExponentIsASupercollapseWithoutAnError()
    {
        var ladder = LadderAnalysis.Of(Made(7.0 / 6, true), Known);
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.Supercollapse, ladder.Verdict.Sentence);
        ladder.Error!.IsTold.ShouldBeFalse();
        ladder.Verdict.Hints.ShouldBeEmpty();
    }

    // A wrong L0 makes a drift too: it is named, and no horizon is blamed.
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void AWrongOffsetIsToldFromAWrongHorizon(double offset)
    {
        var ladder = LadderAnalysis.Of(Made(7.0 / 6, true), Known with { Offset = offset });
        ladder.Verdict.Kind.ShouldBe(LadderVerdictKind.NoCollapse);
        ladder.Error!.IsOffsetRefused.ShouldBeTrue();
        ladder.Error.IsTold.ShouldBeFalse();
        ladder.Verdict.Hints.ShouldContain(text => text.Contains("look at L0 first", StringComparison.Ordinal));
        ladder.Verdict.Hints.ShouldNotContain(text => text.Contains("too large by", StringComparison.Ordinal) || text.Contains("too small by", StringComparison.Ordinal));

        // Beside a wrong horizon it does not hide it.
        LadderAnalysis.Of(Made(7.0 / 6 * 1.2, true), Known with { Offset = offset }).Error!.Lower.ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void WhatIndependentNoiseHidesIsNotClaimed()
    {
        var right = LadderAnalysis.Of(Made(7.0 / 6, false), Known);
        right.Verdict.Kind.ShouldBe(LadderVerdictKind.Collapse, right.Verdict.Sentence);
        right.Error!.IsTold.ShouldBeFalse();
        var wrong = LadderAnalysis.Of(Made(7.0 / 6 * 1.2, false), Known);
        wrong.Verdict.Kind.ShouldBe(LadderVerdictKind.NoCollapse);
        wrong.Error!.Value.ShouldBe(7.0 / 6 * 0.2, 0.04);

        // With L0 fitted five per cent are within what L0 may explain.
        var hidden = LadderAnalysis.Of(Made(7.0 / 6 * 1.05, false), Known with { Offset = null });
        hidden.Verdict.Kind.ShouldNotBe(LadderVerdictKind.Supercollapse);
    }

    [Fact]
    public void ADecayingRateHasASideAndNoSize()
    {
        LadderRun[] Linear(double gamma) => [.. Made(gamma, true).Select(run => run with { Schedule = "linear", LearningRates = [.. run.Times.Select(time => 1 - (0.999 * time / run.EndTime))] })];
        var error = HorizonError.Of(Linear(7.0 / 6 * 1.2), 0.5, TestContext.Current.CancellationToken)!;
        error.HasSize.ShouldBeFalse();
        error.IsTold.ShouldBeTrue();
        error.Value.ShouldBeGreaterThan(0);
        HorizonError.Of(Linear(7.0 / 6), 0.5, TestContext.Current.CancellationToken)!.IsTold.ShouldBeFalse();
        HorizonError.Of([.. Linear(1).Where(run => run.Seed is "0")], 0.5, TestContext.Current.CancellationToken).ShouldBeNull();
    }

    private static LadderRun[] Made(double gamma, bool isFading) =>
    [
        .. new[] { 1e6, 2e6, 4e6, 8e6, 1.6e7 }.SelectMany((size, m) => Enumerable.Range(0, 5).Select(seed =>
        {
            var horizon = 2e8 * Math.Pow(size / 4e6, gamma);
            var normals = new double[101];
            GaussianGenerator.Fill(new GaussianAddress(3, m, seed, 0), 0, normals);
            double[] x = [.. NormalizedCurves.DefaultGrid];
            double Noise(int k) => 0.002 * (isFading ? normals[100] + (0.5 * normals[k] * Math.Sqrt(1 - x[k])) : normals[k]);
            return new LadderRun
            {
                Size = size,
                Seed = $"{seed}",
                Times = [.. x.Select(value => value * horizon)],
                Losses = [.. x.Select((value, k) => 0.5 + (((400 * Math.Pow(value * horizon, -0.3)) + (300 * Math.Pow(size, -0.35))) * (1 + Noise(k))))],
            };
        })),
    ];
}
