using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

/// <summary>The one rule of verdicts.</summary>
public sealed class ClaimVerdictTests
{
    private const double Infinite = double.PositiveInfinity;

    // Without an interval: the word that comparing two numbers gives, edges included.
    [Theory]
    [InlineData(ClaimTest.Relative, 2, 2.25, 0.125, Verdict.Holds)]
    [InlineData(ClaimTest.Relative, -2, -2.25, 0.125, Verdict.Holds)]
    [InlineData(ClaimTest.Relative, 2, 2.2500001, 0.125, Verdict.Fails)]
    [InlineData(ClaimTest.Relative, 2, -2, 0.5, Verdict.Fails)]
    [InlineData(ClaimTest.Relative, 0, 0, 0.1, Verdict.Holds)]
    [InlineData(ClaimTest.Relative, 0, 1e-300, 0.1, Verdict.Fails)]
    [InlineData(ClaimTest.Relative, Infinite, Infinite, 0.1, Verdict.Holds)]
    [InlineData(ClaimTest.Relative, Infinite, -Infinite, 0, Verdict.Fails)]
    [InlineData(ClaimTest.Relative, Infinite, 5, 0.1, Verdict.Fails)]
    [InlineData(ClaimTest.Relative, 1, Infinite, 0.1, Verdict.Fails)]
    [InlineData(ClaimTest.Absolute, 1, 1.25, 0.25, Verdict.Holds)]
    [InlineData(ClaimTest.Absolute, 1, 1.2500001, 0.25, Verdict.Fails)]
    [InlineData(ClaimTest.Absolute, 3, 3, 0, Verdict.Holds)]
    [InlineData(ClaimTest.Absolute, 3, 4, 0, Verdict.Fails)]
    [InlineData(ClaimTest.Absolute, 1, -Infinite, 1e300, Verdict.Fails)]
    [InlineData(ClaimTest.AtMost, 1, 1, 0, Verdict.Holds)]
    [InlineData(ClaimTest.AtMost, 1, 1.0000001, 0, Verdict.Fails)]
    [InlineData(ClaimTest.AtMost, 1, -Infinite, 0, Verdict.Holds)]
    [InlineData(ClaimTest.AtMost, 1, Infinite, 0, Verdict.Fails)]
    [InlineData(ClaimTest.AtLeast, 1, 1, 0, Verdict.Holds)]
    [InlineData(ClaimTest.AtLeast, 1, 0.9999999, 0, Verdict.Fails)]
    [InlineData(ClaimTest.AtLeast, 1, Infinite, 0, Verdict.Holds)]
    [InlineData(ClaimTest.AtLeast, -1, -Infinite, 0, Verdict.Fails)]
    [InlineData(ClaimTest.Absolute, double.NaN, 1, 1, Verdict.OutOfWindow)]
    [InlineData(ClaimTest.Absolute, double.NaN, double.NaN, 1, Verdict.OutOfWindow)]
    [InlineData(ClaimTest.Relative, 1, double.NaN, 1, Verdict.Inconclusive)]
    [InlineData(ClaimTest.AtMost, 1, double.NaN, 0, Verdict.Inconclusive)]
    [InlineData(ClaimTest.AtLeast, 1, double.NaN, 0, Verdict.Inconclusive)]
    public void AMeasurementWithoutNoiseIsComparedAsItIs(ClaimTest test, double predicted, double measured, double margin, Verdict expected)
    {
        Make(test, predicted, measured, margin, null).Verdict.ShouldBe(expected);
        if (!double.IsNaN(measured))
            Make(test, predicted, measured, margin, 0).Verdict.ShouldBe(expected, "an interval of no width is no interval");
    }

