namespace Eigenflow.EndToEnd;

public sealed class PageTests
{
    [Fact]
    public void CommandsAndNumbersAreFound()
    {
        var page = Page.Read("page", [
            "<!-- run: eigenflow run x > x.csv -->",
            "```bash",
            "./eigenflow fit x.csv   # a comment",
            "ls",
            "```",
            "The exponent is −0.300<!-- = eigenflow fit /p = (\\S+)/ --> with 60 000<!-- = x.csv /^row/ --> rows, 1.5 %<!-- = x.csv /spread (\\S+)/ ±0.2 -->",
            "and takes a second<!-- time = eigenflow fit: 0.5 calibrations -->.",
        ]);
        page.Faults.ShouldBeEmpty();
        page.Commands.ShouldBe(["eigenflow run x > x.csv", "./eigenflow fit x.csv   # a comment"]);
        page.Numbers.Select(number => number.Value).ShouldBe([-0.3, 60000, 1.5]);
        page.Numbers.Select(number => number.Allowed).ShouldBe([0.0005, 0.5, 0.2], 1e-6);
        page.Numbers[1].Source.ShouldBe("x.csv");
        page.Times.ShouldBe([new PageTime(7, "eigenflow fit", 0.5)]);
    }

    [Fact]
    public void ACommandThatWouldNotRunIsAFault() =>
        Page.Read("page", ["```", "eigenflow fit x.csv", "```"]).Faults.ShouldHaveSingleItem().ShouldContain("line 2");

    [Fact]
    public void ACommentThatSaysNothingIsAFault() =>
        Page.Read("page", ["about five<!-- = x.csv /a/ -->"]).Faults.ShouldHaveSingleItem().ShouldContain("line 1");

    [Theory]
    [InlineData("1.50", 0.01)]
    [InlineData("60 000", 1)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("2.5e4", 1e3)]
    public void TheLastDigitIsRead(string text, double unit) => Numbers.LastDigit(text).ShouldBe(unit, 1e-12 * unit);
}
