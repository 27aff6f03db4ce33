using System.Numerics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// Gains and generated variances of the modes of a problem as functions of training time τ, where modes do not see each other: in closed form where there is one, otherwise by one quadrature over the noise levels.
/// </summary>
internal sealed class ModeTheory
{
    /// <summary>Nodes of the quadrature: 1e-12 of the integral for one layer, 1e-8 where a product of layers changes within a narrow range of levels.</summary>
    public const int DefaultNodes = 2001;

    /// <summary>The same where a gain is found by an iteration, 1e-8.</summary>
    public const int IteratedNodes = 401;

    private const int IteratedChunk = 4;

    private readonly DiffusionProblem problem;
    private readonly PatchModes? patch;
    private readonly SamplingPath path;
    private readonly SplitPath? split;
    private readonly Closed closed;
    private readonly NoiseLevel level;
    private readonly double lossScale, lowSquare, highSquare;
    private readonly double[] modes, limits;

    /// <param name="problem">The problem, validated.</param>
    /// <param name="nodes">Nodes of the quadrature, odd; null takes closed forms where they exist, and otherwise as many as the law needs.</param>
    public ModeTheory(DiffusionProblem problem, int? nodes = null)
    {
        this.problem = problem;
        patch = problem.Patch();
        modes = patch?.Variances ?? problem.Variances;
        Law = GainLaw.Of(problem.Architecture, problem.Gain, problem.Unbalance);
        closed = nodes is null ? ClosedOf(problem) : Closed.None;
        limits = closed == Closed.OneLayer ? [.. modes.Select(value => OneLayerRange.Limit(value, problem.SigmaMin, problem.SigmaMax))] : [];
        path = SamplingPath.Of(problem.Levels, problem.SigmaMin, problem.SigmaMax, nodes ?? (Law.IsClosed ? DefaultNodes : IteratedNodes));
        split = problem.Architecture.IsFlow && Law is not LinearGain ? new SplitPath(problem.Levels, path.Nodes) : null;
        level = problem.Levels.At(problem.WeightSigma);
        var output = problem.Architecture.Kind == ArchitectureKind.Edm ? problem.Levels.Preconditioning(problem.WeightSigma).Output : 1;
        (lossScale, lowSquare, highSquare) = (output * output, problem.SigmaMin * problem.SigmaMin, problem.SigmaMax * problem.SigmaMax);
    }

    private enum Closed
    {
        None,
        OneLayer,
        Logistic,
        Flow,
    }

    /// <summary>Ends work over many modes.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The law of gains.</summary>
    public GainLaw Law { get; }

    /// <summary>Whether generated variances are in closed form.</summary>
    public bool IsClosed => closed != Closed.None;

    /// <summary>Number of nodes of the quadrature; 0 in closed form.</summary>
    public int Nodes => IsClosed ? 0 : path.Nodes;

    /// <summary>ln of the generated variance of a mode.</summary>
    /// <param name="mode">From 0.</param>
    /// <param name="tau">Training time.</param>
    public double LogVariance(int mode, double tau)
    {
        var time = problem.TimeScale * tau;
        var range = new OneLayerRange(problem.SigmaMin, problem.SigmaMax, time);
        return patch is null ? Single(mode, time, range) : Combined(patch.Of(mode), Parts(time, range));
    }

    /// <summary>ln of the generated variances of all modes.</summary>
    public void LogVariances(double tau, double[] result)
    {
        var time = problem.TimeScale * tau;
        var range = new OneLayerRange(problem.SigmaMin, problem.SigmaMax, time);
        if (patch is not null)
        {
            var parts = Parts(time, range);
            for (var k = 0; k < result.Length; k++)
                result[k] = Combined(patch.Of(k), parts);
            return;
        }

        ModeChunks.Run(
            result.Length,
            (from, to) =>
            {
                for (var k = from; k < to; k++)
                {
                    Cancellation.ThrowIfCancellationRequested();
                    result[k] = Single(k, time, range);
                }
            },
            Law.IsClosed ? ModeChunks.Size : IteratedChunk,
            Cancellation);
    }

    /// <summary>The gains of all modes at the noise level of weights: of the network, or for edm of the denoiser.</summary>
    public double Weight(int mode, double tau) => Told(RawWeight(mode, problem.TimeScale * tau, null));

    /// <summary>The loss at the noise level of weights, Σ_k E(w_k x_k − y_k)², without the weight of the level.</summary>
    public double Loss(double tau)
    {
        var time = problem.TimeScale * tau;
        double[]? gains = patch is null ? null : [.. patch.Variances.Select(value => Law.At(level.Drive(value), level.Rate(value), time))];
        return lossScale * ModeChunks.Sum(problem.Dimension, k => level.Loss(problem.Variances[k], RawWeight(k, time, gains), Turn(k, time, level)));
    }

    /// <summary>The gain of a mode's denoiser with the phase that a filter gives it.</summary>
    public Complex ComplexGain(int mode, double tau, NoiseLevel at) => new(Gain(mode, tau, at), at.Factor * Turn(mode, problem.TimeScale * tau, at));

    // The imaginary part of a gain, which has no target.
    private double Turn(int mode, double time, NoiseLevel at) => problem.Filter is { } filter ? filter[mode].Imaginary * Math.Exp(-at.Rate(problem.Variances[mode]) * time) : 0;

    private GainLaw LawOf(int mode) => problem.Filter is { } filter ? new LinearGain(filter[mode].Real) : Law;

