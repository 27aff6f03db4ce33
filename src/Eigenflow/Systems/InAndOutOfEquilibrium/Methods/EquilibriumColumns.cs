using System.Globalization;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The columns of solutions. Coordinates beyond the first eight have none.</summary>
internal static class EquilibriumColumns
{
    public static readonly NamedQuantity Step = new("step", "k", "Number of time units done: steps with replacement; epochs without, of which a time unit of shuffled-symmetric holds two.") { AxisLabel = "time units k" };
    public static readonly NamedQuantity Entropy = new("entropy", "σ̇", "Mean entropy production per time unit Σ_ij W_ij C_ij with W = (ρ/2)(D⁻¹H − HD⁻¹), over the recorded time units.") { Words = "entropy production" };

    /// <summary>All columns that solutions can have.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described =
    [
        Step,
        .. Enumerable.Range(1, ChainPlan.MostColumns).Select(Mean),
        .. Pairs(ChainPlan.MostColumns).Select(pair => Covariance(pair.I, pair.J)),
        .. Planes(ChainPlan.MostColumns).Select(pair => Circulation(pair.I, pair.J)),
        Entropy,
    ];

    /// <summary>Mean of a coordinate.</summary>
    public static NamedQuantity Mean(int i) => new($"mean-{Text(i)}", $"m_{Text(i)}", "Mean over chains of a coordinate of δ = θ − θ*.") { Words = $"mean of coordinate {Text(i)}" };

    /// <summary>Covariance of two coordinates.</summary>
    public static NamedQuantity Covariance(int i, int j) => new($"cov-{Text(i)}{Text(j)}", $"Σ_{Text(i)}{Text(j)}", "Covariance over chains of two coordinates.") { Words = i == j ? $"variance of coordinate {Text(i)}" : $"covariance of coordinates {Text(i)} and {Text(j)}" };

    /// <summary>Circulation in the plane of two coordinates.</summary>
    public static NamedQuantity Circulation(int i, int j) => new(
        $"circulation-{Text(i)}{Text(j)}", $"C_{Text(i)}{Text(j)}", "Circulation in the plane of two coordinates, ½(δ_i δ'_j − δ_j δ'_i) per time unit: mean over chains and over the recorded time units.")
    { Words = $"circulation of coordinates {Text(i)} and {Text(j)}" };

    /// <summary>Pairs i ≤ j, from 1.</summary>
    public static IEnumerable<(int I, int J)> Pairs(int columns) => Enumerable.Range(1, columns).SelectMany(i => Enumerable.Range(i, columns - i + 1).Select(j => (i, j)));

    /// <summary>Pairs i &lt; j, from 1.</summary>
    public static IEnumerable<(int I, int J)> Planes(int columns) => Pairs(columns).Where(pair => pair.I < pair.J);

    /// <summary>The columns of a problem, in their order; entropy production where it exists.</summary>
    public static IReadOnlyList<NamedQuantity> Of(int columns, bool hasEntropy) =>
    [
        .. Enumerable.Range(1, columns).Select(Mean), .. Pairs(columns).Select(pair => Covariance(pair.I, pair.J)), .. Planes(columns).Select(pair => Circulation(pair.I, pair.J)), .. hasEntropy ? [Entropy] : (NamedQuantity[])[],
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
