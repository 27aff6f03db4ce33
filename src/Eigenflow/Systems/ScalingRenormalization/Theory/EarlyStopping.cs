using Eigenflow.Numerics;
using Eigenflow.Numerics.RandomMatrix;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Gradient flow on the training set, stopped where its test error is smallest.</summary>
internal static class EarlyStopping
{
    // Before the first nothing is learned; after the last all that is, within these multiples of the inverse of the largest eigenvalue.
    private const double First = 1e-3, Last = 1e14;
    private const int Points = 70;

    /// <summary>The best time and the error there; an infinite time where the flow is best at its end.</summary>
    /// <param name="problem">The problem, without layers; its ridge is ignored.</param>
    public static (double Time, double Error) Of(RegressionProblem problem)
    {
        var contour = new FlowContour(problem.Equivalent(), 0);
        var scale = 1 / problem.Target.Population.Largest;
        var (place, value) = ScalarMinimum.Find(logarithm => Error(Math.Exp(logarithm)), Math.Log(First * scale), Math.Log(Last * scale), Points);
        return value < Error(Last * scale) ? (Math.Exp(place), value) : (double.PositiveInfinity, value);

        double Error(double time)
        {
            var at = contour.At(time);
            return at.Signal + (problem.Noise * at.Noise);
        }
    }
}