    /// <summary>The gain of a mode's denoiser, or velocity, at any noise level.</summary>
    public double Gain(int mode, double tau, NoiseLevel at)
    {
        var time = problem.TimeScale * tau;
        double Raw(double eigenvalue) => LawOf(mode).At(at.Drive(eigenvalue), at.Rate(eigenvalue), time);
        double Told(double raw) => problem.Architecture.IsFlow ? raw : at.Offset + (at.Factor * raw);
        if (patch is null)
            return Told(Raw(problem.Variances[mode]));
        var sum = 0.0;
        var couplings = patch.Of(mode);
        for (var m = 0; m < couplings.Length; m++)
            sum += couplings[m] * Raw(patch.Variances[m]);
        return Told(sum);
    }

    /// <summary>A range of training times before which nothing moves and after which nothing does.</summary>
    public (double First, double Last) Times(int mode)
    {
        double fastest = 0, slowest = double.PositiveInfinity;
        foreach (var value in patch is null ? [modes[mode]] : modes)
        {
            var rates = path.Rates(value, Law is LinearGain);
            (fastest, slowest) = (Math.Max(fastest, rates.Fastest), Math.Min(slowest, rates.Slowest));
        }

        if (!(fastest > 0) || !double.IsFinite(slowest))
            return (1 / problem.TimeScale, 1 / problem.TimeScale);
        const double early = 1e-3, late = 1e4;
        var multiple = problem.Architecture.IsTied ? 4.0 : problem.Architecture.Layers;
        return (early / (multiple * fastest * problem.TimeScale * Law.Delay), late * Law.Delay / (multiple * slowest * problem.TimeScale));
    }

    private double Told(double raw) => problem.Architecture.Kind == ArchitectureKind.Edm ? level.Offset + (level.Factor * raw) : raw;

    private double RawWeight(int mode, double time, double[]? gains)
    {
        double Gain(double eigenvalue) => LawOf(mode).At(level.Drive(eigenvalue), level.Rate(eigenvalue), time);
        if (patch is null)
            return Gain(problem.Variances[mode]);
        var sum = 0.0;
        var couplings = patch.Of(mode);
        for (var m = 0; m < couplings.Length; m++)
            sum += couplings[m] * (gains is null ? Gain(patch.Variances[m]) : gains[m]);
        return sum;
    }

    private double[] Parts(double time, OneLayerRange range)
    {
        var parts = new double[modes.Length];
        for (var mode = 0; mode < parts.Length; mode++)
        {
            Cancellation.ThrowIfCancellationRequested();
            parts[mode] = Single(mode, time, range);
        }

        return parts;
    }

    // Σ_m C_km = 1: the constant of the path is shared.
    private static double Combined(ReadOnlySpan<double> couplings, double[] parts)
    {
        var sum = 0.0;
        for (var m = 0; m < parts.Length; m++)
            sum += couplings[m] * parts[m];
        return sum;
    }

    private double Single(int mode, double time, in OneLayerRange range) => closed switch
    {
        Closed.OneLayer => ClosedVariance.OneLayer(modes[mode], limits[mode], LawOf(mode).Initial, range),
        Closed.Logistic => ClosedVariance.Logistic(modes[mode], ((LogisticGain)Law).Multiple * time * modes[mode], Law.Initial, lowSquare, highSquare, ((LogisticGain)Law).Multiple * time),
        Closed.Flow => ClosedVariance.Flow(modes[mode], time, Law.Initial),
        _ => split?.LogVariance(modes[mode], time, Law) ?? path.LogVariance(modes[mode], time, LawOf(mode)),
    };

    private Closed ClosedOf(DiffusionProblem problem)
    {
        if (problem.Weighting != NoiseWeighting.Uniform)
            return Closed.None;
        if (problem.Architecture.Kind == ArchitectureKind.FlowMatching)
            return Closed.Flow;
        if (problem.Architecture.IsFlow || problem.Architecture.Kind == ArchitectureKind.Edm || problem.Objective != Objective.Clean || problem.Process != NoiseProcess.VarianceExploding)
            return Closed.None;
        return Law switch { LinearGain => Closed.OneLayer, LogisticGain => Closed.Logistic, _ => Closed.None };
    }
}

/// <summary>Work over modes in fixed chunks, so that results do not depend on the number of threads.</summary>
internal static class ModeChunks
{
    /// <summary>Modes of a chunk.</summary>
    public const int Size = 2048;

    /// <summary>Does the work of every chunk, on all cores where there are several chunks.</summary>
    public static void Run(int count, Action<int, int> work, int size = Size, CancellationToken cancellation = default)
    {
        if (!cancellation.CanBeCanceled)
            cancellation = Interruption.Token;
        cancellation.ThrowIfCancellationRequested();
        if (count <= size)
        {
            work(0, count);
            return;
        }

        Parallel.For(0, (count + size - 1) / size, new ParallelOptions { CancellationToken = cancellation }, chunk => work(chunk * size, Math.Min(count, (chunk + 1) * size)));
    }

    /// <summary>A sum over modes.</summary>
    public static double Sum(int count, Func<int, double> term)
    {
        var parts = new double[(count + Size - 1) / Size];
        Run(count, (from, to) =>
        {
            var sum = 0.0;
            for (var k = from; k < to; k++)
                sum += term(k);
            parts[from / Size] = sum;
        });
        return parts.Sum();
    }
}
