using Eigenflow.Random;
using Eigenflow.Scaling;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling;

/// <summary>Which rows of a curve are used: spikes, resumed runs, missing and non-positive values; never genuine structure; whatever the units and the order.</summary>
public sealed class CurveMaskTests
{
    [Fact]
    public void SpikesAreNamedAndNothingElse()
    {
        var (x, y) = Curve(400, k => 2 + (30 / Math.Sqrt(k)), 0.003, 1);
        y[120] *= 1.4;
        y[250] *= 0.5;
        y[300] *= 3;
        y[301] *= 2.5;
        var mask = CurveMask.Of(x, y);
        mask.LeftOut.Single().Reason.ShouldBe(MaskReason.Spike);
        mask.LeftOut.Single().Rows.ShouldBe([120, 250, 300, 301]);
        mask.Kept.Count.ShouldBe(396);
        mask.Sentence("step").ShouldBe("4 rows of 400 left out: 4 spikes at step 1210, 2510, 3010, 3020");
    }

    [Theory]
    [InlineData("power")]
    [InlineData("exponential")]
    [InlineData("steps")]
    [InlineData("bump")]
    [InlineData("triangle")]
    [InlineData("peak")]
    [InlineData("slow noise")]
    [InlineData("logarithmic steps")]
    [InlineData("divergence at the end")]
    [InlineData("waves")]
    public void GenuineStructureIsKept(string kind)
    {
        foreach (var noise in (double[])[0, 1e-4, 0.01, 0.2])
        {
            for (ulong seed = 1; seed <= 5; seed++)
            {
                var (x, y) = kind switch
                {
                    "power" => Curve(300, k => 0.1 + (10 * Math.Pow(k, -1.5)), noise, seed, 1),
                    "exponential" => Curve(300, k => 0.01 + Math.Exp(-k / 3), noise, seed, 1),

                    // Decays of the learning rate: the loss falls within one row, or rises.
                    "steps" => Curve(300, k => (k < 1000 ? 3 : k < 2000 ? 1.5 : k < 2500 ? 1 : 1.2) * (1 + (20 / k)), noise, seed),
                    "bump" => Curve(300, k => (1 / Math.Sqrt(k)) + Math.Exp(-Math.Pow((k - 1500) / 25, 2)), noise, seed),
                    "triangle" => Curve(300, k => 1 + Math.Max(0, 1 - (Math.Abs(k - 1500) / 20)), noise, seed),

                    // Double descent: |1 − x|^(−1) about the interpolation threshold, which no row hits.
                    "peak" => Curve(60, k => 0.1 + (1 / Math.Abs(1 - (k / 303.7))), noise, seed),
                    "slow noise" => Slow(noise, seed),
                    "logarithmic steps" => Curve(200, k => 1 + (5 * Math.Pow(k, -0.7)), noise, seed, 0),
                    "divergence at the end" => Curve(200, k => 1 + (k > 1980 ? 100 : 1 / k), noise, seed),
                    _ => Curve(300, k => 2 + Math.Sin(k / 15), noise, seed),
                };
                CurveMask.Of(x, y).LeftOut.ShouldBeEmpty($"{kind}, noise {noise}, seed {seed}");
            }
        }
    }

    [Fact]
    public void NoiseOfAnyShapeIsNoSpike()
    {
        // Rounded to two digits; Student's t with three degrees; two curves in one table.
        var (x, rounded) = Curve(1000, k => 1 + (3 / k), 0.002, 1);
        CurveMask.Of(x, [.. rounded.Select(value => Math.Round(value, 2))]).LeftOut.ShouldBeEmpty();
        var (_, heavy) = Curve(1000, k => 1 / Math.Sqrt(k), 0, 1);
        var draws = new double[4000];
        GaussianGenerator.Fill(new GaussianAddress(4, 0, 0, 0), 0, draws);
        for (var i = 0; i < 1000; i++)
            heavy[i] *= Math.Exp(0.02 * draws[4 * i] / Math.Sqrt(((draws[(4 * i) + 1] * draws[(4 * i) + 1]) + (draws[(4 * i) + 2] * draws[(4 * i) + 2]) + (draws[(4 * i) + 3] * draws[(4 * i) + 3])) / 3));
        CurveMask.Of(x, heavy).Count(MaskReason.Spike).ShouldBeLessThanOrEqualTo(3, "0.15 % of such values lie so far out");
        var (_, other) = Curve(1000, k => 2 / Math.Sqrt(k), 0.001, 2);
        var both = CurveMask.Of([.. x, .. x], [.. heavy, .. other]);
        both.Count(MaskReason.Spike).ShouldBe(0);
        both.Repeated.ShouldBe(1000);
        both.IsResumed.ShouldBeFalse();
        both.Sentence("step").ShouldContain("several curves in one table?");
    }

