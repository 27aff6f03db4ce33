using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>The escape beyond the linear time: numbers of an independent solver (extrapolated linearly implicit Euler, rtol 2e-11) and of independent sums.</summary>
public sealed class EscapeModeTests
{
    [Theory]
    [InlineData(100, 2.0, "5.5386919", "5.5920322", "5.6855739", "3.1455249", "2.9926989", ".31205787", ".63290342")]
    [InlineData(1000, 1.5, "2.8566821", "2.9363185", "3.0490300", "1.3671653", "1.2311209", ".69863625", ".42298936")]
    [InlineData(10_000, 1.2, "1.1528969", "1.2361048", "1.3139802", ".40262283", ".34734613", "2.2862126", ".23382810")]
    public void BoundsOfTheEscapeRateHaveTheirValues(int dimension, double exponent, string lower, string rate, string upper, string excess, string least, string slope, string cap)
    {
        var modes = Reference.Problem(dimension, exponent).Modes(ModeRepresentation.Full);
        var (escape, bounds) = (EscapeTheory.Of(modes), EscapeBounds.Of(modes));
        bounds.Lower.ShouldPrint(lower);
        escape.Rate.ShouldPrint(rate);
        bounds.Upper.ShouldPrint(upper);
        bounds.Excess.ShouldPrint(excess);
        bounds.LeastExcess.ShouldPrint(least);
        escape.Slope.ShouldPrint(slope);
        bounds.CoefficientCap.ShouldPrint(cap);
        escape.Slope.ShouldBeGreaterThan(bounds.LeastSlope);
    }

    [Fact]
    public void TheRateGrowsWithItsArgumentByTheSelfOverlapOfItsMode()
    {
        var modes = Reference.Problem(100, 2).Modes(ModeRepresentation.Full);
        const double step = 1e-5;
        ((EscapeBounds.RateAt(modes, 4 + step) - EscapeBounds.RateAt(modes, 4 - step)) / (2 * step)).ShouldBe(new EscapeMode(modes).SelfOverlap, 1e-9);
        double[] rates = [.. Enumerable.Range(0, 9).Select(k => EscapeBounds.RateAt(modes, 0.5 * (k + 1)))];
        for (var k = 1; k < rates.Length - 1; k++)
            (rates[k + 1] + rates[k - 1] - (2 * rates[k])).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(1.5, "2.83145904", "3.21011721")]
    [InlineData(2, "5.53894059", "5.29173670")]
    [InlineData(3, "8.92714157", "6.05146608")]
    public void RatesOfInfinitelyManyModesHaveTheirValues(double exponent, string rate, string correction)
    {
        var limit = EscapeLimit.Of(exponent);
        limit.Rate.ShouldPrint(rate);
        limit.Correction.ShouldPrint(correction);
    }

    [Fact]
    public void RatesOfSteepAndFlatSpectraHaveTheirSeries()
    {
        EscapeLimit.Of(8).Rate.ShouldPrint("11.918996784");
        (EscapeLimit.OfLargeExponent(8) - EscapeLimit.Of(8).Rate).ShouldPrint("3e-6");
        PowerSum.Infinite(2, 0).ShouldBe(Math.PI * Math.PI / 6, 1e-14);

        // 0 < a ≤ 1: the escape localises on the first mode, slowly.
        double Excess(long dimension)
        {
            var modes = Reference.Problem(dimension, 0.8).Modes(ModeRepresentation.Averaged);
            return (EscapeTheory.Of(modes).Rate - (4 * modes.LargestEigenvalue)) / (8 * modes.LargestEigenvalue * modes.LargestEigenvalue);
        }

        Excess(1_000_000_000).ShouldBeInRange(1, Excess(1_000_000));
        Excess(1_000_000_000_000).ShouldBe(1, 0.1);
    }

    [Theory]
    [InlineData(1000, 1.5, ".90142884", ".819223", ".37826984")]
    public void TimesOfRandomStartsHaveTheirValues(int dimension, double exponent, string mean, string median, string deviation)
    {
        var law = RandomEscape.Of(Reference.Problem(dimension, exponent).Modes(ModeRepresentation.Full), 0.1);
        law.Mean.ShouldPrint(mean);
        law.Median.ShouldPrint(median);
        law.Deviation.ShouldPrint(deviation);
    }

    [Theory]
    [InlineData(100, 2.0, ".03292534")]
    [InlineData(1000, 1.5, ".05795424")]
    [InlineData(10_000, 1.2, ".09681142")]
    public void ProbabilitiesOfASignChangeHaveTheirValues(int dimension, double exponent, string probability) =>
        RandomEscape.Of(Reference.Problem(dimension, exponent).Modes(ModeRepresentation.Full), 0.1).SignChange.ShouldPrint(probability);

    [Fact]
    public void RandomStartsFollowTheLinearLaw()
    {
        const int draws = 2000;
        var problem = Reference.Problem(300, 1.5);
        var modes = problem.Modes(ModeRepresentation.Full);
        var law = RandomEscape.Of(modes, 0.1);
        var mode = new EscapeMode(modes);
        double[] times = new double[draws], selves = new double[draws];
        var changed = 0;
        for (var seed = 0; seed < draws; seed++)
        {
            var drawn = (problem with { Start = Start.UnitSphere(seed + 1) }).Modes(ModeRepresentation.Full);
            var coefficient = EscapeTheory.Of(drawn).Coefficient;
            times[seed] = Math.Log(0.1 / Math.Abs(coefficient)) / mode.Theory.Rate;
            selves[seed] = drawn.Moments(1).Start;
            changed += coefficient > 0 != drawn.Moments(1).Cross > 0 ? 1 : 0;
        }

        var error = law.Deviation / Math.Sqrt(draws);
        times.Average().ShouldBe(law.Mean, 4 * error);
        times.Order().ElementAt(draws / 2).ShouldBe(law.Median, 5 * error);
        ((double)changed / draws).ShouldBe(law.SignChange, 4 * Math.Sqrt(law.SignChange * (1 - law.SignChange) / draws));

        // s(0) on the sphere: mean 1/d, standard deviation √(2s*⁽²⁾)/d.
        selves.Average().ShouldBe(1.0 / 300, 4 * Math.Sqrt(2 * modes.Moments(2).Teacher) / 300 / Math.Sqrt(draws));
    }

