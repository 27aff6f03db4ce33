using System.Runtime.Intrinsics;
using Eigenflow.Numerics.Special;
using MathNet.Numerics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Special;

public sealed class ScaledBesselTests
{
    // mpmath with 40 digits: exp(-x) besseli(0, x), exp(-x) besseli(1, x) and besseli(1, x)/besseli(0, x); from 1e6 on the asymptotic series.
    [Theory]
    [InlineData(1e-300, 1.0, 5.00000000000000013e-301, 5.00000000000000013e-301)]
    [InlineData(1e-09, 0.999999999000000001, 4.99999999500000031e-10, 5.00000000000000031e-10)]
    [InlineData(0.001, 0.999000749583515559, 0.000499500312354221347, 0.000499999937500010427)]
    [InlineData(0.1, 0.907100925782301092, 0.0452984468088093273, 0.0499376039879389222)]
    [InlineData(0.5, 0.645035270449150068, 0.156420803184871697, 0.242499612580801945)]
    [InlineData(1, 0.465759607593640437, 0.207910415349708449, 0.446389965896534507)]
    [InlineData(2.5, 0.27004644161220274, 0.206584649531266554, 0.764996747588809917)]
    [InlineData(5, 0.183540812609328353, 0.163972266944542357, 0.893383137044085222)]
    [InlineData(7.999, 0.143441072050895667, 0.134149972425862053, 0.935227062289823434)]
    [InlineData(8, 0.143431781856850311, 0.134142493292698178, 0.935235493529438605)]
    [InlineData(8.001, 0.143422493473570452, 0.134135015379560697, 0.935243922560018604)]
    [InlineData(10, 0.127833337163428607, 0.121262681384455519, 0.948599825954845959)]
    [InlineData(15.5, 0.102180506523292096, 0.0988273657130037681, 0.967184143782611044)]
    [InlineData(30, 0.0731459464822372939, 0.0719163305986475547, 0.983189555365336093)]
    [InlineData(99.25, 0.040095401194752736, 0.039892895244506084, 0.994949397082647128)]
    [InlineData(700, 0.0150812956515313576, 0.0150705194447168469, 0.999285458818426093)]
    [InlineData(1234.5, 0.0113555588210269012, 0.0113509586345897486, 0.999594895635727365)]
    [InlineData(1e6, 0.000398942330269245779, 0.000398942130798030776, 0.999999499999875)]
    [InlineData(1e12, 3.98942280401482546e-7, 3.98942280401283075e-7, 0.9999999999995)]
    [InlineData(1e300, 3.98942280401432667e-151, 3.98942280401432667e-151, 1.0)]
    public void ValuesAreThoseOfFortyDigits(double x, double zero, double one, double ratio)
    {
        ScaledBessel.Zero(x).ShouldBe(zero, 3e-15 * zero);
        ScaledBessel.One(x).ShouldBe(one, 3e-15 * one);
        ScaledBessel.Ratio(x).ShouldBe(ratio, 4e-15 * ratio);
        ScaledBessel.Zero(-x).ShouldBe(ScaledBessel.Zero(x));
        ScaledBessel.One(-x).ShouldBe(-ScaledBessel.One(x));
        ScaledBessel.Ratio(-x).ShouldBe(-ScaledBessel.Ratio(x));
    }

    [Fact]
    public void AnIndependentProgramAgreesOverTheRange()
    {
        for (var x = 0.013; x < 600; x *= 1.07)
        {
            ScaledBessel.Zero(x).ShouldBe(SpecialFunctions.BesselIScaled(0, x), 1e-14 * ScaledBessel.Zero(x));
            ScaledBessel.One(x).ShouldBe(SpecialFunctions.BesselIScaled(1, x), 1e-14 * ScaledBessel.One(x));
        }
    }

    [Fact]
    public void EdgesHaveTheirLimits()
    {
        ScaledBessel.Zero(0).ShouldBe(1, 1e-15);
        ScaledBessel.One(0).ShouldBe(0);
        ScaledBessel.Ratio(0).ShouldBe(0);
        ScaledBessel.Zero(double.PositiveInfinity).ShouldBe(0);
        ScaledBessel.Ratio(double.PositiveInfinity).ShouldBe(1, 1e-15);
        ScaledBessel.Ratio(double.NegativeInfinity).ShouldBe(-1, 1e-15);
        ScaledBessel.Zero(double.NaN).ShouldBe(double.NaN);
        ScaledBessel.Ratio(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void VectorsGiveTheBitsOfSingleNumbers()
    {
        double[] x = [.. Enumerable.Range(0, 37).Select(k => (k - 9) * 0.83)];
        var values = new double[x.Length];
        ScaledBessel.Zero(x, values);
        values.ShouldBe(x.Select(ScaledBessel.Zero));
        ScaledBessel.One(x, values);
        values.ShouldBe(x.Select(ScaledBessel.One));
        ScaledBessel.Ratio(x, values);
        values.ShouldBe(x.Select(ScaledBessel.Ratio));
        ScaledBessel.Zero(Vector512.Create<double>(x)).GetElement(3).ShouldBe(ScaledBessel.Zero(x[3]));
        Should.Throw<ArgumentException>(() => ScaledBessel.Zero(x, values.AsSpan(1)));
    }
}
