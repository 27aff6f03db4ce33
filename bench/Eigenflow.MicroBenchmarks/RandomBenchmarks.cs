using BenchmarkDotNet.Attributes;
using Eigenflow.Random;

namespace Eigenflow.MicroBenchmarks;

/// <summary>Gaussian numbers: one call fills a block that stays in the first-level cache.</summary>
[MemoryDiagnoser]
public class RandomBenchmarks
{
    private const int Count = 2048;
    private readonly double[] doubles = new double[Count];
    private readonly float[] floats = new float[Count];
    private long step;

    /// <summary>2048 numbers in double precision.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void GaussianDouble() => GaussianGenerator.Fill(new GaussianAddress(1, 0, 0, step++), 0, doubles);

    /// <summary>2048 numbers in single precision.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void GaussianFloat() => GaussianGenerator.Fill(new GaussianAddress(1, 0, 0, step++), 0, floats);
}
