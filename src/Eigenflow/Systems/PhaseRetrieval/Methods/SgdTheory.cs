using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The mean-field theory of online SGD (derived; docs/systems/phase-retrieval.md): the exact second moments of one update given (s, u), with the
/// fluctuations of s and u between runs neglected. Per mode it carries the mean m_i = E w_i and the variance N_i = E w_i² − m_i².
/// Work per step O(n) with n the number of modes or nodes, without random numbers; memory 8 n doubles.
/// </summary>
public sealed record SgdTheory : DescentMethod
{
    /// <inheritdoc/>
    public override string Name => "sgd-theory";

    /// <summary>Batch size B ≥ 1. Default 1, the paper's.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>How the modes are carried.</summary>
    public ModeRepresentation Modes { get; init; } = ModeRepresentation.Auto;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name, seesModelSize: true);
        var schedule = Schedule(problem);
        if (Batch < 1)
            throw new ParameterException("batch", Batch, "a whole number >= 1");
        var modes = problem.Modes(Modes, context.Cancellation);
        var events = new PhaseEvents(problem, modes.TeacherOverlap);
        var engine = new MeanFieldRecursion(modes, schedule, Batch, problem.Noise, new StepWatch(events, schedule, StudentTarget.Teacher(modes)));
        return Run(problem, engine, schedule, events, modes, NoiseFloor.LargestLearningRate(modes, Batch), "of the mean-field theory at w*", context);
    }
}
