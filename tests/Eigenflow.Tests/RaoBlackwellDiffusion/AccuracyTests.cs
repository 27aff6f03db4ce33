using Eigenflow.Solutions;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>Numbers at very large and very small noise, where they are small parts of what they were once a difference of, against values of independent programs; and that their errors are stated.</summary>
public sealed class AccuracyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Four numbers of noise, of the clean sample's own: 48 000 antithetic random samples.
    [Theory]
    [InlineData(1, 0.19888, 0.00077)]
    [InlineData(3, 0.006032, 0.000040)]
    [InlineData(10, 4.164e-5, 0.03e-5)]
    [InlineData(100, 3.926e-9, 0.03e-9)]
    public void TheNoiseOfGradientsUnderRotations(double sigma, double expected, double deviation)
    {
        var (value, error) = TargetNoise.Ratio(Clouds.Problem("so3", 3, Clouds.Template, 4, sigma, 1), Cancellation);
        error.ShouldBeInRange(1e-6, 0.02);
        value.ShouldBe(expected, (3 * deviation) + (1.5 * error * value));
    }

    [Theory]
    [InlineData(100, 4.664668e-12)]
    [InlineData(1000, 4.6666e-18)]
    public void TheNoiseOfGradientsOfOneSign(double sigma, double expected)
    {
        var (value, error) = TargetNoise.Ratio(Clouds.Problem("global-sign", 1, [1], sigma: sigma, alpha: 1), Cancellation);
        value.ShouldBe(expected, 2e-5 * expected);
        error.ShouldBeInRange(0, 1e-6);
    }

    [Fact]
    public void NoiseIsNeverNegativeAndNoneWhereTheSampleIsNotInTheNoise()
    {
        foreach (var group in (string[])["signs", "o2"])
        {
            var problem = group == "signs" ? Clouds.Problem(group, 4, Clouds.Vector, sigma: 30, alpha: 1) : Clouds.Problem(group, 2, Clouds.Planar(Clouds.Template), 4, 30, 1);
            TargetNoise.Ratio(problem, Cancellation).Value.ShouldBeInRange(1e-9, 1e-6);
        }

        TargetNoise.Ratio(Clouds.Problem("so3", 3, Clouds.Template, 4, 0.5, 0), Cancellation).Value.ShouldBe(0);
        TargetNoise.Ratio(Clouds.Problem("global-sign", 1, [1], sigma: 1e40, alpha: 1), Cancellation).Error.ShouldBeGreaterThan(TargetNoise.LargestError);
        Should.Throw<ParameterException>(() => Clouds.Problem("so3", 3, Clouds.Template, 4, 1e15, 1).Solve(new SgdTheory { Steps = 2 })).Parameter.ShouldBe("sigma");
    }

    // Independent coordinates by line integrals, by ten million random samples, and by the lattice that other groups take.
    [Fact]
    public void FlipsOfCoordinatesAreAGroupLikeOthers()
    {
        var problem = Clouds.Problem("signs", 3, [1, -0.5, 0.8], sigma: 0.7, alpha: 1) with { Estimator = EstimatorKind.Orbit };
        var model = LinearModel.Of(problem, true);
        var other = problem with { Group = new MatrixGroup("flips", 3, 3, [.. Enumerable.Range(0, 8).Select(Flips)]) };
        var (byLines, byLattice) = (TargetNoise.Of(problem, model, Cancellation), TargetNoise.Of(other, model, Cancellation));
        double[] expected = [0.297816, 0.120912, 0.220359], deviations = [3.4e-4, 0.8e-4, 1.8e-4];
        for (var j = 0; j < 3; j++)
        {
            byLines.Noise[j, j].ShouldBe(expected[j], 4 * deviations[j]);
            byLattice.Noise[j, j].ShouldBe(byLines.Noise[j, j], 2 * byLattice.Error * byLines.Noise.Trace());
        }

        byLattice.Error.ShouldBeLessThan(0.02);
        byLines.Loss.ShouldBe(0.152735, 4 * 4.5e-5);
        byLattice.Loss.ShouldBe(byLines.Loss, 0.005 * byLines.Loss);

        static double[] Flips(int k) => [.. Enumerable.Range(0, 9).Select(entry => entry % 4 != 0 ? 0.0 : ((k >> (entry / 4)) & 1) != 0 ? -1 : 1)];
    }

    [Theory]
    [InlineData(0.003, 1.0017e-8, 1e-4)]
    [InlineData(0.01, 3.70999754e-7, 1e-6)]
    [InlineData(0.03, 1.00170e-5, 1e-5)]
    [InlineData(0.1, 3.70967e-4, 1e-5)]
    public void ASpreadOfOneCoordinate(double sigma, double expected, double tolerance)
    {
        var parts = TargetVariance.Of(Clouds.Problem("global-sign", 1, [1], sigma: sigma, alpha: 1) with { Spread = 1 }, Cancellation);
        parts.Orbit.ShouldBe(expected, tolerance * expected);
        parts.OrbitError.ShouldBeLessThan(1e-6 * expected);
        parts.Full.ShouldBe(sigma * sigma, sigma * sigma, "at most what one noisy number says");
    }

    [Theory]
    [InlineData(0.03, 2.149545e-24)]
    [InlineData(0.05, 2.7725e-10)]
    [InlineData(0.5, 0.2467686)]
    public void FlipsOfCoordinates(double sigma, double expected)
    {
        var parts = TargetVariance.Of(Clouds.Problem("signs", 4, Clouds.Vector, sigma: sigma, alpha: 1), Cancellation);
        parts.Orbit.ShouldBe(expected, 2e-5 * expected);
        parts.OrbitError.ShouldBeLessThan(1e-6 * expected);
        parts.Removed.ShouldBe(1);
    }

    [Theory]
    [InlineData("so3", 1e15)]
    [InlineData("so3", 100)]
    [InlineData("signs", 1e-3)]
    public void PartsAddUp(string group, double sigma)
    {
        var parts = TargetVariance.Of(group == "so3" ? Clouds.Problem(group, 3, Clouds.Template, 4, sigma, 1) : Clouds.Problem(group, 4, Clouds.Vector, sigma: sigma, alpha: 1), Cancellation);
        (parts.Orbit / parts.Clean).ShouldBeInRange(0, 1);
        ((parts.Orbit + parts.OrbitSquare) / parts.Clean).ShouldBe(1, 1e-15);
        parts.Removed.ShouldBe(1);
        if (sigma == 100)
            (parts.OrbitSquare / parts.Clean).ShouldBe(1.46594e-4, parts.FullSquareError / parts.Clean * 1.5);
    }

    [Fact]
    public void WhatNoPointOfALatticeSawHasAnErrorThatSaysSo()
    {
        var parts = TargetVariance.Of(Clouds.Problem("cyclic", 8, Clouds.Ring, sigma: 0.05, alpha: 1), Cancellation);
        parts.OrbitError.ShouldBeGreaterThan(parts.Orbit);
        parts.OrbitError.ShouldBeLessThan(1e-3 * parts.Clean);

        // What is left here is the rounding of posterior means.
        var rounded = TargetVariance.Of(Clouds.Problem("permutation", 3, Clouds.Template, 4, 0.1, 1), Cancellation);
        rounded.OrbitError.ShouldBeGreaterThan(TargetNoise.LargestError * rounded.Orbit);
    }

    [Fact]
    public void LargeTemplatesTakeTheDirectionsThatTheirOrbitSpans()
    {
        double[] line = [.. Enumerable.Range(0, 2100).Select(j => Math.Sin(j + 1))];
        var problem = Clouds.Problem("global-sign", 2100, line, sigma: Math.Sqrt(Vectors.Dot(line, line)), alpha: 1);
        (TargetVariance.Of(problem, Cancellation) is var parts ? parts.Orbit / parts.Clean : 0).ShouldBe(0.449599509, 1e-8);
        NoiseBasis.Of(problem).Length.ShouldBe(1);
        NoiseBasis.Of(Clouds.Problem("so3", 3, line, 700)).Length.ShouldBe(6, "points of a plane");
        NoiseBasis.Of(Clouds.Problem("so2", 2, line, 1050)).Length.ShouldBe(2);
    }

    [Fact]
    public void ACovarianceBelongsToEveryLevel()
    {
        var (wide, unit) = (Clouds.Problem("cyclic:4", 2, [1, 0.2, 0.3, 0.8], 1, 0.7, 1) with { Deviation = 2 }, Clouds.Problem("cyclic:4", 2, [1, 0.2, 0.3, 0.8], 1, 0.7, 1));
        TargetVariance.Of(wide.At(0.5), Cancellation).ShouldBe(TargetVariance.Of(unit.At(1), Cancellation));
        var flow = unit with { Kernel = KernelKind.FlowMatching, Alpha = null, Deviation = 2, Sigma = 0.4 };
        (flow.Level.Alpha, flow.Level.Sigma).ShouldBe((0.6, 0.8));
    }

    [Fact]
    public void AHiddenCentreIsSaidNotToConverge() =>
        VarianceCurve.Warnings(Clouds.Problem("so2", 2, Clouds.Planar(Clouds.Template), 4) with { Estimator = EstimatorKind.LocalExact, Samples = 4 }).ShouldContain(text => text.Contains("do not converge"));
}