    [Theory]
    [InlineData(100, 2.0, ".58824140", "1.4900753")]
    [InlineData(10_000, 1.2, ".18890167", "3.6519969")]
    [InlineData(100_000, 2.0, ".584739", "1.499428")]
    public void CorrelationsOfTheGrowingModeHaveTheirValues(int dimension, double exponent, string second, string self)
    {
        var modes = Reference.Problem(dimension, exponent).Modes(ModeRepresentation.Compressed);
        var mode = new EscapeMode(modes);
        mode.CorrelationRatio(1).ShouldBe(1, 1e-11);
        mode.CorrelationRatio(2).ShouldPrint(second);
        mode.OverlapRatio.ShouldPrint(self);
        mode.OverlapRatio.ShouldBeGreaterThan(1);
        for (var k = 1; k < 5; k++)
            mode.CorrelationRatio(k + 1).ShouldBe(((mode.Theory.Rate * mode.CorrelationRatio(k)) - (8 * modes.Moments(k + 1).Teacher)) / 4, 1e-11);
    }

    [Fact]
    public void CorrelationsAlongTheFlowApproachThem()
    {
        var problem = Reference.Problem(100_000, 2) with { EscapeThreshold = 0.1 };
        var (_, second, self) = EscapeModeClaims.AtEscape(problem, problem.Modes(), default);
        (second / 0.1).ShouldPrint(".578576");
        (self / 0.01).ShouldPrint("1.466725");
    }

    [Theory]
    [InlineData(1000, 2.0, 0.2, ".33706425", ".33502702", ".33817062")]
    [InlineData(1000, 1.2, 0.1, "1.0559220", "1.1587803", "1.0664878")]
    public void CorrectedEscapeTimesHaveTheirValues(int dimension, double exponent, double threshold, string measured, string linear, string formula)
    {
        var problem = Reference.Problem(dimension, exponent) with { EscapeThreshold = threshold };
        var corrected = CorrectedEscape.Of(problem, problem.Modes());
        corrected.Linear.ShouldPrint(linear);
        corrected.Time.ShouldPrint(formula);
        problem.Solve(new GradientFlow { Until = 10, RelativeTolerance = 1e-10 }).TimeOf("escape").ShouldPrint(measured);
    }

    [Theory]
    [InlineData(1000, ".3371")]
    [InlineData(10_000, ".3321")]
    [InlineData(100_000, ".3304")]
    public void FromTheEscapeToTheCrossingItTakesATimeOfItsOwn(int dimension, string difference)
    {
        var flow = Reference.Problem(dimension, 2).Solve(new GradientFlow { Until = 10, RelativeTolerance = 1e-9 });
        (flow.TimeOf("crossing") - flow.TimeOf("escape")).ShouldPrint(difference);
    }

    [Fact]
    public void CorrectedEscapeScalesWithTheTeachersOverlap()
    {
        // w → √s* v and t → t/s*.
        var unit = Reference.Problem(60, 1.5) with { Teacher = Teacher.Source(0.7), EscapeThreshold = 0.15 };
        var large = unit with { Teacher = Teacher.Source(0.7) with { Normalization = TeacherNormalization.Dimension } };
        var overlap = large.Modes().TeacherOverlap;
        large = large with { Start = Start.FromValues(unit.Modes().Start.Select(value => Math.Sqrt(overlap) * value)) };
        var (first, second) = (CorrectedEscape.Of(unit, unit.Modes()), CorrectedEscape.Of(large, large.Modes()));
        second.Time.ShouldBe(first.Time / overlap, 1e-9);
        second.Modal.ShouldBe(first.Modal / overlap, 1e-9);
        new EscapeMode(large.Modes()).OverlapRatio.ShouldBe(new EscapeMode(unit.Modes()).OverlapRatio / overlap, 1e-12);
        var (bounds, scaled) = (EscapeBounds.Of(unit.Modes()), EscapeBounds.Of(large.Modes()));
        scaled.Lower.ShouldBe(overlap * bounds.Lower, 1e-12 * scaled.Lower);
        scaled.Upper.ShouldBe(overlap * bounds.Upper, 1e-12 * scaled.Upper);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public void ExponentialsOfPhaseOneAddUpToTheOverlap(int dimension)
    {
        var problem = Reference.Problem(dimension, 1.5);
        var modes = problem.Modes(ModeRepresentation.Full);
        var all = PhaseOneModes.Of(problem);
        all.Rates.Length.ShouldBe(dimension);
        all.Rates[0].ShouldBe(EscapeTheory.Of(modes).Rate, 1e-12);
        all.Coefficients[0].ShouldBe(EscapeTheory.Of(modes).Coefficient, 1e-12);
        all.At(0).ShouldBe(modes.Moments(1).Cross, 1e-12);
        for (var k = 1; k < dimension; k++)
            all.Rates[k].ShouldBeInRange(4 * modes.Eigenvalues[k], 4 * modes.Eigenvalues[k - 1]);
    }
}
