namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>When modes are learned by the population flow, and how many are at a time (derived).</summary>
public static class Relaxation
{
    private const double Relaxed = 5;
    private const int MostModes = 1_000_000;

    /// <summary>The time scale 1/r of the fastest mode, and the time at which the slowest has relaxed.</summary>
    /// <param name="problem">The problem.</param>
    public static (double Fastest, double Slowest) Of(QuadraticProblem problem)
    {
        var start = problem.StartSlope;
        var (fastest, slowest) = (double.PositiveInfinity, 0.0);
        foreach (var number in Numbers(problem))
        {
            double eigenvalue = problem.EigenvalueAt(number), size = Math.Abs(problem.TargetAt(number));
            if (problem.Model != QuadraticModel.Linear && size == 0)
                continue;
            var rate = Rate(problem.Model, eigenvalue, size, start);
            fastest = Math.Min(fastest, 1 / rate);
            slowest = Math.Max(slowest, (Relaxed + (problem.Model == QuadraticModel.Linear ? 0 : Math.Max(0, Math.Log(size / start)))) / rate);
        }

        return slowest > 0 ? (fastest, slowest) : (1, 1000);
    }

    /// <summary>
    /// The number of modes that are learned at a time: those with 2λw*t ≥ ln(w*/w₀ − 1) for the quadratic models (targets that the model can reach), with λt ≥ ln 2 for the linear one.
    /// Power laws of more than 10⁶ modes are searched by halving, which needs the learned modes to be the first ones.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="time">t ≥ 0.</param>
    public static long EffectiveDimension(QuadraticProblem problem, double time)
    {
        if (problem.ModelSize <= MostModes)
            return Enumerable.Range(1, (int)problem.ModelSize).LongCount(number => IsLearned(number));
        if (!problem.IsSmooth)
            throw new ParameterException("model-size", problem.ModelSize, FormattableString.Invariant($"at most {MostModes} where modes are counted one by one"));
        long low = 0, high = problem.ModelSize;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = IsLearned(middle) ? (middle, high) : (low, middle - 1);
        }

        return low;

        bool IsLearned(long number)
        {
            double eigenvalue = problem.EigenvalueAt(number), target = problem.Model == QuadraticModel.Positive ? problem.TargetAt(number) : Math.Abs(problem.TargetAt(number));
            return problem.Model == QuadraticModel.Linear
                ? eigenvalue * time >= Math.Log(2)
                : target > 0 && 2 * eigenvalue * target * time >= Math.Log(Math.Max((target / problem.StartSlope) - 1, 1e-300));
        }
    }

    /// <summary>The same as a real number, where a power law continues to real mode numbers: the root of 2λw*t = ln(w*/w₀ − 1), or of λt = ln 2.</summary>
    /// <param name="problem">A power law with w₀ below w*/2 everywhere.</param>
    /// <param name="time">t &gt; 0.</param>
    internal static double Front(QuadraticProblem problem, double time)
    {
        if (problem.Model == QuadraticModel.Linear)
            return Math.Pow(time / Math.Log(2), 1 / problem.Exponent);
        double Excess(double logarithm)
        {
            var target = problem.SizeOfTarget(Math.Exp(logarithm));
            return (2 * time * Math.Exp(-logarithm * (problem.Exponent + problem.SignalExponent) / 2)) - Math.Log(Math.Max((target / problem.StartSlope) - 1, 1e-300));
        }

        // Targets that fall come down to twice the start, where nothing is left to learn: the front is looked for well before.
        var last = problem.Exponent < problem.SignalExponent ? Math.Pow(2 * problem.StartSlope, -2 / (problem.SignalExponent - problem.Exponent)) / 2 : 1e30;
        return Math.Exp(Numerics.ScalarRoot.Find(Excess, Math.Log(1e-3), Math.Log(last)));
    }

    private static double Rate(QuadraticModel model, double eigenvalue, double size, double start) => model switch
    {
        QuadraticModel.Linear => eigenvalue,
        QuadraticModel.Positive => 2 * eigenvalue * size,
        _ => 2 * eigenvalue * Math.Sqrt((size * size) + (4 * start * start)),
    };

    // Rates of power laws are monotone: the ends are enough.
    private static IEnumerable<long> Numbers(QuadraticProblem problem) => problem.IsPowerLaw ? [1, problem.ModelSize] : Enumerable.Range(1, (int)problem.ModelSize).Select(number => (long)number);
}
