using Eigenflow.Schedules;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>What a user should know of a valid request.</summary>
internal static class DescentWarnings
{
    /// <summary>Refuses a weight decay that alone makes weights grow.</summary>
    /// <param name="rate">Largest learning rate.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="ParameterException">ηω ≥ 2.</exception>
    public static void CheckDecay(double rate, UpdateRule rule)
    {
        if (rate * rule.WeightDecay >= 2)
            throw new ParameterException("weight-decay", rule.WeightDecay, DisplayText.Plain($"below 2/learning-rate = {2 / rate:G4}"), "every step multiplies the weights by 1 - weight-decay × learning-rate, and they would grow without bound");
    }

    /// <summary>The warnings of a request.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="schedule">The learning rates.</param>
    /// <param name="loud">Largest eigenvalue besides the signal.</param>
    /// <param name="signal">Variance of the signal.</param>
    /// <param name="isBlocks">Whether coefficients of blocks are followed.</param>
    public static IEnumerable<string> Of(SpectralDescentProblem problem, UpdateRule rule, LearningRateSchedule schedule, double loud, double signal, bool isBlocks)
    {
        var scale = problem.Start.Scale;
        var trace = problem.Covariance.Trace;

        // ‖W₀‖² of a Gaussian start of width m is α² tr Q as well, in the mean.
        if (scale * scale * trace >= signal)
            yield return DisplayText.Plain($"no escape phase: start-scale² tr Q = {scale * scale * trace:G4} is not small against the variance {signal:G4} of the signal; use start-scale << {Math.Sqrt(signal / trace):G3}");
        if (rule.Direction.IsSignLike)
        {
            var step = schedule.Peak * rule.Scale.Factor(problem);
            if (step > 1 / Math.Sqrt(problem.Covariance.Dimension))
                yield return DisplayText.Plain($"spectral lattice coarser than the bulk scale: {(step == schedule.Peak ? "learning-rate" : "learning-rate × update-scale")} = {step:G4} > 1/√d = {1 / Math.Sqrt(problem.Covariance.Dimension):G4}; use less");
            var ratio = scale / step;
            if (isBlocks && rule.Momentum == 0 && rule.WeightDecay == 0 && rule.Direction is not NewtonSchulzDirection && schedule.IsConstant && ratio > 0.5 && Math.Abs(ratio - Math.Round(ratio)) < 1e-9 * ratio)
                yield return FormattableString.Invariant($"start-scale is a multiple of learning-rate ({Math.Round(ratio)} ×): a coefficient that steps onto zero stays there; change one of them a little");
        }
        else if (rule.Direction is GradientDirection)
        {
            var limit = GradientDescentTheory.LargestLearningRate(signal, loud) * MomentumTheory.LimitFactor(rule.Momentum, rule.IsNesterov, rule.IsSum);
            if (schedule.Peak >= limit)
                yield return DisplayText.Plain($"learning-rate = {schedule.Peak:G4} >= {limit:G4}, the largest stable one of GD (1/(1+lambda) on the spike plateau, 1/3 at the signal, for a signal of unit variance); use about {limit / 4:G3}");
        }

        if (rule.Direction is PowerDirection { Lowest: < 0 })
            yield return "power < 0: where a gradient vanishes steps have no bound, and no cycle about a solution is stable";
        if (schedule.Peak * rule.WeightDecay >= 1)
            yield return DisplayText.Plain($"weight-decay × learning-rate = {schedule.Peak * rule.WeightDecay:G4} >= 1: every step erases the weights; use less");
    }
}
