using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The theory of a sampling scheme: mean and covariance on their way from the minimum, Σ_k = Σ − A^k Σ A^k and m_k = (1 − A^k)m with the mean map A (exact for noise that does not depend on the state), and the stationary
/// circulation and entropy production.
/// </summary>
public sealed record EquilibriumTheory : SteppedMethod<EquilibriumProblem>
{
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
        var hasEntropy = double.IsFinite(theory.Exact.Entropy);
        var grid = Grid(Steps);
        var basis = new EigenBasis(theory.Map);
        var (rows, status) = Evaluate([.. grid.Select(step => (double)step)], step => Row(theory, basis, step, columns), context);
        var quantities = EquilibriumColumns.Of(columns, hasEntropy);
        return Assemble(
            problem, [EquilibriumColumns.Step.Column([.. grid.Take(rows.Count).Select(step => (double)step)]), .. quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])]))], status,
            new SolverStatistics { Evaluations = rows.Count, StateSize = theory.Expansion.Dimension }) with
        {
            Summary = [.. TheorySummary.Leading(theory, columns), .. TheorySummary.Others(theory, columns)],
            Warnings = [.. EquilibriumChecks.Warnings(theory)],
        };
    }

    private static double[] Row(SchemeTheory theory, EigenBasis basis, double step, int columns)
    {
        var power = basis.Map(value => Math.Pow(value, step));
        Vector<double> mean = theory.Exact.Mean - (power * theory.Exact.Mean);
        var sigma = theory.Exact.Covariance - (power * theory.Exact.Covariance * power);
        return
        [
            .. mean.Take(columns),
            .. EquilibriumColumns.Pairs(columns).Select(pair => sigma[pair.I - 1, pair.J - 1]),
            .. EquilibriumColumns.Planes(columns).Select(pair => theory.Exact.Circulation[pair.I - 1, pair.J - 1]),
            theory.Exact.Entropy,
        ];
    }
}