    [Theory]
    [InlineData(ClaimTest.Absolute, 1, 1.125, 0.25, 0.125, Verdict.Holds)] // touches the edge from within
    [InlineData(ClaimTest.Absolute, 1, 1.125, 0.25, 0.126, Verdict.Inconclusive)]
    [InlineData(ClaimTest.Absolute, 1, 1, 0.25, 0.26, Verdict.Inconclusive)] // in the middle, wider than the tolerance
    [InlineData(ClaimTest.Absolute, 1, 1.5, 0.25, 0.25, Verdict.Inconclusive)] // touches the edge from outside
    [InlineData(ClaimTest.Absolute, 1, 1.5, 0.25, 0.24, Verdict.Fails)]
    [InlineData(ClaimTest.Absolute, 1, 1, 0, 0.1, Verdict.Inconclusive)] // "exactly" with noise
    [InlineData(ClaimTest.Relative, -2, -2.125, 0.125, 0.125, Verdict.Holds)]
    [InlineData(ClaimTest.Relative, -2, -2.125, 0.125, 0.13, Verdict.Inconclusive)]
    [InlineData(ClaimTest.Relative, 0, 0, 0.5, 0.1, Verdict.Inconclusive)] // a part of zero is no tolerance
    [InlineData(ClaimTest.Relative, 0, 1, 0.5, 0.1, Verdict.Fails)]
    [InlineData(ClaimTest.AtMost, 1, 0.75, 0, 0.25, Verdict.Holds)]
    [InlineData(ClaimTest.AtMost, 1, 0.75, 0, 0.26, Verdict.Inconclusive)]
    [InlineData(ClaimTest.AtMost, 1, 1.25, 0, 0.25, Verdict.Inconclusive)]
    [InlineData(ClaimTest.AtMost, 1, 1.25, 0, 0.24, Verdict.Fails)]
    [InlineData(ClaimTest.AtLeast, 1, 1.25, 0, 0.25, Verdict.Holds)]
    [InlineData(ClaimTest.AtLeast, 1, 1.25, 0, 0.26, Verdict.Inconclusive)]
    [InlineData(ClaimTest.AtLeast, 1, 0.75, 0, 0.24, Verdict.Fails)]
    [InlineData(ClaimTest.AtLeast, 1, 0.75, 0, 0.25, Verdict.Inconclusive)]
    [InlineData(ClaimTest.Absolute, 1, 1, 0.25, Infinite, Verdict.Inconclusive)]
    [InlineData(ClaimTest.Absolute, 1, 9, 0.25, double.NaN, Verdict.Inconclusive)] // one replica: no error
    [InlineData(ClaimTest.AtMost, 1, Infinite, 0, Infinite, Verdict.Inconclusive)]
    public void AnIntervalOnBothSidesCannotTell(ClaimTest test, double predicted, double measured, double margin, double half, Verdict expected)
    {
        var claim = Make(test, predicted, measured, margin, half);
        claim.Verdict.ShouldBe(expected);
        (claim.Reason.Length > 0).ShouldBe(expected == Verdict.Inconclusive);
    }

    // Rows: kind, agrees, horizon reached, size reached.
    [Theory]
    [InlineData(PredictionKind.Exact, true, true, true, Verdict.Holds)]
    [InlineData(PredictionKind.Exact, true, true, false, Verdict.Reduced)]
    [InlineData(PredictionKind.Exact, true, false, true, Verdict.Inconclusive)]
    [InlineData(PredictionKind.Exact, true, false, false, Verdict.Inconclusive)]
    [InlineData(PredictionKind.Exact, false, false, false, Verdict.Fails)]
    [InlineData(PredictionKind.Bound, false, false, false, Verdict.Fails)]
    [InlineData(PredictionKind.Asymptotic, true, true, false, Verdict.Reduced)]
    [InlineData(PredictionKind.Asymptotic, false, true, true, Verdict.Fails)]
    [InlineData(PredictionKind.Asymptotic, false, true, false, Verdict.Inconclusive)]
    [InlineData(PredictionKind.Asymptotic, false, false, true, Verdict.Inconclusive)]
    [InlineData(PredictionKind.Heuristic, false, true, false, Verdict.Inconclusive)]
    [InlineData(PredictionKind.Heuristic, false, true, true, Verdict.Fails)]
    public void ShortAndSmallTestsSayLess(PredictionKind kind, bool agrees, bool reachesHorizon, bool reachesSize, Verdict expected) =>
        Claim.AtMost("id", "x", 1, agrees ? 0.5 : 2, "paper", "how", kind)
            .UpTo(reachesHorizon ? 100 : 99, claimed: 100).At("runs", 5).At("d", reachesSize ? 101 : 100, 1000).Verdict.ShouldBe(expected);

    [Fact]
    public void AllTimesAreTenTimesTheHorizon()
    {
        var claim = Claim.AtMost("id", "x", 1, 0.5, "paper", "how");
        claim.ForAllTimes(1000, 100).Verdict.ShouldBe(Verdict.Holds);
        claim.ForAllTimes(1000 * (1 - 1e-12), 100).Verdict.ShouldBe(Verdict.Holds, "rounding of times is no shortage");
        claim.ForAllTimes(999, 100).Verdict.ShouldBe(Verdict.Inconclusive);
        claim.ForAllTimes(999, 100).Reason.ShouldContain("needs t = 1000");
        claim.ForAllTimes(double.NaN, 100).Verdict.ShouldBe(Verdict.Inconclusive);

        // One counterexample refutes it, however early and whatever is promised.
        foreach (var kind in Enum.GetValues<PredictionKind>())
            (claim with { Measured = 2, Kind = kind }).ForAllTimes(5, 100).Verdict.ShouldBe(Verdict.Fails);
    }

