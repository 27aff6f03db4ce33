using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Maps;
using Eigenflow.Explorer.Systems;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Systems;

/// <summary>What maps show, and what they say of it.</summary>
public sealed class MapTests
{
    private static readonly MapAxis Dimensions = new("dimension", ["1", "100", "1000", "1e4", "1e6"]);
    private static readonly MapAxis Exponents = new("exponent", ["0.5", "1.2", "1.6", "2", "2.5", "3"]);

    [Fact]
    public void TheFirstEventThatMostCellsHaveIsChosen()
    {
        var map = Map("auto:loss");
        map.Quantity.Text.ShouldBe("event:escape");
        MapFigure.Of(map).Panels[0].HeatMap!.Label.ShouldStartWith("escape");
        MapFigure.Of(map).Title.ShouldStartWith("Escape T₁: from");
    }

    [Fact]
    public void AtOneEndAllCellsHaveTheSameTime()
    {
        var system = SystemCatalog.Find("phase-retrieval");
        var (last, common) = (Map("last:loss"), Map("common:loss"));
        MapFigure.Of(last).Title.ShouldContain("at the end of each curve");
        MapFigure.Of(common).Title.ShouldContain("where the first curve ends");

        // The curve of d = 1000 and a = 2 at the end of the shortest one, and as far as it goes.
        var solution = system.Solve(system.Complete("flow", Eigenflow.Settings.Setting.Empty.With("dimension", 1000L).With("exponent", 2.0)));
        var end = Enumerable.Range(0, 30).Min(cell => system.Solve(system.Complete("flow", Eigenflow.Settings.Setting.Empty.With("dimension", (long)double.Parse(Dimensions.Values[cell % 5], System.Globalization.CultureInfo.InvariantCulture)).With("exponent", double.Parse(Exponents.Values[cell / 5], System.Globalization.CultureInfo.InvariantCulture)))).Axis.Values[^1]);
        common.Place.ShouldBe(end);
        MapFigure.Of(common).Panels[0].HeatMap!.Values[(3 * 5) + 2].ShouldBe(system.Solve(system.Complete("flow", solution.Setting.With("times", new[] { end })))["loss"][0]);
        MapFigure.Of(last).Panels[0].HeatMap!.Values[(3 * 5) + 2].ShouldBe(solution["loss"][^1]);
    }

    // The column of one mode alone falls to 10^(−52).
    [Fact]
    public void OneColumnFarFromAllOthersTakesNoColours()
    {
        var figure = MapFigure.Of(Map("last:loss"));
        figure.Panels[0].HeatMap!.Minimum!.Value.ShouldBeGreaterThan(1e-40);
        figure.Panels[0].HeatMap!.Values.Min().ShouldBeLessThan(1e-40);
        figure.Caption.ShouldContain("beyond the colours, whose lower end is");
        MapColors.Of([.. Enumerable.Range(1, 40).Select(k => (double)k)]).ShouldBe(new MapColors(false, null, null, 0), "nothing is far from the others");
        MapColors.Of([.. Enumerable.Range(1, 40).Select(k => 1 + (k / 40.0)), 1e6]).ShouldBe(new MapColors(true, null, 2, 1));
    }

    // Ridges fall along their rows, and are drawn over 1/λ; rates above the edge diverge.
    [Fact]
    public void TheEndIsThatOfTheDrawnCurveAndWhatDivergedHasNone()
    {
        var ridge = MapFigure.Of(Map("last:error", "multiscale-double-descent", new MapAxis("condition", ["10", "100"]), new MapAxis("noise", ["0", "0.1"]), "ridge"));
        ridge.Panels[0].HeatMap!.Values.Count(value => value < 1e-5).ShouldBe(2, "without noise the whole teacher is learned");
        var losses = MapFigure.Of(Map("last:loss", "functional-scaling-law", new MapAxis("steps", ["100", "1e4"]), new MapAxis("peak", ["0.01", "3"]), "exact"));
        losses.Panels[0].HeatMap!.Values.Count(double.IsNaN).ShouldBe(2);
        losses.Panels[0].HeatMap!.Values.Where(double.IsFinite).ShouldAllBe(value => value < 1);
        losses.Panels[0].Series.ShouldHaveSingleItem().Label.ShouldBe("diverged");
        losses.Caption.ShouldContain("2 cells are marked because the solve ended early, the first of them diverged:");
    }

