using Eigenflow.Dynamics;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Phases and divergence of matrices of weights.</summary>
internal static class DescentPhases
{
    // Elementary operations between two looks at cancellation: some ten milliseconds.
    private const double PieceWork = 2e7;

    /// <summary>Steps at most between two looks at progress and cancellation.</summary>
    /// <param name="stepWork">Elementary operations of a step.</param>
    public static long Piece(double stepWork) => (long)Math.Clamp(PieceWork / stepWork, 1, 1 << 20);

    /// <summary>Phases from saved rows.</summary>
    public static PhaseTracker Track(MatrixSystem system, UpdateRule rule, double lossTarget, long[] steps, IReadOnlyList<Observation> rows)
    {
        var modes = (double)system.Dimension;
        var ratio = system.Eigenvalues[system.Quiet.Start.Value] / SignalVariance(system);
        var tracker = new PhaseTracker
        {
            EscapeResidual = -0.9 * SignalVariance(system),
            LoudSlope = rule.Direction.IsSignLike ? 0 : -0.05 * system.Eigenvalues[system.Loud] * SignalVariance(system),
            ContractionSquare = rule.Direction.IsSignLike ? SpectralTheory.SlidingEnd(modes, ratio) : 0.9,
            LossTarget = lossTarget,
        };
        for (var row = 0; row < rows.Count; row++)
        {
            var state = rows[row];
            tracker.Record(steps[row], state.A * state.A, state.B, state.Residual, state.LoudSlope, state.QuietSlope, state.Alignment, state.Loss);
        }

        return tracker;
    }

    /// <summary>θᵀQθ.</summary>
    public static double SignalVariance(MatrixSystem system) => system.Eigenvalues.Zip(system.Teacher, (q, x) => q * x * x).Sum();

    /// <summary>What is said of a trajectory that is no longer finite.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="limit">The largest stable learning rate of gradient descent.</param>
    /// <param name="remark">What is said of the limit.</param>
    /// <param name="more">What else to do.</param>
    public static Divergence Diverged(long step, UpdateRule rule, double limit, string remark, string more = "") => new(
        FormattableString.Invariant($"{(rule.Direction is GradientDirection ? "GD" : "the trajectory")} diverged at step {step}"),
        rule.Direction is NewtonSchulzDirection muon
            ? $"the iteration newton-schulz = {muon.Coefficients.Text} takes off in arithmetic = {(muon.Arithmetic == Arithmetic.BrainFloat ? "bf16" : muon.Arithmetic == Arithmetic.Single ? "float" : "double")}: use another list, such as polar-express, which has a safety factor, or more digits{more}"
            : DisplayText.Plain($"reduce learning-rate below 1/(1+lambda) = {limit:G4} ({remark}){more}"));

    /// <summary>What is said of a matrix of weights that is no longer finite.</summary>
    public static Divergence Diverged(long step, UpdateRule rule, MatrixSystem system) =>
        Diverged(step, rule, GradientDescentTheory.LargestLearningRate(SignalVariance(system), system.Eigenvalues.Max()), "the largest stable one of population GD; small batches need less");
}
