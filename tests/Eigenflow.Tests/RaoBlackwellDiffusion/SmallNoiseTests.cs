using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>Noise that is small beside the signal: what is stated is right to its stated error, and what rounding takes is not stated.</summary>
public sealed class SmallNoiseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ISystem system = SystemCatalog.Find("rao-blackwell-diffusion");

    // Far below the signal the posterior is a Gaussian: floors go as σ², ratios stay.
    [Theory]
    [InlineData("so2", "1,0.5\n-0.5,1\n0.3,-0.8\n", 2e-6)]
    [InlineData("so2", "1,0.5\n-0.5,1\n0.3,-0.8\n", 1e-6)]
    [InlineData("o2", "1,0.5\n-0.5,1\n0.3,-0.8\n", 1e-6)]
    public void FloorsGoAsTheVarianceOfTheNoise(string group, string points, double sigma)
    {
        var path = folder.Write("points.csv", points);
        Prediction[] large = Of(group, path, 1e-3), small = Of(group, path, sigma);
        foreach (var name in (string[])["floor", "floor-risk"])
            Value(small, name).ShouldBe(Value(large, name) * Math.Pow(sigma / 1e-3, 2), 0.02 * Value(large, name) * Math.Pow(sigma / 1e-3, 2));
        Value(small, "noise-ratio").ShouldBe(Value(large, "noise-ratio"), 0.02);
        Value(small, "largest-rate").ShouldBe(Value(large, "largest-rate"), 1e-3);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    [InlineData(1e-30)]
    public void WhatRoundingTakesIsNotStated(double sigma)
    {
        var path = folder.Write("points.csv", "1,0.5\n-0.5,1\n0.3,-0.8\n");
        foreach (var name in (string[])["floor", "floor-risk", "noise-ratio", "largest-rate"])
        {
            var stated = Of("so2", path, sigma).Single(prediction => prediction.Name == name);
            stated.Value.ShouldBe(double.NaN);
            stated.Withheld.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void WhatIsLeftIsNotToldBelowItsError()
    {
        var path = folder.Write("rows.csv", "1.5,0.2\n-0.4,1.1\n0.3,-0.9\n0.9,0.7\n-0.8,0.6\n0.2,-1.4\n");
        var solution = system.Solve(system.Complete("variance", Setting.Empty.With("group", "so2").With("templates", "file:" + path).With("template-rows", 3L).With("at", "0.02,0.1,1")));
        double[] between = solution["between"], removed = solution["removed"];
        between[0].ShouldBe(double.NaN);
        removed[0].ShouldBe(double.NaN);
        between[^1].ShouldBeGreaterThan(0);
        solution.Warnings.ShouldContain(text => text.StartsWith("between, and with it removed, is left out at ", StringComparison.Ordinal));
    }

    [Fact]
    public void TemplatesOnALineAreToldByEveryMethod() =>
        system.Notes(system.Complete(null, Setting.Empty.With("group", "so3").With("templates", "file:" + folder.Write("line.csv", "1,0,0\n-2,0,0\n")))).ShouldContain(note => note.StartsWith("a template lies on a line", StringComparison.Ordinal));

    public void Dispose() => folder.Dispose();

    private static double Value(Prediction[] predictions, string name) => predictions.Single(prediction => prediction.Name == name).Value;

    private Prediction[] Of(string group, string path, double sigma) => [.. system.Predict(system.Complete(null, Setting.Empty.With("group", group).With("templates", "file:" + path).With("sigma", sigma)))];
}