    [Fact]
    public void OutOfWindowComesFirstThenWhatIsLacking()
    {
        var claim = Claim.Absolute("id", "x", 1, 5, 0.1, "paper", "how") with { Outside = "d = 10", Lacks = "replicas" };
        (claim.Verdict, claim.Reason).ShouldBe((Verdict.OutOfWindow, "d = 10"));
        claim = claim with { Outside = "" };
        (claim.Verdict, claim.Reason).ShouldBe((Verdict.Inconclusive, "replicas"));
        (claim with { Predicted = double.NaN }).Verdict.ShouldBe(Verdict.Inconclusive);
        (claim with { Lacks = "" }).Verdict.ShouldBe(Verdict.Fails);
    }

    [Fact]
    public void AWiderIntervalOnlyEverBecomesInconclusive()
    {
        var random = new System.Random(1);
        var words = new HashSet<(Verdict, Verdict)>();
        foreach (var test in Enum.GetValues<ClaimTest>())
        {
            for (var trial = 0; trial < 2000; trial++)
            {
                var claim = Make(test, Number(random), Number(random), random.NextDouble() * (trial % 3), random.NextDouble());
                var wider = claim with { Uncertainty = claim.Uncertainty * (1 + (3 * random.NextDouble())) };
                words.Add((claim.Verdict, wider.Verdict));
                if (wider.Verdict != claim.Verdict)
                    wider.Verdict.ShouldBe(Verdict.Inconclusive, claim.ToString());
            }
        }

        words.ShouldContain((Verdict.Holds, Verdict.Inconclusive));
        words.ShouldContain((Verdict.Fails, Verdict.Inconclusive));
        words.ShouldContain((Verdict.Holds, Verdict.Holds));
        words.ShouldContain((Verdict.Fails, Verdict.Fails));
    }

    // The true mean is the bound itself, which is the worst case for both errors: 2.5 % each, ± 4 standard errors of 4000 trials.
    [Fact]
    public void ATrueClaimRarelyFailsAndAFalseOneRarelyHolds()
    {
        const int Trials = 4000;
        const int Runs = 5;
        var random = new MathNet.Numerics.Random.MersenneTwister(7);
        var counts = new Dictionary<Verdict, int> { [Verdict.Holds] = 0, [Verdict.Fails] = 0, [Verdict.Inconclusive] = 0 };
        for (var trial = 0; trial < Trials; trial++)
        {
            double[] values = new double[Runs];
            MathNet.Numerics.Distributions.Normal.Samples(random, values, 3, 2);
            counts[Claim.AtMost("id", "x", 3, values.Average(), "paper", "how", uncertainty: MeanOfRuns.Half(values)).Verdict]++;
        }

        foreach (var error in new[] { Verdict.Holds, Verdict.Fails })
            (counts[error] / (double)Trials).ShouldBe(0.025, 4 * Math.Sqrt(0.025 * 0.975 / Trials));
    }

    [Fact]
    public void TooFewRunsCannotTellWhateverTheirMean()
    {
        // 4 standard errors of a fifth of the theory are four fifths of it.
        Of(0.2, 1.1).Verdict.ShouldBe(Verdict.Inconclusive);
        Of(0.2, 1.1).Reason.ShouldContain("80 % of the theory");
        Of(0.01, 1.03).Verdict.ShouldBe(Verdict.Holds);
        Of(0.01, 1.05).Verdict.ShouldBe(Verdict.Fails);
        Of(double.NaN, 1).Verdict.ShouldBe(Verdict.Inconclusive, "a single run has no error");
        MeanOfRuns.Of([]).Claim("id", "x", 9, null, "paper", "how", PredictionKind.Exact).Verdict.ShouldBe(Verdict.Inconclusive);
        double.IsNaN(MeanOfRuns.Half([1])).ShouldBeTrue();

        static Claim Of(double error, double mean) => MeanOfRuns.Of([(1, 1, 0.01), (mean, 1, error)]).Claim("id", "x", 9, null, "paper", "how", PredictionKind.Exact);
    }

    // Factors are powers of two, so that the edges are not moved by rounding.
    [Fact]
    public void UnitsChangeNothing()
    {
        var random = new System.Random(2);
        foreach (var test in Enum.GetValues<ClaimTest>())
        {
            for (var trial = 0; trial < 500; trial++)
            {
                var claim = Make(test, Number(random), Number(random), random.NextDouble(), trial % 2 == 0 ? null : random.NextDouble());
                foreach (var factor in new[] { Math.Pow(2, 30), Math.Pow(2, -30), Math.Pow(2, -300) })
                {
                    var scaled = claim with
                    {
                        Predicted = factor * claim.Predicted,
                        Measured = factor * claim.Measured,
                        Uncertainty = factor * claim.Uncertainty,
                        Margin = test == ClaimTest.Absolute ? factor * claim.Margin : claim.Margin,
                    };
                    scaled.Verdict.ShouldBe(claim.Verdict, claim.ToString());
                    var mirrored = claim with
                    {
                        Predicted = -claim.Predicted,
                        Measured = -claim.Measured,
                        Test = test switch { ClaimTest.AtMost => ClaimTest.AtLeast, ClaimTest.AtLeast => ClaimTest.AtMost, _ => test },
                    };
                    mirrored.Verdict.ShouldBe(claim.Verdict, claim.ToString());
                }
            }
        }
    }

