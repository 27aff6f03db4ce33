using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>The horizon exponent by the shape of curves: exact where there is no noise, and intervals that hold it where there is.</summary>
public sealed class ShapeHorizonTests
{
    [Fact]
    public void WithoutNoiseExponentAndOffsetAreThoseOfTheLaw()
    {
        var found = ShapeHorizon.Of(NoisyLadder.TwoTerms(5, 1, 0, false, 0));
        found.Exponent.ShouldBe(7.0 / 6, 2e-3);
        found.Offset.ShouldBe(0.5, 2e-3);
        found.Lower.ShouldBe(double.NaN);
        found.IsOffsetGiven.ShouldBeFalse();
        ShapeHorizon.Of(NoisyLadder.TwoTerms(5, 1, 0, false, 0), 0.5).Exponent.ShouldBe(7.0 / 6, 1e-3);
    }

    // Nominal 95 % over cells of sizes, seeds, noise and its kind; a reduced form of the experiment of the page.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void IntervalsHoldTheExponent(bool isSolvable, bool isKnown)
    {
        var (inside, all) = (0, 0);
        foreach (var (sizes, seeds, noise, isCommon) in new[] { (4, 3, 0.001, false), (4, 5, 0.003, true), (5, 3, 0.01, false) })
        {
            LadderRun[] Made(int count, double size, int replica) => isSolvable ? NoisyLadder.Solvable(sizes, count, size, isCommon, replica) : NoisyLadder.TwoTerms(sizes, count, size, isCommon, replica);
            double? offset = isKnown ? isSolvable ? 0.05 : 0.5 : null;

            // Of finite sizes the exponent is that without noise.
            var truth = isSolvable ? ShapeHorizon.Of(Made(1, 0, 0), offset).Exponent : 7.0 / 6;
            for (var replica = 0; replica < 3; replica++)
            {
                var found = ShapeHorizon.Of(Made(seeds, noise, replica), offset);
                (inside, all) = (inside + (found.Lower <= truth && truth <= found.Upper ? 1 : 0), all + 1);
                (found.Upper - found.Lower).ShouldBeLessThan(2.4);
            }
        }

        // Of 9 trials at 95 % fewer than 7 with probability 0.01.
        inside.ShouldBeGreaterThanOrEqualTo(7, $"{inside} of {all}");
    }

    [Fact]
    public void NoiseThatHidesEverythingIsInconclusive()
    {
        var found = ShapeHorizon.Of(NoisyLadder.TwoTerms(4, 3, 0.15, true, 0));
        found.IsOpen.ShouldBeTrue();
        HorizonComparison.Of(NoisyLadder.TwoTerms(4, 3, 0.15, true, 0), new LadderOptions(), TestContext.Current.CancellationToken).Notes.ShouldContain(note => note.Contains("inconclusive", StringComparison.Ordinal) || note.Contains("reaches the end", StringComparison.Ordinal));
    }

    [Fact]
    public void AnOffsetThatTheShapesContradictIsRefused()
    {
        ShapeHorizon.Of(NoisyLadder.TwoTerms(5, 5, 0.001, false, 0), 0.2).IsOffsetRefused.ShouldBeTrue();
        ShapeHorizon.Of(NoisyLadder.TwoTerms(5, 5, 0.001, false, 0), 0.5).IsOffsetRefused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    public void UnitsChangeNothing(double unit)
    {
        var runs = NoisyLadder.TwoTerms(4, 3, 0.003, false, 1);
        var plain = ShapeHorizon.Of(runs);
        var scaled = ShapeHorizon.Of([.. runs.Reverse().Select(run => run with { Size = run.Size * unit, Times = [.. run.Times.Select(time => time * unit)], Losses = [.. run.Losses.Select(loss => loss * unit)] })]);
        scaled.Exponent.ShouldBe(plain.Exponent, 1e-3);
        scaled.Lower.ShouldBe(plain.Lower, 1e-3);
    }

    [Fact]
    public void WrongInputIsOneError()
    {
        var runs = NoisyLadder.TwoTerms(4, 2, 0.001, false, 0);
        Should.Throw<ParameterException>(() => ShapeHorizon.Of(runs, 1e9)).Parameter.ShouldBe("offset");
        Should.Throw<ParameterException>(() => ShapeHorizon.Of(runs, null, -1, 1)).Parameter.ShouldBe("gamma");
        Should.Throw<ParameterException>(() => ShapeHorizon.Of(runs[..4])).Parameter.ShouldBe("models");
    }
}
