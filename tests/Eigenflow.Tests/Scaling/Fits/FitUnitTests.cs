using Eigenflow.Scaling.Fits;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Fits;

/// <summary>No result of a fit depends on the units of x and y: scaling either by a power of ten scales what has that unit, and changes nothing else.</summary>
public sealed class FitUnitTests
{
    private static readonly (int X, int Y)[] Powers = [(12, 0), (-12, 0), (0, 12), (0, -12), (12, -9), (-7, 5), (1, -1), (-3, -12), (9, 7)];

    /// <summary>Long curves of little noise, and short ones whose noise leaves parameters open: the hard case, in which rounding has most to decide.</summary>
    [Theory]
    [InlineData("power-law", new[] { 1, -0.5 }, 60, 0.02, 1)]
    [InlineData("power-law-floor", new[] { 0, -0.5, 0.1 }, 60, 0.02, 1)]
    [InlineData("power-law-floor", new[] { 0, 0.6, 0.5 }, 300, 0.02, 1)]
    [InlineData("broken-power-law", new[] { 0, -0.2, -1.2, 5, -1 }, 60, 0.02, 1)]
    [InlineData("stretched", new[] { 0, 6, -0.5 }, 60, 0.02, 1)]
    [InlineData("power-law", new[] { 1, -0.5 }, 13, 0.04, 6)]
    [InlineData("power-law-floor", new[] { 0, -0.5, 0.1 }, 13, 0.04, 6)]
    [InlineData("broken-power-law", new[] { 0, -0.2, -1.2, 5, -1 }, 13, 0.04, 6)]
    [InlineData("stretched", new[] { 0, 6, -0.5 }, 13, 0.04, 6)]
    [InlineData("power-law", new[] { 1, -0.1 }, 8, 0.04, 4)]
    public void ScalingXOrYChangesNothingElse(string name, double[] theta, int count, double size, int curves)
    {
        var options = new ScalingFitOptions { Resamples = 99 };
        var x = LawCurves.Grid(count, 4);
        Parallel.For(0, curves, curve =>
        {
            var noise = LawCurves.Noise(count, 0, "equal", 5, curve);
            double[] y = [.. LawCurves.Logarithms(name, theta, x).Select((value, i) => Math.Exp(value + (size * noise[i])))];
            var one = ScalingFit.Of(new ScalingCurve("curve", x, y), options);
            foreach (var (powerOfX, powerOfY) in Powers)
            {
                double alongX = Math.Pow(10, powerOfX), alongY = Math.Pow(10, powerOfY);
                var other = ScalingFit.Of(new ScalingCurve("curve", [.. x.Select(value => value * alongX)], [.. y.Select(value => value * alongY)]), options);
                Same(one, other, alongX, alongY, $"curve {curve}, x 1e{powerOfX}, y 1e{powerOfY}: ");
            }
        });
    }

    [Theory]
    [InlineData(8)]
    [InlineData(50)]
    [InlineData(300)]
    public void WhatACurveWithoutNoiseDoesNotDetermineDependsOnNoUnit(int count)
    {
        var x = Enumerable.Range(0, count).Select(i => 1.3 * Math.Pow(10, 3.1 * i / (count - 1))).ToArray();
        foreach (var (alongX, alongY) in ((double, double)[])[(1, 1), (1e12, 1), (1, 1e-12), (2e9, 5e-10)])
        {
            var fit = ScalingFit.Of(new ScalingCurve("curve", [.. x.Select(value => alongX * value)], [.. x.Select(value => alongY * 3.7 * Math.Pow(value, -0.43))]), new ScalingFitOptions { Resamples = 99 });
            fit.Verdict.ShouldStartWith("power law over 3.1 decades");
            var floor = fit.Laws.First(law => law.Name == "power-law-floor");
            floor["C"].Value.ShouldBe(0);
            floor.Edge.ShouldBe("no floor: C stops at zero");
            var stretched = fit.Laws.First(law => law.Name == "stretched");
            stretched.Edge.ShouldNotBeNull().ShouldStartWith("no stretching");
            (stretched["A"].Upper, stretched["tau"].Lower).ShouldBe((double.PositiveInfinity, 0));
            if (fit.Laws.FirstOrDefault(law => law.Name == "broken-power-law") is not { } broken)
                continue;
            broken.Edge.ShouldBe("no break: p and q are equal");
            (broken["x0"].Lower, broken["x0"].Upper).ShouldBe((0, double.PositiveInfinity));
            (broken["x0"].Value / alongX).ShouldBe(Math.Exp(Enumerable.Range(0, 2).Average(i => Math.Log(x[i == 0 ? 0 : ^1]))), 1e-2 * x[^1]);
            fit.Chosen.IntervalMethod.ShouldContain("rounding");
        }
    }

