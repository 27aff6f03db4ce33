namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The condition number from which on the error has an interior maximum, for two scales.</summary>
internal static class CriticalCondition
{
    private const double Largest = 1e4;
    private const int Halvings = 14;

    /// <summary>κ_c of gradient flow.</summary>
    /// <param name="problem">A problem with two scales; its condition number is not read.</param>
    /// <returns>κ_c to 0.1 %; 1 where there is a maximum at every condition number, NaN where there is none up to 10⁴.</returns>
    public static double OfFlow(MultiscaleProblem problem) => Find(problem, (theory, time) => theory.Flow(time).Error);

    /// <summary>κ_c along the ridge path.</summary>
    /// <param name="problem">The same.</param>
    public static double OfRidge(MultiscaleProblem problem) => Find(problem, (theory, time) => theory.Ridge(problem.Ridge + (1 / time)).Error);

    /// <summary>The phases of the flow, from a time at which nothing has moved to one at which all is learned.</summary>
    public static ErrorPhases Classify(MultiscaleProblem problem)
    {
        var (theory, edges) = (new ExactTheory(problem), SampleEdges.Of(problem));
        return ErrorPhases.Classify(time => theory.Flow(time).Error, edges.FirstTime, edges.RelaxedTime);
    }

    private static double Find(MultiscaleProblem problem, Func<ExactTheory, double, double> error)
    {
        var counts = problem.Scales.Multiplicities;
        bool HasMaximum(double condition)
        {
            var at = problem with { Scales = FeatureScales.TwoScale(counts[0] + counts[1], counts[0], condition) };
            var (theory, edges) = (new ExactTheory(at), SampleEdges.Of(at));
            return ErrorPhases.Classify(time => error(theory, time), edges.FirstTime, edges.RelaxedTime).Points.Any(point => !point.IsMinimum);
        }

        if (HasMaximum(1))
            return 1;
        var low = 1.0;
        var high = 10.0;
        while (!HasMaximum(high))
        {
            if (high >= Largest)
                return double.NaN;
            (low, high) = (high, high * 10);
        }

        for (var k = 0; k < Halvings; k++)
        {
            var middle = Math.Sqrt(low * high);
            if (HasMaximum(middle))
                high = middle;
            else
                low = middle;
        }

        return Math.Sqrt(low * high);
    }
}
