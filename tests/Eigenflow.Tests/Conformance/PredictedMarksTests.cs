using Eigenflow.Figures;
using Eigenflow.Settings;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Marks of predictions are an addition to the figure of a system, in which every prediction is drawn or told to be missing.</summary>
public sealed class PredictedMarksTests
{
    public static TheoryData<string> Systems() => TestedSystems.Ids();

    [Theory]
    [MemberData(nameof(Systems))]
    public void TheFigureKeepsItsPanelsCurvesAndPhases(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var runs in (PredictedCurve[][])[One(system), Pinned(system)])
        {
            var plain = system.Draw([.. runs.Select(run => run.Solution)]);
            var marked = system.DrawPredicted(runs);
            marked.Panels.Count.ShouldBeGreaterThanOrEqualTo(plain.Panels.Count);
            marked.Caption.ShouldStartWith(plain.Caption);
            foreach (var (panel, before) in marked.Panels.Zip(plain.Panels))
            {
                (panel.Title, panel.X, panel.Y).ShouldBe((before.Title, before.X, before.Y));
                panel.Regions.ShouldBe(before.Regions);
                panel.HeatMap?.Values.ShouldBe(before.HeatMap?.Values);
                panel.Series.Take(before.Series.Count).Select(series => series.Y).ShouldBe(before.Series.Select(series => series.Y), ignoreOrder: false);
                panel.Lines.Take(before.Lines.Count).ShouldBe(before.Lines);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void EveryPredictionIsDrawnOrToldToBeMissing(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var runs in (PredictedCurve[][])[One(system), Pinned(system)])
        {
            var figure = system.DrawPredicted(runs);
            string[] drawn = [.. figure.Panels.SelectMany(panel => panel.Lines.Select(line => line.Label).Concat(panel.Annotations.Select(text => text.Text)).Concat(panel.Series.Where(series => series.Role == SeriesRole.Guide).Select(series => series.Label)).Concat(panel.Slopes.Select(slope => slope.Label)))];
            foreach (var prediction in runs[0].Predictions.Where(prediction => prediction.Window != WindowStatus.Withheld))
            {
                var mark = system.Predictions.FirstOrDefault(quantity => quantity.Name == prediction.Name)?.Mark;
                var isSeen = Array.Exists(drawn, text => text.Contains(mark?.Kind == CurveMarkKind.Slope ? DisplayNumber.Fraction(mark.Slope(prediction)) : prediction.Symbol, StringComparison.Ordinal));
                (isSeen || figure.Caption.Contains(prediction.Symbol, StringComparison.Ordinal) || (mark is null && figure.Caption.Contains("no place on these axes", StringComparison.Ordinal))).ShouldBeTrue($"{prediction.Name}: {figure.Caption}");
            }
        }
    }

    [Fact]
    public void EveryModeHasTheTimeAtWhichItEmerges()
    {
        var system = TestedSystems.Find("diffusion-spectral-bias");
        var runs = One(system);
        var panel = system.DrawPredicted(runs).Panels[0];
        foreach (var (mode, number) in ((int, int)[])[(1, 0), (3, 1), (10, 2), (30, 3)])
        {
            var line = panel.Lines.Single(line => line.Label == $"τ*_{mode}");
            line.Value.ShouldBe(runs[0].Predictions.Single(prediction => prediction.Name == $"emergence-time-{mode}").Value);
            line.Series.ShouldBe(number);
            panel.Series[number].Label.ShouldBe($"mode {mode}");
        }
    }

    [Fact]
    public void ATimeAtWhichTheCurveIsInfiniteIsDrawn()
    {
        var figure = Figure("u-turn-double-descent", "theory");
        figure.Panels[0].Lines.ShouldContain(line => line.IsVertical && line.Value == 400 && line.Label == "P_*");
        figure.Panels[0].Series[0].Y.ShouldContain(double.PositiveInfinity);
        figure.Caption.ShouldContain("P_* = 400");
    }

    [Fact]
    public void ALevelOfOneValueOnTheAxisIsADot()
    {
        var along = Figure("scaling-renormalization", "theory").Panels[0];
        along.Lines.ShouldNotContain(line => !line.IsVertical);
        along.Annotations.Single(text => text.Text == "E_*").X.ShouldBe(100);

        // Along the ridge it is the smallest value of the curve, at the best ridge.
        var ridge = Figure("scaling-renormalization", "theory", ("along", "ridge")).Panels[0];
        var (level, place) = (ridge.Lines.Single(line => !line.IsVertical && line.Label == "E_*").Value, ridge.Lines.Single(line => line.IsVertical && line.Label == "λ_*").Value);
        ridge.Series[0].Y.Min().ShouldBe(level, 0.01 * level);
        Math.Log(ridge.Series[0].X[ridge.Series[0].Y.IndexOf(ridge.Series[0].Y.Min())] / place).ShouldBe(0, 0.5);
    }

    // A value at a noise level, at a predicted time, at the end of a run, at a place of the horizon on many curves.
    [Theory]
    [InlineData("rao-blackwell-diffusion", "variance", 1, "R", "gradient-ratio", 0.5)]
    [InlineData("rao-blackwell-diffusion", "variance", 0, "E tr Cov(x₀|x, orbit)", "orbit-noise", 0.5)]
    [InlineData("scaling-renormalization", "theory", 0, "E_g", "test-error", 100)]
    [InlineData("multiscale-double-descent", "flow", 0, "E(t_1) (OUT)", "first-minimum-error", 1.76)]
    [InlineData("multiscale-double-descent", "flow", 0, "E(t_2) (OUT)", "second-minimum-error", 12900)]
    [InlineData("multiclass-sgd", "theory", 0, "R(T) (OUT)", "implicit-risk", 10)]
    [InlineData("functional-scaling-law", "exact", 1, "E(K)", "closed-form-loss", 10000)]
    [InlineData("scaling-collapse", "law", 1, "ℓ(0.1)", "collapse-limit", 0.1)]
    public void AValueAtOnePlaceIsADot(string id, string method, int number, string text, string name, double place)
    {
        var system = TestedSystems.Find(id);
        var run = Curve(system, method, new Setting([]));
        var panel = system.DrawPredicted([run]).Panels[number];
        var dot = panel.Annotations.Single(one => one.Text == text);
        dot.Y.ShouldBe(run.Predictions.Single(prediction => prediction.Name == name).Value);
        dot.X.ShouldBe(place, 0.01 * place);
        panel.Series.Count(series => series.Role == SeriesRole.Guide && series.Style == SeriesStyle.Points && series.X[0] == dot.X && series.Y[0] == dot.Y).ShouldBe(1);
    }

    // The row at the end of a run is there; between rows nothing is claimed.
    [Fact]
    public void AValueAtARowIsMeasuredThere()
    {
        var system = TestedSystems.Find("multiclass-sgd");
        var run = Curve(system, "theory", new Setting([]));
        var end = system.Measure(run).Single(one => one.Name == "implicit-risk");
        (end.Value, end.Place).ShouldBe((run.Solution["risk"][^1], "risk at 10"));
        TestedSystems.Find("multiscale-double-descent").Measure(Curve(TestedSystems.Find("multiscale-double-descent"), "flow", new Setting([]))).ShouldNotContain(one => one.Name == "first-minimum-error");
    }

    [Fact]
    public void PlacesAreTheirsOnTheAxis()
    {
        var figure = Figure("spectral-descent", "gd");
        figure.Caption.ShouldContain("τ_a = 101 (step k)");
        figure.Title.ShouldNotContain("τ_a");
        Figure("multiscale-double-descent", "flow").Panels[1].Lines.ShouldNotContain(line => line.Label.StartsWith("t_", StringComparison.Ordinal));
    }

    [Fact]
    public void NamesOfPinnedTimesAreNotRepeated()
    {
        var texts = TestedSystems.Find("phase-retrieval") is var system ? system.DrawPredicted(Pinned(system)).Panels.SelectMany(panel => panel.Annotations).ToArray() : [];
        texts.ShouldNotBeEmpty();
        texts.Select(text => text.Text).ShouldBeUnique();
        texts.ShouldAllBe(text => text.Series != null);
    }

    // Where a law holds does not follow from the exponent that it has.
    [Fact]
    public void SlopesAreMeasuredInTheMiddleOfTheirRange()
    {
        var system = TestedSystems.Find("phase-retrieval");
        var run = One(system)[0];
        var (from, to) = (run.Solution.TimeOf("crossing"), run.Solution.TimeOf("convergence"));
        var guide = system.DrawPredicted([run]).Panels[0].Slopes.Single();
        var third = Math.Pow(to / from, 1.0 / 3);
        guide.StartX.ShouldBe(from * third, 1e-9 * from);
        guide.EndX.ShouldBe(to / third, 1e-9 * to);
        var other = run with { Predictions = [.. run.Predictions.Select(prediction => prediction.Name == "loss-exponent" ? prediction with { Value = 0.7 } : prediction)] };
        var wrong = system.DrawPredicted([other]).Panels[0].Slopes.Single();
        (wrong.StartX, wrong.EndX, wrong.Measured).ShouldBe((guide.StartX, guide.EndX, guide.Measured));
        system.Measure(other).Single(one => one.Name == "loss-exponent").Verdict.ShouldBeEmpty();
        system.Measure(run).Single(one => one.Name == "loss-exponent").Verdict.ShouldBe("agrees");
    }

    [Fact]
    public void ACurveThatIsNoPowerLawClaimsNothing()
    {
        var system = TestedSystems.Find("functional-scaling-law");
        var run = One(system)[0];
        var measured = system.Measure(run).Single(one => one.Name == "signal-exponent");
        (measured.IsPowerLaw, measured.Difference, measured.Verdict).ShouldBe((false, double.NaN, "no power law there"));
        system.DrawPredicted([run]).Title.ShouldBe(system.Draw([run.Solution]).Title);
        var law = Figure("multiclass-sgd", "theory", ("loss", "least-squares"), ("until", "1e4"), ("dimension", "100000"));
        law.Title.ShouldEndWith("slope −0.501 ± 0.003 where −1/2 is predicted");
    }

    private static Figure Figure(string id, string method, params (string Name, string Value)[] values)
    {
        var system = TestedSystems.Find(id);
        return system.DrawPredicted([Curve(system, method, new Setting(values.Select(pair => KeyValuePair.Create(pair.Name, system.Parameter(pair.Name)!.Parse(pair.Value)))))]);
    }

    private static PredictedCurve[] One(ISystem system) => [Curve(system, system.LearningCurves[0], new Setting([]))];

    private static PredictedCurve[] Pinned(ISystem system)
    {
        var method = system.LearningCurves[0];
        var complete = system.Complete(method, new Setting([])).Values;
        var parameter = system.ProblemParameters.First(candidate => candidate.Kind == ParameterKind.Number && complete[candidate.Name] is double and > 0);
        return [.. One(system), Curve(system, method, new Setting([new(parameter.Name, (double)complete[parameter.Name]! * 0.9)]))];
    }

    private static PredictedCurve Curve(ISystem system, string method, Setting setting) => new(
        system.Solve(system.Complete(method, setting)), system.Predict(system.Complete(null, new Setting(setting.Pairs.Where(pair => system.IsOfPredictions(pair.Key))))));
}
