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
    [InlineData("geomspace(1,2,3)")]
    [InlineData("logspace(1,x,3)")]
    [InlineData("linspace(1,2,3")]
    [InlineData("linspace(-1,2,3)")]
    [InlineData("1,,2")]
    public void AWrongRangeIsNamed(string text)
    {
        var info = PhaseRetrieval.Parameters.First(candidate => candidate.Name == "exponent");
        Should.Throw<ParameterException>(() => ValueList.Parse(info, text)).Message.ShouldStartWith("exponent = ");
    }

    [Fact]
    public void EveryMethodGetsWhatItReads()
    {
        var runs = Plan(["flow", "gd"], ("exponent", "1.5,2"), ("steps", "10"), ("until", "5"));
        runs.Count.ShouldBe(4);
        runs.Where(run => run.Method == "flow").ShouldAllBe(run => run.Setting["steps"] == null && (double)run.Setting["until"]! == 5);
        runs.Where(run => run.Method == "gd").ShouldAllBe(run => run.Setting["until"] == null && (long)run.Setting["steps"]! == 10);
        runs.Select(run => run.Id).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void WhatNoMethodReadsIsRefused()
    {
        Should.Throw<ParameterException>(() => Plan(["flow"], ("steps", "10"))).Message.ShouldContain("steps");
        Should.Throw<ParameterException>(() => Plan(["flow"], ("exponent", "linspace(1,2,1000)"), ("seed", "linspace(1,1000,1000)"))).Message.ShouldContain("100000");
    }

    [Fact]
    public void EqualRunsAreRunOnce() => Plan(["flow", "flow"], ("exponent", "2,2.0")).Count.ShouldBe(1);

    private static IReadOnlyList<PlannedRun> Plan(string[] methods, params (string Name, string Text)[] texts) =>
        RunPlan.Expand(PhaseRetrieval, methods, texts.ToDictionary(pair => pair.Name, pair => pair.Text));
}
