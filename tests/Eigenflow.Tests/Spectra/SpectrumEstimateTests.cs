using Eigenflow.Data;
using Eigenflow.Numerics.Dense;
using Eigenflow.Random;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

public sealed class SpectrumEstimateTests
{
    [Theory]
    [InlineData(0.7)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void ExponentOfSyntheticDataLiesInItsInterval(double exponent)
    {
        const int seeds = 8;
        var covered = 0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            var estimate = SpectrumEstimate.FromData(PowerLawData(1500, 100, exponent, (ulong)seed));
            estimate.Exponent!.Value.ShouldBe(exponent, 0.12, $"seed {seed}");
            estimate.ExponentUncertainty.ShouldBeLessThan(0.2);
            estimate.Kind.ShouldBe(SpectrumKind.PowerLaw);
            if (Math.Abs(estimate.Exponent!.Value - exponent) <= estimate.ExponentUncertainty)
                covered++;
        }

        // A 95 % interval misses more than two of eight with probability 0.6 %.
        covered.ShouldBeGreaterThanOrEqualTo(seeds - 2);
    }

    [Fact]
    public void FewRowsAreTreatedByTheGramMatrix()
    {
        // 40 rows of 60 columns, once as they are and once with the eigenvalues of the 60 × 60 covariance by hand.
        var data = PowerLawData(40, 60, 1, 3);
        var estimate = SpectrumEstimate.FromData(data);
        var means = Enumerable.Range(0, 60).Select(column => Enumerable.Range(0, 40).Average(row => data.Row(row)[column])).ToArray();
        var covariance = new double[60 * 60];
        for (var i = 0; i < 60; i++)
        {
            for (var j = 0; j < 60; j++)
                covariance[(i * 60) + j] = Enumerable.Range(0, 40).Sum(row => (data.Row(row)[i] - means[i]) * (data.Row(row)[j] - means[j])) / 39;
        }

        var expected = new ManagedDenseAlgebra().SymmetricEigenvalues(covariance, 60);
        estimate.Eigenvalues.Length.ShouldBe(40);
        estimate.Rank.ShouldBe(39);
        for (var k = 0; k < 39; k++)
            estimate.Eigenvalues[k].ShouldBe(expected[k], 1e-12 * expected[0]);
    }

    [Fact]
    public void LapackAndManagedAlgebraAgree()
    {
        Assert.SkipWhen(Lapack.TryLoad() is null, "no LAPACK library on this machine");
        var numbers = new double[50 * 50];
        GaussianGenerator.Fill(new GaussianAddress(5, 0, 0, 0), 0, numbers);
        var native = Lapack.TryLoad()!.SymmetricEigenvalues(numbers, 50);
        var managed = new ManagedDenseAlgebra().SymmetricEigenvalues(numbers, 50);
        for (var k = 0; k < 50; k++)
            native[k].ShouldBe(managed[k], 1e-13 * managed.Max(Math.Abs));
    }

    [Fact]
    public void CentringSubtractsTheMean()
    {
        var data = PowerLawData(200, 5, 1, 1);
        var shifted = new DataMatrix(200, 5, [.. data.Values.Select(value => value + 1000)]);
        var plain = SpectrumEstimate.FromData(data).Eigenvalues;
        var centred = SpectrumEstimate.FromData(shifted).Eigenvalues;
        for (var k = 0; k < 5; k++)
            centred[k].ShouldBe(plain[k], 1e-9 * plain[0]);
        SpectrumEstimate.FromData(shifted, new SpectrumEstimateOptions { Centre = false }).Eigenvalues[0].ShouldBeGreaterThan(4e6);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(-12345.678)]
    public void ConstantColumnsAreRefused(double value) =>
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromData(new DataMatrix(30, 4, [.. Enumerable.Repeat(value, 120)])))
            .Message.ShouldContain("at least one column varies");

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    public void UnitsWhoseSquaresAreNoNumbersAreRefused(double unit) =>
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromData(new DataMatrix(3, 1, [0, unit, -unit]))).Message.ShouldContain("change the unit");

    [Fact]
    public void OneRowAndConstantColumnsAreRefused()
    {
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromData(new DataMatrix(1, 2, [1, 2]))).Message.ShouldContain("at least 2 rows");
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromData(new DataMatrix(4200, 4200, new double[4200 * 4200]), new SpectrumEstimateOptions { Modes = 8, Iterations = 0 })).Message.ShouldContain("constant columns");
    }

    [Theory]
    [InlineData(0L, null)]
    [InlineData(null, 0L)]
    [InlineData(5L, 5L)]
    [InlineData(900L, 1000L)]
    [InlineData(1L, 21L)]
    [InlineData(5L, 20L)]
    public void WindowsOutsideTheModesAreRefused(long? start, long? end) =>
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromData(PowerLawData(100, 20, 1, 1), new SpectrumEstimateOptions { WindowStart = start, WindowEnd = end }))
            .Parameter.ShouldBe("window");

    [Fact]
    public void WindowStopsAtATenthOfTheSamplesBecauseBeyondItEigenvaluesAreBiased()
    {
        // With 300 samples of 200 features, the eigenvalues beyond mode 30 lie on a steeper line than the true law.
        var data = PowerLawData(300, 200, 1, 2);
        var estimate = SpectrumEstimate.FromData(data);
        estimate.Fit!.Last.ShouldBeLessThanOrEqualTo(30);
        estimate.Cutoff.ShouldContain("a tenth of the 300 samples");
        var beyond = SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { WindowStart = 19, WindowEnd = 190 });
        beyond.Exponent!.Value.ShouldBeGreaterThan(1.4);
        beyond.Warnings.ShouldHaveSingleItem().ShouldContain("beyond mode 30");
        estimate.Exponent!.Value.ShouldBe(1, 0.2);
    }

    [Fact]
    public void SavedSpectrumIsReadBack()
    {
        using var folder = new TemporaryFolder();
        var estimate = SpectrumEstimate.FromData(PowerLawData(100, 20, 1, 1));
        estimate.Save(folder.Path("spectrum.csv"), "data\nwith a line break");
        var values = NumericFile.ReadVector(folder.Path("spectrum.csv"));
        values.Length.ShouldBe(20);
        values.Sum().ShouldBe(1, 1e-12);
        (values[0] / values[5]).ShouldBe(estimate.Eigenvalues[0] / estimate.Eigenvalues[5], 1e-12);
    }

    // Gaussian rows with covariance i^(−a).
    private static DataMatrix PowerLawData(int rows, int columns, double exponent, ulong seed)
    {
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var target = values.AsSpan(row * columns, columns);
            GaussianGenerator.Fill(new GaussianAddress(seed, 0, 0, row), 0, target);
            for (var column = 0; column < columns; column++)
                target[column] *= Math.Pow(column + 1, -exponent / 2);
        }

        return new DataMatrix(rows, columns, values);
    }
}