    [Fact]
    public void MissingAndNonPositiveRowsAreCounted()
    {
        var mask = CurveMask.Of([0, 1, 2, double.NaN, 4, 5], [1, 2, double.PositiveInfinity, 3, -1, 4]);
        mask.Kept.ShouldBe([1, 5]);
        mask.Sentence("t").ShouldBe("4 rows of 6 left out: 2 missing or not finite in row 3, 4; 2 not above zero at t 0, 4");
        CurveMask.Of([0, 1], [-1, 2], new CurveMaskOptions { NeedsPositiveX = false, NeedsPositiveY = false }).Kept.ShouldBe([0, 1]);
        CurveMask.Of([1, 2], [3, 4]).Sentence().ShouldBe("");
        CurveMask.Of([], []).Kept.ShouldBeEmpty();
    }

    [Fact]
    public void AResumedRunStandsForWhatItRepeats()
    {
        // Crashes at 2000 and 3000, goes on from 1800 and 2500; the second attempt is the one that counts.
        var (x, y) = Curve(400, k => 2 + (30 / Math.Sqrt(k)), 0.002, 3);
        double[] allX = [.. x[..200], .. x[180..300], .. x[250..]], allY = [.. y[..200].Select(value => value * 1.001), .. y[180..300], .. y[250..]];
        var mask = CurveMask.Of(allX, allY);
        mask.IsResumed.ShouldBeTrue();
        mask.Count(MaskReason.Superseded).ShouldBe(70);
        mask.Take(allX).ShouldBe(x);
        mask.Take(allY)[180].ShouldBe(y[180]);
        mask.Sentence("step").ShouldContain("70 repeated by a resumed run between step 1810 and 3000");
    }

    [Fact]
    public void TheOrderOfATableThatIsNotInOrderMeansNothing()
    {
        var (x, y) = Curve(300, k => 2 + (30 / Math.Sqrt(k)), 0.003, 5);
        y[100] *= 2;
        var order = Enumerable.Range(0, 300).ToArray();
        new System.Random(1).Shuffle(order);
        var sorted = CurveMask.Of(x, y);
        var shuffled = CurveMask.Of([.. order.Select(row => x[row])], [.. order.Select(row => y[row])]);
        shuffled.Kept.Select(row => order[row]).Order().ShouldBe(sorted.Kept);
        shuffled.Sentence().ShouldContain("not in the order of x");
        var reversed = CurveMask.Of([.. x.Reverse()], [.. y.Reverse()]);
        reversed.Kept.Count.ShouldBe(299);
        reversed.Sentence().ShouldNotContain("order");

        // One late row is put in its place; a curve that does not go on where x returns is another curve.
        double[] late = [.. x[..50], x[52], x[50], x[51], .. x[53..]];
        CurveMask.Of(late, [.. y[..50], y[52], y[50], y[51], .. y[53..]]).Count(MaskReason.Superseded).ShouldBe(1, "the two rows that come again go on from the first");
        CurveMask.Of([.. x[..50], x[51], x[50], .. x[52..]], [.. y[..50], y[51], y[50], .. y[52..]]).Count(MaskReason.Superseded).ShouldBe(0);
        CurveMask.Of([.. x[..200], .. x[100..]], [.. y[..200], .. y[100..].Select(value => 3 * value)]).IsResumed.ShouldBeFalse();
    }

    [Fact]
    public void UnitsDoNotMatter()
    {
        var (x, y) = Curve(300, k => 2 + (30 / Math.Sqrt(k)), 0.003, 7);
        y[100] *= 1.2;
        double[] allX = [.. x[..200], .. x[150..]], allY = [.. y[..200], .. y[150..]];
        var expected = CurveMask.Of(allX, allY).Kept;
        expected.Count.ShouldBe(299);
        foreach (var scale in (double[])[1e-12, 1e-5, 1e5, 1e12])
        {
            CurveMask.Of([.. allX.Select(value => scale * value)], allY).Kept.ShouldBe(expected);
            CurveMask.Of(allX, [.. allY.Select(value => scale * value)]).Kept.ShouldBe(expected);
            CurveMask.Of(allX, [.. allY.Select(value => scale * value)], new CurveMaskOptions { NeedsPositiveX = false, NeedsPositiveY = false }).Kept.ShouldBe(expected);
        }
    }

    // x = first, first + spacing, …; spacing 0 for logarithmic steps from 1 to 1e5.
    private static (double[] X, double[] Y) Curve(int count, Func<double, double> law, double noise, ulong seed, double spacing = 10)
    {
        var draws = new double[count];
        GaussianGenerator.Fill(new GaussianAddress(seed, 0, 0, 0), 0, draws);
        double[] x = [.. Enumerable.Range(0, count).Select(i => spacing > 0 ? spacing * (i + 1) : Math.Pow(10, 5.0 * i / (count - 1)))];
        return (x, [.. x.Select((value, i) => law(value) * Math.Exp(noise * draws[i]))]);
    }

    // Noise whose neighbours correlate by 0.95.
    private static (double[] X, double[] Y) Slow(double noise, ulong seed)
    {
        var (x, y) = Curve(400, _ => 1, 1, seed);
        var sum = 0.0;
        return (x, [.. y.Select((value, i) => Math.Exp(noise * (sum = (0.95 * sum) + (0.3 * Math.Log(value)))) / Math.Sqrt(x[i]))]);
    }
}
