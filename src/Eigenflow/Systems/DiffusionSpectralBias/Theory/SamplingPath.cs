using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// The probability-flow ODE as one quadrature: ln of the generated variance of a mode is a constant plus Σ_j c_j w(σ_j) over the gains at nodes of the noise level, by Simpson's rule in ln σ, or in t for flow matching.
/// It serves every architecture whose denoisers commute (arXiv 2503.03206, and derived).
/// </summary>
internal sealed class SamplingPath
{
    private const int Lanes = 8;
    private readonly double[] signalDrives, noiseDrives, signalRates, noiseRates, weights;
    private readonly double constant;

    private SamplingPath(NoiseLevel[] levels, double[] simpson, double start, bool isFlow)
    {
        // Levels beyond the last fill the last lanes with nothing.
        var padded = (levels.Length + Lanes - 1) / Lanes * Lanes;
        (signalDrives, noiseDrives, signalRates, noiseRates, weights) = (new double[padded], new double[padded], new double[padded], new double[padded], new double[padded]);
        Array.Fill(noiseRates, 1);
        constant = start;
        Nodes = levels.Length;
        for (var j = 0; j < levels.Length; j++)
        {
            var level = levels[j];
            (signalDrives[j], noiseDrives[j], signalRates[j], noiseRates[j]) = (level.SignalDrive, level.NoiseDrive, level.SignalRate, level.NoiseRate);

            // The velocity of flow matching is the exponent itself; other networks stand for a denoiser.
            weights[j] = simpson[j] * (isFlow ? 1 : level.Factor);
            constant += isFlow ? 0 : simpson[j] * level.Offset;
        }
    }

    /// <summary>Number of nodes.</summary>
    public int Nodes { get; }

    /// <summary>The path of a problem.</summary>
    /// <param name="levels">Its noise levels.</param>
    /// <param name="low">σ_0.</param>
    /// <param name="high">σ_T.</param>
    /// <param name="nodes">Number of nodes, odd and ≥ 3.</param>
    public static SamplingPath Of(NoiseLevels levels, double low, double high, int nodes)
    {
        var simpson = new double[nodes];
        var isFlow = levels.Architecture.IsFlow;
        double from = isFlow ? 0 : Math.Log(low), to = isFlow ? 1 : Math.Log(high), step = (to - from) / (nodes - 1);
        var all = new NoiseLevel[nodes];
        for (var j = 0; j < nodes; j++)
        {
            // The variance is a square: twice the integral.
            simpson[j] = 2 * step / 3 * (j == 0 || j == nodes - 1 ? 1 : (j % 2) == 1 ? 4 : 2);
            all[j] = isFlow ? levels.Flow((double)j / (nodes - 1), (double)(nodes - 1 - j) / (nodes - 1)) : levels.At(Math.Exp(from + (j * step)));
        }

        return new SamplingPath(all, simpson, isFlow ? 0 : 2 * from, isFlow);
    }

    /// <summary>ln of the generated variance of a mode with any law of its gains.</summary>
    /// <param name="eigenvalue">λ.</param>
    /// <param name="time">T = 2ητ.</param>
    /// <param name="law">The law.</param>
    public double LogVariance(double eigenvalue, double time, GainLaw law)
    {
        if (law is LinearGain)
            return LogVariance(eigenvalue, time, law.Initial);
        var sum = constant;
        for (var j = 0; j < Nodes; j++)
            sum += weights[j] * law.At((signalDrives[j] * eigenvalue) + noiseDrives[j], (signalRates[j] * eigenvalue) + noiseRates[j], time);
        return sum;
    }

    /// <summary>The fastest and the slowest rate |K| or R of a mode over the levels.</summary>
    public (double Fastest, double Slowest) Rates(double eigenvalue, bool areLinear)
    {
        double fastest = 0, slowest = double.PositiveInfinity;
        for (var j = 0; j < Nodes; j++)
        {
            double rate = (signalRates[j] * eigenvalue) + noiseRates[j], drive = Math.Abs((signalDrives[j] * eigenvalue) + noiseDrives[j]);
            fastest = Math.Max(fastest, Math.Max(rate, drive));
            var slow = areLinear ? rate : drive;
            if (slow > 0)
                slowest = Math.Min(slowest, slow);
        }

        return (fastest, slowest);
    }

    // One layer: K/R + (w₀ − K/R) e^(−R T), eight levels at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LogVariance(double eigenvalue, double time, double initial)
    {
        var (lambda, start, minus) = (Vector512.Create(eigenvalue), Vector512.Create(initial), Vector512.Create(-time));
        var sum = Vector512<double>.Zero;
        ref var k1 = ref MemoryMarshal.GetArrayDataReference(signalDrives);
        ref var k0 = ref MemoryMarshal.GetArrayDataReference(noiseDrives);
        ref var r1 = ref MemoryMarshal.GetArrayDataReference(signalRates);
        ref var r0 = ref MemoryMarshal.GetArrayDataReference(noiseRates);
        ref var c = ref MemoryMarshal.GetArrayDataReference(weights);
        for (var j = 0; j < weights.Length; j += Lanes)
        {
            var rate = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref r1, (nuint)j), lambda, Vector512.LoadUnsafe(ref r0, (nuint)j));
            var drive = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref k1, (nuint)j), lambda, Vector512.LoadUnsafe(ref k0, (nuint)j));

            // A level without a rate keeps its gain.
            var optimum = Vector512.ConditionalSelect(Vector512.Equals(rate, Vector512<double>.Zero), start, drive / rate);
            var gain = Vector512.FusedMultiplyAdd(start - optimum, VectorExponential.Of(rate * minus), optimum);
            sum = Vector512.FusedMultiplyAdd(gain, Vector512.LoadUnsafe(ref c, (nuint)j), sum);
        }

        return constant + Vector512.Sum(sum);
    }
}
