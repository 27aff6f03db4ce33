using Eigenflow.Dynamics;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Special;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The best learning rate for a fixed number of samples, and how the loss that it leaves falls with their number (derived; docs/systems/phase-retrieval.md). At a constant rate the deterministic loss K(ηn)^(−β) and the floor ∝ ησ² balance at
/// η ∝ n^(−β/(1+β)), which leaves L ∝ n^(−β/(1+β)). A rate that falls linearly to zero forgets its noise: for β &lt; ½ (a &lt; 2) the rate stays at the limit of stability and L ∝ n^(−β).
/// </summary>
internal static class SampleScaling
{
    // Evaluations of the theory per optimum.
    private const int Grid = 15;
    private const double Tolerance = 0.02;

    // Of e, below the largest rate.
    private const double Depth = 14;

    /// <summary>The exponent of the loss in the number of samples at the best constant rate with label noise, −β/(1+β).</summary>
    /// <param name="lossExponent">β.</param>
    public static double Constant(double lossExponent) => -lossExponent / (1 + lossExponent);

    /// <summary>The exponent for a rate that falls linearly to zero, a &lt; 2: −β.</summary>
    /// <param name="lossExponent">β.</param>
    public static double Linear(double lossExponent) => -lossExponent;

    /// <summary>
    /// The loss after n steps by the linearised theory of small steps: 4s* Σ λ w*²e^(−16λs*t) of the deviation of the start, and the noise σ² that has not been forgotten. Work: the modes, times two hundred for a falling rate.
    /// </summary>
    /// <param name="modes">The modes.</param>
    /// <param name="rate">η, the first one of the schedule.</param>
    /// <param name="samples">n.</param>
    /// <param name="noise">σ².</param>
    /// <param name="isFalling">Whether the rate falls linearly to zero.</param>
    public static double Law(WeightedModes modes, double rate, double samples, double noise, bool isFalling)
    {
        var t = modes.TeacherOverlap;
        var time = rate * samples / (isFalling ? 2 : 1);
        var own = 4 * t * modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * Math.Pow(modes.Teacher[j] - modes.Start[j], 2) * Math.Exp(-16 * modes.Eigenvalues[j] * t * time));
        if (!isFalling)
            return own + (rate * noise * ((8 * modes.Moments(2).Teacher) - (4 * t * modes.Sum(j => modes.Counts[j] * modes.Eigenvalues[j] * Exponential.MinusOne(-16 * modes.Eigenvalues[j] * t * time)))));

        // At the time r before the end the rate is √(2ηr/n); the integral over r runs over its logarithm.
        const int Pieces = 200;
        double first = Math.Log(1e-5 / (16 * t * modes.LargestEigenvalue)), width = (Math.Log(time) - first) / Pieces, kept = 0;
        for (var k = 0; k <= Pieces; k++)
        {
            var r = Math.Exp(first + (k * width));
            kept += (k is 0 or Pieces ? 0.5 : 1) * width * r * Math.Sqrt(2 * rate * r / samples) * 16 * t * modes.Sum(j => modes.Counts[j] * modes.Eigenvalues[j] * modes.Eigenvalues[j] * Math.Exp(-16 * modes.Eigenvalues[j] * t * r));
        }

        return own + (4 * t * noise * kept);
    }

    /// <summary>The best learning rate of that law and the loss at it.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="samples">n.</param>
    /// <param name="noise">σ².</param>
    /// <param name="isFalling">Whether the rate falls linearly to zero.</param>
    /// <param name="largest">The largest rate that is tried.</param>
    public static (double Rate, double Loss) BestOfLaw(WeightedModes modes, double samples, double noise, bool isFalling, double largest)
    {
        var (place, value) = ScalarMinimum.Find(logarithm => Math.Log(Law(modes, Math.Exp(logarithm), samples, noise, isFalling)), Math.Log(largest) - Depth, Math.Log(largest), Grid, Tolerance);
        return (Math.Exp(place), Math.Exp(value));
    }

    /// <summary>The best learning rate and the loss that the mean-field theory has at it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="samples">Number of steps n, each with one sample.</param>
    /// <param name="shape">The schedule.</param>
    /// <param name="largest">The largest rate that is tried.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static (double Rate, double Loss) Best(PhaseRetrievalProblem problem, long samples, ScheduleShape shape, double largest, CancellationToken cancellation)
    {
        var (place, value) = ScalarMinimum.Find(LogLoss, Math.Log(largest) - Depth, Math.Log(largest), Grid, Tolerance);
        return (Math.Exp(place), Math.Exp(value));

        double LogLoss(double logarithm)
        {
            var solution = problem.Solve(new SgdTheory { LearningRate = Math.Exp(logarithm), ScheduleShape = shape, Steps = samples, AtSteps = [samples], Modes = ModeRepresentation.Compressed }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return solution.Rows > 0 ? Math.Log(solution["loss"][0]) : double.PositiveInfinity;
        }
    }
}
