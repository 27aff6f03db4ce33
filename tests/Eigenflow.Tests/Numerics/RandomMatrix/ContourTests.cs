using Eigenflow.Numerics.RandomMatrix;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.RandomMatrix;

/// <summary>Densities and gradient flow by continuation into the complex plane.</summary>
public sealed class ContourTests
{
    private static void Near(double value, double expected, double tolerance) => value.ShouldBe(expected, Math.Abs(expected) * tolerance);

    [Fact]
    public void MarchenkoPastur()
    {
        var equivalent = new RidgeEquivalent(Population.Of([1.0], [50.0], [1.0]), 100);
        foreach (var l in (double[])[0.1, 0.5, 1, 2, 2.9])
        {
            var (low, high) = (Math.Pow(1 - Math.Sqrt(0.5), 2), Math.Pow(1 + Math.Sqrt(0.5), 2));
            Near(SpectralDensity.OfCovariance(equivalent, l), Math.Sqrt((high - l) * (l - low)) / (2 * Math.PI * 0.5 * l), 1e-8);
        }

        Near(SpectralDensity.OfCovariance(equivalent, 1), 0.4210843992, 1e-9);
        SpectralDensity.OfCovariance(equivalent, 0.05).ShouldBe(0);
        SpectralDensity.OfCovariance(equivalent, 5).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.002, 138.21946)]
    [InlineData(0.01, 19.218472)]
    [InlineData(0.05, 1.0743035)]
    public void StructuredCovariance(double eigenvalue, double density) =>
        Near(SpectralDensity.OfCovariance(new RidgeEquivalent(RidgeEquivalentTests.PowerLaw(200, 1.2, 1), 400), eigenvalue), density, 1e-6);

    [Theory]
    [InlineData(0.5, 0.58930228)]
    [InlineData(1, 0.33962298)]
    [InlineData(2, 0.16197595)]
    public void ProductOfTwoWisharts(double eigenvalue, double density) =>
        Near(SpectralDensity.OfCovariance(new RidgeEquivalent(Population.Of([1.0], [100.0], [1.0]), 400, new GaussianLayer(200, 1.0 / 200)), eigenvalue), density, 1e-6);

    // Signal and noise at σ² = 0.1, rtol 1e-5.
    [Theory]
    [InlineData(0.3, 0.253871132, 0.000161758286)]
    [InlineData(3, 0.0321888261, 0.00389253422)]
    [InlineData(30, 0.00453043400, 0.0255575386)]
    [InlineData(300, 0.00180233917, 0.102914788)]
    public void GradientFlow(double time, double signal, double noise)
    {
        var state = new FlowContour(new RidgeEquivalent(RidgeEquivalentTests.PowerLaw(100, 1.2, 0.6), 60), 0).At(time);
        Near(state.Signal, signal, 1e-5);
        Near(0.1 * state.Noise, noise, 1e-5);
    }

    // Two scales (the contour of the reference has 1e-8): t = n τ, eigenvalues s²/d, errors twice as large.
    [Theory]
    [InlineData(1, 0.386309049, 0.280439559, 0.004295960)]
    [InlineData(100, 0.701145261, 0.408849670, 0.034950612)]
    [InlineData(1e4, 0.787738205, 0.224831081, 0.038598869)]
    public void GradientFlowOfTwoScales(double time, double alignment, double bias, double noise)
    {
        var population = Population.Of([0.01, 1e-6], [70, 30], [0.7, 0.3]);
        var state = new FlowContour(new RidgeEquivalent(population, 110), 0).At(110 * time);
        state.Aligned.ShouldBe(alignment, 3e-8);
        (state.Signal / 2).ShouldBe(bias, 3e-8);
        (0.04 * state.Noise / 2).ShouldBe(noise, 3e-8);
    }

    // After all modes have relaxed the flow is ridge regression; with weight decay too.
    [Theory]
    [InlineData(0.05, 60)]
    [InlineData(0.002, 60)]
    [InlineData(0.01, 150)]
    public void LateFlowIsRidgeRegression(double ridge, double samples)
    {
        var equivalent = new RidgeEquivalent(RidgeEquivalentTests.PowerLaw(100, 1.2, 0.6), samples);
        var state = new FlowContour(equivalent, ridge).At(25 / ridge);
        var at = equivalent.At(ridge);
        Near(state.Signal, at.Risk(0).Error, 1e-9);
        Near(state.Noise, at.Risk(1).Error - at.Risk(0).Error, 1e-9);
    }

    // With samples without end every mode relaxes alone.
    [Theory]
    [InlineData(0.5)]
    [InlineData(50)]
    public void FlowOnThePopulation(double time)
    {
        var modes = Enumerable.Range(1, 30).Select(k => Math.Pow(k, -1.5)).ToArray();
        var state = new FlowContour(new RidgeEquivalent(Population.Of(modes, [.. modes.Select(_ => 1.0)], modes), 1e14), 0).At(time);
        Near(state.Signal, modes.Sum(value => value * Math.Exp(-2 * value * time)), 1e-10);
        Near(state.Aligned, modes.Sum(value => -value * Math.Exp(-value * time) + value), 1e-10);
    }

    // From the shortest to the longest times: the untouched student, then the relaxed one, which is that of ridge regression, and never anything else.
    [Theory]
    [InlineData(0, 60)]
    [InlineData(0, 200)]
    [InlineData(0.001, 60)]
    [InlineData(0.001, 100)]
    public void TheFlowStaysWhereItHasCome(double ridge, double samples)
    {
        var equivalent = new RidgeEquivalent(RidgeEquivalentTests.PowerLaw(100, 1.2, 0.6), samples);
        var flow = new FlowContour(equivalent, ridge);
        var at = equivalent.At(ridge);
        foreach (var time in (double[])[1e-300, 1e-100, 1e-20])
        {
            Near(flow.At(time).Signal, equivalent.Population.Power, 1e-12);
            flow.At(time).Noise.ShouldBe(0, 1e-12);
        }

        foreach (var time in (double[])[1e8, 1e12, 1e16, 1e20, 1e100, 1e300])
        {
            flow.At(time).Signal.ShouldBe(at.Risk(0).Error, 1e-9);
            Near(flow.At(time).Noise, at.Risk(1).Error - at.Risk(0).Error, 1e-6);
            Near(flow.At(time).Aligned, equivalent.Population.Power - (at.Kappa * at.Resolution.Target), 1e-9);
        }

        // Where the end takes over from the contour both are the same.
        double[] times = [.. Enumerable.Range(0, 400).Select(k => Math.Pow(10, 0.02 * k))];
        double[] noises = [.. times.Select(time => flow.At(time).Noise)];
        for (var k = 2; k < noises.Length; k++)
            Math.Abs(noises[k] - (2 * noises[k - 1]) + noises[k - 2]).ShouldBeLessThan(0.01 * noises[k]);
    }

    // As many samples as modes: the slowest mode has no end, and the noise grows with the root of the time.
    [Fact]
    public void TheFlowOfASquareProblemGoesOn()
    {
        var flow = new FlowContour(new RidgeEquivalent(RidgeEquivalentTests.PowerLaw(100, 1.2, 0.6), 100), 0);
        foreach (var time in (double[])[1e12, 1e20, 1e30, 1e50, 1e100])
        {
            Near(flow.At(100 * time).Noise / flow.At(time).Noise, 10, 1e-3);
            flow.At(100 * time).Signal.ShouldBeLessThan(flow.At(time).Signal);
        }
    }
}
