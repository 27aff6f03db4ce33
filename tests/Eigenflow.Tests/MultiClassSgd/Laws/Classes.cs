using Eigenflow.Systems.MultiClassSgd;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>Classes of the reference cases.</summary>
internal static class Classes
{
    /// <summary>One symmetric class with a flat mean of norm 1, λ_ρ = (ρ/d)^α.</summary>
    public static ClassModes Flat(int dimension, double power) => Symmetric([.. Enumerable.Range(1, dimension).Select(rho => Math.Pow((double)rho / dimension, power))], 1);

    /// <summary>One symmetric class with a flat mean.</summary>
    public static ClassModes Symmetric(double[] eigenvalues, double norm) => Of([1], [eigenvalues], [[.. eigenvalues.Select(_ => norm / Math.Sqrt(eigenvalues.Length))]]);

    /// <summary>Every mode by itself; means of margins.</summary>
    public static ClassModes Of(double[] probabilities, double[][] eigenvalues, double[][] means) =>
        new([.. Enumerable.Repeat(1.0 / eigenvalues[0].Length, eigenvalues[0].Length)], probabilities, eigenvalues, means);

    /// <summary>Case A6.</summary>
    public static ClassModes Asymmetric()
    {
        double[] rising = [.. Enumerable.Range(1, 50).Select(rho => rho / 50.0)];
        return Of([0.3, 0.7], [rising, [.. rising.Reverse()]], [[.. rising.Select(_ => 1 / Math.Sqrt(50))], [.. rising.Select((_, k) => (k % 2 == 0 ? 1.2 : 0.4) / Math.Sqrt(50))]]);
    }

    /// <summary>Laws of two classes.</summary>
    public static MixtureLaws Pair(double first, double second, double beta, double probability = 0.5) => new([first, second], [probability, 1 - probability], beta);

    /// <summary>The same as a problem; its dimension is not read in the continuum.</summary>
    public static MultiClassProblem Problem(MixtureLaws laws) => new()
    {
        Dimension = 400,
        Classes = [.. laws.Powers.Select((power, i) => new MixtureClass(laws.Probabilities[i], MeanProfile.PowerOf(laws.Beta), ClassSpectrum.PowerLaw(power)) { Label = i == 0 ? 1 : -1, MeanSize = (i == 0 ? 1 : -1) * laws.Scale })],
    };

    /// <summary>d = ∞ for times up to 10¹².</summary>
    public static ClassModes Continuum(MixtureLaws laws) => ClassModes.Of(SmoothModes.Continuum(Problem(laws), 1e12));
}
