using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent;

/// <summary>What is predicted with weight decay, schedules and large steps: the right number, or none.</summary>
public sealed class WindowTests
{
    private readonly ISystem system = SystemCatalog.Find("spectral-descent");

    [Theory]
    [InlineData("plateau-loss")]
    [InlineData("plateau-spike")]
    [InlineData("spike-time")]
    [InlineData("alignment-dip")]
    [InlineData("signal-time")]
    [InlineData("signal-steps")]
    [InlineData("largest-learning-rate")]
    [InlineData("late-slope")]
    [InlineData("late-loss-constant")]
    [InlineData("spike-surface-distance")]
    [InlineData("finish-distance")]
    [InlineData("sliding-end")]
    public void WhatWeightDecayChangesIsWithheld(string name)
    {
        Of("weight-decay=1", name).Withheld.ShouldBe("it is stated without weight decay");
        Of("", name).Withheld.ShouldBeEmpty();
    }

    [Fact]
    public void RatesOfEscapeAreLessByTheDecay()
    {
        const string Setting = "dimension=161 spike=63.1 start-scale=1e-9 learning-rate=0.0001693 weight-decay=1";
        Of(Setting, "signal-rate").Value.ShouldBe(2, 1e-9);
        Of(Setting, "spike-rate").Value.ShouldBe(63.1, 1e-9);
        Of(Setting, "bulk-rate").Value.ShouldBe(0, 1e-9);
        var run = system.Solve("gd", Parse(Setting + " at-steps=100,200 steps=200"));
        (Math.Log(run["a"][1] / run["a"][0]) / (100 * 0.0001693)).ShouldBe(2, 0.01);
    }

    [Fact]
    public void ASumOfGradientsIsALargerRate()
    {
        const string Setting = "start-scale=1e-9 learning-rate=1e-4 momentum=0.9 accumulation=sum";
        Of(Setting, "signal-rate").Value.ShouldBe(30, 1e-9);
        Of(Setting, "spike-time").Withheld.ShouldContain("averages of gradients");
        var run = system.Solve("gd", Parse(Setting + " at-steps=300,400 steps=400"));
        (Math.Log(run["a"][1] / run["a"][0]) / 0.01).ShouldBe(30, 1);
    }

    [Theory]
    [InlineData("dimension=100000 spike=9 start-scale=1e-6", 0.7)]
    [InlineData("dimension=100000 spike=9 start-scale=1e-6", 0.86)]
    [InlineData("dimension=100000 spike=9 start-scale=1e-6", 1.3)]
    [InlineData("dimension=100000 spike=9 start-scale=1e-6", 1.7)]
    [InlineData("dimension=47 spike=15 start-scale=7.64e-5", 3.536)]
    public void StepsThatStallAreOut(string problem, double stride)
    {
        var trace = problem.Contains("=47", StringComparison.Ordinal) ? 62 : 100_009;
        var setting = FormattableString.Invariant($"{problem} learning-rate={stride / Math.Sqrt(trace):R}");
        var half = Of(setting, "half-steps");
        (half.Window, half.Kind).ShouldBe((WindowStatus.Outside, PredictionKind.Heuristic));
        Of(setting, "aligned-steps").Window.ShouldBe(WindowStatus.Outside);
        (system.Solve("spectral", Parse(setting + " steps=3000")).SummaryOf("half-step") ?? double.NaN).ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void SmallerStepsReachTheHalfAsCounted(double stride)
    {
        var setting = FormattableString.Invariant($"dimension=100000 spike=9 start-scale=1e-6 learning-rate={stride / Math.Sqrt(100_009):R}");
        var half = Of(setting, "half-steps");
        (half.Window, half.Kind).ShouldBe((WindowStatus.Inside, PredictionKind.Exact));
        system.Solve("spectral", Parse(setting + " steps=3000")).SummaryOf("half-step").ShouldBe(half.Value);
    }

    [Fact]
    public void CountsAreOfAConstantRate()
    {
        foreach (var name in (string[])["half-steps", "aligned-steps", "target-steps", "signal-steps"])
            Of("schedule=linear steps=400 learning-rate=0.00411", name).Withheld.ShouldBe("it is for a constant learning rate");
    }

    // A signal that stalls: a² = 1 − x²/3 for steps x between 1 and √3 of the surface.
    [Theory]
    [InlineData(1.1)]
    [InlineData(1.5)]
    [InlineData(1.7)]
    public void LargeStepsStallWhereTheSurfaceSays(double stride)
    {
        var run = system.Solve("spectral", Parse(FormattableString.Invariant($"dimension=100000 spike=9 start-scale=1e-6 learning-rate={stride / Math.Sqrt(100_009):R} steps=8000")));
        (run["a"][^1] * run["a"][^1]).ShouldBe(1 - (stride * stride / 3), 0.02);
    }

    [Fact]
    public void DecayBeyondTwoIsRefused() =>
        Should.Throw<ParameterException>(() => system.Complete("spectral", Parse("weight-decay=1e4"))).Message.ShouldContain("weight-decay = 10000 is not allowed: it must be below 2/learning-rate");

    [Theory]
    [InlineData("0,0,0")]
    [InlineData("-3.4445,4.775,-2.0315")]
    public void CoefficientsThatDoNotDescendAreRefused(string coefficients) =>
        Should.Throw<ParameterException>(() => system.Complete("muon-population", Parse("newton-schulz=" + coefficients))).Message.ShouldContain("a > 0 in every row");

    [Fact]
    public void ADivergingIterationIsSaidToBeOne()
    {
        var run = system.Solve("muon", Parse("dimension=20 batch=64 replicas=4 steps=20 arithmetic=bf16 newton-schulz=cans"));
        string.Concat(run.Status.Message, string.Concat(run.Warnings)).ShouldNotContain("reduce learning-rate");
    }

    private Prediction Of(string setting, string name) => system.Predict(Parse(setting)).Single(prediction => prediction.Name == name);

    private static Setting Parse(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, object>(pair[0], pair[1])));
}
