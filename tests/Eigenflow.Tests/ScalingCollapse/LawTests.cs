using Eigenflow.Solutions;
using Eigenflow.Systems;
using Eigenflow.Systems.ScalingCollapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingCollapse;

/// <summary>Sums of power laws beside the values of an independent program (docs/systems/scaling-collapse.md).</summary>
public sealed class LawTests
{
    private static readonly double[] Sizes = [.. Enumerable.Range(1, 9).Select(k => Math.Pow(10, k))];

    [Fact]
    public void ExactHorizonsOfTwoTerms()
    {
        ExactHorizon.Of(LossTerms.Balanced, 1e6).ShouldBe(1e6, 1);
        LossTerms.Balanced.At(1e6, 1e6).ShouldBe(0.002, 1e-12);
        var terms = LossTerms.Parse("2:0.3:0+5:0:0.4");
        CollapseTheorem.ComputeOptimal(terms)!.OptimalScale.ShouldBe(38940738.4 / Math.Pow(1e7, 4.0 / 3), 1e-8 * 0.018);
        ExactHorizon.Roots(terms, 1e7).ShouldHaveSingleItem().ShouldBe(38940738.4, 38);
        terms.At(ExactHorizon.Of(terms, 1e7), 1e7).ShouldBe(0.01849042058, 2e-8);
        var law = CollapseTheorem.ComputeOptimal(terms)!;
        law.Gamma.ShouldBe(4.0 / 3, 1e-12);
        var collapse = new CollapseTheorem(terms, law.Gamma, Math.Pow(0.3 * 2 / (0.4 * 5), 1 / 0.3));
        double[] expected = [1.5687213228, 1.2946951809, 1.1320825219], places = [0.1, 0.25, 0.5];
        for (var k = 0; k < places.Length; k++)
        {
            collapse.Limit(places[k]).ShouldBe(expected[k], 1e-9);
            collapse.Normalized(places[k], 1e7).ShouldBe(expected[k], 1e-9);
        }
    }

    [Fact]
    public void TheoremOfThreeTerms()
    {
        var candidates = CollapseTheorem.Candidates(Phase2);
        candidates.Select(candidate => candidate.Gamma).ShouldBe([1.153846153846, 1.2], 1e-11);
        candidates.Select(candidate => candidate.TotalExponents.Min()).ShouldBe([1.192307692308, 1.2], 1e-11);
        candidates.Select(candidate => candidate.IsComputeOptimal).ShouldBe([true, false]);
        var optimum = CollapseTheorem.ComputeOptimal(Phase2)!;
        optimum.Tied.Length.ShouldBe(2);
        optimum.Gap.ShouldBe(0.007692307692, 1e-11);
        double[] expected = [6.1327754454, 2.7245487706, 1.5846049162], places = [0.1, 0.25, 0.5];
        for (var k = 0; k < places.Length; k++)
            optimum.Limit(places[k]).ShouldBe(expected[k], 1e-6 * expected[k]);
    }

    [Theory]
    [InlineData(0.9, 0.03533626793, 0.06169812903)]
    [InlineData(1.0, 0, 0)]
    [InlineData(1.1, 0.04661498716, 0.0822260204)]
    public void DeviationOfTwoTerms(double gamma, double rms, double tenth)
    {
        var law = Law(LossTerms.Balanced, gamma);
        Rms(law["deviation"]).ShouldBe(rms, Math.Max(1e-12, 1e-6 * rms));
        law["deviation"][9].ShouldBe(tenth, Math.Max(1e-12, 1e-6 * tenth));
        law["deviation"][^1].ShouldBe(0, 1e-15);
    }

    [Theory]
    [InlineData(0.9, 0.1134024302)]
    [InlineData(1.0, 0.00632035969)]
    [InlineData(1.1, 0.1504701222)]
    public void DeviationOfThreeTerms(double factor, double rms) => Rms(Law(Phase2, factor * 1.2 / 1.04)["deviation"]).ShouldBe(rms, 1e-6 * rms);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.05, 0.07152678392)]
    [InlineData(-0.1, 0.07859061508)]
    public void WrongOffset(double offset, double rms)
    {
        var problem = new ScalingProblem { Offset = offset, Models = [.. Enumerable.Range(0, 5).Select(k => Math.Pow(10, 2 + (k / 2.0)))] };
        Rms(problem.Solve(new SumOfPowerLaws())["deviation"]).ShouldBe(rms, Math.Max(1e-12, 1e-6 * rms));
    }

    [Fact]
    public void SeveralRootsAreAllFound()
    {
        // Terms that take turns twice: t^(-0.2) p^(-0.1) late, p-hungry ones between.
        var terms = LossTerms.Parse("1:2:0.1+10:1:1.5+0.5:0.5:0.1");
        var roots = ExactHorizon.Roots(terms, 2);
        roots.Count.ShouldBe(2);
        foreach (var root in roots)
            terms.Terms.Sum(term => term.Balance * term.At(root, 2)).ShouldBe(0, 1e-12);
    }

    [Theory]
    [InlineData(0.5, 1.5, 0.347813722, 0.8353976579, 2.699589018, 1.282802883)]
    [InlineData(1, 2, 0.383265893, 0.4015337306, 8.145728621, 1.72991841)]
    [InlineData(0.3, 3, 0.192042427, 0.7087252432, 1.877304273, 1.187054616)]
    public void UniversalCurves(double difficulty, double capacity, double horizon, double phi, double tenth, double half)
    {
        var curve = new UniversalCurve(difficulty, capacity);
        var best = curve.OptimalHorizon;
        best.ShouldBe(horizon, 1e-5 * horizon);
        curve.Phi(best).ShouldBe(phi, 1e-6 * phi);
        curve.Normalized(0.1, best).ShouldBe(tenth, 1e-5 * tenth);
        curve.Normalized(0.5, best).ShouldBe(half, 1e-5 * half);
    }

    [Theory]
    [InlineData(16, 2.7155654)]
    [InlineData(1024, 2.6999644)]
    public void FiniteModelsApproachTheUniversalCurve(int size, double tenth)
    {
        var best = new UniversalCurve(0.5, 1.5).OptimalHorizon;
        (Risk(best / 10) / Risk(best)).ShouldBe(tenth, 1e-6 * tenth);

        // E = D_M + ½ Σ λθ² e^(−2λτ); the tail beyond N = 64 M is its integral.
        double Risk(double horizon)
        {
            double sum = 0, last = 64.0 * size, time = horizon * Math.Pow(size, 1.5);
            for (var j = 1; j <= last; j++)
                sum += Math.Pow(j, -1.75) * (j <= size ? Math.Exp(-2 * Math.Pow(j, -1.5) * time) : 1);
            return sum + (Math.Pow(last, -0.75) / 0.75);
        }
    }

    private static LossTerms Phase2 { get; } = LossTerms.Parse($"1:0:1.2+1:{PhaseExponent:R}:0+1:{1 / 6.0:R}:1");

    // Random features of exponents 0.6 and 0.52: 1.24/1.2 to rounding.
    private static double PhaseExponent => (1.2 + 1.04 - 1) / 1.2;

    private static Solution Law(LossTerms terms, double gamma) => new ScalingProblem { Terms = terms, DataExponent = gamma, Models = Sizes }.Solve(new SumOfPowerLaws());

    private static double Rms(double[] deviation) => Math.Sqrt(deviation[..^1].Average(value => value * value));
}
