using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingRenormalization;

/// <summary>Settings at the ends of what is allowed give numbers, or one line that names what is wrong.</summary>
public sealed class ExtremeSettingTests
{
    private static readonly ISystem System = SystemCatalog.Find("scaling-renormalization");

    private static Solution Run(string method, params string[] values) =>
        System.Solve(System.Complete(method, new Setting(values.Select(text => text.Split('=') is var pair ? KeyValuePair.Create(pair[0], System.Parameter(pair[0])!.Parse(pair[1])) : default))));

    [Theory]
    [InlineData("theory", "ridge=1e300")]
    [InlineData("theory", "ridge=1e-300 layers=gaussian:50 at=49,50,51,500")]
    [InlineData("theory", "ridge=1e300 noise=1e300")]
    [InlineData("theory", "additive-noise=1e300 layers=gaussian:50")]
    [InlineData("theory", "additive-noise=1e-300 layers=gaussian:50")]
    [InlineData("theory", "spectrum=list:1e200x10 ridge=1 at=5,20")]
    [InlineData("theory", "spectrum=list:1e-200x10 ridge=1 at=5,20")]
    [InlineData("theory", "dimension=1e15 samples=1e15")]
    [InlineData("theory", "along=ridge at=0,1e-300,1,1e300")]
    [InlineData("flow", "ridge=1e300")]
    [InlineData("flow", "ridge=0 at=0,1e-300,1,1e300")]
    [InlineData("flow", "ridge=0 samples=1000 at=1,1e300")]
    [InlineData("flow", "spectrum=list:1e200x10 at=1e-300,1e-201,1e-200,1e-199,1")]
    [InlineData("flow", "spectrum=list:1e-200x10 at=1,1e199,1e200,1e201,1e300")]
    public void EveryErrorIsANumber(string method, string values)
    {
        var solution = Run(method, values.Split(' '));
        foreach (var name in method == "flow" ? (string[])["signal", "noise-part", "error"] : ["bias", "var-x", "var-f", "var-xf", "error"])
            solution[name].ShouldAllBe(value => double.IsFinite(value) && value >= 0, name);
    }

    [Theory]
    [InlineData("theory", "along=width layers=projection:100 at=2000", "at = 2000 is not allowed: it must be width <= 1000; a projection has at most the dimensions before it.")]
    [InlineData("theory", "layers=structured:1000:99", "layers = structured:1000:99 is not allowed: it must be structured:N:EXPONENT with EXPONENT from 0 to 66.67 for N = 1000")]
    public void WhatCannotBeSaysSo(string method, string values, string message) =>
        Should.Throw<ParameterException>(() => Run(method, values.Split(' '))).Message.ShouldContain(message);

    // Without label noise the target is found exactly where samples equal dimensions: no threshold is told of.
    [Theory]
    [InlineData("noise=0 dimension=50", 0)]
    [InlineData("noise=0.1 dimension=50", 1)]
    [InlineData("noise=0 layers=gaussian:50", 1)]
    [InlineData("noise=0.1 dimension=1e15 at=1e15", 1)]
    public void AThresholdIsToldOfWhereTheErrorIsInfinite(string values, int warnings)
    {
        var solution = Run("theory", ["ridge=0", .. values.Contains("at=", StringComparison.Ordinal) ? [] : (string[])["at=50"], .. values.Split(' ')]);
        solution.Warnings.Count(warning => warning.Contains("interpolation threshold", StringComparison.Ordinal)).ShouldBe(warnings);
        double.IsPositiveInfinity(solution["error"][0]).ShouldBe(warnings == 1);
    }

    // Eigenvalues, ridge, noise and times in other units.
    [Theory]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void UnitsDoNotMatter(double unit)
    {
        string Scaled(double value) => (unit * value).ToString("R", global::System.Globalization.CultureInfo.InvariantCulture);
        string times = FormattableString.Invariant($"at={0.1 / unit:R},{10 / unit:R}");
        var (plain, other) = (Run("theory", "spectrum=list:2x5,0.5x20", "ridge=0.01", "noise=0.1", "at=8,40"), Run("theory", $"spectrum=list:{Scaled(2)}x5,{Scaled(0.5)}x20", "ridge=" + Scaled(0.01), "noise=" + Scaled(0.1), "at=8,40"));
        var (flow, late) = (Run("flow", "spectrum=list:2x5,0.5x20", "ridge=0.01", "noise=0.1", "at=0.1,10"), Run("flow", $"spectrum=list:{Scaled(2)}x5,{Scaled(0.5)}x20", "ridge=" + Scaled(0.01), "noise=" + Scaled(0.1), times));
        for (var row = 0; row < 2; row++)
        {
            other["error"][row].ShouldBe(unit * plain["error"][row], 1e-12 * unit * plain["error"][row]);
            late["error"][row].ShouldBe(unit * flow["error"][row], 1e-9 * unit * flow["error"][row]);
        }
    }

    // Noise far above the signal: κ = σ² Σ η²/(P Σ c η) in closed form, since nearly nothing is learned. Wide features feel a ridge of their own size.
    [Fact]
    public void TheBestRidgeIsFoundHoweverLargeItIs()
    {
        double Best(params string[] values) => System.Predict(System.Complete(null, new Setting(values.Select(text => text.Split('=') is var pair ? KeyValuePair.Create(pair[0], System.Parameter(pair[0])!.Parse(pair[1])) : default))))
            .Single(prediction => prediction.Name == "optimal-ridge").Value;
        var modes = Enumerable.Range(1, 50).Select(k => (Value: Math.Pow(k, -1.5), Power: Math.Pow(k, -1 - (2 * 1.5 * 0.8)))).ToArray();
        var length = modes.Sum(mode => mode.Power / mode.Value);
        var kappa = 1e7 * modes.Sum(mode => mode.Value * mode.Value) / (100 * modes.Sum(mode => mode.Power * mode.Value) / length);
        Best("dimension=50", "noise=1e7").ShouldBe(kappa, 1e-4 * kappa);
        var (narrow, wide) = (Best("dimension=50", "noise=0.1"), Best("dimension=50", "noise=0.1", "layers=gaussian:1e12"));
        wide.ShouldBe(narrow * 1e12 / 50, 1e-4 * wide);
    }

    // The bound of the largest eigenvalue is 1e7 there, the largest itself about one.
    [Fact]
    public void TheDensityOfVeryManyDimensionsIsFoundAndMissedRowsAreTold()
    {
        var found = System.Solve(System.Complete("density", new Setting([KeyValuePair.Create("dimension", System.Parameter("dimension")!.Parse("1e9"))])));
        found["density"].Count(value => value > 0).ShouldBeGreaterThan(100);
        found.Warnings.ShouldBeEmpty();
        var missed = System.Solve(System.Complete("density", new Setting([KeyValuePair.Create("at", System.Parameter("at")!.Parse("1e5,1e6"))])));
        missed.Warnings.ShouldContain(text => text.Contains("no eigenvalues lie at the rows"));
    }
}
