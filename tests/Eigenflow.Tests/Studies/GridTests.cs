using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

public sealed class GridTests
{
    private static readonly ISystem PhaseRetrieval = SystemCatalog.Find("phase-retrieval");

    [Theory]
    [InlineData("exponent", "1.2,1.5,2", "1.2;1.5;2")]
    [InlineData("exponent", "linspace(1,2,3)", "1;1.5;2")]
    [InlineData("exponent", "2,2,2", "2")]
    [InlineData("dimension", "logspace(1,3,3)", "10;100;1000")]
    [InlineData("dimension", "logspace(0,0.3,3)", "1;2")]
    [InlineData("teacher", "gaussian,ones", "gaussian;ones")]
    [InlineData("spectrum", "list:0.8,0.2", "list:0.8,0.2")]
    [InlineData("dimension", "geomspace(10,1000,3)", "10;100;1000")]
    [InlineData("exponent", "geomspace(0.1,10,3)", "0.1;1;10")]
    [InlineData("exponent", "logspace(-1,1,3)", "0.1;1;10")]
    [InlineData("spectrum", "list:0.8,0.2,isotropic", "list:0.8,0.2;isotropic")]
    [InlineData("spectrum", "list:0.8,0.2,list:1,2e-1,-3", "list:0.8,0.2;list:1,2e-1,-3")]
    [InlineData("spectrum", "spiked:3:9,zero-one:5", "spiked:3:9;zero-one:5")]
    [InlineData("teacher", "file:a.csv,file:b.csv,ones", "file:a.csv;file:b.csv;ones")]
    [InlineData("teacher", "file:a,b.csv", "file:a,b.csv")]
    [InlineData("schedule", "constant,cyclic:4", "constant;cyclic:4")]
    [InlineData("schedule", "warmup:10+cosine,step-decay:2:0.5:0.8,8-1-1,file:a.csv", "warmup:10+cosine;step-decay:2:0.5:0.8;8-1-1;file:a.csv")]
    [InlineData("times", "1,10", "1,10")]
    [InlineData("times", "logspace(0,2,3)", "1,10,100")]
    public void ListsAndRangesAreExpanded(string parameter, string text, string expected)
    {
        var info = PhaseRetrieval.Parameters.First(candidate => candidate.Name == parameter);
        string.Join(';', ValueList.Parse(info, text).Select(Setting.Format)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("linspace(1,2)")]
    [InlineData("linspace(1,2,0)")]
    [InlineData("linspace(1,2,1.5)")]
    [InlineData("geospace(1,2,3)")]
    [InlineData("geomspace(0,2,3)")]
    [InlineData("logspace(1,400,3)")]
    [InlineData("logspace(1,x,3)")]
    [InlineData("linspace(1,2,3")]
    [InlineData("linspace(-1,2,3)")]
    [InlineData("1,,2")]
    public void AWrongRangeIsNamed(string text)
    {
        var info = PhaseRetrieval.Parameters.First(candidate => candidate.Name == "exponent");
        Should.Throw<ParameterException>(() => ValueList.Parse(info, text)).Message.ShouldStartWith("exponent = ");
    }

    [Theory]
    [InlineData("3.4445,-4.775,2.0315", "3.4445,-4.775,2.0315")]
    [InlineData("muon,3.4445,-4.775,2.0315,2,-1.5,0.5,cubic", "muon;3.4445,-4.775,2.0315;2,-1.5,0.5;cubic")]
    [InlineData("1,2", "1,2")]
    [InlineData("cubik", "cubik")]
    public void ThreeCoefficientsAreOneValue(string text, string expected)
    {
        var info = SystemCatalog.Find("spectral-descent").Parameters.First(candidate => candidate.Name == "newton-schulz");
        string.Join(';', ValueList.Parse(info, text).Select(Setting.Format)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("logspace(1e2,1e12,11)", "for 1e2 to 1e12 write logspace(2,12,11) or geomspace(1e2,1e12,11).")]
    [InlineData("logspace(1e-3,1e-1,3)", "for 1e-3 to 1e-1 write logspace(-3,-1,3) or geomspace(1e-3,1e-1,3).")]
    [InlineData("logspace(100,1,3)", "write logspace(2,0,3)")]
    public void EndsInPlaceOfExponentsAreExplained(string text, string expected)
    {
        var info = PhaseRetrieval.Parameters.First(candidate => candidate.Name == "dimension");
        var message = Should.Throw<ParameterException>(() => ValueList.Parse(info, text)).Message;
        message.ShouldContain("with exponents of ten, as in NumPy");
        message.ShouldContain(expected);
    }

    [Fact]
    public void AListDoesNotMixDrawnAndAveragedWeights()
    {
        Should.Throw<ParameterException>(() => Plan(["flow"], ("dimension", "1e8,1e9"))).Message.ShouldContain("modes = averaged or compressed for all");
        Plan(["flow"], ("dimension", "1e8,1e9"), ("modes", "averaged")).Count.ShouldBe(2);
        Plan(["flow"], ("dimension", "1e9,1e10")).Count.ShouldBe(2);
        Plan(["flow"], ("dimension", "1e3,1e8")).Count.ShouldBe(2);
    }

    [Fact]
    public void EveryMethodGetsWhatItReads()
    {
        var runs = Plan(["flow", "gd"], ("exponent", "1.5,2"), ("steps", "10"), ("until", "5"));
        runs.Count.ShouldBe(4);
        runs.Where(run => run.Method == "flow").ShouldAllBe(run => run.Values["steps"] == null && (double)run.Values["until"]! == 5);
        runs.Where(run => run.Method == "gd").ShouldAllBe(run => run.Values["until"] == null && (long)run.Values["steps"]! == 10);
        runs.Select(RunName.Of).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void WhatNoMethodReadsIsRefused()
    {
        Should.Throw<ParameterException>(() => Plan(["flow"], ("steps", "10"))).Message.ShouldContain("steps");
        Should.Throw<ParameterException>(() => Plan(["flow"], ("exponent", "linspace(1,2,1000)"), ("seed", "linspace(1,1000,1000)"))).Message.ShouldContain("100000");
    }

    [Fact]
    public void EqualRunsAreRunOnce() => Plan(["flow", "flow"], ("exponent", "2,2.0")).Count.ShouldBe(1);

    private static IReadOnlyList<CompletedSetting> Plan(string[] methods, params (string Name, string Text)[] texts) =>
        RunPlan.Expand(PhaseRetrieval, methods, texts.ToDictionary(pair => pair.Name, pair => pair.Text));
}
