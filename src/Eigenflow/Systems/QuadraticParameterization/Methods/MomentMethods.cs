using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>A theory of the mean risk of SGD by moments of every mode.</summary>
public abstract record MomentMethod : QuadraticDescent
{
    /// <summary>Samples per step B, 1 to 1e9.</summary>
    public long Batch { get; init; } = 1;

    private protected override long Samples => Batch;

    private protected override void CheckOptions()
    {
        if (Batch is < 1 or > 1_000_000_000)
            throw new ParameterException("batch", Batch, "a whole number from 1 to 1e9");
    }
}

/// <summary>
/// Mean risk of SGD by closed moments (derived; heuristic for the quadratic models, exact for the linear one): within 1 % of simulation late on the paper's schedule at small steps, within 2 % at a constant quarter of the edge of stability, less exact during the first hundred steps.
/// The positive closure ends at a quarter to a half of the edge of stability, where SGD is still stable; the signed one stays finite where most runs diverge. Neither is a test of stability.
/// </summary>
public sealed record MomentClosure : MomentMethod
{
    /// <inheritdoc/>
    public override string Name => "closure";

    /// <summary>Whether the signed closure has the equations of the reference values, which lack a term (docs/systems/quadratic-parameterization.md); for their test alone.</summary>
    internal bool IsOfSheet { get; init; }

    private protected override void CheckProblem(QuadraticProblem problem)
    {
        if (problem.Rotation > 0 && problem.Model != QuadraticModel.Linear)
            throw new ParameterException("rotation", problem.Rotation, "left out, or 0, for the closure of a quadratic model", "moments of rotated modes do not decouple; use method = sgd");
    }

    internal override Solution Solve(QuadraticProblem problem, SolveContext context) => Solve(
        problem, context,
        weights => problem.Model == QuadraticModel.Linear ? new LinearMomentRule(problem, GradientFactor, Batch) : new ClosureRule(problem, GradientFactor, Batch, weights, IsOfSheet),
        (rule, _) => rule is ClosureRule { InvalidFrom: { } step }
            ? new SolveStatus(SolveOutcome.Failed, $"the closure is invalid from step {step} on at this step size, which says nothing about the stability of SGD; the trajectory is kept up to there; use method = sgd, or reduce learning-rate")
            : null);
}

/// <summary>Exact mean risk of SGD on the linear model at every step, for Gaussian inputs (classical). A rotation of the inputs changes nothing.</summary>
public sealed record LinearMoments : MomentMethod
{
    internal const string Identifier = "exact";

    /// <inheritdoc/>
    public override string Name => Identifier;

    private protected override void CheckProblem(QuadraticProblem problem)
    {
        if (problem.Model != QuadraticModel.Linear)
            throw new ParameterException("model", QuadraticParameters.Word(problem.Model), "linear for the method exact", "quadratic models have no closed moments; use method = closure or sgd");
    }

    internal override Solution Solve(QuadraticProblem problem, SolveContext context) => Solve(problem, context, _ => new LinearMomentRule(problem, GradientFactor, Batch), (_, _) => null);
}
