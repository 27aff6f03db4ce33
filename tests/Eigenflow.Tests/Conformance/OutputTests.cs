using System.Text.Json;
using System.Xml.Linq;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Solutions are written and drawn, however many there are.</summary>
public sealed class OutputTests
{
    public static TheoryData<string> Ids() => TestedSystems.Ids();

    public static TheoryData<string, int> Counts() => [.. TestedSystems.All.SelectMany(system => new[] { 1, 2, 20 }.Select(count => new TheoryDataRow<string, int>(system.Id, count)))];

    public static TheoryData<string, int> CountsFromZero() => [.. TestedSystems.All.SelectMany(system => new[] { 0, 1, 2, 20 }.Select(count => new TheoryDataRow<string, int>(system.Id, count)))];

    [Theory]
    [MemberData(nameof(CountsFromZero))]
    public void JsonAndCsvHaveEveryRow(string id, int count)
    {
        var solutions = Solutions(id, count);
        using var stream = new MemoryStream();
        SolutionJson.Write(stream, id, solutions, withTimings: false);
        using var json = JsonDocument.Parse(stream.ToArray());
        json.RootElement.GetProperty("system").GetString().ShouldBe(id);
        var runs = json.RootElement.GetProperty("runs").EnumerateArray().ToArray();
        runs.Length.ShouldBe(count);
        for (var run = 0; run < count; run++)
        {
            var columns = runs[run].GetProperty("observables").EnumerateObject().ToArray();
            columns.Select(column => column.Name).ShouldBe(solutions[run].Observables.Select(column => column.Name));
            columns.ShouldAllBe(column => column.Value.GetArrayLength() == solutions[run].Rows);
        }

        var lines = CsvText.Solutions(solutions).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1 + solutions.Sum(solution => solution.Rows));
        lines.ShouldAllBe(line => line.Split(',').Length == lines[0].Split(',').Length);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void RunFilesReadBackAsTheyWere(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var method in system.Methods)
        {
            var (run, solution) = (new StudyRun(system.Smallest(method.Name)), SmallSolutions.Of(id, method.Name));
            foreach (var kept in (Solution[])[solution, solution with { Observables = [.. solution.Observables.Select(column => column with { Values = [] })] }])
            {
                var record = RunFile.Read(RunFile.Write(run, kept));
                (record.System, record.Method, record.Status).ShouldBe((id, method.Name, "completed"));
                record.Setting.ShouldBe(run.Setting);
                record.Columns.Keys.ShouldBe(kept.Observables.Select(column => column.Name));
                foreach (var column in kept.Observables)
                    record.Columns[column.Name].ShouldBe(column.Values, column.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void OverlaysAreDrawn(string id, int count)
    {
        var figure = TestedSystems.Find(id).Draw(Solutions(id, count));
        figure.Panels.ShouldNotBeEmpty();
        figure.Panels.Sum(panel => panel.Series.Count(series => series.X.Length > 0)).ShouldBeGreaterThanOrEqualTo(count);
        figure.Caption.Length.ShouldBeGreaterThan(0);
        IsDrawn(figure);
    }

    // Nothing to show is an empty figure with the names of its panels.
    [Theory]
    [MemberData(nameof(Ids))]
    public void NoSolutionsAreAnEmptyFigure(string id)
    {
        var figure = TestedSystems.Find(id).Draw([]);
        figure.Panels.ShouldNotBeEmpty();
        figure.Panels.ShouldAllBe(panel => panel.Title.Length > 0 && panel.Y.Label.Length > 0 && panel.Series.All(series => series.X.Length == 0));
        IsDrawn(figure);
    }

    // Runs that ended before their second row.
    [Theory]
    [MemberData(nameof(Ids))]
    public void SolutionsOfOneRowAndOfNoneAreDrawn(string id)
    {
        foreach (var rows in (int[])[0, 1])
            IsDrawn(TestedSystems.Find(id).Draw([.. Solutions(id, 2).Select(solution => solution with { Observables = [.. solution.Observables.Select(column => column with { Values = column.Values[..rows] })] })]));
    }

    private static void IsDrawn(Figure figure)
    {
        TerminalPlot.Render(figure, 80, 16, colour: false).ShouldContain("\n");
        TerminalPlot.Render(figure, 40, 10, colour: true, unicode: false).ShouldContain("\n");
        FigureRenderer.Png(figure)[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        XDocument.Parse(FigureRenderer.Svg(figure, new RenderOptions { Theme = ThemeKind.Dark })).Root!.Name.LocalName.ShouldBe("svg");
        FigureCsv.Render(figure).ShouldContain("\n");
    }

    // Every method in turn, with grids that differ, so that labels do.
    private static IReadOnlyList<Solution> Solutions(string id, int count)
    {
        var system = TestedSystems.Find(id);
        return [.. Enumerable.Range(0, count).Select(k =>
        {
            var method = system.Methods[k % system.Methods.Count].Name;
            return k < system.Methods.Count ? SmallSolutions.Of(id, method) : system.Solve(system.Smallest(method, ("points", Setting.Format(6L + k))));
        })];
    }
}
