using Eigenflow.Figures;
using Eigenflow.Settings;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Every system has a picture of its learning curve, in which what it predicts is marked.</summary>
public sealed class PredictedFigureTests
{
    public static TheoryData<string> Systems() => TestedSystems.Ids();

    [Theory]
    [MemberData(nameof(Systems))]
    public void TheCurveIsDrawnWithFinitePoints(string id)
    {
        var figure = Figure(id);
        figure.Id.ShouldBe("learning-curve");
        figure.Panels.ShouldNotBeEmpty();
        foreach (var panel in figure.Panels.Where(panel => panel.HeatMap is null))
        {
            panel.Series.ShouldContain(series => series.Role == SeriesRole.Theory && series.X.Length > 1);
            foreach (var series in panel.Series)
            {
                // Where a theory is infinite its curve has a gap.
                series.X.ShouldAllBe(value => double.IsFinite(value));
                series.Y.ShouldAllBe(value => double.IsFinite(value) || double.IsPositiveInfinity(value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void MarksLieWithinTheCurve(string id)
    {
        foreach (var figure in (Figure[])[Figure(id), Several(id)])
        {
            foreach (var panel in figure.Panels.Where(panel => panel.HeatMap is null))
            {
                var curves = panel.Series.Where(series => series.Role != SeriesRole.Guide && series.X.Length > 0).ToArray();
                var (first, last) = (curves.Min(series => series.X[0]), curves.Max(series => series.X[^1]));
                foreach (var line in panel.Lines)
                {
                    line.Label.ShouldNotBeEmpty();
                    if (line.IsVertical)
                        line.Value.ShouldBeInRange(first, last, line.Label);
                    else if (panel.Y.Minimum is { } low && panel.Y.Maximum is { } high)
                        line.Value.ShouldBeInRange(low, high, line.Label);
                }

                foreach (var guide in panel.Slopes)
                {
                    guide.StartX.ShouldBeLessThan(guide.EndX);
                    guide.StartX.ShouldBeGreaterThanOrEqualTo(first * (1 - 1e-9));
                    guide.EndX.ShouldBeLessThanOrEqualTo(last * (1 + 1e-9));
                    double.IsFinite(guide.Slope).ShouldBeTrue();
                }

                foreach (var x in panel.Series.Where(series => series.Role == SeriesRole.Guide).SelectMany(series => series.X).Concat(panel.Annotations.Select(text => text.X)))
                    x.ShouldBeInRange(first, last);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void MarksNameWhatThereIs(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var mark in system.Predictions.Select(quantity => quantity.Mark).OfType<CurveMark>())
        {
            foreach (var observable in (string[])[mark.Observable, mark.Along])
                (observable.Length == 0 || system.Observables.Any(quantity => quantity.Name == observable)).ShouldBeTrue(observable);
            foreach (var prediction in (string[])[mark.After, mark.From, mark.To])
                (prediction.Length == 0 || system.Predictions.Any(quantity => quantity.Name == prediction && quantity.Mark is { Kind: CurveMarkKind.Time })).ShouldBeTrue(prediction);
            (mark.LastAfter.Length == 0 || system.Events.Any(quantity => quantity.Name == mark.LastAfter)).ShouldBeTrue(mark.LastAfter);
        }

        foreach (var quantity in system.Predictions)
        {
            quantity.Methods.ShouldBeSubsetOf(system.Methods.Select(method => method.Name));
            (quantity.Mark is null || system.Methods.Any(method => quantity.IsOf(method.Name))).ShouldBeTrue(quantity.Name);
        }
    }

    // A system that says of nothing where it is seen has a curve without marks.
    [Theory]
    [InlineData("phase-retrieval", true, true, true)]
    [InlineData("spectral-descent", false, true, true)]
    [InlineData("functional-scaling-law", true, false, true)]
    [InlineData("linear-regression", true, false, false)]
    public void SlopesTimesAndValuesAreMarked(string id, bool hasSlopes, bool hasTimes, bool hasDots)
    {
        var figure = Figure(id);
        figure.Panels.Any(panel => panel.Slopes.Count > 0).ShouldBe(hasSlopes);
        figure.Panels.Any(panel => panel.Lines.Any(line => line.IsVertical)).ShouldBe(hasTimes);
        figure.Panels.SelectMany(panel => panel.Slopes).ShouldAllBe(guide => guide.Measured.Length > 0);
        var several = Several(id);
        foreach (var panel in several.Panels)
            panel.Series.Where(series => series.Role != SeriesRole.Guide && series.X.Length > 0).Select(series => (series.Color, series.Value)).Distinct().Count().ShouldBeGreaterThanOrEqualTo(2);
        several.Panels.Any(panel => panel.Series.Any(series => series.Role == SeriesRole.Guide && series.Style == SeriesStyle.Points)).ShouldBe(hasDots);
    }

    [Fact]
    public void AMarkStandsAtThePredictedTimeAndSlope()
    {
        var figure = Figure("phase-retrieval");
        var predictions = TestedSystems.Find("phase-retrieval") is var system ? system.Predict(system.Complete(null, new Setting([]))) : null!;
        var (escape, convergence, exponent, plateau) = (Value("escape-time"), Value("convergence-time"), Value("loss-exponent"), Value("plateau"));
        var lines = figure.Panels[0].Lines;
        lines.ShouldContain(line => line.IsVertical && line.Value == escape);
        lines.ShouldContain(line => line.IsVertical && line.Value == convergence);
        figure.Panels[0].Slopes.Single().Slope.ShouldBe(-exponent);
        figure.Panels[1].Lines.ShouldContain(line => !line.IsVertical && line.Value == plateau);

        double Value(string name) => predictions.Single(prediction => prediction.Name == name).Value;
    }

    private static Figure Figure(string id) => TestedSystems.Find(id) is var system ? system.DrawPredicted([.. Curves(system, new Setting([]))]) : null!;

    private static Figure Several(string id)
    {
        var system = TestedSystems.Find(id);
        var complete = system.Complete(system.LearningCurves[0], new Setting([])).Values;
        var parameter = system.ProblemParameters.First(candidate => candidate.Kind == ParameterKind.Number && complete[candidate.Name] is double and > 0);
        var value = (double)complete[parameter.Name]!;
        return system.DrawPredicted([.. Curves(system, new Setting([])), .. Curves(system, new Setting([new(parameter.Name, value * 0.9)]))]);
    }

    private static IEnumerable<PredictedCurve> Curves(ISystem system, Setting setting)
    {
        system.LearningCurves.ShouldNotBeEmpty();
        var predictions = system.Predict(system.Complete(null, setting));
        return system.LearningCurves.Select(method => new PredictedCurve(system.Solve(system.Complete(method, setting)), predictions));
    }
}
