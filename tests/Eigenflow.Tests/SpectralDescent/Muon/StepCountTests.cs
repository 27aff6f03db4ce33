using Eigenflow.Systems;
using Eigenflow.Systems.SpectralDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent.Muon;

/// <summary>What is predicted of steps and of the largest step, against runs.</summary>
public sealed class StepCountTests
{
    private readonly ISystem system = SystemCatalog.Find("spectral-descent");

    [Theory]
    [InlineData("dimension=200 learning-rate=1e-3 start-scale=1e-3", 354)]
    [InlineData("dimension=200 learning-rate=1e-3 start-scale=1e-3 spike=29", 354)]
    [InlineData("learning-rate=0.00211 start-scale=0.00137", 194)]
    public void TheAlignedStepIsThatOfSliding(string setting, double expected)
    {
        Predicted(setting, "aligned-steps").ShouldBe(expected, 1);
        Number("spectral", setting + " steps=700", "aligned-step").ShouldBe(expected, 1);
    }

    [Theory]
    [InlineData("learning-rate=0.00211 start-scale=0.00137", 463)]
    [InlineData("learning-rate=0.00211 start-scale=0.00137 loss-target=0.1", 355)]
    [InlineData("dimension=1000 learning-rate=0.0005 start-scale=0.00137 loss-target=0.01", 1854)]
    public void TheTargetStepIsThatOfSliding(string setting, double expected)
    {
        var predicted = Predicted(setting, "target-steps");
        predicted.ShouldBe(expected, 3);
        Number("spectral", setting + " steps=2500", "target-step").ShouldBe(predicted, 0.006 * predicted);
    }

    [Theory]
    [InlineData("spectral", "weight-decay=0.5", 413)]
    [InlineData("spectral", "weight-decay=0", 335)]
    [InlineData("spectral", "update-scale=rms learning-rate=0.001055", 335)]
    public void DecayAndFactorsAreInThePrediction(string method, string more, double expected)
    {
        var setting = "start-scale=0.00137 " + (more.Contains("learning-rate", StringComparison.Ordinal) ? "" : "learning-rate=0.00211 ") + more;
        Predicted(setting, "half-steps").ShouldBe(expected);
        Number(method, setting + " steps=900", "half-step").ShouldBe(expected);
    }

    [Fact]
    public void WhatIsNeverReachedIsWithheld()
    {
        system.Predict(Setting("weight-decay=3")).Single(prediction => prediction.Name == "half-steps").Withheld.ShouldStartWith("weight decay holds the signal at 0.3333");
        system.Predict(Setting("loss-target=0.7")).Single(prediction => prediction.Name == "target-steps").Withheld.ShouldContain("above the loss at which sliding begins");
        Number("spectral", "weight-decay=3 steps=2000", "half-step").ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("momentum=0", 0.1)]
    [InlineData("momentum=0.9", 1.9)]
    [InlineData("momentum=0.9 nesterov=on", 0.678571428571)]
    [InlineData("momentum=0.9 accumulation=sum", 0.19)]
    public void MomentumMovesTheLargestRate(string setting, double expected) => Predicted(setting, "largest-learning-rate").ShouldBe(expected, 1e-9);

    [Fact]
    public void TheLargestSpectralRateIsThatOfTheTrace()
    {
        Predicted("", "largest-spectral-rate").ShouldBe(Math.Sqrt(3.0 / 109), 1e-12);
        var problem = BlockReferenceTests.Spiked(10_000, 9, 1e-6);
        LargestStepsFigure.LargestThatLearns(problem, UpdateRule.Spectral, 0.03, 1000, TestContext.Current.CancellationToken).ShouldBe(Math.Sqrt(3.0 / 10_009), 0.02 * Math.Sqrt(3.0 / 10_009));
    }

    // The growth of an escape by the roots of the two by two map, against steps.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void GrowthWithMomentumIsThatOfTheMap(bool isNesterov, bool isSum)
    {
        const double Momentum = 0.7, Rate = 0.01;
        var rule = UpdateRule.GradientDescent with { Momentum = Momentum, IsNesterov = isNesterov, IsSum = isSum };
        var run = BlockReferenceTests.Spiked(20, 4, 1e-30).Solve(new BlockRecursion { Rule = rule, LearningRate = Rate, AtSteps = [200, 300] });
        (Math.Log(run["a"][1] / run["a"][0]) / 100).ShouldBe(MomentumTheory.Growth(3 * Rate, Momentum, isNesterov, isSum), 1e-10);
    }

    [Fact]
    public void BlocksAndMatricesReachTheTargetTogether()
    {
        var problem = BlockReferenceTests.Spiked(10, 9, 1e-3);
        long[] steps = [.. Enumerable.Range(0, 301).Select(k => (long)k)];
        var blocks = problem.Solve(new BlockRecursion { LearningRate = 0.02, AtSteps = steps, LossTarget = 0.05 });
        var full = problem.Solve(new MatrixRecursion { LearningRate = 0.02, AtSteps = steps, LossTarget = 0.05 });
        blocks.SummaryOf("target-step").ShouldBe(Array.FindIndex(blocks["loss"], loss => loss <= 0.05));
        full.SummaryOf("target-step").ShouldBe(blocks.SummaryOf("target-step"));
    }

    private double Predicted(string setting, string name) => system.Predict(Setting(setting)).Single(prediction => prediction.Name == name).Value;

    private double Number(string method, string setting, string name) => system.Solve(method, Setting(setting)).SummaryOf(name) ?? double.NaN;

    private static Setting Setting(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, object>(pair[0], pair[1])));
}
