using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Maps;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Systems;

/// <summary>Where on their curves maps look, in which unit, and what is said of maps that are not whole.</summary>
public sealed class MapPlaceTests
{
    private static readonly MapAxis Dimensions = new("dimension", ["10", "1000"]);
    private static readonly MapAxis Exponents = new("exponent", ["1.5", "2"]);

    // Between twelve rows the loss was 5 % off.
    [Fact]
    public void CellsAreSolvedAtTheirPlaceAndNotBetweenRows()
    {
        var map = Filled("phase-retrieval", "flow", Dimensions, Exponents, "common:loss", ("points", "12"));
        var system = SystemCatalog.Find("phase-retrieval");
        map.Probes.Listed.ShouldBe(("times", Setting.Format(map.Place)));
        foreach (var (cell, dimension, exponent) in ((int, long, double)[])[(0, 10, 1.5), (3, 1000, 2)])
            map[cell]!.Value(map.Quantity, map.Place).ShouldBe(system.Solve(system.Complete("flow", Setting.Empty.With("dimension", dimension).With("exponent", exponent).With("times", new[] { map.Place })))["loss"][0]);
        MapFigure.Of(map).Caption.ShouldNotContain("between rows");
        MapTable.Csv(map).ShouldNotContain("between rows");
    }

    // Ridges are drawn against 1/λ, of which no rows can be asked for.
    [Fact]
    public void WhatStandsBetweenRowsSaysSo()
    {
        var map = Filled("multiscale-double-descent", "ridge", new("condition", ["10", "100"]), new("noise", ["0", "0.1"]), "common:error", ("from", "1e-5"));
        map.Probes.Listed.ShouldBeNull();
        var between = Enumerable.Range(0, 4).Count(cell => map[cell]!.IsBetweenRows(map.Place));
        MapTable.Csv(map).Split("between rows").Length.ShouldBe(between + 1);
        MapFigure.Of(map).Caption.Contains("between rows", StringComparison.Ordinal).ShouldBe(between > 0);
    }

    // The end of each curve follows from its data, and is nowhere shortest at a corner.
    [Fact]
    public void ThePlaceFollowsFromAllSettingsAndStaysWhileTheMapFills()
    {
        var system = SystemCatalog.Find("in-and-out-of-equilibrium");
        var map = new ParameterMap(system, new MapRequest(new RunRequest("theory", new Dictionary<string, string>(StringComparer.Ordinal)), new("samples", ["5", "9", "17", "40", "100"]), new("batch", ["1", "2", "4"]), "common:cov-11"));
        var cache = new SolutionCache();
        foreach (var cell in map.Probes.Needed())
            map.Probes.Look(cell, cache, TestContext.Current.CancellationToken);
        map.Probes.Decide(cache, TestContext.Current.CancellationToken);
        map.Done.ShouldBe(0);
        var place = map.Place;
        place.ShouldBe(Enumerable.Range(0, map.Cells).Min(cell => Convert.ToDouble(MapSetting.Completed(map, cell)!.Values["steps"], System.Globalization.CultureInfo.InvariantCulture)));
        map.Fill(cache, TestContext.Current.CancellationToken);
        map.Place.ShouldBe(place);
        MapFigure.Of(map).Panels[0].HeatMap!.Values.ShouldAllBe(value => double.IsFinite(value));

        // Of one of them, the row of the whole curve.
        var run = MapSetting.Completed(map, 7)!;
        var whole = system.Solve(system.Complete("theory", run.Values.With("at-steps", new[] { place })));
        map[7]!.Value(map.Quantity, place).ShouldBe(whole["cov-11"][Array.IndexOf(whole.Axis.Values, place)]);
        MapFigure.Of(map).Caption.ShouldContain("Random draws differ from cell to cell: with the next seed");
    }

    [Fact]
    public void EventsAreInTheUnitOfTheFigure()
    {
        var map = Filled("spectral-descent", "gd", new("dimension", ["20", "100"]), new("spike", ["1", "10"]), "event:escape");
        var figure = MapFigure.Of(map);
        figure.Panels[0].HeatMap!.Label.ShouldBe("escape at step k");
        figure.Title.ShouldBe("Escape at step k: from 22 to 26");
        figure.Caption.ShouldNotContain("Random draws", Case.Sensitive, "nothing is drawn");
        new MapChoice(map.System, map.Request.Run, new SolutionCache()).Offers(TestContext.Current.CancellationToken)[0].Words.ShouldBe("Escape at step k");
    }

