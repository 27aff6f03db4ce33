namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Fractions of SGD runs that leave the basin for good below the edge of linear stability, measured: 400 runs of 1000 constant steps of batch 1, M = 64, d = 4096, positive and signed model alike (an independent program; measured again
/// by <c>eigenflow reproduce</c>). Longer runs have more of them.
/// </summary>
public static class DivergenceTable
{
    /// <summary>Below this part of the edge no run diverged in any case.</summary>
    public const double SafePart = 0.3;

    /// <summary>Parts of the edge.</summary>
    public static IReadOnlyList<double> Parts { get; } = [0.3, 0.4, 0.5, 0.7, 0.9];

    /// <summary>The cases: α, β, start, σ², and the fractions at <see cref="Parts"/>.</summary>
    public static IReadOnlyList<(double Exponent, double SignalExponent, double Start, double Noise, IReadOnlyList<double> Fractions)> Cases { get; } =
    [
        (3, 1.5, 0.5, 0.25, [0, 0, 0.03, 0.27, 0.82]),
        (3, 1.5, 0.5, 1, [0, 0.015, 0.11, 0.62, 0.95]),
        (2, 2, 0.1, 0.09, [0, 0, 0, 0.03, 0.19]),
        (1.5, 2.5, 0.05, 1, [0, 0.005, 0.04, 0.34, 0.87]),
    ];

    /// <summary>The smallest and the largest fraction of the cases at a part of the edge, between the measured parts by a straight line.</summary>
    /// <param name="part">η/η_max.</param>
    public static (double Low, double High) Range(double part)
    {
        double[] fractions = [.. Cases.Select(one => Between(one.Fractions, part))];
        return (fractions.Min(), fractions.Max());
    }

    private static double Between(IReadOnlyList<double> fractions, double part)
    {
        if (part <= Parts[0])
            return fractions[0];
        for (var k = 1; k < Parts.Count; k++)
        {
            if (part <= Parts[k])
                return fractions[k - 1] + ((fractions[k] - fractions[k - 1]) * (part - Parts[k - 1]) / (Parts[k] - Parts[k - 1]));
        }

        return fractions[^1];
    }
}
