using Eigenflow.Numerics;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Families of schedules that are tuned for a budget.</summary>
public enum ScheduleFamily
{
    /// <summary>A constant rate.</summary>
    Constant,

    /// <summary>Exponential decay from a to a/K.</summary>
    Exponential,

    /// <summary>Stable part, then exponential decay from a to a/K over a tuned part of the run.</summary>
    StableDecay,
}

/// <summary>What says the final loss while tuning.</summary>
public enum FinalLoss
{
    /// <summary>The theorem's right-hand side, all constants one: O(1).</summary>
    Theorem,

    /// <summary>The law with label noise in closed form, D_M + ½ (e_M(T) + (σ²/B) I): O(nodes).</summary>
    ClosedForm,

    /// <summary>The exact moments of every step: O(nodes · steps).</summary>
    Exact,
}

/// <summary>The best schedule of a family, and model size, for a budget.</summary>
/// <param name="Peak">Best peak a.</param>
/// <param name="DecayFraction">Part of the run over which it decays: 0 for a constant rate, 1 for an exponential.</param>
/// <param name="ModelSize">M.</param>
/// <param name="Loss">The final excess risk.</param>
public sealed record BudgetOptimum(double Peak, double DecayFraction, double ModelSize, double Loss)
{
    private const int PeakGrid = 24;
    private const int SizeGrid = 14;
    private const int FractionGrid = 8;
    private const double SmallestFraction = 0.004;
    private const long LargestFullModel = 400;

    /// <summary>Tunes peak (and decay fraction) for D samples with one sample per step.</summary>
    /// <param name="problem">Spectrum, target, model and noise; its schedule is not read.</param>
    /// <param name="family">The family.</param>
    /// <param name="model">What says the loss.</param>
    /// <param name="data">D &gt; 1.</param>
    /// <param name="decayFraction">K₂/K of WSD, or null to tune it.</param>
    public static BudgetOptimum ForData(ScalingLawProblem problem, ScheduleFamily family, FinalLoss model, double data, double? decayFraction = null) =>
        ForData(problem, model == FinalLoss.Theorem ? null : problem.Modes(Carried(problem, model)), family, model, data, decayFraction);

    /// <summary>Tunes peak (and decay fraction) and model size for the compute C = M D.</summary>
    /// <param name="problem">Spectrum, target and noise; N bounds M; its model size and schedule are not read.</param>
    /// <param name="family">The family.</param>
    /// <param name="model">Theorem or closed form.</param>
    /// <param name="compute">C &gt; 1.</param>
    /// <param name="decayFraction">K₂/K of WSD, or null to tune it.</param>
    public static BudgetOptimum ForCompute(ScalingLawProblem problem, ScheduleFamily family, FinalLoss model, double compute, double? decayFraction = null)
    {
        var (place, _) = ScalarMinimum.Find(logarithm => At(logarithm).Loss, 0.5, Math.Min(Math.Log(problem.Features), 0.9 * Math.Log(compute)), SizeGrid, 1e-2);
        return At(place);

        BudgetOptimum At(double logarithm)
        {
            var size = Math.Max(1, (long)Math.Round(Math.Exp(logarithm)));
            return ForData(problem with { ModelSize = size }, family, model, compute / size, decayFraction);
        }
    }

    /// <summary>The final loss of a schedule.</summary>
    private static double LossOf(ScalingLawProblem problem, KernelModes? modes, FinalLoss model, double peak, double fraction, double data)
    {
        var final = peak / data;
        var decay = Math.Max(1, fraction * data);
        if (model == FinalLoss.Theorem)
            return fraction == 0 ? ClosedForms.ConstantBound(problem, peak, data, 1) : ClosedForms.StableDecayBound(problem, peak, final, data, decay, 1);
        if (model == FinalLoss.ClosedForm)
        {
            var time = fraction == 0 ? peak * data : (peak * (data - decay)) + ClosedForms.DecayTime(peak, final, decay);
            var noise = fraction == 0 ? ClosedForms.ConstantNoise(modes!, peak, data) : ClosedForms.StableDecayNoise(modes!, peak, final, data, decay);
            return modes!.Approximation + ((modes.SignalProfile(time) + (problem.Noise * noise)) / 2);
        }

        var steps = (long)data;
        ScheduleShape shape = fraction == 0 ? new ConstantShape() : fraction == 1 ? new ExponentialShape() : new StableDecayShape(DecayKind.Exponential);
        var schedule = new LearningRateSchedule(shape, peak, steps, fraction == 0 ? null : final, fraction is 0 or 1 ? null : (long)decay);
        var solution = (problem with { Schedule = schedule }).Solve(new ExactMoments { AtSteps = [steps], Modes = Carried(problem, model) });
        return solution.Times.Length > 0 ? solution["loss"][^1] : double.PositiveInfinity;
    }

    private static ModeRepresentation Carried(ScalingLawProblem problem, FinalLoss model) =>
        model == FinalLoss.ClosedForm && problem.ModelSize > LargestFullModel ? ModeRepresentation.Compressed : ModeRepresentation.Auto;

    private static BudgetOptimum ForData(ScalingLawProblem problem, KernelModes? modes, ScheduleFamily family, FinalLoss model, double data, double? decayFraction)
    {
        var largest = Math.Log(modes is null ? 1 : new Stability(modes, problem.Noise, 1, 1).LargestRate * 0.9);
        var tolerance = model == FinalLoss.Exact ? 1e-2 : 1e-4;
        if (family != ScheduleFamily.StableDecay)
            return AtFraction(family == ScheduleFamily.Constant ? 0 : 1);
        if (decayFraction is { } given)
            return AtFraction(given);
        var (place, _) = ScalarMinimum.Find(logarithm => AtFraction(Math.Exp(logarithm)).Loss, Math.Log(SmallestFraction), Math.Log(0.95), FractionGrid, 2e-2);
        return AtFraction(Math.Exp(place));

        BudgetOptimum AtFraction(double fraction)
        {
            var (place, loss) = ScalarMinimum.Find(
                logarithm => LossOf(problem, modes, model, Math.Exp(logarithm), fraction, data), Math.Min(largest - 3, -0.75 * Math.Log(data)), largest, PeakGrid, tolerance);
            return new BudgetOptimum(Math.Exp(place), fraction, problem.ModelSize, loss);
        }
    }
}
