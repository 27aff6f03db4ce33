using Eigenflow.Rendering;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Reproduction;

public sealed class SpectralDescentReproductionTests
{
    private static readonly IReadOnlyList<ReproductionTask> Tasks = SystemCatalog.Find("spectral-descent").Reproduction;

    // All but the one that samples.
    public static TheoryData<string> CheapTasks =>
        ["figure-1", "figure-2", "figure-3", "figure-4", "figure-5", "figure-6", "figure-8", "claims-escape", "claims-late", "claims-engines"];

    [Fact]
    public void AllEightFiguresAreDrawnByTasksWithUniqueNames()
    {
        Tasks.SelectMany(task => task.FigureNumbers).Order().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        Tasks.Select(task => task.Id).ShouldBeUnique();
        Tasks.Select(task => task.Title).ShouldBeUnique();
        CheapTasks.Count.ShouldBe(Tasks.Count - 1);
    }

    [Theory]
    [MemberData(nameof(CheapTasks))]
    public void ClaimsHoldAndFiguresCanBeDrawn(string id)
    {
        var result = Tasks.Single(task => task.Id == id).Run(null, CancellationToken.None);
        foreach (var claim in result.Claims)
            claim.Verdict.ShouldBe(Verdict.Holds, claim.ToString());
        result.Claims.Select(claim => claim.Id).ShouldBeUnique();
        (result.Claims.Count + result.Figures.Count).ShouldBeGreaterThan(0);
        foreach (var figure in result.Figures)
        {
            FigureRenderer.Svg(figure).Length.ShouldBeGreaterThan(1000);
            figure.Caption.ShouldContain("d");
        }

        foreach (var table in result.Tables)
            table.Rows.ShouldAllBe(row => row.Count == table.Columns.Count);
    }

    [Fact]
    public void ACancelledTaskEnds()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (var task in Tasks)
            Should.Throw<OperationCanceledException>(() => task.Run(null, cancelled.Token), task.Id);
    }
}
