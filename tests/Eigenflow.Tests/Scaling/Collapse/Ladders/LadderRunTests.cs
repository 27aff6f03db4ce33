using Eigenflow.Random;
using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>What a ladder accepts, and what normalised curves, tests and quality make of it.</summary>
public sealed class LadderRunTests
{
    private static readonly LadderRun One = new() { Size = 10, Times = [1, 2, 4, 8], Losses = [4, 3, 2, 1] };

    [Fact]
    public void WrongRunsAreOneClearError()
    {
        Should.Throw<ParameterException>(() => (One with { Size = 0 }).Checked()).Parameter.ShouldBe("size");
        Should.Throw<ParameterException>(() => (One with { Times = [1, 2, 2, 8] }).Checked()).Message.ShouldContain("none comes twice");
        Should.Throw<ParameterException>(() => (One with { Times = [1, 4, 2, 8] }).Checked()).Parameter.ShouldBe("times");
        Should.Throw<ParameterException>(() => (One with { Losses = [4, double.NaN, 2, 1] }).Checked()).Message.ShouldContain("diverged");
        Should.Throw<ParameterException>(() => (One with { Losses = [4, 3] }).Checked()).Parameter.ShouldBe("losses");
        Should.Throw<ParameterException>(() => One.Until(9)).Message.ShouldContain("last record");
        Should.Throw<ParameterException>(() => NormalizedCurves.Of([One], 0)).Message.ShouldContain("ladder");
        Should.Throw<ParameterException>(() => NormalizedCurves.Of([One, One with { Size = 20 }], 1)).Message.ShouldContain("final loss");
        Should.Throw<ParameterException>(() => NormalizedCurves.Of([One, One with { Size = 20, Losses = [4, 0.5, 2, 1] }], 0.6)).Message.ShouldContain("reducible loss must stay positive");
        Should.Throw<ParameterException>(() => NormalizedCurves.Of([One with { Times = [7.99, 7.995, 7.999, 8] }, One with { Size = 20 }], 0)).Parameter.ShouldBe("grid");
    }

    [Fact]
    public void RunsAreCutAtAHorizonAndNormalisedByTheirOwnEnd()
    {
        var cut = One.Until(6);
        cut.EndLoss.ShouldBe(4 - Math.Log2(6), 1e-12, "a loss that is linear in ln t");
        cut.Times.ShouldBe([1, 2, 4, 6]);
        One.Until(8).Losses.ShouldBe(One.Losses);
        One.EndCompute.ShouldBe(480);
        var curves = NormalizedCurves.Of([One, One with { Size = 20, Losses = [8, 6, 4, 2] }], 0);
        curves.Notes.Single().ShouldContain("begins at x = 0.125");
        curves.X[0].ShouldBe(0.13);
        curves.Value(0, 0, 12).ShouldBe(curves.Value(1, 0, 12));
        curves.Value(0, 0, 12).ShouldBe(3, 1e-12);
        CollapseStatistics.Of(curves).RootMeanSquare.ShouldBe(0, 1e-15);
    }

    // The order of rows of a ladder, and units, change nothing.
    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    public void UnitsAndOrderChangeNothing(double unit)
    {
        var plain = CollapseStatistics.Of(NormalizedCurves.Of(Ladder.Noisy(), 0));
        var scaled = CollapseStatistics.Of(NormalizedCurves.Of([.. Ladder.Noisy().Reverse().Select(run => run with { Times = [.. run.Times.Select(time => time * unit)], Losses = [.. run.Losses.Select(loss => loss * unit)] })], 0));
        scaled.Onset.ShouldBe(plain.Onset);
        scaled.RootMeanSquare.ShouldBe(plain.RootMeanSquare, 1e-9 * plain.RootMeanSquare);
    }

    [Fact]
    public void ModelsThatDifferByMoreThanSeedsAreFound()
    {
        var same = ModelTest.Of(NormalizedCurves.Of(Noise(0), 0))!;
        same.Share.ShouldBeLessThan(0.1);
        var different = ModelTest.Of(NormalizedCurves.Of(Noise(0.2), 0))!;
        different.Share.ShouldBeGreaterThan(0.9);
        different.Power.ShouldBeInRange(0.5, 1);
        ModelTest.Of(NormalizedCurves.Of([.. Noise(0).Where(run => run.Seed is "0")], 0)).ShouldBeNull();
    }

    // A law of noise: independent noise of every record, with a loss that differs between models by a part that fades to the end.
    private static LadderRun[] Noise(double difference)
    {
        double[] x = [.. NormalizedCurves.DefaultGrid];
        return
        [
            .. Enumerable.Range(0, 4).SelectMany(m => Enumerable.Range(0, 5).Select(s =>
            {
                var normals = new double[x.Length];
                GaussianGenerator.Fill(new GaussianAddress(7, m, s, 0), 0, normals);
                return new LadderRun { Size = Math.Pow(10, m), Seed = $"{s}", Times = x, Losses = [.. x.Select((value, i) => (1 / value) * (1 + (difference * m * (1.2 - value))) * (1 + (0.01 * normals[i])))] };
            })),
        ];
    }

    [Fact]
    public void QualityOfACollapseIsOneForNoiseAloneAndLargeForOtherCurves()
    {
        double sum = 0, doubled = 0, other = 0;
        const int Trials = 60;
        for (var trial = 0; trial < Trials; trial++)
        {
            var sets = Sets(trial, 0);
            sum += CollapseQuality.Of(sets).S / Trials;
            doubled += CollapseQuality.Of([.. sets.Select(set => set with { Errors = [.. set.Errors.Select(error => 2 * error)] })]).S / Trials;
            other += CollapseQuality.Of(Sets(trial, 0.1)).S / Trials;
        }

        sum.ShouldBe(1.01, 0.06);
        doubled.ShouldBe(sum / 4, 1e-9);
        other.ShouldBeGreaterThan(3);
        CollapseQuality.Of(Sets(0, 0)).IsCoarse.ShouldBeFalse();
        Should.Throw<ParameterException>(() => CollapseQuality.Of(Sets(0, 0)[..1])).Parameter.ShouldBe("sets");
    }

    // Four sets of 41 points of a logistic curve.
    private static CollapseSet[] Sets(int trial, double shift) =>
    [
        .. Enumerable.Range(0, 4).Select(set =>
        {
            double[] x = [.. Enumerable.Range(0, 41).Select(k => -4 + (0.2 * k) + (0.01 * set))];
            var normals = new double[x.Length];
            GaussianGenerator.Fill(new GaussianAddress(11, set, trial, 0), 0, normals);
            return new CollapseSet(x, [.. x.Select((value, i) => (1 / (1 + Math.Exp(-value))) + (shift * set) + (0.02 * normals[i]))], [.. x.Select(_ => 0.02)]);
        }),
    ];
}
