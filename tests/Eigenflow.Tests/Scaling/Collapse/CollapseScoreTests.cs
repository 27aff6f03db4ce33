using System.Globalization;
using Eigenflow.Random;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Scores of collapses: known spreads, noise floors, verdicts, and the exponent that collapses best.</summary>
public sealed class CollapseScoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void ModelsThatDifferByAFactorHaveItsSpread()
    {
        // 1, 1.1, 1.2 about 1.1: a standard deviation of 0.1/1.1.
        var score = CollapseScore.Of([.. Enumerable.Range(0, 3).Select(m => Curve($"{m}", x => (1 + (0.1 * m)) / x))]);
        score.Score.ShouldBe(0.1 / 1.1, 1e-3);
        score.Seeds.ShouldBe(1);
        score.IsCollapse.ShouldBeNull();
        double.IsNaN(score.Floor).ShouldBeTrue();
        CollapseScore.Of([Curve("1", x => 1 / x), Curve("2", x => 1 / x)]).Score.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void SpreadAndNoiseAreEqualWhereModelsDifferByNoiseAlone()
    {
        double spread = 0, noise = 0;
        var collapses = 0;
        for (var trial = 0; trial < 40; trial++)
        {
            var score = CollapseScore.Of([.. Noisy(trial, 0)], new CollapseOptions { Points = 60 });
            spread += score.Score * score.Score / 40;
            noise += score.Floor * score.Floor / 40;
            collapses += score.IsCollapse == true ? 1 : 0;
            score.Lower.ShouldBeLessThan(score.Upper);
        }

        // The spread cannot be below the noise by construction, and is above it by its own scatter.
        Math.Sqrt(noise).ShouldBe(0.05, 0.003);
        Math.Sqrt(spread / noise).ShouldBeInRange(1, 1.15);
        collapses.ShouldBeGreaterThan(35);
    }

    [Fact]
    public void ModelsThatDifferByMoreThanNoiseDoNotCollapse()
    {
        var score = CollapseScore.Of([.. Noisy(1, 0.3)]);
        score.IsCollapse.ShouldBe(false);
        score.SignificantShare.ShouldBeGreaterThan(0.9);
        score.Verdict.ShouldStartWith("no collapse");
        score.Lower.ShouldBeGreaterThan(2 * score.Floor);
    }

    [Fact]
    public void CommonRandomNumbersArePairedAndDoNotHideDifferences()
    {
        // Teachers differ in size by half; models by 3 % beyond: hidden to an unpaired test, plain to a paired one.
        CollapseCurve[] curves =
        [
            .. Enumerable.Range(0, 3).SelectMany(model => Enumerable.Range(0, 4).Select(seed => Curve($"{model}", x => (1 + (0.03 * model)) * (0.5 + (0.4 * seed)) / x * (1 + (0.001 * Math.Sin((7 * seed) + (3 * model))))) with { Seed = $"{seed}" })),
        ];
        var paired = CollapseScore.Of(curves);
        paired.IsPaired.ShouldBeTrue();
        paired.SignificantShare.ShouldBe(1);
        paired.Power.ShouldBe(1, 1e-3);
        paired.Difference.ShouldBe(0.03, 0.005);
        var unpaired = CollapseScore.Of(curves, new CollapseOptions { Pairing = SeedPairing.None });
        unpaired.SignificantShare.ShouldBe(0);
        unpaired.IsCollapse.ShouldBeNull("four seeds cannot tell");
        unpaired.Verdict.ShouldStartWith("cannot tell");

        // Labels that mean nothing have no common effect.
        CollapseScore.Of([.. Noisy(1, 0).Select((curve, index) => curve with { Seed = $"{index % 5}" })]).IsPaired.ShouldBeFalse();
        Should.Throw<ParameterException>(() => CollapseScore.Of([.. Noisy(1, 0)], new CollapseOptions { Pairing = SeedPairing.Paired })).Parameter.ShouldBe("pairing");
    }

    [Fact]
    public void FewSeedsCannotTell()
    {
        foreach (var tilt in (double[])[0, 0.3])
        {
            var two = CollapseScore.Of([.. Noisy(1, tilt).Where((_, index) => index % 5 < 2)]);
            two.IsCollapse.ShouldBeNull();
            two.Verdict.ShouldStartWith("cannot tell");
        }

        // Three seeds, whose power is small, find no collapse but can refute one.
        Enumerable.Range(0, 10).ShouldAllBe(trial => CollapseScore.Of(Noisy(trial, 0).Where((_, index) => index % 5 < 3).ToArray(), null).IsCollapse != true);
        CollapseScore.Of([.. Noisy(1, 0.3).Where((_, index) => index % 5 < 3)]).IsCollapse.ShouldBe(false);
        CollapseScore.Of([.. Noisy(1, 0).Select((curve, index) => curve with { Y = [.. curve.X.Select(x => 1 / x)] })]).Verdict.ShouldContain("no noise to compare");
    }

    [Theory]
    [InlineData(3, 5, 12, 1.25, 0.5136039583182457)]
    [InlineData(3, 4, 4, 5, 0.646774910752441)]
    [InlineData(2, 5, 8, 1, 0.21791582390135233)]
    public void PowerIsThatOfTheNoncentralDistribution(int models, double seeds, double degrees, double variance, double expected) =>
        // scipy.stats.ncf.sf(f.isf(0.01, k−1, ν), k−1, ν, n (k−1) τ²/σ²), SciPy 1.10.
        ModelVariance.Power(models, seeds, degrees, variance, 0.01).ShouldBe(expected, 1e-6);

    [Fact]
    public void TheExponentOfACollapseIsFound()
    {
        double[] sizes = [10, 100, 1000];
        var found = CollapseExponent.Find([.. sizes.Select(size => Curve(size.ToString(CultureInfo.InvariantCulture), x => 1 / (1 + Math.Pow(x / Math.Pow(size, 1.7), 0.6)), 1e-2, 1e9))], 0, 3);
        found.Exponent.ShouldBe(1.7, 1e-3);
        found.Score.Score.ShouldBeLessThan(1e-3);
        double.IsNaN(found.Lower).ShouldBeTrue();
        Should.Throw<ParameterException>(() => CollapseExponent.Find([Curve("a", x => x), Curve("b", x => x)], 0, 1)).Message.ShouldContain("positive numbers");
    }

    [Fact]
    public void AbsoluteDeviationsForgiveTails()
    {
        // Tails e^(−x) and e^(−1.1 x) differ by any factor, and by little in units of the beginning.
        CollapseCurve[] curves = [Curve("1", x => Math.Exp(-x), 1e-3, 100), Curve("2", x => Math.Exp(-1.1 * x), 1e-3, 100)];
        CollapseScore.Of(curves).Score.ShouldBeGreaterThan(0.3);
        CollapseScore.Of(curves, new CollapseOptions { IsRelative = false }).Score.ShouldBeLessThan(0.02);
    }

    [Fact]
    public void WhatCannotBeScoredIsRefused()
    {
        Should.Throw<ParameterException>(() => CollapseScore.Of([Curve("1", x => x)])).Message.ShouldContain("at least two models");
        Should.Throw<ParameterException>(() => CollapseScore.Of([Curve("1", x => x, 1, 10), Curve("2", x => x, 20, 30)])).Message.ShouldContain("all curves cover");
        Should.Throw<ParameterException>(() => CollapseScore.Of([Curve("1", x => -x), Curve("2", x => x)])).Message.ShouldContain("positive");
        Should.Throw<ParameterException>(new CollapseOptions { From = 2, To = 1 }.Validate).Parameter.ShouldBe("range");
    }

    [Fact]
    public void RescalingsAreFormulasOfColumnsAndEnds()
    {
        File.WriteAllText(folder.Path("runs.csv"), "size,t,loss\n2,1,8\n2,2,4\n2,4,2\n3,1,9\n3,3,3\n3,9,1\n");
        var curves = TableCurve.Read([folder.Path("runs.csv")], new CurveColumns { Group = ["size"] });
        var scaled = Rescaling.Apply("t/size^2; loss/first-y", curves, "size");
        scaled[1].X.ShouldBe([1 / 9.0, 1 / 3.0, 1]);
        scaled[1].Y.ShouldBe([1, 1 / 3.0, 1 / 9.0]);
        scaled[1].Model.ShouldBe("3");
        Rescaling.Apply("t/last-x", curves, "size")[0].X.ShouldBe([0.25, 0.5, 1]);
        Should.Throw<ParameterException>(() => Rescaling.Apply("t/sise", curves, "size")).Message.ShouldContain("'sise' is none");
        Should.Throw<ParameterException>(() => Rescaling.Apply("t/(", curves, "size")).Message.ShouldContain("formula");
        Should.Throw<ParameterException>(() => Rescaling.Apply("t;t;t", curves, "size")).Message.ShouldContain("semicolon");
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<CollapseCurve> Noisy(int trial, double tilt)
    {
        for (var model = 0; model < 3; model++)
        {
            for (var seed = 0; seed < 5; seed++)
            {
                var random = new double[60];
                GaussianGenerator.Fill(new GaussianAddress(3, 8, (trial * 16) + (model * 5) + seed, 0), 0, random);
                var index = 0;
                yield return Curve($"{model + 1}", x => (1 + (tilt * model) + (0.05 * random[index++])) / x, 1, 1000, 60);
            }
        }
    }

    private static CollapseCurve Curve(string model, Func<double, double> law, double from = 1, double to = 1000, int points = 400)
    {
        double[] x = [.. Enumerable.Range(0, points).Select(i => from * Math.Pow(to / from, i / (points - 1.0)))];
        return new CollapseCurve(model, x, [.. x.Select(law)]);
    }
}
