using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Reproduction;

public sealed class PhaseRetrievalReproductionTests
{
    private static readonly IReadOnlyList<ReproductionTask> Tasks = SystemCatalog.Find("phase-retrieval").Reproduction;

    // Tasks without long sampling, which takes minutes in an unoptimised build.
    public static TheoryData<string> CheapTasks =>
        ["figure-6", "claims-landscape", "claims-hierarchy", "claims-exponents", "claims-trade-off", "claims-convergence", "claims-relaxation", "claims-collapse", "claims-discrete"];

    // Six teachers leave the spread over the noise between a half and two.
    private static readonly Dictionary<string, Verdict> Expected = new(StringComparer.Ordinal) { ["collapse-score-a1.5"] = Verdict.Inconclusive };

    [Fact]
    public void TasksHaveUniqueNamesThatAreFileNames()
    {
        Tasks.Select(task => task.Id).ShouldBeUnique();
        Tasks.Select(task => task.Id).ShouldAllBe(id => IsFileName(id));
        Tasks.Select(task => task.Title).ShouldBeUnique();
        Tasks.Select(task => task.Weight).ShouldAllBe(weight => weight > 0);
    }

    [Fact]
    public void AllSixFiguresAreDrawn() =>
        Tasks.SelectMany(task => task.FigureNumbers).Order().ShouldBe([1, 2, 3, 4, 5, 6]);

    [Theory]
    [MemberData(nameof(CheapTasks))]
    public void ClaimsHoldAndFiguresCanBeDrawn(string id)
    {
        var result = Run(id);
        foreach (var claim in result.Claims)
            claim.Verdict.ShouldBe(Expected.GetValueOrDefault(claim.Id, Verdict.Holds), claim.ToString());
        result.Claims.Select(claim => claim.Id).ShouldBeUnique();
        (result.Claims.Count + result.Figures.Count).ShouldBeGreaterThan(0);
        result.Figures.Select(figure => figure.Id).ShouldAllBe(name => IsFileName(name));
        foreach (var figure in result.Figures)
        {
            FigureRenderer.Svg(figure).Length.ShouldBeGreaterThan(1000);
            figure.Caption.ShouldContain("d");
            foreach (var panel in figure.Panels)
                panel.Series.ShouldContain(series => series.Y.Count(double.IsFinite) > 2);
        }

        foreach (var table in result.Tables)
            table.Rows.ShouldAllBe(row => row.Count == table.Columns.Count);
    }

    [Theory]
    [InlineData("claims-hierarchy")]
    [InlineData("claims-collapse")]
    public void RunningAgainGivesTheSame(string id)
    {
        var (first, second) = (Run(id), Run(id));
        second.Figures.Select(FigureCsv.Render).ShouldBe(first.Figures.Select(FigureCsv.Render));
        second.Figures.Select(figure => figure.Caption).ShouldBe(first.Figures.Select(figure => figure.Caption));
        CsvText.Claims(second.Claims).ShouldBe(CsvText.Claims(first.Claims));
    }

    [Fact]
    public void ACancelledTaskEnds()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (var task in Tasks)
            Should.Throw<OperationCanceledException>(() => task.Run(null, cancelled.Token), task.Id);
    }

    [Fact]
    public void ProgressGoesFromNothingToAtMostEverything()
    {
        var reports = new List<double>();
        Tasks.Single(task => task.Id == "claims-discrete").Run(new Recorder(reports), CancellationToken.None);
        reports.ShouldNotBeEmpty();
        reports.ShouldAllBe(fraction => fraction >= 0 && fraction <= 1);
    }

    private static ReproductionResult Run(string id) => Tasks.Single(task => task.Id == id).Run(null, CancellationToken.None);

    private static bool IsFileName(string id) => id.Length > 0 && id.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    private sealed class Recorder(List<double> reports) : IProgress<Eigenflow.Solutions.Progress>
    {
        public void Report(Eigenflow.Solutions.Progress value) => reports.Add(value.Fraction);
    }
}
