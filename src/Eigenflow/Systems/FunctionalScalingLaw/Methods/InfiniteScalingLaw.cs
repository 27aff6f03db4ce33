using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Level 2 with the profiles of infinite width, e(t) = (1 + t)^(−s) and K(t) = (1 + t)^(−(2 − 1/β)): the bound functional M^(−sβ) + e(t) + ∫ K(t − z) [e(z) + σ²] γ(z) dz
/// of arXiv 2509.19189, which is E up to constants. The kernel is carried as a sum of exponentials (relative error 1e-12), so that a whole curve costs O(steps · 200).
/// </summary>
public sealed record InfiniteScalingLaw : MomentMethod
{
    internal const string Identifier = "law-infinite";

    /// <inheritdoc/>
    public override string Name => Identifier;

    private protected override MomentEngine Engine(ScalingLawProblem problem, KernelModes modes) => new InfiniteEngine(problem);
}

/// <summary>The recursion of <see cref="InfiniteScalingLaw"/>.</summary>
internal sealed class InfiniteEngine : KernelEngine
{
    private readonly ScalingLawProblem problem;

    public InfiniteEngine(ScalingLawProblem problem)
        : this(problem, PowerKernel.Exponentials(2 - (1 / problem.Capacity), problem.Schedule.Peak * problem.Schedule.Steps))
    {
    }

    private InfiniteEngine(ScalingLawProblem problem, (double[] Rates, double[] Weights) kernel)
        : base(new MomentKernel([.. kernel.Rates.Select(rate => rate / 2)], new double[kernel.Rates.Length], [.. kernel.Weights.Select((weight, k) => 2 * weight / kernel.Rates[k])]), kernel.Rates.Length)
    {
        this.problem = problem;
        Approximation = Math.Pow(problem.ModelSize, -problem.IntrinsicDifficulty);
    }

    public override double Approximation { get; }

    public override double Signal => Math.Pow(1 + Time, -problem.Difficulty);

    public override double NoisePart => Kernel.Noise;

    public override void Update(double rate, double batch)
    {
        // A mode of rate λ gains γ (1 − e^(−2λη))/2 · intensity: with the weight 2w/(2λ) that is the exact integral of w e^(−2λ(t − z)) over the step.
        Kernel.Exponential(rate, rate / batch, Signal + problem.Noise, keepsSquare: false);
        Time += rate;
    }
}

/// <summary>A power law as a sum of exponentials.</summary>
internal static class PowerKernel
{
    // The trapezoidal rule in x = ln u converges as |Γ(p + 2πi/h)|/Γ(p): 1e-13 here.
    private const double Spacing = 0.27;
    private const double Top = 3.7;

    /// <summary>
    /// (1 + t)^(−p) = (1/Γ(p)) ∫ e^(px − e^x (1 + t)) dx as Σ w e^(−ut) for 0 ≤ t ≤ T, relative error about 1e-12 for 1 ≤ p ≤ 2.
    /// </summary>
    public static (double[] Rates, double[] Weights) Exponentials(double power, double largestTime)
    {
        var bottom = -double.LogP1(largestTime) - (32 / power);
        var count = (int)Math.Ceiling((Top - bottom) / Spacing);
        double[] rates = new double[count], weights = new double[count];
        var gamma = MathNet.Numerics.SpecialFunctions.Gamma(power);
        for (var k = 0; k < count; k++)
        {
            var x = Top - (k * Spacing);
            rates[k] = Math.Exp(x);
            weights[k] = Spacing * Math.Exp((power * x) - rates[k]) / gamma;
        }

        return (rates, weights);
    }
}
