using System.Runtime.InteropServices;
using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Passes rows on and counts, in the first pass, those that repeat another one exactly. Rows are told by a hash of 64 bits; beyond 2^20 different ones only those whose hash is a multiple of a power of two are followed,
/// copies of a row together, so that the counts stand for all rows. Memory: at most 2^20 hashes.
/// </summary>
internal sealed class RepeatedRows(RowSource rows, long total) : RowSource
{
    private const int MostHashes = 1 << 20;
    private const double LeastPart = 0.05;
    private readonly Dictionary<ulong, long> counts = [];
    private ulong mask;
    private long seen;

    public override string Path => rows.Path;

    public override int Columns => rows.Columns;

    public override IReadOnlyList<string> Names => rows.Names;

    public override long? KnownRows => total;

    /// <summary>What should be said about repeated rows; null where fewer than one in twenty repeats another.</summary>
    public string? Hint
    {
        get
        {
            double followed = counts.Values.Sum(), squares = counts.Values.Sum(count => (double)count * count);
            if (Columns < 2 || followed == 0 || followed - counts.Count < LeastPart * followed)
                return null;
            var part = (followed - counts.Count) / followed;
            var count = mask == 0 ? DisplayText.Plain($"{followed - counts.Count:0}") : DisplayText.Plain($"about {part * total:0}");
            return DisplayText.Plain(
                $"{count} of the {total} rows repeat an earlier row exactly; copies of a sample add nothing: the errors are those of {followed * followed / squares * total / followed:0} samples, and the verdict and intervals, which count {total}, are too sure (leave the copies out)");
        }
    }

    public override void Restart() => rows.Restart();

    public override int Read(Span<double> target)
    {
        var read = rows.Read(target);
        for (var row = 0; row < read && seen < total; row++, seen++)
        {
            var hash = Hash(MemoryMarshal.Cast<double, ulong>(target.Slice(row * Columns, Columns)));
            if ((hash & mask) != 0)
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out _)++;
            if (counts.Count <= MostHashes)
                continue;
            mask = (mask << 1) | 1;
            foreach (var other in counts.Keys.Where(key => (key & mask) != 0).ToArray())
                counts.Remove(other);
        }

        return read;
    }

    private static ulong Hash(ReadOnlySpan<ulong> bits)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var word in bits)
        {
            // Minus zero equals zero.
            hash = unchecked((hash ^ (word == 1UL << 63 ? 0 : word)) * 0x94D049BB133111EBUL);
            hash ^= hash >> 29;
        }

        return hash ^ (hash >> 32);
    }
}
