namespace Eigenflow.Spectra;

/// <summary>
/// Per-mode data in leaves of equally many consecutive modes: within a leaf, a few nodes at real mode numbers with weights stand for the modes, exactly for polynomials of the mode number below the
/// number of nodes. Whatever is smooth over several leaves is summed over the nodes in place of the modes.
/// </summary>
internal abstract class ModeLeaves
{
    /// <summary>Modes of a small leaf.</summary>
    public const int Size = 4096;

    /// <summary>Modes of a large leaf: several small ones.</summary>
    public const int LargeSize = Size * LargeCount;

    /// <summary>Nodes per leaf.</summary>
    public const int NodeCount = 16;

    private const int LargeCount = 16;

    private static readonly double[] ReducedNodes = [.. Enumerable.Range(0, NodeCount).Select(node => Math.Cos(Math.PI * (node + 0.5) / NodeCount))];

    /// <summary>Writes the nodes of a leaf.</summary>
    /// <param name="first">0-based index of its first mode, a multiple of its size.</param>
    /// <param name="isLarge">Whether it is a large leaf.</param>
    /// <param name="numbers">Receives the 1-based real mode numbers of the nodes.</param>
    /// <param name="columns">Receives the weights, <c>columns[q][at + j]</c> for node j.</param>
    /// <param name="at">Where to begin in the columns.</param>
    public abstract void Load(long first, bool isLarge, Span<double> numbers, double[][] columns, int at);

    /// <summary>The 1-based real mode number of a node.</summary>
    private protected static double Number(long first, int size, int node) => first + (0.5 * (size + 1)) + (0.5 * size * ReducedNodes[node]);
}
