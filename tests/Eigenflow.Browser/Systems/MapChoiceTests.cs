using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Maps;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Systems;

/// <summary>The map that a page shows first, and what it offers.</summary>
public sealed class MapChoiceTests
{
    private const int Columns = 3;
    private const int Rows = 3;

    public static TheoryData<string> Systems() => [.. SystemCatalog.All.Select(system => system.Id)];

    [Theory]
    [MemberData(nameof(Systems))]
    public void TheFirstMapOfEverySystemDiffersAlongBothAxes(string id)
    {
        var system = SystemCatalog.Find(id);
        var method = system.Methods.FirstOrDefault(one => one.Role is Eigenflow.Dynamics.MethodRole.Theory) ?? system.Methods[0];

        // Of few rows: how many there are does not change on what a value depends.
        var setting = new Dictionary<string, string>(StringComparer.Ordinal);
        if (system.Parameter("points") is { Kind: ParameterKind.Integer } && system.IsRead(method, "points"))
            setting["points"] = "10";
        var (run, cache) = (new RunRequest(method.Name, setting), new SolutionCache());
        var choice = new MapChoice(system, run, cache);
        var (x, y, quantity) = choice.Default(null, TestContext.Current.CancellationToken).ShouldNotBeNull();
        choice.Offers(TestContext.Current.CancellationToken).Select(offer => offer.Value).ShouldContain(quantity);
        var map = new ParameterMap(system, new MapRequest(run, Over(system, x, Columns), Over(system, y, Rows), quantity));
        map.Fill(cache, TestContext.Current.CancellationToken);
        var values = MapFigure.Of(map).Panels[0].HeatMap!.Values;
        values.Count(double.IsFinite).ShouldBeGreaterThan(values.Length / 2, $"{x}, {y}, {quantity}");
        Enumerable.Range(0, Rows).Any(row => Differ(Enumerable.Range(0, Columns).Select(column => values[(row * Columns) + column]))).ShouldBeTrue($"{quantity} along {x}");
        Enumerable.Range(0, Columns).Any(column => Differ(Enumerable.Range(0, Rows).Select(row => values[(row * Columns) + column]))).ShouldBeTrue($"{quantity} along {y}");
    }

    [Fact]
    public void WhatTheMethodHasIsOfferedInWords()
    {
        var offers = new MapChoice(SystemCatalog.Find("phase-retrieval"), new RunRequest("flow", new Dictionary<string, string>(StringComparer.Ordinal)), new SolutionCache()).Offers(TestContext.Current.CancellationToken);
        offers[0].ShouldBe(new Offer("event:escape", "Events", "Escape T₁", offers[0].Meaning));
        offers.Select(offer => offer.Group).Distinct().ShouldBe(["Events", "Where the first curve ends, at one t", "Where each curve ends"], "in their order, without numbers that there are none of");
        offers.ShouldNotContain(offer => offer.Value.EndsWith(":best-alignment", StringComparison.Ordinal), "the flow of one neuron has no alignments");
        offers.ShouldNotContain(offer => offer.Value == "common:t", "what curves run along is alike in all cells");
        offers.ShouldAllBe(offer => !offer.Words.Contains('-', StringComparison.Ordinal));
    }

    [Fact]
    public void WhereNothingDependsOnTwoParametersThereIsNoMap() =>
        new MapChoice(SystemCatalog.Find("phase-retrieval"), new RunRequest("flow", new Dictionary<string, string>(StringComparer.Ordinal)), new SolutionCache()).Default(["dimension"], TestContext.Current.CancellationToken).ShouldBeNull();

    private static MapAxis Over(ISystem system, string name, int count)
    {
        var range = SliderRange.Of(system.Parameter(name)!)!;
        double[] all = [.. range.Numbers.Where(number => number > 0 || !range.IsLogarithmic)];
        return new MapAxis(name, [.. Enumerable.Range(0, count).Select(k => Setting.Format(system.Parameter(name)!.Check(all[(int)Math.Round((all.Length - 1) * (k + 0.5) / count)]))).Distinct()]);
    }

    private static bool Differ(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length > 1 && finite.Max() - finite.Min() > 1e-6 * finite.Max(Math.Abs);
    }
}
