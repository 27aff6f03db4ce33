using Eigenflow.Dynamics;
using Eigenflow.Numerics;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The best learning rate for a fixed number of samples, and how the loss that it leaves falls with their number (derived; docs/systems/phase-retrieval.md). At a constant rate the deterministic loss K(ηn)^(−β) and the floor ∝ ησ² balance at
/// η ∝ n^(−β/(1+β)), which leaves L ∝ n^(−β/(1+β)). A rate that falls linearly to zero forgets its noise: for β &lt; ½ (a &lt; 2) the rate stays at the limit of stability and L ∝ n^(−β).
/// </summary>
internal static class SampleScaling
{
    // Evaluations of the theory per optimum.
    private const int Grid = 9;
    private const double Tolerance = 0.02;

    /// <summary>The exponent of the loss in the number of samples at the best constant rate with label noise, −β/(1+β).</summary>
    /// <param name="lossExponent">β.</param>
    public static double Constant(double lossExponent) => -lossExponent / (1 + lossExponent);

    /// <summary>The exponent for a rate that falls linearly to zero, a &lt; 2: −β.</summary>
    /// <param name="lossExponent">β.</param>
    public static double Linear(double lossExponent) => -lossExponent;

    /// <summary>The best learning rate and the loss that the mean-field theory has at it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="samples">Number of steps n, each with one sample.</param>
    /// <param name="shape">The schedule.</param>
    /// <param name="largest">The largest rate that is tried.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static (double Rate, double Loss) Best(PhaseRetrievalProblem problem, long samples, ScheduleShape shape, double largest, CancellationToken cancellation)
    {
        var (place, value) = ScalarMinimum.Find(LogLoss, Math.Log(largest) - 7, Math.Log(largest), Grid, Tolerance);
        return (Math.Exp(place), Math.Exp(value));

        double LogLoss(double logarithm)
        {
            var solution = problem.Solve(new SgdTheory { LearningRate = Math.Exp(logarithm), ScheduleShape = shape, Steps = samples, AtSteps = [samples], Modes = ModeRepresentation.Compressed }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return solution.Rows > 0 ? Math.Log(solution["loss"][0]) : double.PositiveInfinity;
        }
    }
}