    // A statement that is known to be wrong is confirmed by a counterexample of any size, and fails where it holds.
    [Theory]
    [InlineData(1.5, null, Verdict.FailsAsPrinted)]
    [InlineData(0.5, null, Verdict.Fails)]
    [InlineData(1.5, 0.6, Verdict.Inconclusive)]
    [InlineData(0.5, 0.6, Verdict.Inconclusive)]
    [InlineData(double.NaN, null, Verdict.Inconclusive)]
    public void AnErratumIsConfirmedByADisagreement(double measured, double? half, Verdict expected)
    {
        foreach (var kind in Enum.GetValues<PredictionKind>())
        {
            var claim = (Make(ClaimTest.AtMost, 1, measured, 0, half) with { Kind = kind }).AsErratum("at most 2");
            claim.Verdict.ShouldBe(expected, claim.ToString());
            claim.Reason.ShouldNotBeEmpty();
            if (expected == Verdict.FailsAsPrinted)
            {
                claim.Reason.ShouldBe("at most 2");
                claim.UpTo(1, claimed: 100).At("d", 1, 100).Verdict.ShouldBe(Verdict.FailsAsPrinted, "a counterexample needs no size");
            }
            else if (expected == Verdict.Fails)
            {
                claim.UpTo(1, claimed: 100).Verdict.ShouldBe(Verdict.Inconclusive, "it may fail later");
                claim.At("d", 1, 100).Verdict.ShouldBe(Verdict.Inconclusive, "it may fail at the size of the source");
            }
        }
    }

    [Fact]
    public void WhatIsNoToleranceOrWidthIsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Make(ClaimTest.Absolute, 1, 1, -0.1, null));
        Should.Throw<ArgumentOutOfRangeException>(() => Make(ClaimTest.Absolute, 1, 1, double.NaN, null));
        Should.Throw<ArgumentOutOfRangeException>(() => Make(ClaimTest.Absolute, 1, 1, 0.1, -1));
    }

    [Theory]
    [InlineData(new[] { Verdict.Holds }, "1 claim: 1 holds, 0 fail")]
    [InlineData(new Verdict[0], "no claim")]
    [InlineData(new[] { Verdict.FailsAsPrinted, Verdict.Holds, Verdict.FailsAsPrinted }, "3 claims: 1 holds, 0 fail, 2 fail as printed")]
    [InlineData(new[] { Verdict.Inconclusive, Verdict.FailsAsPrinted }, "2 claims: 0 hold, 0 fail, 1 fails as printed, 1 inconclusive")]
    [InlineData(new[] { Verdict.Fails, Verdict.Reduced, Verdict.OutOfWindow, Verdict.Inconclusive, Verdict.Inconclusive, Verdict.Holds, Verdict.Holds }, "7 claims: 2 hold, 1 fails, 1 out of window, 2 inconclusive, 1 reduced")]
    public void TheWordsAreCountedApart(Verdict[] verdicts, string expected)
    {
        VerdictWords.Sentence(verdicts).ShouldBe(expected);
        VerdictWords.All.ShouldBe(Enum.GetValues<Verdict>(), ignoreOrder: true);
        Enum.GetValues<Verdict>().Select(VerdictWords.Rank).ShouldBeUnique();
    }

    [Fact]
    public void AClaimSaysHowFarAndHowLargeItWasTested()
    {
        var claim = Claim.AtMost("id", "x", 1, 0.5, "paper", "how");
        claim.Tested.ShouldBe("window: everywhere");
        claim.UpTo(2.5e7, "k").At("d", 100, 300).At("runs", 40).Over("η < 1/8").Tested.ShouldBe("up to k = 2.5×10^{7}; at d = 100 (claimed: 300), runs = 40; window: η < 1/8");
        claim.ForAllTimes(1000, 100).Tested.ShouldBe("up to t = 1000 (10 times the horizon 100, for all times); window: everywhere");
    }

    private static double Number(System.Random random) => (random.NextDouble() - 0.5) * 3;

    private static Claim Make(ClaimTest test, double predicted, double measured, double margin, double? half) =>
        Claim.Of(test, "id", "x", predicted, measured, test is ClaimTest.AtMost or ClaimTest.AtLeast ? 0 : margin, "paper", "how", PredictionKind.Exact, half);
}
