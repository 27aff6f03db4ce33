using Eigenflow.Spectra;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Mean-square stability near the optimum (derived): S(η) = Σ_i (ηh_i/B)/(1 − ηh_i(1 + 1/B)) &lt; 1 and ηh₁(1 + 1/B) &lt; 1, with h_i = λ_i|w*_i| for the quadratic models (targets that the model can reach) and
/// h_i = λ_i/2 for the linear one, where it is exact. For quadratic models it is local and necessary only: updates are cubic in the weights, and single runs leave the basin far below the edge (<see cref="DivergenceTable"/>).
/// </summary>
public sealed record Stability
{
    private const int Direct = 4096;
    private readonly double[] direct;
    private readonly Func<int, double> powers;
    private readonly double noise;

    private Stability(double[] direct, Func<int, double> powers, double noise, double batch, bool isLinear)
    {
        this.direct = direct;
        this.powers = powers;
        this.noise = noise;
        Batch = batch;
        IsLinear = isLinear;
        Largest = direct.Length == 0 ? 0 : direct.Max();
        Edge = FindEdge();
    }

    /// <summary>B.</summary>
    public double Batch { get; }

    /// <summary>Whether the model is the linear one.</summary>
    public bool IsLinear { get; }

    /// <summary>The largest h_i; 0 where the model can reach no target.</summary>
    public double Largest { get; }

    /// <summary>η_max: S = 1. Infinite where the model can reach no target.</summary>
    public double Edge { get; }

    /// <summary>η below which population gradient descent converges near the optimum: ηh₁ &lt; 1.</summary>
    public double PopulationEdge => 1 / Largest;

    /// <summary>A quarter of the edge.</summary>
    public double SafeRate => double.IsFinite(Edge) ? Edge / 4 : 1;

    /// <summary>The stability of a problem; with a rotation by the largest and the sums of the rates of the rotated modes, which is heuristic.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="batch">B ≥ 1.</param>
    public static Stability Of(QuadraticProblem problem, double batch = 1)
    {
        var isLinear = problem.Model == QuadraticModel.Linear;
        if (!isLinear && Misalignment.Of(problem) is { } misalignment)
        {
            // The largest rate by itself; of the others the first two sums, and a geometric series from those on.
            var (largest, first, second) = misalignment.Rates([.. misalignment.Target.Select(target => Reached(problem, target))]);
            return new Stability([largest], power => first > 0 ? first * Math.Pow(second / first, power - 1) : 0, problem.Noise + problem.Tail, batch, isLinear: false);
        }

        var (exponent, factor) = isLinear ? (problem.Exponent, 0.5) : ((problem.Exponent + problem.SignalExponent) / 2, 1.0);
        var isLaw = problem.IsPowerLaw && (problem.Model != QuadraticModel.Positive || problem.Signs == TargetSigns.Plus);
        var count = isLaw ? Math.Min(problem.ModelSize, Direct) : problem.ModelSize;
        if (count > QuadraticProblem.LargestFull)
            throw new TooLargeException($"{problem.ModelSize} modes one by one", problem.ModelSize * 8.0, QuadraticProblem.LargestFull * 8.0, "use signs = plus, model = signed, or a smaller model");
        var direct = new double[count];
        for (var k = 0; k < direct.Length; k++)
            direct[k] = isLaw ? factor * Math.Pow(k + 1, -exponent) : isLinear ? factor * problem.EigenvalueAt(k + 1) : problem.EigenvalueAt(k + 1) * Reached(problem, problem.TargetAt(k + 1));
        return new Stability(direct, power => isLaw ? Math.Pow(factor, power) * PowerSum.Between(power * exponent, count, problem.ModelSize) : 0, problem.Noise + problem.Tail, batch, isLinear);
    }

    /// <summary>S(η); infinite beyond the end of its sum.</summary>
    /// <param name="rate">η ≥ 0.</param>
    public double Gain(double rate)
    {
        var growth = 1 + (1 / Batch);
        if (!(rate * Largest * growth < 1))
            return double.PositiveInfinity;
        var sum = 0.0;

        // Far modes as a geometric series of power sums.
        var term = rate;
        for (var power = 1; power <= 60; power++, term *= rate * growth)
        {
            var part = term * powers(power);
            sum += part;
            if (!(part > sum * 1e-17))
                break;
        }

        for (var k = direct.Length - 1; k >= 0; k--)
            sum += rate * direct[k] / (1 - (rate * growth * direct[k]));
        return sum / Batch;
    }

    /// <summary>The stationary risk above the tail, (σ² + tail) S/(1 − S); not a number at and beyond the edge.</summary>
    /// <param name="rate">η &gt; 0.</param>
    public double Floor(double rate) => Gain(rate) is var gain && gain < 1 ? noise * gain / (1 - gain) : double.NaN;

    // The positive model sends slopes of negative targets to zero, where nothing fluctuates.
    private static double Reached(QuadraticProblem problem, double target) => problem.Model == QuadraticModel.Positive ? Math.Max(0, target) : Math.Abs(target);

    private double FindEdge()
    {
        if (!(Largest > 0))
            return double.PositiveInfinity;
        double low = 0, high = 1 / (Largest * (1 + (1 / Batch)));
        for (var k = 0; k < 80; k++)
        {
            var middle = (low + high) / 2;
            if (Gain(middle) < 1)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
