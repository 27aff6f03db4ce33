using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Runs an engine over a grid of steps.</summary>
internal static class DescentLoop
{
    // Elementary operations between two looks at cancellation: some ten milliseconds.
    private const double PieceWork = 2e7;

    /// <summary>The rows that were reached, and how it ended.</summary>
    public static (List<Observation> Rows, SolveStatus Status) Run(IDescentEngine engine, long[] grid, IProgress<Progress>? progress, CancellationToken cancellation, Action? saved = null)
    {
        var rows = new List<Observation>(grid.Length);
        var piece = (long)Math.Clamp(PieceWork / engine.StepWork, 1, 1 << 20);
        foreach (var target in grid)
        {
            while (engine.Step < target)
            {
                if (cancellation.IsCancellationRequested)
                    return (rows, new SolveStatus(SolveOutcome.Cancelled, $"cancelled at step {engine.Step}; the trajectory is kept up to there"));
                if (!engine.Advance(Math.Min(piece, target - engine.Step)))
                    return (rows, new SolveStatus(SolveOutcome.Diverged));
                progress?.Report(new Progress((double)engine.Step / grid[^1], "stepping"));
            }

            rows.Add(engine.Observe());
            saved?.Invoke();
        }

        return (rows, SolveStatus.Completed);
    }

    /// <summary>Phases from saved rows.</summary>
    public static PhaseTracker Track(MatrixSystem system, UpdateRule rule, long[] steps, IReadOnlyList<Observation> rows)
    {
        var modes = (double)system.Dimension;
        var ratio = system.Eigenvalues[system.Quiet.Start.Value] / SignalVariance(system);
        var tracker = new PhaseTracker
        {
            EscapeResidual = -0.9 * SignalVariance(system),
            LoudSlope = rule.Direction.IsSignLike ? 0 : -0.05 * system.Eigenvalues[system.Loud] * SignalVariance(system),
            ContractionSquare = rule.Direction.IsSignLike ? SpectralTheory.SlidingEnd(modes, ratio) : 0.9,
        };
        for (var row = 0; row < rows.Count; row++)
        {
            var state = rows[row];
            tracker.Record(steps[row], state.A * state.A, state.B, state.Residual, state.LoudSlope, state.QuietSlope, state.Alignment);
        }

        return tracker;
    }

    /// <summary>θᵀQθ.</summary>
    public static double SignalVariance(MatrixSystem system) => system.Eigenvalues.Zip(system.Teacher, (q, x) => q * x * x).Sum();

    /// <summary>The message of a trajectory that is no longer finite.</summary>
    public static string Divergence(long step, MatrixSystem system, UpdateRule rule)
    {
        var limit = GradientDescentTheory.LargestLearningRate(SignalVariance(system), system.Eigenvalues.Max());
        var name = rule.Direction is GradientDirection ? "GD" : "the trajectory";
        return FormattableString.Invariant($"{name} diverged at step {step}; reduce learning-rate below 1/(1+lambda) = {limit:G4} (the largest stable one of population GD; small batches need less); the trajectory is kept up to there");
    }
}
