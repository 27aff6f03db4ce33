using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

public sealed class DecayTests
{
    private static LeastSquaresLaws Continuum(MixtureLaws laws) => new(Classes.Continuum(laws));

    [Fact]
    public void MeanPathIsThatOfTheDynamics()
    {
        // C3: m at three times.
        var laws = Continuum(Classes.Pair(2, 3, 0.25));
        (1 - laws.Gap(0.7, 10)).ShouldBe(0.7577838674, 1e-9);
        (1 - laws.Gap(0.7, 1e3)).ShouldBe(0.9476573093, 1e-9);
        (1 - laws.Gap(0.7, 1e5)).ShouldBe(0.9856169977, 1e-9);
        laws.Gap(0.7, 0).ShouldBe(1);
        laws.Gap(0.7, 1e-9).ShouldBe(1, 1e-8);
    }

    [Fact]
    public void RiskOfOneSpectrumIsThatOfTheDynamics()
    {
        // A4 at d = 50 and A11 in the continuum.
        var finite = new LeastSquaresLaws(Classes.Flat(50, 0.5));
        finite.Risk(0.7, 1).ShouldBe(0.2768246, 5e-8);
        finite.Risk(0.7, 10).ShouldBe(0.235025485, 1e-9);
        finite.Risk(0.7, 100).ShouldBe(0.233637621, 1e-9);
        var laws = Continuum(new MixtureLaws([2], [1], 0));
        laws.Risk(0.5, 10).ShouldBe(0.0626580229, 1e-9);
        laws.Risk(0.5, 100).ShouldBe(0.019617733, 1e-9);
        laws.Risk(0.5, 1000).ShouldBe(0.00619616401, 1e-9);
        (1 - laws.Gap(0.5, 1000)).ShouldBe(0.9839372, 1e-7);
    }

    [Theory]
    [InlineData(2.5, 2.5, -0.2, 0.5)]
    [InlineData(3, 3, 0.5, 0.3)]
    public void AmplitudeIsReached(double first, double second, double beta, double probability)
    {
        var powers = Classes.Pair(first, second, beta, probability);
        var laws = Continuum(powers);
        (laws.Gap(0.7, 1e5) / (powers.GapAmplitude(0.7) * Math.Pow(1e5, -powers.Exponent))).ShouldBe(1, 0.05);
    }

    [Fact]
    public void AmplitudeRatioOfTheSheet()
    {
        // Ratio 1.00004 at t = 1e5 for (2.5, 2.5), β = −0.2, in the risk with its noise.
        var powers = Classes.Pair(2.5, 2.5, -0.2);
        var laws = Continuum(powers);
        var predicted = powers.GapAmplitude(0.7) * Math.Pow(2e5, -powers.Exponent) / 2;
        (laws.Gap(0.7, 2e5) / 2 / predicted).ShouldBe(1.00004, 2e-4);
    }

    [Fact]
    public void AmplitudeScalesWithTheMean()
    {
        var (one, two) = (new MixtureLaws([2], [1], 0), new MixtureLaws([2], [1], 0, squaredMean: 2));
        two.GapAmplitude(0.5).ShouldBe(one.GapAmplitude(0.5) / 2, 1e-15);
        (Continuum(two).Gap(0.5, 1e8) / (two.GapAmplitude(0.5) * 1e-4)).ShouldBe(1, 1e-3);
        Classes.Continuum(two).SquaredMean.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void UnequalPowersLeaveTheReferenceSlopes()
    {
        // Exact slope of e at t = 1e5: −0.2668 for (2, 3), β = 0.25.
        var laws = Continuum(Classes.Pair(2, 3, 0.25));
        (Math.Log(laws.Gap(0.7, 1e5 * 1.001) / laws.Gap(0.7, 1e5 / 1.001)) / (2 * Math.Log(1.001))).ShouldBe(-0.2668, 1e-3);
        laws.LateRatios(0.7, 0)[1].ShouldBe(0.0510, 5e-5);
    }

    [Fact]
    public void MarginalGapIsLogarithmic()
    {
        var powers = Classes.Pair(2, 3, 0.5);
        powers.Exponent.ShouldBe(0);
        powers.LogarithmicGap(0.7, 1e5).ShouldBe(0.0872, 1e-4);
        Continuum(powers).Gap(0.7, 1e5).ShouldBe(0.0923, 1e-4);
        powers.LogisticMarginal.ShouldBe(0.2, 1e-15);
    }

    [Theory]
    [InlineData(2, 3, 0.25, 0.5, 1e3, 1e5)]
    public void ImplicitLawLeadsToItsLeadingOrder(double first, double second, double beta, double probability, double from, double to)
    {
        var powers = Classes.Pair(first, second, beta, probability);
        powers.LogisticLogarithm.ShouldBe((1 - powers.Exponent) / powers.Exponent, 1e-14);
        var slope = Math.Log(powers.LogisticRisk(0.7, to) / powers.LogisticRisk(0.7, from)) / Math.Log(to / from);
        slope.ShouldBeInRange(powers.LogisticSlope(0.7, from) > powers.LogisticSlope(0.7, to) ? powers.LogisticSlope(0.7, to) : powers.LogisticSlope(0.7, from), Math.Max(powers.LogisticSlope(0.7, from), powers.LogisticSlope(0.7, to)));
        powers.LogisticSlope(0.7, 1e200).ShouldBe(-1 + ((1 - powers.Exponent) / powers.Exponent / Math.Log(1e200)), 0.004);
    }

    [Fact]
    public void LogisticRiskIsWithinItsCorrections()
    {
        // C4 at t = 1e5 and the ratio R over the law, 0.90.
        (0.0002836288 / Classes.Pair(3, 4, 0.25).LogisticRisk(0.7, 1e5)).ShouldBe(0.90, 0.005);
        (0.003146103984 / Classes.Pair(1.1, 1.5, 0).LogisticRisk(0.7, 1e5)).ShouldBe(0.60, 0.005);
    }

    [Fact]
    public void ZeroOneLawsHaveTheReferenceValues()
    {
        // C6: noise-free, within 3 % of the theory with noise.
        ZeroOneLaws.LogisticMean(0.7, 1, 1).ShouldBe(0.32141803, 0.03);
        ZeroOneLaws.LogisticRisk(0.7, 1, 100).ShouldBe(0.0148003691, 0.03 * 0.0148);
        (ZeroOneLaws.LogisticRisk(0.7, 1, 1e9) * 0.7e9).ShouldBe(1, 1e-6);
        (0.5 * ZeroOneLaws.LogisticVariance(1, 1, 1e5)).ShouldBe(5.00158e-6, 5e-9);
        ZeroOneLaws.LogisticVariance(2, 1, 1e5).ShouldBe(double.NaN);

        // The derivative of B from its equation dB/dt = −2γB + γ²w((1 − m)² + B).
        const double H = 1e-5;
        double Variance(double t) => ZeroOneLaws.LeastSquaresVariance(0.7, 1.2, 0.4, t);
        var gap = 1 - ZeroOneLaws.LeastSquaresMean(0.7, 1.2, 2);
        ((Variance(2 + H) - Variance(2 - H)) / (2 * H)).ShouldBe((-1.4 * Variance(2)) + (0.49 * 0.4 * ((gap * gap) + Variance(2))), 1e-10);
        ZeroOneLaws.LeastSquaresVariance(0.5, 0.9, 0.4, 3).ShouldBe(0.25 * 0.4 * 3 * Math.Exp(-0.9 * 3), 1e-12);
    }
}
