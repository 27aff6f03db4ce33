using System.Numerics;
using Eigenflow.Dynamics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// Gradient descent on the population loss where modes do not see each other: the gains of the layers at every level of the sampler and at that of weights, updated one step at a time. For one layer w ← w + 2η(K − R w), of ties q ← q + 4η(K − R q²) q
/// with w = q², of L layers a_l ← a_l + 2η (K − R w) Π_{m ≠ l} a_m, where all layers but the first are equal.
/// </summary>
internal sealed class GainDescentRule : StateRule
{
    private const double BoundOfLoss = 1e6;
    private readonly DiffusionProblem problem;
    private readonly DiscreteSampler sampler;
    private readonly IReadOnlyList<int> shown;
    private readonly PatchModes? patch;
    private readonly NoiseLevel[] levels;
    private readonly double[] sigmas, modes, drives, rates, logs;
    private readonly int width;

    /// <param name="problem">The problem.</param>
    /// <param name="sampler">Its levels are those that are trained.</param>
    /// <param name="shown">Modes with columns.</param>
    public GainDescentRule(DiffusionProblem problem, DiscreteSampler sampler, IReadOnlyList<int> shown)
        : base(Start(problem, sampler))
    {
        (this.problem, this.sampler, this.shown, patch) = (problem, sampler, shown, problem.Patch());
        levels = [.. sampler.Levels(problem), problem.Levels.At(problem.WeightSigma)];
        sigmas = sampler.Sigmas(problem);
        modes = patch?.Variances ?? problem.Variances;
        width = WidthOf(problem);
        (drives, rates, logs) = (new double[levels.Length * modes.Length], new double[levels.Length * modes.Length], new double[problem.Dimension]);
        for (var i = 0; i < levels.Length; i++)
        {
            for (var m = 0; m < modes.Length; m++)
                (drives[(i * modes.Length) + m], rates[(i * modes.Length) + m]) = (levels[i].Drive(modes[m]), levels[i].Rate(modes[m]));
        }

        var row = new double[DiffusionColumns.Whole.Count + (2 * shown.Count)];
        Observe(row);
        Bound = BoundOfLoss * (row[0] + problem.Variances.Sum());
    }

    public override double Bound { get; }

    /// <summary>Numbers of the state.</summary>
    public static double SizeOf(DiffusionProblem problem, DiscreteSampler sampler) =>
        (sampler.Steps + 2.0) * (problem.Architecture.Kind == ArchitectureKind.Patch ? problem.Patch()!.Variances.Length : problem.Dimension) * WidthOf(problem);

    public override void Update(long step, double rate)
    {
        var eta = 2 * rate * problem.Sharing;
        switch (problem.Architecture)
        {
            case { IsTied: true }:
                for (var k = 0; k < State.Length; k++)
                    State[k] += 2 * eta * (drives[k] - (rates[k] * State[k] * State[k])) * State[k];
                break;
            case { Layers: 1 }:
                for (var k = 0; k < drives.Length; k++)
                    State[k] += eta * (drives[k] - (rates[k] * State[k]));
                for (var k = drives.Length; k < State.Length; k++)
                    State[k] -= eta * rates[k - drives.Length] * State[k];
                break;
            default:
                var others = problem.Architecture.Layers - 2;
                for (var k = 0; k < drives.Length; k++)
                {
                    double first = State[2 * k], rest = State[(2 * k) + 1], power = Math.Pow(rest, others);
                    var error = eta * (drives[k] - (rates[k] * first * power * rest));
                    State[2 * k] = first + (error * power * rest);
                    State[(2 * k) + 1] = rest + (error * first * power);
                }

                break;
        }
    }

    public override void Observe(Span<double> row)
    {
        var gains = new double[levels.Length];
        var loss = 0.0;
        double[] variances = new double[shown.Count], weights = new double[shown.Count];
        var isEdm = problem.Architecture.Kind == ArchitectureKind.Edm;
        for (var mode = 0; mode < problem.Dimension; mode++)
        {
            for (var i = 0; i < levels.Length; i++)
                gains[i] = Gain(i, mode);
            loss += levels[^1].Loss(problem.Variances[mode], gains[^1], Turn(levels.Length - 1, mode));
            var told = isEdm ? levels[^1].Offset + (levels[^1].Factor * gains[^1]) : gains[^1];
            for (var i = 0; i + 1 < levels.Length && !problem.Architecture.IsFlow; i++)
                gains[i] = levels[i].Offset + (levels[i].Factor * gains[i]);
            var variance = problem.Filter is null
                ? sampler.Variance(problem, gains.AsSpan(0, levels.Length - 1), sigmas)
                : sampler.Variance(problem, [.. levels.SkipLast(1).Select((level, i) => new Complex(gains[i], level.Factor * Turn(i, mode)))], sigmas);
            logs[mode] = Math.Log(variance);
            for (var k = 0; k < shown.Count; k++)
            {
                if (shown[k] == mode)
                    (variances[k], weights[k]) = (variance, told);
            }
        }

        var output = isEdm ? problem.Levels.Preconditioning(problem.WeightSigma).Output : 1;
        DiffusionColumns.Write(row, GaussianDistance.Of(logs, problem.Variances), RuleBounds.Checked(output * output * loss, State), variances, weights);
    }

    // The imaginary part of the gain that a filter gives a wave.
    private double Turn(int level, int mode) => problem.Filter is null ? 0 : State[drives.Length + (level * modes.Length) + mode];

    private double Gain(int level, int mode)
    {
        if (patch is null)
            return Single((level * modes.Length) + mode);
        var couplings = patch.Of(mode);
        var sum = 0.0;
        for (var m = 0; m < couplings.Length; m++)
            sum += couplings[m] * Single((level * modes.Length) + m);
        return sum;
    }

    private double Single(int at) => problem.Architecture switch
    {
        { IsTied: true } => State[at] * State[at],
        { Layers: 1 } => State[at],
        var deep => State[2 * at] * Math.Pow(State[(2 * at) + 1], deep.Layers - 1),
    };

    private static int WidthOf(DiffusionProblem problem) => problem.Architecture.Layers > 1 ? 2 : 1;

    private static double[] Start(DiffusionProblem problem, DiscreteSampler sampler)
    {
        var levels = sampler.Levels(problem).Length + 1;
        var count = levels * (problem.Patch()?.Variances.Length ?? problem.Dimension);
        var architecture = problem.Architecture;
        if (problem.Filter is { } filter)
            return [.. Enumerable.Repeat(filter, levels).SelectMany(one => one.Select(gain => gain.Real)), .. Enumerable.Repeat(filter, levels).SelectMany(one => one.Select(gain => gain.Imaginary))];
        if (architecture.Layers == 1)
            return [.. Enumerable.Repeat(architecture.IsTied ? Math.Sqrt(problem.Gain) : problem.Gain, count)];
        var rest = UnbalancedLayers.StartOf(problem.Gain, architecture.Layers, problem.Unbalance);
        return [.. Enumerable.Repeat(new[] { Math.Sqrt((rest * rest) + problem.Unbalance), rest }, count).SelectMany(pair => pair)];
    }
}

/// <summary>When descent has left every bound.</summary>
internal static class RuleBounds
{
    private const double LargestWeight = 1e12;

    /// <summary>The loss, or infinity where any level has left every bound: that of weights may be the last to.</summary>
    public static double Checked(double loss, double[] state) => Array.TrueForAll(state, value => Math.Abs(value) <= LargestWeight) ? loss : double.PositiveInfinity;
}
