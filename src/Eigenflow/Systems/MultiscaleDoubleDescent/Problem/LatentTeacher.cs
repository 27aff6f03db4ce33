using System.Collections.Immutable;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The teacher W that labels latent factors, y = z·W, by its entries along the modes of F. Immutable.</summary>
public sealed record LatentTeacher
{
    private LatentTeacher(ImmutableArray<double> weights) => Weights = weights;

    /// <summary>Independent standard normal entries; theory is the average over them.</summary>
    public static LatentTeacher Gaussian { get; } = new([]) { IsRandom = true };

    /// <summary>Every entry is one.</summary>
    public static LatentTeacher Ones { get; } = new([]);

    /// <summary>Whether the entries are random.</summary>
    public bool IsRandom { get; private init; }

    /// <summary>The given entries, or empty where they are random or all one.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>Given entries.</summary>
    /// <param name="weights">W, one finite number per mode, not all zero.</param>
    /// <exception cref="ParameterException">Not such numbers.</exception>
    public static LatentTeacher Of(IReadOnlyList<double> weights)
    {
        foreach (var weight in weights)
        {
            if (!double.IsFinite(weight))
                throw new ParameterException("teacher", weight, "finite weights, one per mode");
        }

        return weights.Any(weight => weight != 0) ? new LatentTeacher([.. weights]) : throw new ParameterException("teacher", "(all zero)", "weights of which one is not zero");
    }

    /// <summary>Σ w² over consecutive modes, or its mean.</summary>
    internal double Power(long first, long count)
    {
        if (Weights.IsEmpty)
            return count;
        var sum = 0.0;
        foreach (var weight in Weights.AsSpan((int)first, (int)count))
            sum += weight * weight;
        return sum;
    }

    /// <summary>The entries of a teacher that is not random.</summary>
    internal double[] Entries(int dimension) => Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, dimension)] : [.. Weights];
}
