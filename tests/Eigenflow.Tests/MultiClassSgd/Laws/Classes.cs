using Eigenflow.Systems.MultiClassSgd;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>Classes of the reference cases of the sheet.</summary>
internal static class Classes
{
    /// <summary>One symmetric class with a flat mean of norm 1, λ_ρ = (ρ/d)^α.</summary>
    public static ClassModes Flat(int dimension, double power) => Symmetric([.. Enumerable.Range(1, dimension).Select(rho => Math.Pow((double)rho / dimension, power))], 1);

    /// <summary>One symmetric class with a flat mean.</summary>
    public static ClassModes Symmetric(double[] eigenvalues, double norm) =>
        ClassModes.Of([1], [1], [eigenvalues], [[.. eigenvalues.Select(_ => norm / Math.Sqrt(eigenvalues.Length))]]);

    /// <summary>Case A6.</summary>
    public static ClassModes Asymmetric()
    {
        double[] rising = [.. Enumerable.Range(1, 50).Select(rho => rho / 50.0)];
        return ClassModes.Of([0.3, 0.7], [1, -1], [rising, [.. rising.Reverse()]], [[.. rising.Select(_ => 1 / Math.Sqrt(50))], [.. rising.Select((_, k) => -(k % 2 == 0 ? 1.2 : 0.4) / Math.Sqrt(50))]]);
    }

    /// <summary>Two classes of the supplement in the continuum.</summary>
    public static MixtureLaws Pair(double first, double second, double beta, double probability = 0.5) => new([first, second], [probability, 1 - probability], beta);
}
