using Eigenflow.Rendering;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Reproduction;

public sealed class ScalingLawReproductionTests
{
    private static readonly IReadOnlyList<ReproductionTask> Tasks = SystemCatalog.Find("functional-scaling-law").Reproduction;

    // Those that take under about a second on one core.
    public static TheoryData<string> CheapTasks => [.. Tasks.Where(task => task.Weight <= 2).Select(task => task.Id)];

    [Fact]
    public void TwelveFiguresAreDrawnByTasksWithUniqueNames()
    {
        Tasks.SelectMany(task => task.FigureNumbers).Order().ShouldBe([.. Enumerable.Range(1, 12)]);
        Tasks.Select(task => task.Id).ShouldBeUnique();
        Tasks.Select(task => task.Title).ShouldBeUnique();
        CheapTasks.Count.ShouldBeGreaterThanOrEqualTo(6);
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
            FigureRenderer.Svg(figure).Length.ShouldBeGreaterThan(1000);
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
