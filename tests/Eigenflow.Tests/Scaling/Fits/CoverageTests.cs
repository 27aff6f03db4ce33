using Eigenflow.Scaling;
using Eigenflow.Scaling.Fits;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Fits;

/// <summary>
/// Nominal 95 % intervals cover the truth in 93 to 97 % of cases, whatever the noise: correlated, growing, bulging, noisy at an end, or carrying small values below zero.
/// Bounds are that band and 2.6 binomial standard errors of the number of curves on either side. The table of docs/fit.md is the same, of more curves.
/// </summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    private const double Lowest = 0.93;
    private const double Highest = 0.97;

    // Standard errors beyond the band: one of a hundred tests at an end of the band fails.
    private const double Errors = 2.6;

    [Theory]
    [InlineData("power-law", 12, 0.0, false, "equal", 1000)]
    [InlineData("power-law", 30, 0.0, false, "equal", 1000)]
    [InlineData("power-law", 30, 0.8, false, "equal", 1000)]
    [InlineData("power-law", 100, 0.0, false, "equal", 1000)]
    [InlineData("power-law", 100, 0.0, false, "growing", 1000)]
    [InlineData("power-law", 100, 0.0, false, "bulging", 1000)]
    [InlineData("power-law", 100, 0.0, false, "noisy end", 1000)]
    [InlineData("power-law", 100, 0.9, false, "equal", 1000)]
    [InlineData("power-law", 2000, 0.9, true, "equal", 400)]
    [InlineData("power-law-floor", 100, 0.5, false, "equal", 600)]
    [InlineData("broken-power-law", 60, 0.0, false, "equal", 400)]
    [InlineData("stretched", 60, 0.0, false, "equal", 1000)]
    public void IntervalsCoverTheTruth(string name, int points, double correlation, bool isLinear, string size, int curves)
    {
        var law = ScalingLaw.All.First(one => one.Name == name);
        double[] theta = name switch
        {
            "power-law" => [1, -0.5],
            "power-law-floor" => [0, -0.5, 0.1],
            "broken-power-law" => [0, -0.2, -1, Math.Log(31.6), Math.Log(0.5)],
            _ => [0, Math.Log(200), Math.Log(0.6)],
        };
        var truths = LawCurves.Reported(name, theta);
        var covered = new int[theta.Length];
        var x = isLinear ? [.. Enumerable.Range(1, points).Select(i => (double)i)] : LawCurves.Grid(points, 3);
        Parallel.For(0, curves, curve =>
        {
            var fit = new LawFitting(LogPoints.Of(x, Noisy(name, theta, x, correlation, curve, size)), new ScalingFitOptions { Resamples = 199, Seed = (ulong)curve }, TestContext.Current.CancellationToken).Fit(law);
            for (var j = 0; j < theta.Length; j++)
            {
                if (fit.Parameters[j].Lower <= truths[j] && truths[j] <= fit.Parameters[j].Upper)
                    Interlocked.Increment(ref covered[j]);
            }
        });
        for (var j = 0; j < theta.Length; j++)
        {
            // The exponents, the floor, the break: A is the value at x = 1, an end of the curve, and shares their errors.
            if (j > 0)
                CoversAsItShould(covered[j], curves, $"{name} {points} {correlation} {size}: {law.Parameters[j].Symbol}");
        }
    }

    [Theory]
    [InlineData(8, 0.0, "equal", 0.985, "few points: a prior that allows for correlated noise widens independent noise")]
    [InlineData(60, 0.8, "equal", 0.985, "correlations up to 0.95 and more cannot be excluded")]
    public void IntervalsThatMustBeWiderAreNotFarWider(int points, double correlation, string size, double most, string why)
    {
        const int curves = 1000;
        var covered = 0;
        var x = LawCurves.Grid(points, 3);
        Parallel.For(0, curves, curve =>
        {
            var fit = new LawFitting(LogPoints.Of(x, Noisy("power-law", [1, -0.5], x, correlation, curve, size)), new ScalingFitOptions { Resamples = 199, Seed = (ulong)curve }, TestContext.Current.CancellationToken).Fit(new SimplePowerLaw());
            if (fit["p"].Lower <= -0.5 && fit["p"].Upper >= -0.5)
                Interlocked.Increment(ref covered);
        });
        CoversAsItShould(covered, curves, why, most);
    }

    [Fact]
    public void RowsThatNoiseCarriesBelowZeroDoNotBias()
    {
        // y = x^(−½) with noise of equal size: from x = 150 on it reaches zero. Leaving out the negative rows alone gives exponents that are too flat: 79 % covered.
        int covered = 0, said = 0;
        var sum = 0.0;
        const int curves = 400;
        var gate = new Lock();
        Parallel.For(0, curves, curve =>
        {
            var x = LawCurves.Grid(200, 3);
            var noise = LawCurves.Noise(x.Length, 0, "equal", 78, curve);
            double[] y = [.. x.Select((value, i) => Math.Pow(value, -0.5) + (0.04 * noise[i]))];
            var fit = ScalingFit.Of(new ScalingCurve("curve", x, y), new ScalingFitOptions { Resamples = 199, Laws = ["power-law"] }, TestContext.Current.CancellationToken);
            lock (gate)
            {
                said += fit.Notes.Any(note => note.Contains("cannot be told from zero", StringComparison.Ordinal)) ? 1 : 0;
                covered += fit.Laws[0]["p"].Lower <= -0.5 && fit.Laws[0]["p"].Upper >= -0.5 ? 1 : 0;
                sum += fit.Laws[0]["p"].Value;
            }
        });
        CoversAsItShould(covered, curves, "p");
        said.ShouldBeGreaterThan(curves * 98 / 100);

        // Exponents scatter by 0.014: a bias of a third of that is no matter.
        (sum / curves).ShouldBe(-0.5, 0.005);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void IntervalsOnTheWindowThatTheRuleChoosesCoverTheTruth(double correlation)
    {
        const int curves = 1000;
        int covered = 0, found = 0;
        var x = LawCurves.Grid(100, 3);
        Parallel.For(0, curves, curve =>
        {
            var fit = ScalingFit.Of(new ScalingCurve("curve", x, Noisy("power-law", [1, -0.5], x, correlation, curve, "equal")), new ScalingFitOptions { Resamples = 199, Seed = (ulong)curve, Laws = ["power-law"] }, TestContext.Current.CancellationToken);
            if (fit.PowerLaw is not { } power)
                return;
            Interlocked.Increment(ref found);
            if (power["p"].Lower <= -0.5 && power["p"].Upper >= -0.5)
                Interlocked.Increment(ref covered);
        });
        found.ShouldBeGreaterThan(curves * 98 / 100);
        CoversAsItShould(covered, found, "p");
    }

    /// <summary>Student's t with an error inflated for the correlation of neighbours, without resampling.</summary>
    [Theory]
    [InlineData(100, 0.0)]
    [InlineData(30, 0.0)]
    [InlineData(100, 0.5)]
    public void TheQuickIntervalOfStudiesAndClaimsCoversNearlyAsWell(int points, double correlation)
    {
        const int curves = 1000;
        var x = LawCurves.Grid(points, 3);
        var covered = Enumerable.Range(0, curves).Count(curve =>
        {
            var fit = PowerLaw.Fit(x, Noisy("power-law", [1, -0.5], x, correlation, curve, "equal"), new PowerLawOptions { WindowStart = 0.5, WindowEnd = 2000 });
            return fit.Lower <= -0.5 && fit.Upper >= -0.5;
        });
        CoversAsItShould(covered, curves, $"{points} {correlation}");
    }

    private static double[] Noisy(string name, double[] theta, double[] x, double correlation, int curve, string size)
    {
        const double relative = 0.05;
        var noise = LawCurves.Noise(x.Length, correlation, size, 77, curve);
        return [.. LawCurves.Logarithms(name, theta, x).Select((value, i) => Math.Exp(value + (relative * noise[i])))];
    }

    private void CoversAsItShould(int covered, int curves, string what, double most = Highest)
    {
        var part = covered / (double)curves;
        output.WriteLine($"{what}: {100 * part:0.0} % of {curves}");
        part.ShouldBeGreaterThanOrEqualTo(Lowest - (Errors * Math.Sqrt(Lowest * (1 - Lowest) / curves)), what);
        part.ShouldBeLessThanOrEqualTo(most + (Errors * Math.Sqrt(most * (1 - most) / curves)), what);
    }
}
