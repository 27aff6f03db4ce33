namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Mean-square stability of SGD at a constant learning rate (exact for Gaussian features, derived): η λ₁ (1 + 1/B) &lt; 2 and Q &lt; 1 with
/// Q = (η/B) Σ_j λ_j/(2 − ηλ_j (1 + 1/B)), and the stationary excess risk E_∞ = (D_M + σ²Q/2)/(1 − Q).
/// </summary>
public sealed record Stability
{
    private readonly KernelModes modes;
    private readonly double noise;

    /// <summary>Judges a learning rate.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="noise">σ² ≥ 0.</param>
    /// <param name="rate">η &gt; 0.</param>
    /// <param name="batch">B ≥ 1.</param>
    public Stability(KernelModes modes, double noise, double rate, double batch)
    {
        this.modes = modes;
        this.noise = noise;
        Rate = rate;
        Batch = batch;
    }

    /// <summary>η.</summary>
    public double Rate { get; }

    /// <summary>B.</summary>
    public double Batch { get; }

    /// <summary>η λ₁ (1 + 1/B), which must be below 2.</summary>
    public double LargestStep => Rate * modes.Largest * (1 + (1 / Batch));

    /// <summary>Q, which must be below 1; +∞ where <see cref="LargestStep"/> is 2 or more and the sum has no meaning.</summary>
    public double NoiseGain => GainAt(Rate);

    /// <summary>Whether both conditions hold.</summary>
    public bool IsStable => LargestStep < 2 && NoiseGain < 1;

    /// <summary>The learning rate at which stability ends, for this batch.</summary>
    public double LargestRate
    {
        get
        {
            double low = 0, high = 2 / (modes.Largest * (1 + (1 / Batch)));
            for (var k = 0; k < 100; k++)
            {
                var middle = (low + high) / 2;
                if (GainAt(middle) < 1)
                    low = middle;
                else
                    high = middle;
            }

            return low;
        }
    }

    /// <summary>E_∞.</summary>
    /// <exception cref="ParameterException">Unstable: there is no stationary value.</exception>
    public double StationaryLoss => IsStable
        ? (modes.Approximation + (noise * NoiseGain / 2)) / (1 - NoiseGain)
        : throw new ParameterException("peak", Rate, DisplayText.Plain($"a learning rate < {LargestRate:G4} for batch = {Batch:R}"), "beyond it the second moments grow and no stationary loss exists");

    /// <summary>What a user should know, or null when stable.</summary>
    public string? Warning => IsStable
        ? null
        : Invariant($"peak = {Rate:G6} with batch = {Batch:R} is not stable in the mean square (η λ₁ (1 + 1/B) = {LargestStep:G4}, must be < 2; Q = {NoiseGain:G4}, must be < 1): scaling laws do not hold and kept constant the loss would grow; use peak < {LargestRate:G4}");

    /// <summary>Judges the peak of a problem's schedule with its first batch size, which is the smallest.</summary>
    internal static Stability Of(ScalingLawProblem problem, KernelModes modes) => new(modes, problem.Noise, problem.Schedule.Peak, problem.Batch.First);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private double GainAt(double rate)
    {
        var factor = rate * (1 + (1 / Batch));
        if (!(factor * modes.Largest < 2))
            return double.PositiveInfinity;
        var sum = 0.0;
        for (var j = modes.Size - 1; j >= 0; j--)
            sum += modes.NoiseWeights[j] / (2 - (factor * modes.Eigenvalues[j]));
        return rate / Batch * sum;
    }
}
