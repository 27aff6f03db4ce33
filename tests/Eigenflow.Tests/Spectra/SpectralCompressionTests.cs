using Eigenflow.Spectra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

public sealed class SpectralCompressionTests
{
    public static TheoryData<string> Spectra => ["power-law 0.5", "power-law 1.5", "power-law 2", "isotropic", "spiked", "zero-one", "list"];

    [Theory]
    [MemberData(nameof(Spectra))]
    public void IntegralsAreThoseOverAllModes(string kind)
    {
        var spectrum = Make(kind);
        var measure = SpectralCompression.Compress(spectrum, 2, Columns);
        measure.Dimension.ShouldBe(spectrum.Dimension);
        measure.Nodes.Length.ShouldBeLessThan(2000);
        foreach (var function in Functions(spectrum))
        {
            for (var column = 0; column < 2; column++)
            {
                double sum = 0, scale = 0;
                for (var i = spectrum.Dimension - 1; i >= 0; i--)
                {
                    var weight = column == 0 ? 1 : Math.Sin(0.7 * i);
                    sum += weight * function(spectrum[i]);
                    scale += Math.Abs(weight * function(spectrum[i]));
                }

                measure.Integrate(column, function).ShouldBe(sum, 1e-12 * scale);
            }
        }
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(2.0)]
    public void WidePanelsHaveFewNodesAndTheirBound(double exponent)
    {
        var spectrum = Spectrum.PowerLaw(200_000, exponent);
        var wide = SpectralCompression.Compress(spectrum, 1, Ones, null, SpectralPanel.WideOctaves, TestContext.Current.CancellationToken);
        wide.Nodes.Length.ShouldBeLessThan((int)(0.5 * SpectralCompression.Compress(spectrum, 1, Ones, TestContext.Current.CancellationToken).Nodes.Length));
        var worst = 0.0;
        for (var time = 1 / spectrum[0]; time < 30 / spectrum[spectrum.Dimension - 1]; time *= 3)
        {
            double sum = 0, scale = 0;
            for (var i = 0; i < spectrum.Dimension; i++)
            {
                sum += Math.Exp(-time * spectrum[i]);
                scale += Math.Exp(-time * spectrum[spectrum.Dimension - 1]);
            }

            worst = Math.Max(worst, Math.Abs(wide.Integrate(0, eigenvalue => Math.Exp(-time * eigenvalue)) - sum) / scale);
        }

        worst.ShouldBeInRange(1e-14, 1.3e-6);

        static void Ones(long first, ReadOnlySpan<double> eigenvalues, double[][] columns) => columns[0].AsSpan(0, eigenvalues.Length).Fill(1);
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.25)]
    [InlineData(0.7)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void WidePanelsKeepWhatGrows(double exponent)
    {
        // A small start grows by e^20: few modes at the large end of a panel outgrow all others.
        var spectrum = Spectrum.PowerLaw(2_000_000, exponent);
        var wide = SpectralCompression.Compress(spectrum, 1, Ones, null, SpectralPanel.WideOctaves, TestContext.Current.CancellationToken);
        for (var growth = 1.0; growth <= 20; growth *= 1.5)
        {
            var sum = 0.0;
            for (var i = 0; i < spectrum.Dimension; i++)
                sum += spectrum[i] * Math.Exp(growth * (spectrum[i] / spectrum[0]));
            wide.Integrate(0, eigenvalue => eigenvalue * Math.Exp(growth * (eigenvalue / spectrum[0]))).ShouldBe(sum, 1e-5 * sum);
        }

        static void Ones(long first, ReadOnlySpan<double> eigenvalues, double[][] columns) => columns[0].AsSpan(0, eigenvalues.Length).Fill(1);
    }

    [Fact]
    public void DistinctEigenvaluesGiveAnExactMeasure()
    {
        var measure = SpectralCompression.Compress(Spectrum.Spiked(1_000_000, 3, 100), 1, Ones);
        measure.IsExact.ShouldBeTrue();
        measure.Nodes.Length.ShouldBeLessThanOrEqualTo(4);
        SpectralCompression.Compress(Spectrum.PowerLaw(100_000, 2), 1, Ones).IsExact.ShouldBeFalse();

        static void Ones(long first, ReadOnlySpan<double> eigenvalues, double[][] columns) => columns[0].AsSpan(0, eigenvalues.Length).Fill(1);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void AveragedWeightsAreThoseOfDirectSummation(double exponent)
    {
        // The panels of this spectrum hold up to half a million modes, so that most are integrated.
        var spectrum = Spectrum.PowerLaw(1_000_000, exponent);
        var averaged = SpectralCompression.Average(spectrum, 2, (number, columns) => (columns[0], columns[1]) = (1, Math.Pow(number, -0.6)));
        var direct = SpectralCompression.Compress(spectrum, 2, (first, eigenvalues, columns) =>
        {
            for (var k = 0; k < eigenvalues.Length; k++)
                (columns[0][k], columns[1][k]) = (1, Math.Pow(first + k + 1.0, -0.6));
        });
        averaged.Nodes.ShouldBe(direct.Nodes);
        for (var column = 0; column < 2; column++)
        {
            for (var j = 0; j < direct.Nodes.Length; j++)
            {
                // Weights within a panel share one rounding error, that of its largest moment.
                var scale = direct.Weights[column].Skip(Math.Max(0, j - 16)).Take(33).Max(Math.Abs);
                averaged.Weights[column][j].ShouldBe(direct.Weights[column][j], 1e-11 * scale, $"column {column}, node {j}");
            }
        }
    }

    [Fact]
    public void AveragedSumsAtATrillionModesAreThePowerSums()
    {
        var spectrum = Spectrum.PowerLaw(1_000_000_000_000, 1.3);
        var measure = SpectralCompression.Average(spectrum, 2, (number, columns) => (columns[0], columns[1]) = (1, 1 / number));
        measure.Integrate(0, _ => 1).ShouldBe(1e12, 1e-1);
        measure.Integrate(0, eigenvalue => eigenvalue).ShouldBe(1, 1e-11);
        measure.Integrate(1, _ => 1).ShouldBe(PowerSum.Of(1, spectrum.Dimension), 1e-10);
    }

    [Fact]
    public void CancellationEndsThePass()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => SpectralCompression.Compress(Spectrum.PowerLaw(1_000_000, 1), 2, Columns, source.Token));
    }

    private static void Columns(long first, ReadOnlySpan<double> eigenvalues, double[][] columns)
    {
        for (var k = 0; k < eigenvalues.Length; k++)
            (columns[0][k], columns[1][k]) = (1, Math.Sin(0.7 * (first + k)));
    }

    // Powers, and relaxations from the fastest mode to the slowest.
    private static IEnumerable<Func<double, double>> Functions(Spectrum spectrum)
    {
        yield return _ => 1;
        yield return eigenvalue => eigenvalue;
        yield return eigenvalue => eigenvalue * eigenvalue;
        for (var time = 1 / spectrum.Largest; time < 3 / spectrum.SmallestPositive; time *= 30)
        {
            var now = time;
            yield return eigenvalue => Math.Exp(-eigenvalue * now);
        }
    }

    private static Spectrum Make(string kind) => kind switch
    {
        "isotropic" => Spectrum.Isotropic(20_000),
        "spiked" => Spectrum.Spiked(20_000, 7, 40),
        "zero-one" => Spectrum.ZeroOne(20_000, 100),
        "list" => Spectrum.FromValues(Enumerable.Range(1, 3000).Select(i => (2 + Math.Sin(i)) / i)),
        _ => Spectrum.PowerLaw(20_000, double.Parse(kind.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
    };
}