    private static void Same(ScalingFit one, ScalingFit other, double alongX, double alongY, string scaling)
    {
        other.Chosen.Name.ShouldBe(one.Chosen.Name, scaling);
        other.Kind.ShouldBe(one.Kind, scaling);
        (other.PowerLaw is null).ShouldBe(one.PowerLaw is null, scaling);
        if (one.PowerLaw is { } window)
        {
            (other.PowerLaw!.WindowStart / alongX / window.WindowStart).ShouldBe(1, 1e-12, scaling);
            Number(window["p"].Lower, other.PowerLaw["p"].Lower, 0, scaling + "window p");
            Number(window["p"].Upper, other.PowerLaw["p"].Upper, 0, scaling + "window p");
        }

        Number(one.Drift, other.Drift, 0, scaling + "drift");
        foreach (var fitted in one.Laws)
        {
            var same = other.Laws.First(candidate => candidate.Name == fitted.Name);
            same.LackOfFit.ShouldBe(fitted.LackOfFit, scaling + fitted.Name);
            same.Standing.ShouldBe(fitted.Standing, scaling + fitted.Name);
            same.Edge.ShouldBe(fitted.Edge, scaling + fitted.Name);
            same.Verdict.ShouldBe(fitted.Verdict, scaling + fitted.Name);
            same.IntervalMethod.ShouldBe(fitted.IntervalMethod, scaling + fitted.Name);
            Number(fitted.LogResidual, same.LogResidual, 0, scaling + fitted.Name + " residual");
            Number(fitted.LargestResidual, same.LargestResidual, 0, scaling + fitted.Name + " largest residual");
            Number(fitted.Correlation, same.Correlation, 0, scaling + fitted.Name + " correlation");
            Number(fitted.Criterion, same.Criterion, 0, scaling + fitted.Name + " criterion");
            foreach (var parameter in fitted.Parameters)
            {
                // A is the value at x = 1: what scaling x does to it is the law itself.
                var unit = parameter.Symbol switch { "A" when fitted.Name == "stretched" => alongY, "A" => double.NaN, "C" => alongY, "x0" or "tau" => alongX, _ => 1 };
                if (double.IsNaN(unit))
                    continue;
                var width = (parameter.Upper - parameter.Lower) * unit;
                var what = scaling + fitted.Name + " " + parameter.Symbol;
                Number(parameter.Value * unit, same[parameter.Symbol].Value, width, what);
                Number(parameter.Lower * unit, same[parameter.Symbol].Lower, width, what);
                Number(parameter.Upper * unit, same[parameter.Symbol].Upper, width, what);
            }
        }
    }

    // Parameters that the curve does not determine are determined to a part of their interval.
    private static void Number(double expected, double actual, double width, string what)
    {
        if (!double.IsFinite(expected))
            actual.ShouldBe(expected, what);
        else
            actual.ShouldBe(expected, 1e-8 * (Math.Abs(expected) + (double.IsFinite(width) ? width : 0)), what);
    }
}
