using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

/// <summary>Kernels in eight lanes against those one by one, and their logarithm and exponential against the library's.</summary>
public sealed class VectorKernelTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.99995)]
    [InlineData(1)]
    [InlineData(1.6)]
    [InlineData(2)]
    [InlineData(5)]
    public void MeansAreThoseOfSingleKernels(double p)
    {
        double[] lags = [0, 1e-6, 0.01, 0.4, 3, 50, 1e4, 1e7], ends = [0.2, 1e-3, 0.5, 2, 8, 60, 3e4, 2e7], counts = [40, 10, 30, 1, 60, 60, 500, 1000];
        var near = new VectorKernel(Vector512.Create(lags), Vector512.Create(0.7), p);
        var far = new VectorKernel(Vector512.Create(ends), Vector512.Create(0.7), p);
        double[] spacings = [.. lags.Select((lag, i) => (ends[i] - lag) / counts[i])];
        var means = VectorKernel.Mean(near, far, Vector512.Create(spacings), Vector512.Create(counts));
        for (var i = 0; i < 8; i++)
        {
            var (first, second) = (new PowerKernel(lags[i], 0.7, p), new PowerKernel(ends[i], 0.7, p));
            var one = PowerKernel.Mean(first, second, spacings[i], counts[i]);
            var size = Math.Max(Math.Abs(one.Even), 1e-300);
            means.Even[i].ShouldBe(one.Even, 1e-9 * size, $"even {i}");
            means.EvenByP[i].ShouldBe(one.EvenByP, 1e-7 * Math.Max(size, Math.Abs(one.EvenByP)), $"by p {i}");
            means.EvenByTau[i].ShouldBe(one.EvenByTau, 1e-7 * Math.Max(size, Math.Abs(one.EvenByTau)), $"by tau {i}");

            // Differences of second primitives cancel where a cell is short against its lag.
            means.Odd[i].ShouldBe(one.Odd, 1e-5 * size, $"odd {i}");
        }
    }

    [Fact]
    public void LogarithmAndExponentialAreThoseOfTheLibrary()
    {
        for (var k = -300; k <= 300; k++)
        {
            var x = Math.Pow(10, k / 3.0) * (1 + (0.001 * k));
            VectorLogarithm.Of(Vector512.Create(x))[3].ShouldBe(Math.Log(x), 1e-15 * Math.Max(1, Math.Abs(Math.Log(x))), $"ln {x}");
            VectorExponential.Of(Vector512.Create(k * 1.3))[3].ShouldBe(Math.Exp(k * 1.3), 1e-15 * Math.Exp(k * 1.3), $"exp {k * 1.3}");
        }

        VectorLogarithm.Of(Vector512<double>.One)[0].ShouldBe(0);
    }
}