    // Above 2e8 modes weights are averaged over teachers by themselves: then they are in all cells, and what is said of the seed is said once.
    [Fact]
    public void AllCellsAreSolvedAlike()
    {
        var map = Map("event:escape", "phase-retrieval", new MapAxis("dimension", ["1e6", "1e9"]), new MapAxis("exponent", ["2", "3"]));
        map.Added.ShouldBe(("modes", "averaged"));
        var figure = MapFigure.Of(map);
        figure.Caption.ShouldContain("All cells have modes = averaged");
        figure.Caption.ShouldNotContain("warning");
        var system = SystemCatalog.Find("phase-retrieval");
        var averaged = system.Solve(system.Complete("flow", Eigenflow.Settings.Setting.Empty.With("dimension", 1_000_000L).With("exponent", 2.0).With("modes", "averaged")));
        figure.Panels[0].HeatMap!.Values[0].ShouldBe(averaged.Events["escape"]!.Value);

        // The caption of its curve names no seed that has no influence.
        system.Draw([averaged]).Caption.ShouldNotContain("seed");
        system.Draw([system.Solve(system.Complete("flow", Eigenflow.Settings.Setting.Empty.With("dimension", 100L)))]).Caption.ShouldContain("seed = 1");

        // Where none of them needs it, weights are drawn; what is given stands.
        Map("event:escape", "phase-retrieval", new MapAxis("dimension", ["100", "1e6"]), new MapAxis("exponent", ["2", "3"])).Added.ShouldBeNull();
        Map("event:escape", "phase-retrieval", new MapAxis("dimension", ["3e8", "1e9"]), new MapAxis("exponent", ["2", "3"])).Added.ShouldBeNull();
    }

    [Fact]
    public void CellsWithoutAnEventAreMarkedAndCounted()
    {
        var figure = MapFigure.Of(Map("event:first-minimum", "multiscale-double-descent", new MapAxis("samples", ["10", "100", "1000", "1e4"]), new MapAxis("condition", ["1", "10", "100", "1e4"])));
        var marks = figure.Panels[0].Series.ShouldHaveSingleItem();
        marks.Label.ShouldBe("no first minimum before the curve ends");
        marks.Color.ShouldBe(-1);
        marks.X.Length.ShouldBe(figure.Panels[0].HeatMap!.Values.Count(double.IsNaN));
        figure.Caption.ShouldContain("marked: no first minimum before the curve ends");
    }

    [Fact]
    public void ZeroAmongDecadesIsMarked()
    {
        var figure = MapFigure.Of(Map("event:escape"));
        var zeros = figure.Panels[0].HeatMap!.Values.Count(value => value == 0);
        zeros.ShouldBeGreaterThan(0);
        figure.Title.ShouldNotContain("from 0 to", Case.Sensitive, "marked cells have no colour");
        figure.Panels[0].Series.Single(series => series.Label == "escape at 0: there from the start").X.Length.ShouldBe(zeros);
    }

    [Fact]
    public void WhatIsNoQuantityIsRefused() => Should.Throw<ParameterException>(() => Map("first:loss")).Message.ShouldContain("common:OBSERVABLE");

    private static ParameterMap Map(string quantity, string system = "phase-retrieval", MapAxis? x = null, MapAxis? y = null, string method = "flow")
    {
        var map = new ParameterMap(SystemCatalog.Find(system), new MapRequest(new RunRequest(method, new Dictionary<string, string>(StringComparer.Ordinal)), x ?? Dimensions, y ?? Exponents, quantity));
        map.Fill(new SolutionCache(), TestContext.Current.CancellationToken);
        return map;
    }
}
