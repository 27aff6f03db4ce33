using Eigenflow.Settings;
using Eigenflow.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>What curves show of the predictions that are marked on them.</summary>
public sealed class MeasuredPredictionTests
{
    public static TheoryData<string> Systems() => TestedSystems.Ids();

    [Theory]
    [MemberData(nameof(Systems))]
    public void WhatIsMeasuredIsOfAMarkedPrediction(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var measured in Measured(system))
        {
            system.Predictions.Single(quantity => quantity.Name == measured.Name).Mark.ShouldNotBeNull();
            double.IsFinite(measured.Value).ShouldBeTrue();
            measured.Half.ShouldBeGreaterThanOrEqualTo(0);
            measured.Text.ShouldNotBeEmpty();
            measured.Place.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void MarksNameEventsAndNumbersThatThereAre(string id)
    {
        var system = TestedSystems.Find(id);
        var known = system.Events.Select(quantity => quantity.Name).Concat(system.LearningCurves.SelectMany(method => system.Solve(system.Complete(method, new Setting([]))).Summary.Select(number => number.Name))).ToHashSet(StringComparer.Ordinal);
        foreach (var mark in system.Predictions.Select(quantity => quantity.Mark).OfType<CurveMark>().Where(mark => mark.Event.Length > 0))
            known.ShouldContain(mark.Event);
    }

    [Fact]
    public void TimesSlopesAndLevelsAreCompared()
    {
        var system = TestedSystems.Find("phase-retrieval");
        var solution = system.Solve(system.Complete("flow", new Setting([])));
        var measured = Measured(system).ToDictionary(one => one.Name, StringComparer.Ordinal);
        measured["escape-time"].Value.ShouldBe(solution.TimeOf("escape"));
        measured["convergence-time"].Difference.ShouldBe((solution.TimeOf("convergence") / measured["convergence-time"].Predicted) - 1);
        measured["loss-exponent"].Value.ShouldBe(0.5, 0.02);
        measured["plateau"].Value.ShouldBe(measured["plateau"].Predicted, 0.01 * measured["plateau"].Predicted);
    }

    [Theory]
    [InlineData("10", false)]
    [InlineData("4100", false)]
    [InlineData("1000000", true)]
    public void ALateSlopeIsThatOfTheEndOfACurveThatHasComeThere(string steps, bool isSeen)
    {
        var system = TestedSystems.Find("spectral-descent");
        var run = system.Complete("gd", new Setting([KeyValuePair.Create<string, object>("steps", long.Parse(steps, System.Globalization.CultureInfo.InvariantCulture))]));
        var measured = system.Measure(new PredictedCurve(system.Solve(run), system.Predict(system.Complete(null, new Setting([]))))).SingleOrDefault(one => one.Name == "late-loss-constant");
        (measured is not null).ShouldBe(isSeen);
        measured?.Value.ShouldBe(-1.95, 0.02);
    }

    private static IReadOnlyList<MeasuredPrediction> Measured(ISystem system)
    {
        var predictions = system.Predict(system.Complete(null, new Setting([])));
        return [.. system.LearningCurves.SelectMany(method => system.Measure(new PredictedCurve(system.Solve(system.Complete(method, new Setting([]))), predictions)))];
    }
}
