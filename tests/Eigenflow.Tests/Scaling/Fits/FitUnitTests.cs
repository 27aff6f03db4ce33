using Eigenflow.Random;
using Eigenflow.Scaling.Fits;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Fits;

/// <summary>No result of a fit depends on the units of x and y: scaling either by a power of ten scales what has that unit, and changes nothing else.</summary>
public sealed class FitUnitTests
{
    [Theory]
    [InlineData("power-law", new[] { 1, -0.5 }, 12, 0)]
    [InlineData("power-law", new[] { 1, -0.5 }, -7, -12)]
    [InlineData("power-law-floor", new[] { 0, -0.5, 0.1 }, 0, 12)]
    [InlineData("power-law-floor", new[] { 0, -0.5, 0.1 }, -12, -12)]
    [InlineData("power-law-floor", new[] { 0, 0.6, 0.5 }, 9, 5)]
    [InlineData("broken-power-law", new[] { 0, -0.2, -1.2, 5, -1 }, 12, -9)]
    [InlineData("broken-power-law", new[] { 0, -0.2, -1.2, 5, -1 }, -12, 3)]
    [InlineData("stretched", new[] { 0, 6, -0.5 }, 12, 12)]
    [InlineData("stretched", new[] { 0, 6, -0.5 }, -3, -12)]
    public void ScalingXOrYChangesNothingElse(string name, double[] theta, int powerOfX, int powerOfY)
    {
        const int count = 60;
        var law = ScalingLaw.All.First(one => one.Name == name);
        var x = Enumerable.Range(0, count).Select(i => Math.Pow(10, 4.0 * i / (count - 1))).ToArray();
        var values = new double[count];
        law.Evaluate([.. x.Select(value => Math.Log(value))], theta, values, new double[count * theta.Length]);
        var noise = new double[count];
        GaussianGenerator.Fill(new GaussianAddress(5, 3, 0, 1), 0, noise);
        double[] y = [.. values.Select((value, i) => Math.Exp(value + (0.02 * noise[i])))];
        double alongX = Math.Pow(10, powerOfX), alongY = Math.Pow(10, powerOfY);
        var options = new ScalingFitOptions { Resamples = 199 };
        var one = ScalingFit.Of(new ScalingCurve("curve", x, y), options);
        var other = ScalingFit.Of(new ScalingCurve("curve", [.. x.Select(value => value * alongX)], [.. y.Select(value => value * alongY)]), options);
        other.Chosen.Name.ShouldBe(one.Chosen.Name);
        other.Kind.ShouldBe(one.Kind);
        (other.PowerLaw is null).ShouldBe(one.PowerLaw is null);
        if (one.PowerLaw is { } window)
            (other.PowerLaw!.WindowStart / alongX / window.WindowStart).ShouldBe(1, 1e-12);
        foreach (var fitted in one.Laws)
        {
            var same = other.Laws.First(candidate => candidate.Name == fitted.Name);
            same.LackOfFit.ShouldBe(fitted.LackOfFit, fitted.Name);
            same.Standing.ShouldBe(fitted.Standing, fitted.Name);
            same.LogResidual.ShouldBe(fitted.LogResidual, 1e-9 * fitted.LogResidual);
            foreach (var parameter in fitted.Parameters)
            {
                // A is the value at x = 1: what scaling x does to it is the law itself.
                var unit = parameter.Symbol switch { "A" when fitted.Name == "stretched" => alongY, "A" => double.NaN, "C" => alongY, "x0" or "tau" => alongX, _ => 1 };
                if (double.IsNaN(unit))
                    continue;
                var width = (parameter.Upper - parameter.Lower) * unit;
                Same(parameter.Value * unit, same[parameter.Symbol].Value, width, fitted, parameter.Symbol);
                Same(parameter.Lower * unit, same[parameter.Symbol].Lower, width, fitted, parameter.Symbol);
                Same(parameter.Upper * unit, same[parameter.Symbol].Upper, width, fitted, parameter.Symbol);
            }
        }
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
            if (fit.Laws.FirstOrDefault(law => law.Name == "broken-power-law") is not { } broken)
                continue;
            broken.Edge.ShouldBe("no break: p and q are equal");
            (broken["x0"].Lower, broken["x0"].Upper).ShouldBe((0, double.PositiveInfinity));
            (broken["x0"].Value / alongX).ShouldBe(Math.Exp(Enumerable.Range(0, 2).Average(i => Math.Log(x[i == 0 ? 0 : ^1]))), 1e-2 * x[^1]);
            fit.Chosen.IntervalMethod.ShouldContain("rounding");
        }
    }

    // Parameters that the curve does not determine are determined to a part of their interval.
    private static void Same(double expected, double actual, double width, FittedLaw law, string symbol) =>
        actual.ShouldBe(expected, 1e-8 * (Math.Abs(expected) + width), $"{law.Name} {symbol}");
}
