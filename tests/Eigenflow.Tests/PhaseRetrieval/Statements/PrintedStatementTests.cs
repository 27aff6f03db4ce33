using System.Globalization;
using Eigenflow.Rendering;
using Eigenflow.Systems;
using Eigenflow.Tests.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>What becomes of printed statements: claims, a picture and a table.</summary>
public sealed class PrintedStatementTests
{
    [Fact]
    public void ErrataFailAsPrintedAndAllElseHolds()
    {
        foreach (var statement in Statements.All)
        {
            foreach (var claim in statement.Claims())
            {
                var expected = statement.IsErratum && claim.Id.StartsWith("printed-", StringComparison.Ordinal) ? Verdict.FailsAsPrinted : Verdict.Holds;
                claim.Verdict.ShouldBe(expected, claim.ToString());
            }

            (statement.PrintedRatio > 1 + statement.Margin).ShouldBe(statement.IsErratum, statement.Id);
            statement.IsErratum.ShouldBe(statement.IsErratum && statement.HasCorrection, "an erratum says what holds");
        }

        Statements.All.Select(statement => statement.Id).ShouldBeUnique();
        Statements.All.Select(statement => statement.Place).ShouldBeUnique();
    }

    [Fact]
    public void ThePictureShowsEveryStatement()
    {
        var figure = StatementReport.Figure("errata", Statements.All);
        figure.Panels[0].Y.Categories.Count.ShouldBe(Statements.All.Count);
        figure.Panels[0].Series.Take(2).Sum(series => series.X.Length).ShouldBe(Statements.All.Count);
        figure.Title.ShouldContain(Statements.All.Count(one => one.IsErratum).ToString(CultureInfo.InvariantCulture) + " of");
        LayoutExamination.Examine(figure);
        var lines = FigureCsv.Render(figure).Split('\n');
        lines[0].ShouldBe("panel,series,x,y,lower,upper,category,style");
        lines.ShouldContain(line => line.Contains(",Lemma 14,", StringComparison.Ordinal));
    }

    [Fact]
    public void TheTableHasEveryTrial() => StatementReport.Table("t", Statements.All).Rows.Count.ShouldBe(Statements.All.Sum(one => one.Trials.Count));

    [Theory]
    [InlineData(ClaimTest.AtMost, 2, 1, 2)]
    [InlineData(ClaimTest.AtLeast, 2, 1, 0.5)]
    [InlineData(ClaimTest.Relative, 2, 1, 1.5)]
    [InlineData(ClaimTest.Relative, 1, -1, 3)]
    [InlineData(ClaimTest.Relative, -2, -6, 3)]
    [InlineData(ClaimTest.Relative, 5, 5, 1)]
    public void ARatioAboveOneBreaksAStatement(ClaimTest test, double measured, double stated, double ratio) => Made(test, measured, stated).PrintedRatio.ShouldBe(ratio, 1e-15);

    // The erratum of a statement that holds is not confirmed.
    [Fact]
    public void AnErratumThatHoldsAsPrintedFails()
    {
        var claim = (Made(ClaimTest.AtMost, 1, 2) with { IsErratum = true, Corrected = "x" }).Claims().First();
        claim.Verdict.ShouldBe(Verdict.Fails);
        claim.Reason.ShouldContain("not confirmed");
        (Made(ClaimTest.AtMost, 3, 2) with { IsErratum = true, Corrected = "x" }).Claims().First().Verdict.ShouldBe(Verdict.FailsAsPrinted);
        Made(ClaimTest.AtMost, 3, 2).Claims().Single().Verdict.ShouldBe(Verdict.Fails);
    }

    private static PrintedStatement Made(ClaimTest test, double measured, double stated) => new()
    {
        Id = "x",
        Paper = "paper",
        Place = "Lemma 1",
        Printed = "x ≤ 1",
        Obtained = "measured",
        Test = test,
        Margin = test == ClaimTest.Relative ? 0.1 : 0,
        Trials = [new("input", measured, stated, 10)],
    };
}
