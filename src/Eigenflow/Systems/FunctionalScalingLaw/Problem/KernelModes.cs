using Eigenflow.Spectra;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// The eigendirections that the model learns, as nodes λ with two weights: a sum Σ_j λ_j θ*_j² f(λ_j) over modes is Σ SignalWeights f, and Σ_j λ_j f(λ_j) is Σ NoiseWeights f.
/// Per-mode second moments of SGD are m_j = θ*_j² A(λ_j) + C(λ_j) with A and C smooth in λ, so that these two sums are all that the theory needs.
/// </summary>
public sealed class KernelModes
{
    /// <summary>Above this many modes power laws are compressed.</summary>
    public const long LargestAutoFull = 4096;

    private const long LargestFull = 100_000_000;

    private KernelModes(double[] eigenvalues, double[] signal, double[] noise, double approximation, string representation)
    {
        Eigenvalues = eigenvalues;
        SignalWeights = signal;
        NoiseWeights = noise;
        Approximation = approximation;
        Representation = representation;
    }

    /// <summary>The nodes λ, descending.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>λθ*² per node.</summary>
    public double[] SignalWeights { get; }

    /// <summary>λ times the number of modes per node.</summary>
    public double[] NoiseWeights { get; }

    /// <summary>Risk D_M that no weights remove: ½ Σ_{j &gt; M} λ_j θ*_j².</summary>
    public double Approximation { get; }

    /// <summary><c>full</c> or <c>compressed</c>.</summary>
    public string Representation { get; }

    /// <summary>Number of nodes.</summary>
    public int Size => Eigenvalues.Length;

    /// <summary>Largest eigenvalue λ₁.</summary>
    public double Largest => Eigenvalues[0];

    /// <summary>Excess risk of the start v = 0.</summary>
    public double InitialLoss => Approximation + (SignalProfile(0) / 2);

    /// <summary>e_M(t) = Σ λ_j θ*_j² e^(−2λ_j t).</summary>
    /// <param name="time">Intrinsic time t ≥ 0.</param>
    public double SignalProfile(double time)
    {
        var sum = 0.0;
        for (var j = Size - 1; j >= 0; j--)
            sum += SignalWeights[j] * Math.Exp(-2 * Eigenvalues[j] * time);
        return sum;
    }

    /// <summary>K_M(t) = Σ λ_j² e^(−2λ_j t).</summary>
    /// <param name="time">Intrinsic time t ≥ 0.</param>
    public double ForgettingKernel(double time)
    {
        var sum = 0.0;
        for (var j = Size - 1; j >= 0; j--)
            sum += NoiseWeights[j] * Eigenvalues[j] * Math.Exp(-2 * Eigenvalues[j] * time);
        return sum;
    }

    /// <summary>Modes with eigenvalues and λθ*² given one by one.</summary>
    /// <param name="eigenvalues">λ &gt; 0, descending.</param>
    /// <param name="signal">λθ*², as many.</param>
    /// <param name="approximation">D_M.</param>
    internal static KernelModes Full(double[] eigenvalues, double[] signal, double approximation) => new(eigenvalues, signal, eigenvalues, approximation, "full");

    internal static KernelModes Of(ScalingLawProblem problem, ModeRepresentation representation)
    {
        if (problem.Projection == Projection.Random)
            return RandomProjection.Modes(problem);
        var isPowerLaw = problem.Eigenvalues is null && problem.Target is null;
        if (representation == ModeRepresentation.Compressed && !isPowerLaw)
            throw new ParameterException("modes", "compressed", "full or auto with a spectrum or target from a file");
        if (isPowerLaw && (representation == ModeRepresentation.Compressed || (representation == ModeRepresentation.Auto && problem.ModelSize > LargestAutoFull)))
            return Compressed(problem);
        if (problem.ModelSize > LargestFull)
            throw new TooLargeException($"modes = full with model-size = {problem.ModelSize}", problem.ModelSize * 64.0, LargestFull * 64.0, "use modes = auto");
        var size = (int)problem.ModelSize;
        double[] eigenvalues = new double[size], signal = new double[size];
        for (var j = 0; j < size; j++)
        {
            eigenvalues[j] = FeatureSpectrum.Eigenvalue(problem, j);
            signal[j] = FeatureSpectrum.Signal(problem, j);
        }

        return Full(eigenvalues, signal, FeatureSpectrum.Tail(problem, size) / 2);
    }

    private static KernelModes Compressed(ScalingLawProblem problem)
    {
        var spectrum = (PowerLawSpectrum)Spectrum.PowerLaw(problem.ModelSize, problem.Capacity);
        var (beta, alpha) = (problem.Capacity, problem.IntrinsicDifficulty);
        var measure = SpectralCompression.Average(spectrum, 2, (number, columns) =>
        {
            columns[0] = Math.Pow(number, -1 - alpha);
            columns[1] = Math.Pow(number, -beta);
        });

        // Spectra have trace one; the eigenvalues here begin at one.
        return new KernelModes(
            [.. measure.Nodes.Select(node => node * spectrum.Normalization)], measure.Weights[0], measure.Weights[1], FeatureSpectrum.Tail(problem, problem.ModelSize) / 2, "compressed");
    }
}
