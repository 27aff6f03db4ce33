using Eigenflow.Dynamics;
using Eigenflow.Systems.MultiClassSgd.Kernels;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// The least population risk of a linear classifier, Polyak's floor: of squared losses in closed form (derived), of other losses of one output at the end of the noise-free flow, and 0 for the softmax.
/// </summary>
internal static class PopulationOptimum
{
    // Directions without variance carry means exactly; so small a variance in place of none changes no digit of the risk.
    private const double Vanishing = 1e-15;
    private const double LongTime = 1e18;

    /// <summary>R*.</summary>
    public static double Risk(MultiClassProblem problem) => problem.Loss switch
    {
        { IsQuadratic: true } => OfSquares(problem.Modes(), problem.Loss is OutputLoss),
        MarginLoss margin => OfFlow(problem.Modes(), margin),
        _ => 0,
    };

    // With Q_ij = μ_iᵀ K̄⁻¹ μ_j the outputs M of the classes solve (I + Q P) M = Q P Y, and R* = ½ Σ p_i (1 − the own output of class i).
    private static double OfSquares(MixtureModes modes, bool hasOutputs)
    {
        var size = modes.Classes;
        var pooled = modes.Pooled;
        var inverse = new double[modes.Directions];
        for (var k = 0; k < inverse.Length; k++)
            inverse[k] = 1 / Math.Max(pooled[modes.BlockOf?[k] ?? k], Vanishing);
        var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(size);
        var right = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(size, hasOutputs ? size : 1);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var entry = MarginSums.Product(inverse, modes.Means[i], modes.Means[j]) * modes.Probabilities[j];
                matrix[i, j] += entry;
                right[i, hasOutputs ? j : 0] += entry;
            }
        }

        var outputs = matrix.Solve(right);
        return Math.Max(0, Enumerable.Range(0, size).Sum(i => modes.Probabilities[i] * (1 - outputs[i, hasOutputs ? i : 0])) / 2);
    }

    private static double OfFlow(MixtureModes modes, MarginLoss loss)
    {
        var rule = ScheduledRate.Constant(1);
        var rows = new MixtureRows(modes, loss, rule, 1);
        var system = new MarginSystem(modes with { StartVariance = 0 }, loss, rule, double.PositiveInfinity);
        var solver = new Numerics.Ode.StiffSolver<MarginSystem>(system, new Numerics.Ode.AdaptiveOptions { RelativeTolerance = 1e-9, LargestGrowth = 2 });
        solver.Start(0, system.InitialState);
        var risk = rows.View(system.Observe(solver.State), 0).Risk;
        while (solver.Time < LongTime && solver.Step(LongTime))
            risk = rows.View(system.Observe(solver.State), solver.Time).Risk;
        return risk;
    }
}