    // At as many samples as columns the error diverges; with one dimension there are no two columns.
    [Fact]
    public void WhatIsInfiniteAndWhatIsRefusedIsToldApart()
    {
        var map = Filled("u-turn-double-descent", "theory", new("samples", ["20", "50", "100"]), new("dimension", ["1", "50", "100"]), "last:test-error");
        var figure = MapFigure.Of(map);
        figure.Panels[0].Series.ShouldHaveSingleItem().Label.ShouldBe("infinite");
        figure.Caption.ShouldContain("2 cells are marked: infinite.");
        figure.Caption.ShouldContain("Curves end elsewhere from cell to cell: between P_φ = 1 and 100.");
        MapTable.Csv(map).ShouldContain("50,50,last:test-error,,,infinite,infinite");
        var batches = MapFigure.Of(Filled("in-and-out-of-equilibrium", "theory", new("samples", ["2", "5", "100"]), new("batch", ["1", "2", "3", "4"]), "last:cov-11")).Caption;
        batches.ShouldContain("3 cells are empty because their settings are refused: 2, such as this one: batch = 3 is not allowed");
        batches.ShouldContain("; 1: batch = 2 is not allowed");
    }

    [Fact]
    public void CaptionsNameTheSystemAndWhatCellsShare()
    {
        var map = Filled("functional-scaling-law", "exact", new("capacity", ["1.5", "2"]), new("difficulty", ["0.5", "1"]), "last:loss", ("peak", "0.1"));
        var caption = MapFigure.Of(map).Caption;
        caption.ShouldStartWith("Functional scaling law");
        var curve = map.System.Draw([map.System.Solve(MapSetting.Completed(map, 0)!)]).Caption;
        foreach (var (parameter, _, text) in map.Words.Named.Where(one => one.Parameter is not ("capacity" or "difficulty")))
        {
            curve.ShouldContain(text);
            if (parameter is "noise" or "peak")
                caption.ShouldContain(text);
        }

        map.Words.Named.ShouldContain(one => one.Parameter == "noise");
        caption.ShouldContain("All curves end at k = 10^{4}.");

        // Of 100 directions 70 are fast by default, and of others others; where the smallest is refused, the corners have it alike.
        MapFigure.Of(Filled("multiscale-double-descent", "flow", new("samples", ["10", "100", "1000"]), new("dimension", ["1", "100", "1000"]), "event:optimal-time")).Caption.ShouldNotContain("p = ");
    }

    [Fact]
    public void AMapThatWasStoppedSaysSoAndGoesOn()
    {
        var map = new ParameterMap(SystemCatalog.Find("phase-retrieval"), new MapRequest(new RunRequest("flow", new Dictionary<string, string>(StringComparer.Ordinal)), new("dimension", [.. Enumerable.Range(1, 12).Select(k => $"{k}")]), new("exponent", ["1", "2"]), "last:loss"));
        var cache = new SolutionCache();
        foreach (var cell in map.Grid.Order().Take(6))
            map.Fill(cell, cache, TestContext.Current.CancellationToken);
        MapFigure.Of(map).Caption.ShouldContain("6 of 24 cells.");
        (map.Stopped, map.Worked) = ("stopped after 60 s", TimeSpan.FromSeconds(60));
        MapFigure.Of(map).Caption.ShouldContain("6 of 24 cells, stopped after 60 s; the others, drawn as the coarser cells that they lie in, would take about 3 min.");
        MapTable.Csv(map).ShouldContain("not computed,the map was stopped after 60 s before it came to this cell");
        MapFigure.Of(map).Panels[0].HeatMap!.Values.Count(double.IsFinite).ShouldBe(24);

        // One that was given up is tried again, once all others are there.
        map.GiveUp(map.Grid.Order().ElementAt(6), "It took too long.");
        map.GoOn();
        map.Stopped.ShouldBeEmpty();
        map.Done.ShouldBe(7);
        map.Fill(cache, TestContext.Current.CancellationToken);
        map.Done.ShouldBe(24);
        map.GoOn();
        map.Done.ShouldBe(23);
        map.Fill(cache, TestContext.Current.CancellationToken);
        MapFigure.Of(map).Caption.ShouldContain("24 of 24 cells.");
    }

    private static ParameterMap Filled(string system, string method, MapAxis x, MapAxis y, string quantity, params (string Name, string Value)[] setting)
    {
        var map = new ParameterMap(SystemCatalog.Find(system), new MapRequest(new RunRequest(method, setting.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal)), x, y, quantity));
        map.Fill(new SolutionCache(), TestContext.Current.CancellationToken);
        return map;
    }
}
