using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Population gradient descent w ← w − η∇L(w). Exact up to rounding. Work per step: one fused pass over the modes or nodes
/// (6 multiply–adds and 40 bytes of traffic each); memory 5 n doubles.
/// </summary>
public sealed record GradientDescent : DescentMethod
{
    /// <inheritdoc/>
    public override string Name => "gd";

    /// <summary>How the modes are carried; w after n steps is a polynomial in ηλ, so compression holds as for the flow.</summary>
    public ModeRepresentation Modes { get; init; } = ModeRepresentation.Auto;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name, seesModelSize: true, seesPreconditioner: true, seesRotation: true);
        var schedule = Schedule(problem);
        var modes = problem.Rotation != 0 ? RotatedModes.Of(problem) : problem.Modes(Modes, context.Cancellation).Merged();
        var events = new PhaseEvents(problem, modes.TeacherOverlap);
        var engine = new Engine(modes, schedule, new StepWatch(events, schedule, modes.Target));
        return Run(problem, engine, schedule, events, modes, Stability.LargestLearningRate(modes), "of gradient descent at w*", context);
    }

    private sealed class Engine(WeightedModes modes, LearningRateSchedule schedule, StepWatch watch) : ISteppedEngine<PhaseStatistics>
    {
        private readonly GradientDescentKernel kernel = new(modes);

        public long Step => kernel.Step;

        public double StepWork => 10.0 * modes.Size;

        public long Piece => StepWatch.Piece(Step, StepWork);

        public bool Advance(long count) => kernel.Advance(count, schedule, watch);

        public PhaseStatistics Observe()
        {
            var (near, far) = kernel.SquaredDistances();
            return modes.Target.Statistics(kernel.Frame, kernel.LinearOverlap, kernel.QuadraticOverlap, Math.Min(near, far));
        }
    }
}
