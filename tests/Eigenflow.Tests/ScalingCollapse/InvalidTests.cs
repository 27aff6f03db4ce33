using Eigenflow.Settings;
using Eigenflow.Systems;
using Eigenflow.Systems.ScalingCollapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingCollapse;

/// <summary>What is no ladder, no law or no stable run is refused in one line.</summary>
public sealed class InvalidTests
{
    private static readonly ISystem System = SystemCatalog.Find("scaling-collapse");

    [Theory]
    [InlineData("law", "terms", "-1:0.5:0+1:0:0.5", "the coefficient -1 is not > 0")]
    [InlineData("law", "terms", "1:0:0+1:0.5:0+1:0:0.5", "irreducible")]
    [InlineData("law", "terms", "1:0.5:0+1:0.4:0.1", "all terms have mu > nu")]
    [InlineData("law", "terms", "1:0.1:0.5+1:0:0.4", "all terms have mu < nu")]
    [InlineData("law", "terms", "1:0.5:0", "2 to 100 terms")]
    [InlineData("law", "terms", "1e200:0.5:0+1:0:0.5", "a <= 1e100")]
    [InlineData("law", "terms", "1:0.5+1:0:0.5", "a:mu:nu")]
    [InlineData("law", "data-exponent", "0", "> 0")]
    [InlineData("law", "models", "10,0.5", ">= 1")]
    [InlineData("law", "peak", "0.1", "left out for the method law")]
    [InlineData("ladder", "terms", "1:0.5:0+1:0:0.5", "left out for the method ladder")]
    [InlineData("ladder", "models", "32,64.5", "whole numbers")]
    [InlineData("ladder", "models", "32,8192", "features = 4096")]
    [InlineData("ladder", "peak", "1.7", "SGD is unstable")]
    [InlineData("sgd", "peak", "4", "SGD is unstable")]
    [InlineData("ladder", "model-size", "5000", "features = 4096")]
    [InlineData("ladder", "horizon", "1e20", "1e15 steps")]
    public void RefusedByTheSetting(string method, string name, string value, string expected)
    {
        var error = Should.Throw<ParameterException>(() => System.Complete(method, Setting.Empty.With(name, value)));
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void OneModelOfBothIsChosen()
    {
        Should.Throw<ParameterException>(() => System.Complete("ladder", Setting.Empty.With("models", "32,64").With("model-size", "16"))).Message.ShouldContain("one of models = 32,64");
        System.Complete("ladder", Setting.Empty.With("models", "64,32")).Values["model-size"].ShouldBe(64.0);
        System.Complete("ladder", Setting.Empty.With("model-size", "16")).Values["models"].ShouldBe(new[] { 16.0 });
        Should.Throw<ParameterException>(() => System.Complete("ladder", Setting.Empty.With("horizon", "1").With("steps", "7"))).Message.ShouldContain("give one of the two");
    }

    [Fact]
    public void LawsOfAnySizeArePredicted()
    {
        var predictions = System.Predict(System.Complete(null, Setting.Empty.With("models", "10,1e12,1e30")));
        predictions.Single(one => one.Name == "exact-horizon").Value.ShouldBe(1e30, 1e20);
        predictions.Single(one => one.Name == "collapse-deviation").Value.ShouldBe(0, 1e-12);
        predictions.Single(one => one.Name == "ladder-steps").Withheld.ShouldContain("no number of features");
    }

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(0.7, true)]
    public void AMeanThatGrowsIsWarnedOf(double peak, bool isWarned)
    {
        // η Σ λ/(2 − 2ηλ) over 16 modes is 1.62 at η = 0.7, where η Tr H/2 is 0.74.
        var solution = new ScalingProblem { Models = [16], Features = 64, Batch = 1, Peak = peak, Horizon = 0.1 }.Solve(new LadderTheory { Points = 4 });
        solution.Warnings.Count.ShouldBe(isWarned ? 1 : 0);
    }

    [Fact]
    public void NothingIsLeftOfTheLoss()
    {
        Should.Throw<ParameterException>(() => new ScalingProblem { Offset = 1 }.Solve(new SumOfPowerLaws())).Message.ShouldContain("the reducible loss must stay positive");
        Should.Throw<ParameterException>(() => new ScalingProblem { Offset = 1 }.Solve(new LadderTheory())).Message.ShouldContain("the reducible loss must stay positive");
    }

    [Theory]
    [InlineData("decay-fraction=0.2", "left out with schedule = constant")]
    [InlineData("decay-fraction=0.2 schedule=wsd", "left out with schedule = wsd")]
    [InlineData("decay-fraction=1.5 schedule=linear", "<= 1")]
    [InlineData("schedule=warmup:100+linear steps=100", "more than the 100 steps of the warm-up")]
    public void SchedulesThatDoNotFit(string given, string expected)
    {
        var setting = given.Split(' ').Select(pair => pair.Split('=')).Aggregate(Setting.Empty, (before, pair) => before.With(pair[0], pair[1]));
        Should.Throw<ParameterException>(() => System.Complete("ladder", setting)).Message.ShouldContain(expected);
    }

    [Fact]
    public void ALateDecayIsThatOfItsText()
    {
        var problem = new ScalingProblem { Models = [16], Features = 64 };
        var text = System.Solve(System.Complete("ladder", Setting.Empty.With("model-size", "16").With("features", "64").With("schedule", "decay:0.2+cosine")));
        var option = System.Solve(System.Complete("ladder", Setting.Empty.With("model-size", "16").With("features", "64").With("schedule", "cosine").With("decay-fraction", "0.2")));
        option["loss"].ShouldBe(text["loss"]);
        option["loss"][^1].ShouldNotBe(problem.Solve(new LadderTheory())["loss"][^1]);
    }
}
