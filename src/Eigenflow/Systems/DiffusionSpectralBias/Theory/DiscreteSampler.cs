using System.Numerics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// The sampler of EDM (arXiv 2206.00364): Heun's or Euler's steps over σ_i = (σ_T^(1/ρ) + i/(n−1) (σ_0^(1/ρ) − σ_T^(1/ρ)))^ρ and one Euler step from σ_0 to 0, which is x = D(x; σ_0). Flow matching takes n even Heun steps from t = 0 to 1.
/// A linear denoiser makes every step a factor of every mode, so that the variance of samples is exact.
/// </summary>
/// <param name="Steps">n ≥ 2.</param>
/// <param name="Rho">ρ &gt; 0.</param>
/// <param name="HasLastStep">Whether there is a step to 0.</param>
internal sealed record DiscreteSampler(int Steps, double Rho, bool HasLastStep)
{
    /// <summary>Whether steps are Euler's, without a corrector.</summary>
    public bool IsEuler { get; init; }

    /// <summary>The usual one: 20 steps, ρ = 7.</summary>
    public static DiscreteSampler Default { get; } = new(20, 7, HasLastStep: true);

    /// <summary>σ_i, descending; for flow matching the levels of t = i/n as (1 − t)/t.</summary>
    public double[] Sigmas(DiffusionProblem problem)
    {
        double high = Math.Pow(problem.SigmaMax, 1 / Rho), low = Math.Pow(problem.SigmaMin, 1 / Rho);
        return [.. Enumerable.Range(0, Steps).Select(i => i == 0 ? problem.SigmaMax : i == Steps - 1 ? problem.SigmaMin : Math.Pow(high + ((double)i / (Steps - 1) * (low - high)), Rho))];
    }

    /// <summary>The noise levels at which the sampler asks the network.</summary>
    public NoiseLevel[] Levels(DiffusionProblem problem) => problem.Architecture.IsFlow
        ? [.. Enumerable.Range(0, Steps + 1).Select(i => problem.Levels.Flow((double)i / Steps, (double)(Steps - i) / Steps))]
        : [.. Sigmas(problem).Select(problem.Levels.At)];

    /// <summary>The variance of a mode's samples.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="gains">Gains of the denoiser, or velocity, at the levels in their order.</param>
    /// <param name="sigmas">σ_i.</param>
    public double Variance(DiffusionProblem problem, ReadOnlySpan<double> gains, double[] sigmas)
    {
        double x = problem.Architecture.IsFlow ? 1 : problem.SigmaMax;
        if (problem.Architecture.IsFlow)
        {
            var h = 1.0 / Steps;
            for (var i = 0; i < Steps; i++)
                x *= Step(h, gains[i], gains[i + 1]);
            return x * x;
        }

        for (var i = 0; i + 1 < sigmas.Length; i++)
            x *= Step(sigmas[i + 1] - sigmas[i], (1 - gains[i]) / sigmas[i], (1 - gains[i + 1]) / sigmas[i + 1]);

        if (HasLastStep)
            x *= gains[^1];
        return x * x;
    }

    /// <summary>The variance of a wave's samples, whose phase a filter turns; not of flow matching.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="gains">Gains of the denoiser at the levels in their order.</param>
    /// <param name="sigmas">σ_i.</param>
    public double Variance(DiffusionProblem problem, ReadOnlySpan<Complex> gains, double[] sigmas)
    {
        Complex x = problem.SigmaMax;
        for (var i = 0; i + 1 < sigmas.Length; i++)
        {
            double h = sigmas[i + 1] - sigmas[i];
            Complex slope = (1 - gains[i]) / sigmas[i], next = (1 - gains[i + 1]) / sigmas[i + 1];
            x *= IsEuler ? 1 + (h * slope) : 1 + (0.5 * h * (slope + (next * (1 + (h * slope)))));
        }

        if (HasLastStep)
            x *= gains[^1];
        return (x.Real * x.Real) + (x.Imaginary * x.Imaginary);
    }

    // The factor of a step of length h with the slopes at both ends.
    private double Step(double h, double slope, double next) => IsEuler ? 1 + (h * slope) : 1 + (0.5 * h * (slope + (next * (1 + (h * slope)))));
}
