using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Population gradient descent w ← w − η∇L(w). Exact up to rounding. Work per step: one fused pass over the modes or nodes
/// (6 multiply–adds and 40 bytes of traffic each); memory 5 n doubles.
/// </summary>
public sealed record GradientDescent : DiscreteMethod
{
    /// <inheritdoc/>
    public override string Name => "gd";

    /// <summary>How the modes are carried; w after n steps is a polynomial in ηλ, so compression holds as for the flow.</summary>
    public ModeRepresentation Modes { get; init; } = ModeRepresentation.Auto;

    internal override Solution Solve(PhaseRetrievalProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var grid = Grid();
        var schedule = Schedule();
        var modes = problem.Modes(Modes, cancellation).Merged();
        var engine = new Engine(modes, schedule);
        var (steps, rows, events, status, statistics) = DiscreteSolve.Run(
            engine, grid, schedule, Stability.LargestLearningRate(modes), new PhaseEvents(problem, modes.TeacherOverlap), modes.Size,
            modes.RepresentationName, progress, cancellation);
        return Assemble(problem, PhaseObservables.Columns(steps, schedule, rows), events, status, statistics) with
        {
            Warnings = Stability.Warnings(schedule.Peak, Stability.LargestLearningRate(modes), "of gradient descent at w*", status),
        };
    }

    private sealed class Engine : IDiscreteEngine
    {
        private readonly WeightedModes modes;
        private readonly LearningRateSchedule schedule;
        private readonly double[] saved;
        private readonly double[] observed;
        private GradientDescentKernel kernel;
        private long savedStep;
        private bool savedDeviation;
        private bool isDeviation;
        private int sign = 1;

        public Engine(WeightedModes modes, LearningRateSchedule schedule)
        {
            this.modes = modes;
            this.schedule = schedule;
            saved = new double[modes.Size];
            observed = new double[modes.Size];
            kernel = Make(modes.Start, false, 0);
        }

        public long Step => kernel.Step;

        // s.
        private double Overlap => isDeviation ? modes.TeacherOverlap + (2 * kernel.LinearOverlap) + kernel.QuadraticOverlap : kernel.QuadraticOverlap;

        public bool Advance(long count)
        {
            // The form changes once the student is past the saddle; looking every few hundred steps is early enough,
            // because the subtraction loses no digit until the deviation is small.
            while (count > 0)
            {
                var chunk = isDeviation ? count : Math.Min(count, 256);
                if (!kernel.Advance(chunk, schedule) || !(Overlap <= 1e3 * modes.TeacherOverlap))
                    return false;
                count -= chunk;
                if (!isDeviation && kernel.QuadraticOverlap > modes.TeacherOverlap / 3 && Math.Abs(kernel.LinearOverlap) > modes.TeacherOverlap / 2)
                {
                    sign = Math.Sign(kernel.LinearOverlap);
                    var state = new double[modes.Size];
                    kernel.CopyState(state);
                    for (var j = 0; j < state.Length; j++)
                        state[j] -= sign * modes.Teacher[j];
                    Replace(state, true, kernel.Step);
                }
            }

            return true;
        }

        public PhaseStatistics Observe()
        {
            var state = observed;
            kernel.CopyState(state);
            double near = 0, far = 0;
            for (var j = state.Length - 1; j >= 0; j--)
            {
                var difference = isDeviation ? state[j] : state[j] - modes.Teacher[j];
                var sum = isDeviation ? state[j] + (2 * sign * modes.Teacher[j]) : state[j] + modes.Teacher[j];
                near += modes.Weights[j] * difference * difference;
                far += modes.Weights[j] * sum * sum;
            }

            return isDeviation
                ? PhaseStatistics.FromDeviation(kernel.LinearOverlap, kernel.QuadraticOverlap, Math.Min(near, far), sign, modes.TeacherOverlap, modes.Dimension)
                : PhaseStatistics.FromOverlaps(kernel.QuadraticOverlap, kernel.LinearOverlap, Math.Min(near, far), modes.TeacherOverlap, modes.Dimension);
        }

        public void Save()
        {
            kernel.CopyState(saved);
            savedStep = kernel.Step;
            savedDeviation = isDeviation;
        }

        public void Restore() => Replace(saved, savedDeviation, savedStep);

        private void Replace(ReadOnlySpan<double> state, bool deviation, long step)
        {
            isDeviation = deviation;
            kernel = Make(state, deviation, step);
        }

        private GradientDescentKernel Make(ReadOnlySpan<double> state, bool deviation, long step)
        {
            var teacher = deviation && sign < 0 ? [.. modes.Teacher.Select(value => -value)] : modes.Teacher;
            return new GradientDescentKernel(modes.Eigenvalues, modes.Weights, teacher, state, deviation, modes.TeacherOverlap, step);
        }
    }
}
