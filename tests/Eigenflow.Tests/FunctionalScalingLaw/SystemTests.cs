using System.Globalization;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>The system as hosts see it: settings, errors, warnings, edges.</summary>
public sealed class SystemTests
{
    private readonly ISystem system = SystemCatalog.Find("functional-scaling-law");

    [Theory]
    [InlineData("model-size=2000", "model-size = 2000 is not allowed: it must be a whole number from 1 to features = 1024")]
    [InlineData("batch=0", "batch = 0 is not allowed")]
    [InlineData("schedule=wsd decay-steps=20000", "decay-steps = 20000 is not allowed: it must be a whole number from 1 to the number of steps 10000")]
    [InlineData("schedule=exponential final=0", "final = 0 is not allowed")]
    [InlineData("schedule=exponential final=0.2", "final = 0.2 is not allowed: it must be a number from 0 to the peak 0.1")]
    [InlineData("schedule=constant final=0.01", "final = 0.01 is not allowed: it must be left out for the schedule constant")]
    [InlineData("spectrum=powerlaw", "did you mean power-law?")]
    [InlineData("target=fil:x", "did you mean file?")]
    [InlineData("at-steps=20000", "at-steps = 20000 is not allowed")]
    public void InvalidInputGivesOneErrorThatNamesParameterValueAndRange(string setting, string message)
    {
        var error = Should.Throw<EigenflowException>(() => system.Complete("exact", Setting(setting)));
        error.Message.ShouldContain(message);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void TheModelIsAtMostAsLargeAsTheFeatures()
    {
        system.Complete("exact", Setting("features=50")).Values["model-size"].ShouldBe(50L);
    }

    [Fact]
    public void UnstableRatesAreWarnedOfAndHaveNoStationaryLoss()
    {
        var setting = Setting("capacity=4 model-size=64 features=64 noise=0.5 peak=0.9 schedule=constant steps=50");
        system.Solve("exact", setting).Warnings.ShouldHaveSingleItem().ShouldContain("Q = 4.5");
        system.Solve("exact", setting.With("peak", 0.1)).Warnings.ShouldBeEmpty();
        system.Predict(setting).Single(prediction => prediction.Name == "stationary-loss").Withheld.ShouldContain("must be < ");
        double.IsFinite(system.Predict(setting.With("peak", 0.1)).Single(prediction => prediction.Name == "stationary-loss").Value).ShouldBeTrue();
    }

    [Fact]
    public void LossIsTheSumOfItsParts()
    {
        foreach (var method in system.Methods.Where(method => method.Name != "law-infinite"))
        {
            var solution = system.Solve(method.Name, Setting("steps=300 model-size=40 features=60 schedule=cyclic:3" + (method.Name == "sgd" ? " replicas=3" : "")));
            for (var row = 0; row < solution.Times.Length; row++)
                (solution["approximation"][row] + solution["signal"][row] + solution["noise"][row]).ShouldBe(solution["loss"][row], 1e-12 * solution["loss"][row], method.Name);
        }
    }

    [Theory]
    [InlineData("features=1 model-size=1 steps=1")]
    [InlineData("features=30 model-size=30 noise=0 steps=20")]
    [InlineData("difficulty=3 capacity=1.1 features=5 model-size=2 steps=7 batch=1000")]
    [InlineData("schedule=exponential peak=0.05 final=0.05 steps=100 features=40")]
    [InlineData("schedule=warmup:10+wsd steps=100 features=40 batch=2*2@0.5")]
    [InlineData("projection=random features=60 model-size=20 steps=50")]
    public void EdgesGiveFiniteLosses(string setting)
    {
        foreach (var method in system.Methods)
        {
            var solution = system.Solve(method.Name, Setting(setting + (method.Name == "sgd" ? " replicas=2" : "")));
            solution["loss"].ShouldAllBe(value => double.IsFinite(value) && value >= 0, method.Name);
            solution["step"][^1].ShouldBe((long)system.Complete(method.Name, Setting(setting)).Values["steps"]!);
        }
    }

    [Fact]
    public void AnExponentialThatEndsAtItsPeakIsTheConstantSchedule()
    {
        var constant = system.Solve("exact", Setting("schedule=constant peak=0.05 steps=500"));
        var exponential = system.Solve("exact", Setting("schedule=exponential peak=0.05 final=0.05 steps=500"));
        exponential["loss"][^1].ShouldBe(constant["loss"][^1], 1e-13);
        var predicted = system.Predict(Setting("schedule=exponential peak=0.05 final=0.05 steps=500")).Single(prediction => prediction.Name == "intrinsic-time");
        predicted.Value.ShouldBe(25, 1e-9);
    }

    [Fact]
    public void HugeModelsAreCompressed()
    {
        var full = system.Solve("exact", Setting("features=20000 model-size=20000 capacity=1.5 difficulty=0.7 steps=400 modes=full at-steps=1,20,400"));
        var compressed = system.Solve("exact", Setting("features=20000 model-size=20000 capacity=1.5 difficulty=0.7 steps=400 modes=compressed at-steps=1,20,400"));
        for (var row = 0; row < 3; row++)
            compressed["loss"][row].ShouldBe(full["loss"][row], 1e-9 * full["loss"][row]);
        system.Solve("exact", Setting("features=1e9 model-size=1e8 capacity=1.5 steps=200"))["loss"][^1].ShouldBeGreaterThan(0);
    }

    private static Setting Setting(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
    {
        var parts = pair.Split('=', 2);
        var info = SystemCatalog.Find("functional-scaling-law").Parameters.Single(parameter => parameter.Name == parts[0]);
        return new KeyValuePair<string, object>(parts[0], info.Kind is ParameterKind.Number or ParameterKind.Integer && parts[1] == "NaN" ? double.NaN
            : info.Kind is ParameterKind.Number ? double.Parse(parts[1], CultureInfo.InvariantCulture)
            : info.Kind is ParameterKind.Integer ? (long)double.Parse(parts[1], CultureInfo.InvariantCulture)
            : info.Kind is ParameterKind.NumberList ? parts[1].Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray() : parts[1]);
    }));
}
