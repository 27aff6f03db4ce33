using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>A frontier says something where curves cross, and nothing where they end.</summary>
public sealed class FrontierHorizonTests
{
    private const double Truth = 7.0 / 6;
    private static readonly LadderRun[] Whole = NoisyLadder.TwoTerms(7, 3, 0.002, false, 0);

    // Runs that end at κ p^γ hand over at their ends: the exponent would be the γ of the ends.
    [Theory]
    [InlineData(1)]
    [InlineData(1.4)]
    public void RunsThatEndAtAPowerOfSizeHaveNoFrontier(double gamma)
    {
        Should.Throw<ParameterException>(() => FrontierHorizon.Of(Cut(gamma))).Message.ShouldContain("curves that cross");
        var alone = LadderStudy.Of(new LadderData(Cut(gamma), [], "tokens", "params", true), new LadderOptions { Resamples = 20 }).Horizons.Single();
        alone.Frontier.ShouldBeNull();
        alone.Notes.ShouldContain(note => note.Contains("the exponent would be that of the ends", StringComparison.Ordinal));
        alone.Collapse!.Exponent.ShouldBe(Truth, 0.15);
    }

    // What is typed with --horizon cuts the ladder, and not the curves in which the horizon is looked for.
    [Fact]
    public void ACutOfTheLadderDoesNotDecideTheHorizon()
    {
        var options = new LadderOptions { Resamples = 20 };
        double[] found = [.. new[] { 1, 1.4 }.Select(gamma => LadderStudy.Of(new LadderData(Cut(gamma), [], "tokens", "params", true) { Whole = Whole }, options).Horizons.Single().Frontier!.Exponent)];
        found[0].ShouldBe(found[1]);
        found[0].ShouldBe(Truth, 0.05);
        var frontier = FrontierHorizon.Of(Whole);
        frontier.Cut.ShouldBeEmpty();
        frontier.Lower.ShouldBeLessThan(Truth);
        frontier.Upper.ShouldBeGreaterThan(Truth);
    }

    [Fact]
    public void OneSizeThatEndsTooEarlyIsLeftOut()
    {
        double[] sizes = [.. Whole.Select(run => run.Size).Distinct()];
        var frontier = FrontierHorizon.Of([.. NoisyLadder.TwoTerms(7, 1, 0, false, 0).Select(run => run.Size == sizes[1] ? run.Until(10 * run.Size) : run)]);
        frontier.Cut.ShouldContain(sizes[1]);
        frontier.Best.ShouldNotContain(sizes[1]);
        frontier.Notes.ShouldContain(note => note.Contains("leaves out size", StringComparison.Ordinal));
        frontier.Exponent.ShouldBe(Truth, 0.1);
    }

    private static LadderRun[] Cut(double gamma) => [.. Whole.Select(run => run.Until(1.6e7 * Math.Pow(run.Size / 1e6, gamma)))];
}
