using Eigenflow.Numerics;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The ridge with the smallest test error.</summary>
internal static class OptimalRidge
{
    // Beyond these multiples of the largest eigenvalue nothing is learned, or the ridge is not felt.
    private const double Smallest = 1e-14, Largest = 1e3;
    private const int Points = 60;

    /// <summary>The best ridge and the error there; 0 where no ridge is better than the smallest that is tried.</summary>
    /// <param name="problem">The problem; its ridge is ignored.</param>
    public static (double Ridge, double Error) Of(RegressionProblem problem)
    {
        var equivalent = problem.Equivalent();
        var largest = problem.Target.Population.Largest;
        var (place, value) = ScalarMinimum.Find(logarithm => Error(Math.Exp(logarithm)), Math.Log(Smallest * largest), Math.Log(Largest * largest), Points);
        var ridgeless = Error(0);
        return ridgeless <= value ? (0, ridgeless) : (Math.Exp(place), value);

        double Error(double ridge) => equivalent.At(ridge).Risk(problem.Noise).Error;
    }

    /// <summary>By which factor samples must grow until the error at the best ridge has halved; not a number where a factor of 10⁶ does not.</summary>
    /// <param name="problem">The problem.</param>
    public static double FactorToHalve(RegressionProblem problem)
    {
        var goal = Math.Log(Of(problem).Error / 2);
        if (!double.IsFinite(goal) || Excess(Math.Log(1e6)) > 0)
            return double.NaN;
        return Math.Exp(ScalarRoot.Find(Excess, 0, Math.Log(1e6)));

        double Excess(double logarithm) => Math.Log(Of(problem with { Samples = problem.Samples * Math.Exp(logarithm) }).Error) - goal;
    }
}
