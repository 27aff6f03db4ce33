using Eigenflow.Data;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

/// <summary>Eigenvalues and covariance matrices that are given, and the hints for those that are read as samples.</summary>
public sealed class GivenSpectrumTests
{
    [Fact]
    public void GivenEigenvaluesFollowTheSameRule()
    {
        var table = new DataMatrix(1, 500, [.. Enumerable.Range(1, 500).Reverse().Select(mode => 7.0 / mode)]);
        var exact = SpectrumEstimate.FromGiven(GivenSpectrum.FromEigenvalues(table));
        exact.Exponent!.Value.ShouldBe(1, 1e-12);
        exact.Samples.ShouldBeNull();
        exact.Fit!.Last.ShouldBe(500);
        var measured = SpectrumEstimate.FromGiven(GivenSpectrum.FromEigenvalues(table, 1000));
        measured.Fit!.Last.ShouldBe(100);
        measured.ExponentUncertainty.ShouldBeGreaterThan(0.005);
    }

    [Fact]
    public void ACovarianceHasTheReadingOfItsSamples()
    {
        var data = SampleRows.Gaussian(2000, 40, mode => 1.0 / mode, 1);
        var covariance = new double[40 * 40];
        for (var i = 0; i < 40; i++)
        {
            for (var j = 0; j < 40; j++)
            {
                double[] one = data.Column(i), other = data.Column(j);
                double first = one.Average(), second = other.Average();
                covariance[(i * 40) + j] = one.Zip(other, (x, y) => (x - first) * (y - second)).Sum() / 1999;
            }
        }

        var sampled = SpectrumEstimate.FromData(data);
        var given = SpectrumEstimate.FromGiven(GivenSpectrum.FromCovariance(new DataMatrix(40, 40, covariance), 2000));
        for (var k = 0; k < 40; k++)
            given.Eigenvalues[k].ShouldBe(sampled.Eigenvalues[k], 1e-12 * sampled.Eigenvalues[0]);
        given.Kind.ShouldBe(SpectrumKind.PowerLaw);
        var noise = SpectrumEstimate.FromGiven(GivenSpectrum.FromEigenvalues(new DataMatrix(60, 1, SpectrumEstimate.FromData(SampleRows.Gaussian(400, 60, _ => 1, 1)).Eigenvalues), 400));
        noise.Kind.ShouldBe(SpectrumKind.WhiteNoise);

        // Read as samples, both are hinted at.
        SpectrumEstimate.FromData(new DataMatrix(40, 40, covariance)).Warnings.ShouldHaveSingleItem().ShouldContain("--is covariance");
        SpectrumEstimate.FromData(SampleRows.Gaussian(40, 40, _ => 1, 1)).Warnings.ShouldBeEmpty();
        var column = SpectrumEstimate.FromData(new DataMatrix(500, 1, [.. Enumerable.Range(1, 500).Select(mode => 1.0 / mode)]));
        column.Warnings.ShouldHaveSingleItem().ShouldContain("--is eigenvalues");
        column.Verdict.ShouldContain("one eigenvalue");
        column.Kind.ShouldBe(SpectrumKind.CannotTell);
    }

    [Fact]
    public void WhatIsNeitherIsRefused()
    {
        Should.Throw<ParameterException>(() => GivenSpectrum.FromEigenvalues(new DataMatrix(2, 2, [1, 2, 3, 4]))).Message.ShouldContain("one column or one row");
        Should.Throw<ParameterException>(() => GivenSpectrum.FromEigenvalues(new DataMatrix(3, 1, [1, -2, 3]))).Message.ShouldContain("number 2 is -2");
        Should.Throw<ParameterException>(() => GivenSpectrum.FromEigenvalues(new DataMatrix(2, 1, [0, 0]))).Message.ShouldContain("all are zero");
        Should.Throw<ParameterException>(() => GivenSpectrum.FromCovariance(new DataMatrix(2, 3, [1, 2, 3, 4, 5, 6]))).Message.ShouldContain("square");
        Should.Throw<ParameterException>(() => GivenSpectrum.FromCovariance(new DataMatrix(2, 2, [1, 0.5, 0.4, 1]))).Message.ShouldContain("row 2, column 1 is 0.4");
        Should.Throw<ParameterException>(() => GivenSpectrum.FromCovariance(new DataMatrix(2, 2, [1, 2, 2, 1]))).Message.ShouldContain("without negative eigenvalues");
        Should.Throw<ParameterException>(() => GivenSpectrum.FromEigenvalues(new DataMatrix(2, 1, [2, 1]), 1)).Parameter.ShouldBe("samples");
    }
}
