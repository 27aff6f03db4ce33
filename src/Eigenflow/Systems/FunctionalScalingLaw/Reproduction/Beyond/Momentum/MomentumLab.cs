using Eigenflow.Numerics;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Problems, exact risks and searches that the tasks on momentum share.</summary>
internal static class MomentumLab
{
    /// <summary>The paper.</summary>
    public const string Paper = MomentumPredictions.Paper;

    /// <summary>Features of the paper's experiments.</summary>
    public const long Features = 4096;

    /// <summary>Names and numbers of colours of the rules.</summary>
    public static readonly (TunedRule Rule, string Name, string Id)[] Rules = [(TunedRule.Sgd, "SGD", "sgd"), (TunedRule.Polyak, "Polyak", "polyak"), (TunedRule.Nesterov, "Nesterov", "nesterov")];

    // Width of the search in ln η and ln(1 − ρ), and its tolerance: the risk is flat to second order.
    private const double RateWidth = 10;
    private const double Tolerance = 1e-2;

    /// <summary>A problem of power laws with a model that sees the first modes; the others are learned in no run here and act as label noise.</summary>
    public static ScalingLawProblem Problem(double difficulty, double capacity, long size, double noise) =>
        new() { Capacity = capacity, Difficulty = difficulty, Features = Math.Max(size, Features), ModelSize = size, Noise = noise };

    /// <summary>The kind of a rule.</summary>
    public static MomentumKind Kind(TunedRule rule) => rule == TunedRule.Nesterov ? MomentumKind.Nesterov : MomentumKind.Polyak;

    /// <summary>Exact mean risk after some steps; the mean over the last of them.</summary>
    public static double Risk(KernelModes modes, double noise, TunedRule rule, double rate, double strength, long steps, double batch, int averaged = 1)
    {
        var total = 0.0;
        if (strength == 0)
        {
            var plain = new MomentKernel(modes.Eigenvalues, modes.SignalWeights, modes.NoiseWeights);
            for (var k = 0L; k < steps; k++)
            {
                plain.Discrete(rate, batch, (2 * modes.Approximation) + plain.Signal + plain.Noise + noise);
                if (k >= steps - averaged)
                    total += plain.Signal + plain.Noise;
            }
        }
        else
        {
            var kernel = new MomentumKernel(modes.Eigenvalues, modes.SignalWeights, Kind(rule));
            for (var k = 0L; k < steps; k++)
            {
                kernel.Advance(rate, strength, batch, noise + (2 * modes.Approximation));
                if (k >= steps - averaged)
                    total += kernel.Signal + kernel.Noise;
            }
        }

        var risk = modes.Approximation + (total / (2 * averaged));
        return double.IsNaN(risk) ? double.PositiveInfinity : risk;
    }

    /// <summary>The smallest exact risk at the end of a budget, over η and, but for SGD, ρ: grids with Brent's method between their points; an upper bound on the minimum, good to three digits.</summary>
    public static TunedRun Tuned(KernelModes modes, double noise, TunedRule rule, long steps, double batch, CancellationToken cancellation)
    {
        if (rule == TunedRule.Sgd)
            return AtLeft(0);
        var found = new Dictionary<double, TunedRun>();
        var (place, _) = ScalarMinimum.Find(logarithm => (found[logarithm] = AtLeft(logarithm)).Risk, -Math.Log(4.0 * steps), 0, 10, 3 * Tolerance);
        return found.TryGetValue(place, out var best) ? best : AtLeft(place);

        TunedRun AtLeft(double logarithm)
        {
            cancellation.ThrowIfCancellationRequested();
            var strength = 1 - Math.Exp(logarithm);
            var most = Math.Log(MomentumStability.LargestStep(Kind(rule), strength, batch) / modes.Largest);
            var (place, risk) = ScalarMinimum.Find(rate => Risk(modes, noise, rule, Math.Exp(rate), strength, steps, batch), most - RateWidth, most, 11, Tolerance);
            return new TunedRun(risk, Math.Exp(place), strength);
        }
    }
}

/// <summary>The best of a search.</summary>
/// <param name="Risk">Exact risk.</param>
/// <param name="Rate">η.</param>
/// <param name="Strength">ρ.</param>
internal readonly record struct TunedRun(double Risk, double Rate, double Strength);
