using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>What a user should know of a problem or a step size although it can be solved, and which step sizes are refused.</summary>
internal static class QuadraticWarnings
{
    private const double LargestNoticed = 0.01;

    /// <summary>Warnings of the problem.</summary>
    public static IEnumerable<string> OfProblem(QuadraticProblem problem)
    {
        if (problem.Model == QuadraticModel.Positive && NegativeFloor(problem) is var floor and > 0)
            yield return DisplayText.Plain($"model = positive cannot learn negative slopes: their part of the risk, {floor:G4}, stays; use model = signed");
        if (problem.IsPowerLaw && problem.Ambient < 10 * (double)problem.ModelSize && problem.Ambient > problem.ModelSize)
            yield return DisplayText.Plain($"dimension = {problem.Ambient} is below 10 model-size: the cut of the dimension bends late slopes; raise dimension");
        if (problem.Model != QuadraticModel.Linear && problem.IsPowerLaw && Math.Abs((problem.StartSlope / problem.SizeOfTarget(1)) - 1) < LargestNoticed)
            yield return DisplayText.Plain($"start = {problem.StartSlope:G4} is the first target slope: its error is zero from the start and hides the early dynamics; use start = 0.5");
    }

    /// <summary>The sum of λw*² over the modes with negative targets, which the positive model leaves.</summary>
    public static double NegativeFloor(QuadraticProblem problem)
    {
        if (problem.IsPowerLaw && problem.Signs == TargetSigns.Plus)
            return 0;
        if (problem.ModelSize > QuadraticProblem.LargestFull)
            return double.NaN;
        var sum = 0.0;
        for (var number = problem.ModelSize; number >= 1; number--)
            sum += problem.TargetAt(number) is var target and < 0 ? problem.EigenvalueAt(number) * target * target : 0;
        return sum;
    }

    /// <summary>Refuses a step size beyond the edge of linear stability, unless forced.</summary>
    /// <param name="stability">The stability with the batch of the method.</param>
    /// <param name="edge">The edge of the method.</param>
    /// <param name="rate">Largest step size gη.</param>
    /// <param name="factor">Gradient factor g.</param>
    /// <param name="isForced">Whether it is run all the same.</param>
    /// <exception cref="ParameterException">Beyond the edge.</exception>
    public static void CheckRate(Stability stability, double edge, double rate, double factor, bool isForced)
    {
        if (!isForced && rate > edge)
        {
            throw new ParameterException(
                "learning-rate", rate / factor, DisplayText.Plain($"at most {edge / factor:G4}, the edge of stability {(stability.IsLinear ? "of the linear model" : "near the optimum")}"),
                DisplayText.Plain($"use {stability.SafeRate / factor:G2}, a quarter of the edge under sampling, or run it all the same with force = yes"));
        }
    }

    /// <summary>Warnings of a step size under sampling.</summary>
    public static IEnumerable<string> OfRate(Stability stability, double rate, double factor)
    {
        var part = rate / stability.Edge;
        if (part > 1)
            yield return DisplayText.Plain($"learning-rate = {rate / factor:G4} is beyond the edge of stability {stability.Edge / factor:G4}: the mean risk grows without bound");
        else if (!stability.IsLinear && part > DivergenceTable.SafePart && DivergenceTable.Range(part) is var (low, high))
            yield return DisplayText.Plain($"learning-rate = {rate / factor:G4} is {part:G2} of the edge of stability, which is only local: {100 * low:G2} to {100 * high:G2} % of runs are expected to diverge in 1000 constant steps (measured at four settings, batch 1, M = 64; docs/systems/quadratic-parameterization.md), more in longer runs; use at most {DivergenceTable.SafePart * stability.Edge / factor:G2}");
    }
}
