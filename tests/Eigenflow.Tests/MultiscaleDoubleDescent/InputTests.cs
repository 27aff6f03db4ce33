using Eigenflow.Solutions;
using Eigenflow.Systems;
using Eigenflow.Systems.MultiscaleDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiscaleDoubleDescent;

/// <summary>What users type: the ways to say which scales there are, and what is refused.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private static ISystem System => SystemCatalog.Find("multiscale-double-descent");

    [Theory]
    [InlineData("flow", "dimension=10 fast=10", "fast = 10 is not allowed: it must be a whole number with 1 <= fast < dimension = 10.")]
    [InlineData("flow", "condition=0.5", "condition = 0.5 is not allowed")]
    [InlineData("flow", "samples=0", "samples = 0 is not allowed")]
    [InlineData("flow", "noise=-1", "noise = -1 is not allowed")]
    [InlineData("flow", "ridge=-1", "ridge = -1 is not allowed")]
    [InlineData("flow", "times=-1", "times = -1 is not allowed")]
    [InlineData("flow", "spectrum=list:1,0", "spectrum = 0 is not allowed: it must be a list of finite singular values > 0; F must be invertible.")]
    [InlineData("flow", "spectrum=list:1,1e-11", "none is below 1e-10 of the largest")]
    [InlineData("flow", "spectrum=list:1e300x10", "spectrum = 1E+300 is not allowed: it must be singular values from 1e-100 to 1e100; change the unit of the features.")]
    [InlineData("flow", "scales=1e101,1e100", "scales = 1E+101 is not allowed: it must be singular values from 1e-100 to 1e100")]
    [InlineData("flow", "dimension=1e15", "samples = 1100000000000000 is not allowed: it must be a whole number >= 1 and <= 1e15.")]
    [InlineData("flow", "scales=1,0.1 multiplicities=3", "multiplicities = (1 numbers) is not allowed: it must be one whole number per scale (2).")]
    [InlineData("flow", "scales=1,0.1 multiplicities=3,1.5", "multiplicities = 1.5 is not allowed")]
    [InlineData("flow", "scales=1,0.1 multiplicities=3,4 dimension=8", "dimension = 8 is not allowed: it must be the sum of the multiplicities (7)")]
    [InlineData("flow", "scales=1,0.1 fast=3", "fast = 3 is not allowed: it must be left out beside scales")]
    [InlineData("flow", "multiplicities=3,4", "multiplicities = 3,4 is not allowed: it must be left out when spectrum = two-scale")]
    [InlineData("closed-form", "spectrum=power-law", "the closed form of the paper has two blocks")]
    [InlineData("finite", "update=gd learning-rate=2", "the learning rate exceeds the stability limit")]
    [InlineData("finite", "update=gd learning-rate=0", "learning-rate = 0 is not allowed")]
    [InlineData("finite", "update=flow learning-rate=0.1", "learning-rate = 0.1 is not allowed: it must be left out with update = flow")]
    [InlineData("simulation", "evaluation=steps update=flow", "update = flow is not allowed: it must be gd with evaluation = steps.")]
    [InlineData("simulation", "shrinkage=0.6", "it belongs to evaluation = steps")]
    public void WhatIsNotAllowedIsRefused(string method, string given, string message) =>
        Should.Throw<ParameterException>(() => System.Complete(method, Given(given))).Message.ShouldContain(message);

    // The best ridge of one scale is σ², and the best time is in inverse proportion to strong noise, wherever a search begins.
    [Fact]
    public void StrongNoiseIsStoppedEarly()
    {
        double Predicted(string name, string noise) => System.Predict(System.Complete(null, Given("condition=1 noise=" + noise))).Single(prediction => prediction.Name == name).Value;
        foreach (var (noise, value) in ((string, double)[])[("0.04", 0.04), ("1e4", 1e4), ("1e8", 1e8)])
            Predicted("optimal-ridge", noise).ShouldBe(value, 1e-3 * value);
        foreach (var name in (string[])["first-minimum-time", "second-minimum-time"])
        {
            (100 * Predicted(name, "1e5")).ShouldBe(Predicted(name, "1e3"), 0.01 * Predicted(name, "1e3"));
            Predicted(name, "1e10").ShouldBe(double.NaN);
        }
    }

    [Fact]
    public void TheScalesCanBeSaidInManyWays()
    {
        var expected = Solve("spectrum=list:1x70,0.1x30 samples=110");
        Solve("fast=70 condition=10").ShouldBe(expected, 1e-14);
        Solve("scales=1,0.1 multiplicities=70,30 samples=110").ShouldBe(expected, 1e-14);
        Solve("spectrum=list:0.1x30,1x70 samples=110").ShouldBe(expected, 1e-14);
        var file = folder.Write("scales.csv", string.Join('\n', Enumerable.Repeat("1", 70).Concat(Enumerable.Repeat("0.1", 30))));
        Solve($"spectrum=file:{file} samples=110").ShouldBe(expected, 1e-10);

        // A scale that is written twice is one scale.
        Solve("scales=1,0.1,0.1 multiplicities=70,10,20 samples=110").ShouldBe(expected, 1e-14);
        System.Complete("flow", Given("scales=1,0.1,0.01 dimension=10")).Values["multiplicities"].ShouldBe(new[] { 4.0, 3, 3 });
    }

    [Fact]
    public void ATeacherMayComeFromAFile()
    {
        var ones = folder.Write("teacher.csv", string.Join('\n', Enumerable.Repeat("1", 10)));
        var own = folder.Write("own.csv", "2\n" + string.Join('\n', Enumerable.Repeat("0", 9)));
        const string Small = "dimension=10 samples=20 replicas=3 times=1,10";
        foreach (var method in (string[])["finite", "simulation"])
            Error(method, $"{Small} teacher=file:{ones}").ShouldBe(Error(method, $"{Small} teacher=ones"));
        Error("flow", $"dimension=10 samples=20 times=0 teacher=file:{own}").ShouldBe([0.2], 1e-15);
        Error("finite", $"{Small} times=0 teacher=file:{own}").ShouldBe([0.2], 1e-15);
        Should.Throw<ParameterException>(() => System.Complete("flow", Given($"dimension=11 teacher=file:{own}"))).Message.ShouldContain("one weight per mode (dimension = 11)");
    }

    [Fact]
    public void TheClosedFormEndsWhereItIsSingular()
    {
        var solution = System.Solve("closed-form", Given("samples=90 dimension=100 fast=70 noise=0 points=40"));
        solution.Status.Outcome.ShouldBe(SolveOutcome.Failed);
        solution.Status.Message.ShouldStartWith("closed form singular at t = ");
        solution.Rows.ShouldBeInRange(2, 40);
        solution["error"].ShouldAllBe(error => double.IsFinite(error));
    }

    [Fact]
    public void ARidgePathStandsBesideLearningCurves()
    {
        var ridge = System.Solve("ridge", Given("at=0.01,1,100"));
        ridge["t"].ShouldBe([100, 1, 0.01], 1e-12);
        var picture = System.Draw([System.Solve("flow", Given("points=30")), ridge]).Panels[0];
        picture.Series.ShouldAllBe(series => series.X.Zip(series.X.Skip(1)).All(pair => pair.First < pair.Second));
        picture.Series.Count(series => series.X.Length == 3).ShouldBe(1);
        System.Solve("ridge", Given("at=0 samples=100 dimension=100")).Warnings.ShouldHaveSingleItem().ShouldContain("interpolation threshold");
        System.Compare([ridge]).ShouldHaveSingleItem().Rows.Count.ShouldBe(1);
    }

    [Fact]
    public void TheOptimalRidgeIsPredicted()
    {
        var predictions = System.Predict(System.Complete(null, Given("condition=100")));
        double Value(string name) => predictions.Single(prediction => prediction.Name == name).Value;
        var path = System.Solve("ridge", Given("condition=100"));
        path.SummaryOf("optimal-ridge")!.Value.ShouldBe(Value("optimal-ridge"), 1e-2 * Value("optimal-ridge"));
        path.SummaryOf("optimal-error")!.Value.ShouldBe(Value("optimal-ridge-error"), 1e-6);
        Value("final-error").ShouldBe(0.04 * 100 / 10 / 2, 1e-12);
    }

    public void Dispose() => folder.Dispose();

    private static double[] Error(string method, string given) => System.Solve(method, Given(given))["error"];

    private static double[] Solve(string given) => Error("flow", given + " times=1,10,100,1000");

    private static Setting Given(string text) => new(text.Split(' ').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], System.Parameter(pair[0])!.Parse(pair[1]))).GroupBy(pair => pair.Key, (_, pairs) => pairs.Last()));
}
