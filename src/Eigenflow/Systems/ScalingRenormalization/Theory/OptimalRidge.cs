using Eigenflow.Numerics;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The ridge with the smallest test error.</summary>
internal static class OptimalRidge
{
    // Multiples of the largest eigenvalue: below the first the ridge is not felt, and beyond the second nothing is learned, unless noise is much stronger than the signal, or features are many and large.
    private const double Smallest = 1e-14, Largest = 1e3;
    private const int Points = 60;
    private const double MostRidge = 1e300;

    /// <summary>The best ridge and the error there; 0 where no ridge is better than the smallest that is tried.</summary>
    /// <param name="problem">The problem; its ridge is ignored.</param>
    public static (double Ridge, double Error) Of(RegressionProblem problem)
    {
        var equivalent = problem.Equivalent();
        var largest = problem.Target.Population.Largest;
        double from = Math.Log(Smallest * largest), to = Math.Log(Largest * largest);
        var (place, value) = ScalarMinimum.FindBeyond(logarithm => Error(Math.Exp(logarithm)), from, to, from, Math.Log(MostRidge), Points);
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
