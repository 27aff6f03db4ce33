using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The theory of a sampling scheme: mean and covariance on their way from the minimum, exact for quadratic losses of up to eight parameters, and the stationary circulation and entropy production.
/// With more parameters the way is Σ_k = Σ − A^k Σ A^k with the mean map A, exact for noise that does not depend on the state.
/// </summary>
public sealed record EquilibriumTheory : SteppedMethod<EquilibriumProblem>
{
    private const string PathWarning = "the way from the minimum is that of noise which does not depend on the state, as there are more than 8 parameters; the stationary numbers are exact";

    /// <inheritdoc/>
    public override string Name => "theory";

    /// <summary>The scheme that it is the theory of.</summary>
    public SamplingScheme Scheme { get; init; }

    /// <summary>Temperature T of thermal noise.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Where thermal noise stands in an epoch.</summary>
    public NoisePlacement Placement { get; init; }

    /// <summary>Whether the shift of shuffled epochs is taken out of their gradients.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>Number of time units.</summary>
    public long Steps { get; init; } = 1000;

    internal override Solution Solve(EquilibriumProblem problem, SolveContext context)
    {
        var theory = EquilibriumChecks.Theory(problem, new SchemeOptions(Scheme, problem.Rate, Temperature, Placement, IsCorrected));
        var columns = Math.Min(theory.Expansion.Dimension, ChainPlan.MostColumns);
        var hasEntropy = theory.Weights is not null;
        var path = new MomentPath(theory, columns);
        var grid = Grid(Steps);
        var (rows, status) = Evaluate([.. grid.Select(step => (double)step)], step => Row(theory, path, step, columns), context);
        var quantities = EquilibriumColumns.Of(columns, hasEntropy);
        return Assemble(
            problem, [EquilibriumColumns.Step.Column([.. grid.Take(rows.Count).Select(step => (double)step)]), .. quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])]))], status,
            new SolverStatistics { Evaluations = rows.Count, StateSize = theory.Expansion.Dimension }) with
        {
            Summary = [.. TheorySummary.Leading(theory, columns), .. TheorySummary.Others(theory, columns)],
            Warnings = [.. EquilibriumChecks.Warnings(theory), .. theory.Expansion.Dimension > ChainPlan.MostColumns && theory.Moments is not null ? [PathWarning] : (string[])[]],
        };
    }

    private static double[] Row(SchemeTheory theory, MomentPath path, double step, int columns)
    {
        var (mean, sigma) = path.At(step);
        return
        [
            .. mean.Take(columns),
            .. EquilibriumColumns.Pairs(columns).Select(pair => sigma[pair.I - 1, pair.J - 1]),
            .. EquilibriumColumns.Planes(columns).Select(pair => theory.Exact.Circulation[pair.I - 1, pair.J - 1]),
            theory.Exact.Entropy,
        ];
    }
}
