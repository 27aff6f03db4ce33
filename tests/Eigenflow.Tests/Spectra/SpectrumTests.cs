using Eigenflow.Spectra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

public sealed class SpectrumTests
{
    public static TheoryData<string> Kinds => ["power-law 0", "power-law 0.5", "power-law 1", "power-law 1.7", "power-law 2", "isotropic", "spiked", "spiked strong", "spiked all", "zero-one", "zero-one all", "list", "list wide"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TraceIsOneAndEigenvaluesDescend(string kind)
    {
        var spectrum = Make(kind);
        var values = new double[spectrum.Dimension];
        spectrum.Fill(0, values);
        values.Reverse().Sum().ShouldBe(1, 1e-12);
        for (var i = 0; i < values.Length; i++)
        {
            values[i].ShouldBe(spectrum[i]);
            values[i].ShouldBeGreaterThanOrEqualTo(0);
            if (i > 0)
                values[i].ShouldBeLessThanOrEqualTo(values[i - 1]);
        }

        spectrum.Largest.ShouldBe(values[0]);
        spectrum.SmallestPositive.ShouldBe(values.Last(value => value > 0));
        foreach (var threshold in new[] { 0, values[0], values[^1], values[values.Length / 2], values[0] * 1.001 })
            spectrum.CountAtLeast(threshold).ShouldBe(values.Count(value => value >= threshold));
    }

    [Fact]
    public void KindsHaveTheirShape()
    {
        var law = new PowerLawSpectrum(50, 1.5);
        (law[0] / law[9]).ShouldBe(Math.Pow(10, 1.5), 1e-12);
        law.At(2.5).ShouldBe(Math.Pow(2.5, -1.5) * law[0], 1e-15);
        (Spectrum.Spiked(10, 3, 50)[2] / Spectrum.Spiked(10, 3, 50)[3]).ShouldBe(50, 1e-12);
        Spectrum.ZeroOne(10, 4)[3].ShouldBe(0.25);
        Spectrum.ZeroOne(10, 4)[4].ShouldBe(0);
        Spectrum.FromValues([1, 3])[0].ShouldBe(0.75);
        Spectrum.Isotropic(1_000_000_000_000)[999_999_999_999].ShouldBe(1e-12, 1e-26);
    }

    [Fact]
    public void GivenValuesAreNeverChanged()
    {
        var values = new[] { 1.0, 3, 2 };
        _ = Spectrum.FromValues(values);
        values.ShouldBe([1, 3, 2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(2_000_000_000_000_000)]
    public void DimensionMustBePositive(long dimension)
    {
        Should.Throw<ParameterException>(() => Spectrum.PowerLaw(dimension, 1)).Parameter.ShouldBe("dimension");
        Should.Throw<ParameterException>(() => Spectrum.Isotropic(dimension)).Parameter.ShouldBe("dimension");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(100)]
    public void ExponentMustBeFiniteAndNotNegative(double exponent) =>
        Should.Throw<ParameterException>(() => Spectrum.PowerLaw(1000, exponent)).Parameter.ShouldBe("exponent");

    [Theory]
    [InlineData(0, 2.0)]
    [InlineData(11, 2.0)]
    [InlineData(2, 0.5)]
    [InlineData(2, double.NaN)]
    [InlineData(2, 1e300)]
    public void SpikesAreChecked(long count, double strength) =>
        Should.Throw<ParameterException>(() => Spectrum.Spiked(10, count, strength)).Message.ShouldContain("spiked:COUNT:STRENGTH");

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void RankIsChecked(long rank) =>
        Should.Throw<ParameterException>(() => Spectrum.ZeroOne(10, rank)).Message.ShouldContain("from 1 to the dimension 10");

    [Theory]
    [InlineData(new double[0], "at least one")]
    [InlineData(new[] { 0.0, 0 }, "all zero")]
    [InlineData(new[] { 1.0, -1e-17 }, "eigenvalue number 2")]
    [InlineData(new[] { 1.0, double.NaN }, "eigenvalue number 2")]
    [InlineData(new[] { 1.0, double.PositiveInfinity }, "eigenvalue number 2")]
    [InlineData(new[] { 1e-320, 1 }, "write eigenvalue number 1 as 0")]
    public void GivenValuesAreChecked(double[] values, string message) =>
        Should.Throw<ParameterException>(() => Spectrum.FromValues(values)).Message.ShouldContain(message);

    private static Spectrum Make(string kind) => kind switch
    {
        "isotropic" => Spectrum.Isotropic(777),
        "spiked" => Spectrum.Spiked(100, 3, 50),
        "spiked strong" => Spectrum.Spiked(100, 3, 1e200),
        "spiked all" => Spectrum.Spiked(5, 5, 2),
        "zero-one" => Spectrum.ZeroOne(100, 37),
        "zero-one all" => Spectrum.ZeroOne(4, 4),
        "list" => Spectrum.FromValues([0.2, 5, 0, 3, 3]),
        "list wide" => Spectrum.FromValues([1e308, 1e308, 1e300]),
        _ => Spectrum.PowerLaw(10_000, double.Parse(kind.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
    };
}
