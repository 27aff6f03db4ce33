using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// The probability-flow ODE as one quadrature: ln of the generated variance of a mode is a constant plus Σ_j c_j w(σ_j) over the gains at nodes of the noise level, by Simpson's rule in ln σ, or by the rule of tanh and sinh in t for flow matching.
/// It serves every architecture whose denoisers commute (arXiv 2503.03206, and derived).
/// </summary>
internal sealed class SamplingPath
{
    private const int Lanes = 8;

    // e^(−π sinh x) is 5e-17 here.
    private const double FlowExtent = 3.17;
    private const double SlowestPart = 1e-6;

    private readonly double[] signalDrives, noiseDrives, signalRates, noiseRates, weights;
    private readonly double constant;

    private SamplingPath(NoiseLevel[] levels, double[] rule, double start, bool isFlow)
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
            weights[j] = rule[j] * (isFlow ? 1 : level.Factor);
            constant += isFlow ? 0 : rule[j] * level.Offset;
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
        var weights = new double[nodes];
        var levelsAt = new NoiseLevel[nodes];
        if (levels.Architecture.IsFlow)
        {
            // t = 1/(1 + e^(−π sinh x)) crowds the nodes at both ends, where small variances turn the velocity within √λ.
            var each = 2 * FlowExtent / (nodes - 1);
            for (var j = 0; j < nodes; j++)
            {
                double x = (j * each) - FlowExtent, e = Math.Exp(-Math.PI * Math.Sinh(x)), t = 1 / (1 + e), rest = e / (1 + e);
                weights[j] = 2 * each * Math.PI * Math.Cosh(x) * t * rest;
                levelsAt[j] = levels.Flow(t, rest);
            }

            return new SamplingPath(levelsAt, weights, 0, isFlow: true);
        }

        double from = Math.Log(low), step = Math.Log(high / low) / (nodes - 1);
        for (var j = 0; j < nodes; j++)
        {
            // The variance is a square: twice the integral.
            weights[j] = 2 * step / 3 * (j == 0 || j == nodes - 1 ? 1 : (j % 2) == 1 ? 4 : 2);
            levelsAt[j] = levels.At(Math.Exp(from + (j * step)));
        }

        return new SamplingPath(levelsAt, weights, 2 * from, isFlow: false);
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
        var changesSign = false;
        for (var j = 0; j < Nodes; j++)
        {
            double rate = (signalRates[j] * eigenvalue) + noiseRates[j], drive = Math.Abs((signalDrives[j] * eigenvalue) + noiseDrives[j]);
            changesSign |= (signalDrives[j] * eigenvalue) + noiseDrives[j] < 0;
            fastest = Math.Max(fastest, Math.Max(rate, drive));
            var slow = areLinear ? rate : drive;
            if (slow > 0)
                slowest = Math.Min(slowest, slow);
        }

        // Where a drive changes its sign nearby levels are as slow as one likes, and as unimportant.
        return (fastest, changesSign ? Math.Max(slowest, SlowestPart * fastest) : slowest);
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
