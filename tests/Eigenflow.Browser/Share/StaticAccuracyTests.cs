using System.Globalization;
using System.Text.RegularExpressions;
using Eigenflow.Explorer.StaticPages;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Share;

/// <summary>What an exported page says of its errors holds, and the command at its foot makes it again.</summary>
public sealed partial class StaticAccuracyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;

    // The loss falls by decades within the decay of the learning rate, which is a hundredth of the logarithmic axis.
    [Fact]
    public void TheDecayOfAScheduleIsKept()
    {
        var system = SystemCatalog.Find("functional-scaling-law");
        PageFigure[] figures = [.. ((double[])[0.3, 0.6, 1.5, 2.5]).Select(difficulty => Figure(system, "exact", ("difficulty", difficulty)))];
        var sampled = SampledFigure.Of(figures);
        for (var k = 0; k < figures.Length; k++)
        {
            foreach (var (rows, curve) in figures[k].Rows.Zip(sampled[k]!.Curves))
            {
                curve.X.Length.ShouldBeLessThan(200);
                for (var row = 0; row < rows.X.Length; row++)
                    rows.Error(rows.Y[row], RowCurve.At(curve.X, curve.Y, rows.X[row])).ShouldBeLessThanOrEqualTo(KeptPlaces.Wanted + 1e-6, $"row {row}");
            }
        }
    }

    // Settings of its own, which the page did not look at.
    [Theory]
    [InlineData("functional-scaling-law", "difficulty", "linspace(0.3,2,9)", "capacity", "linspace(1.5,4,6)")]
    [InlineData("phase-retrieval", "exponent", "linspace(1.2,3,10)", "accuracy", "geomspace(0.01,0.3,4)")]
    [InlineData("scaling-collapse", "model-size", "geomspace(1,1e9,11)", "data-exponent", "linspace(0.05,3,7)")]
    public void StatedErrorsHoldAtOtherSettings(string id, string first, string firstValues, string second, string secondValues)
    {
        var system = SystemCatalog.Find(id);
        PageAxis[] axes = [PageAxis.Typed(system.Parameter(first)!, firstValues), PageAxis.Typed(system.Parameter(second)!, secondValues)];
        var plan = StaticPage.Plan(new StaticPageRequest { System = system, Axes = axes }, cancellation: TestContext.Current.CancellationToken);
        var page = StaticPage.Make(plan, cancellation: TestContext.Current.CancellationToken);
        var nodes = SampledFigure.Of([.. plan.Solver.All(axes, GridSolver.Nodes(axes), null, TestContext.Current.CancellationToken).Select(node => node.Figure)]);
        var random = new System.Random(5);
        double[][] points = [.. Enumerable.Range(0, 60).Select(_ => Array.ConvertAll(axes, axis => axis.Inside(random.Next(axis.Values.Count - 1), random.NextDouble())))];
        var truths = plan.Solver.All(axes, points, null, TestContext.Current.CancellationToken);
        var found = InterpolationCheck.Best(axes, nodes, [.. points.Select((point, k) => (point, truths[k].Figure))]);
        page.IsNearest.ShouldBeFalse();
        found.Settings.Count.ShouldBeGreaterThan(40);

        // Rows of the 60 settings, in the worst panel, as it is stated; the quantile of so few settings is known to about a fifth. The largest error that was found is hardly ever exceeded.
        found.Usual.ShouldBeLessThan(1.2 * page.UsualError);
        found.Settings.Count(setting => setting.Largest > page.LargestError).ShouldBeLessThan(3);
        page.ComputedError.ShouldBeLessThan(0.01);
    }

    [Fact]
    public void CheckedSettingsLieInAllPartsOfTheSlidersAndAreNoneThatIsComputed()
    {
        var system = SystemCatalog.Find("phase-retrieval");
        PageAxis[] axes = [PageAxis.Typed(system.Parameter("exponent")!, "linspace(1,3,11)"), PageAxis.Typed(system.Parameter("dimension")!, "geomspace(10,1e6,6)")];
        var points = InterpolationCheck.Points(axes);
        points.Count.ShouldBe(100, "one per cell, and its middle");
        points.ShouldAllBe(point => point[0] > 1 && point[0] < 3 && point[1] >= 10 && point[1] <= 1e6 && !axes[0].Values.Contains(point[0]));
        points.Select(point => (int)((point[0] - 1) / 0.2)).Distinct().Count().ShouldBe(10);
        var shares = points.Take(50).Select(point => ((point[0] - 1) / 0.2) % 1).ToArray();
        shares.Average().ShouldBe(0.5, 0.15, "not halfway alone, and to no side");
        shares.Count(share => Math.Abs(share - 0.5) > 0.25).ShouldBeGreaterThan(12);
    }

    [Theory]
    [InlineData("--parameters exponent:5 --set dimension=50 --set until=100 --method isotropic,flow")]
    [InlineData("--grid exponent=1.5,2,2.5 --grid dimension=geomspace(10,1e3,3) --set until=100")]
    public async Task TheCommandAtTheFootMakesTheSamePage(string options)
    {
        var first = await Made(["explore", "phase-retrieval", "--export", folder, .. options.Split(' ')]);
        var plan = StaticPage.Plan(Request(options), cancellation: TestContext.Current.CancellationToken);
        var command = StaticPage.Make(plan, cancellation: TestContext.Current.CancellationToken).Command;
        var words = SmallRuns.Words(command);
        words[..4].ShouldBe(["eigenflow", "explore", "--export", "DIR"]);
        var second = await Made([.. words[1..].Select(word => word == "DIR" ? folder : word)]);
        second.ShouldBe(first);
    }

    // What a machine chooses stands in the command too.
    [Fact]
    public void ChosenValuesStandInTheCommand()
    {
        var plan = StaticPage.Plan(new StaticPageRequest { System = SystemCatalog.Find("quadratic-parameterization") }, cancellation: TestContext.Current.CancellationToken);
        var command = PageCommand.Of(plan);
        CountsOnly().IsMatch(command).ShouldBeTrue(command);
        var chosen = StaticPage.Plan(new StaticPageRequest { System = plan.Request.System, Parameters = CountsOnly().Match(command).Groups[1].Value.Split(',') }, cancellation: TestContext.Current.CancellationToken);
        chosen.Axes.Select(axis => axis.Values).ShouldBe(plan.Axes.Select(axis => axis.Values));
        plan.Bytes.ShouldBeLessThan(3_000_000);
    }

    [Fact]
    public void WhatIsShownOfASystemWithoutAWordIsAllowed()
    {
        foreach (var system in SystemCatalog.All)
        {
            var request = PageCover.Complete(new StaticPageRequest { System = system });
            foreach (var axis in request.Axes)
                system.IsRead(system.Method(PageCommand.UsualMethod(system)), axis.Parameter.Name).ShouldBeTrue($"{system.Id} {axis.Parameter.Name}");
            system.Complete(PageCommand.UsualMethod(system), request.Axes.Aggregate(request.Given, (setting, axis) => setting.With(axis.Parameter.Name, axis.Value(axis.Values[0])))).ShouldNotBeNull();
        }
    }

    public void Dispose() => Directory.Delete(folder, true);

    [GeneratedRegex(@"^eigenflow explore --export DIR quadratic-parameterization --parameters (\S+)$", RegexOptions.None, 1000)]
    private static partial Regex CountsOnly();

    private static PageFigure Figure(ISystem system, string method, (string Name, double Value) set) =>
        new(system.Draw([system.Solve(system.Complete(method, Setting.Empty.With(set.Name, set.Value)))]));

    private static StaticPageRequest Request(string options)
    {
        var system = SystemCatalog.Find("phase-retrieval");
        var words = options.Split(' ');
        string[] Of(string option) => [.. Enumerable.Range(0, words.Length - 1).Where(k => words[k] == option).Select(k => words[k + 1])];
        return new StaticPageRequest
        {
            System = system,
            Parameters = [.. Of("--parameters")],
            Methods = [.. Of("--method").SelectMany(text => text.Split(','))],
            Axes = [.. Of("--grid").Select(text => text.Split('=')).Select(pair => PageAxis.Typed(system.Parameter(pair[0])!, pair[1]))],
            Given = new Setting(Of("--set").Select(text => text.Split('=')).Select(pair => KeyValuePair.Create(pair[0], system.Parameter(pair[0])!.Parse(pair[1])))),
        };
    }

    private async Task<string> Made(string[] command)
    {
        var (code, _, error) = await SmallRuns.Command([.. command, "--quiet"]);
        code.ShouldBe(0, string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', command)}: {error}"));
        return await File.ReadAllTextAsync(Path.Combine(folder, "index.html"), TestContext.Current.CancellationToken);
    }
}
