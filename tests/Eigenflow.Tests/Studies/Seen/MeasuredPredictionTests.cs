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

    // The law of the end is none of a crossing before it: not of the plateau, not of the descent, not of a curve that still bends.
    [Theory]
    [InlineData("steps=100")]
    [InlineData("steps=4000")]
    [InlineData("spike=0.5 steps=4000")]
    [InlineData("spike=100 steps=4000")]
    [InlineData("spike=5")]
    public void TheSlopeOfTheEndIsNotMeasuredBeforeIt(string setting) => Measured("spectral-descent", "gd", setting).ShouldNotContain(one => one.Name == "late-loss-constant");

    [Fact]
    public void TheSlopeOfTheEndIsMeasuredThere()
    {
        var measured = Measured("spectral-descent", "gd", "steps=1000000").Single(one => one.Name == "late-loss-constant");
        measured.Predicted.ShouldBe(-2);
        measured.Value.ShouldBe(-2, 0.06);
        measured.Place.ShouldEndWith("to 10^{6}, the end of the curve");
    }

    [Fact]
    public void TheHeightOfABumpIsThatOfTheCurve()
    {
        foreach (var method in (string[])["flow", "ridge"])
        {
            var system = TestedSystems.Find("multiscale-double-descent");
            var solution = system.Solve(system.Complete(method, new Setting([])));
            system.Measure(new PredictedCurve(solution, system.Predict(system.Complete(null, new Setting([]))))).Single(one => one.Name == "plateau-error").Value.ShouldBe(solution.SummaryOf("maximum-error")!.Value);
        }
    }

    // Half steps of spectral descent are nothing that gradient descent shows.
    [Fact]
    public void WhatIsOfAnotherMethodIsNotMeasured()
    {
        Measured("spectral-descent", "gd", "steps=4000").ShouldNotContain(one => one.Name == "half-steps");
        Measured("spectral-descent", "spectral", "steps=4000").ShouldContain(one => one.Name == "half-steps");
        Measured("spectral-descent", "spectral", "steps=4000").ShouldNotContain(one => one.Name == "signal-time" || one.Name == "plateau-loss");
    }

    // Other students have other dynamics, a count of columns is no place on an axis of ridges, and what diverged or has not left its start shows no law.
    [Theory]
    [InlineData("phase-retrieval", "isotropic", "dimension=1000", "escape-time")]
    [InlineData("phase-retrieval", "projected", "dimension=1000", "escape-time")]
    [InlineData("phase-retrieval", "link-flow", "dimension=1000", "convergence-time")]
    [InlineData("u-turn-double-descent", "ridge", "samples=400", "interpolation-columns")]
    [InlineData("functional-scaling-law", "exact", "peak=3", "signal-exponent")]
    [InlineData("multiclass-sgd", "theory", "until=1e4 mean-norm=0.01", "plateau")]
    public void WhatACurveHasNothingToDoWithIsNotMeasured(string id, string method, string setting, string prediction)
    {
        TestedSystems.Find(id).Predictions.Single(quantity => quantity.Name == prediction).Mark.ShouldNotBeNull();
        Measured(id, method, setting).ShouldNotContain(one => one.Name == prediction);
    }

    // Whole matrices are looked at in some steps alone: the event came between two of them.
    [Fact]
    public void AnEventThatWasLocatedToRowsIsKnownToTheDistanceBetweenThem()
    {
        var surface = Measured("spectral-descent", "full-spectral", "dimension=100").Single(one => one.Name == "spike-surface-distance");
        surface.Half.ShouldBeGreaterThan(0);
        Math.Abs(surface.Value - surface.Predicted).ShouldBeLessThan(2 * surface.Half);
        Measured("spectral-descent", "full-spectral", "dimension=100").Single(one => one.Name == "half-steps").Verdict.ShouldBe("agrees");
    }

    // A step is all that there is between two states: what is predicted within it agrees.
    [Theory]
    [InlineData("spike=9")]
    [InlineData("spike=100")]
    public void AnEventOfStepsIsKnownToOneStep(string setting)
    {
        var surface = Measured("spectral-descent", "spectral", setting).Single(one => one.Name == "spike-surface-distance");
        surface.Half.ShouldBe(0.00105, 1e-5);
        (surface.Verdict, surface.Difference).ShouldBe(("agrees", double.NaN));
    }

    // The largest of some rows may lie anywhere between its neighbours.
    [Fact]
    public void AnExtremeIsKnownToTheRowsBesideIt()
    {
        var columns = Measured("u-turn-double-descent", "features", "samples=40 dimension=100 replicas=2 points=8").Single(one => one.Name == "interpolation-columns");
        columns.Half.ShouldBeGreaterThan(0);
        columns.Verdict.ShouldBe("agrees");
    }

    // A start beyond the threshold has no time of escape to compare.
    [Fact]
    public void WhatWasPastAtTheStartIsNoTime()
    {
        var escape = Measured("phase-retrieval", "flow", "exponent=1.5 dimension=10 teacher=ones").Single(one => one.Name == "escape-time");
        (escape.Value, escape.IsAtStart, escape.Text, escape.Verdict, escape.Difference).ShouldBe((0, true, "is past it at the start", "", double.NaN));
    }

    // The least error along ridges is that at the best ridge; where the best ridge is none, the flat left end is not it.
    [Fact]
    public void TheErrorAtTheBestRidgeIsTheLeastAlongRidges()
    {
        var best = Measured("scaling-renormalization", "theory", "along=ridge noise=0.1").Single(one => one.Name == "optimal-error");
        best.Half.ShouldBeLessThan(0.01 * best.Value);
        (best.Verdict, best.Place).ShouldSatisfyAllConditions(told => told.Verdict.ShouldBe("agrees"), told => told.Place.ShouldEndWith("where it is smallest"));
        Measured("scaling-renormalization", "theory", "along=ridge noise=0 exponent=2 ridge=1e-6").ShouldNotContain(one => one.Name == "optimal-error");
    }

    // An interval that holds the prediction leaves no difference to tell, and one that a bend makes is as wide as the bend.
    [Theory]
    [InlineData("phase-retrieval", "flow", "exponent=2 dimension=1000000 accuracy=0.001", "loss-exponent", "agrees", 0.02)]
    [InlineData("scaling-renormalization", "theory", "samples=100", "data-exponent", "no power law there", 0.07)]
    [InlineData("quadratic-parameterization", "flow", "exponent=1.1 signal-exponent=5 noise=0", "flow-exponent", "no power law there", 0.5)]
    public void IntervalsOfSlopesHoldTheBend(string id, string method, string setting, string prediction, string verdict, double least)
    {
        var slope = Measured(id, method, setting).Single(one => one.Name == prediction);
        slope.Half.ShouldBeGreaterThan(least);
        (slope.Verdict, slope.Difference).ShouldBe((verdict, double.NaN));
    }

    // At d = ∞ no smallest eigenvalue ends the decay, and a slope is measured to the end of the curve.
    [Fact]
    public void PredictionsOfTheContinuumHaveItsRange()
    {
        var system = TestedSystems.Find("multiclass-sgd");
        var setting = Typed(system, "loss=least-squares until=1e6 dimension=1000");
        var (run, problem) = (system.Complete("continuum", setting), system.Complete(null, setting));
        var (limit, finite) = (system.Predict(system.PredictedFor(run, problem)), system.Predict(system.PredictedFor(system.Complete("theory", setting), problem)));
        finite.Single(one => one.Name == "decay-exponent").Reason.ShouldContain("d^(−a)");
        limit.Single(one => one.Name == "decay-exponent").Reason.ShouldNotContain("d^(−a)");
        system.Measure(new PredictedCurve(system.Solve(run), limit)).Single(one => one.Name == "decay-exponent").Value.ShouldBe(0.5, 0.05);
    }

    private static IReadOnlyList<MeasuredPrediction> Measured(string id, string method, string text)
    {
        var system = TestedSystems.Find(id);
        var setting = Typed(system, text);
        return system.Measure(new PredictedCurve(system.Solve(system.Complete(method, setting)), system.Predict(system.Complete(null, setting))));
    }

    private static Setting Typed(ISystem system, string text) =>
        new(text.Split(' ').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], system.Parameter(pair[0])!.Parse(pair[1]))));

    private static IReadOnlyList<MeasuredPrediction> Measured(ISystem system)
    {
        var predictions = system.Predict(system.Complete(null, new Setting([])));
        return [.. system.LearningCurves.SelectMany(method => system.Measure(new PredictedCurve(system.Solve(system.Complete(method, new Setting([]))), predictions)))];
    }
}
