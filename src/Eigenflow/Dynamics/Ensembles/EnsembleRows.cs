using System.Runtime.InteropServices;

namespace Eigenflow.Dynamics;

/// <summary>The rows that the replicas of an ensemble have recorded, each of the same number of statistics.</summary>
/// <param name="replicas">Number of replicas.</param>
/// <param name="width">Statistics of a row.</param>
/// <param name="capacity">Rows of a replica at most.</param>
internal sealed class EnsembleRows(int replicas, int width, int capacity)
{
    private readonly List<double>?[] numbers = new List<double>?[replicas];

    /// <summary>Number of rows of a replica.</summary>
    public int Count(int replica) => (numbers[replica]?.Count ?? 0) / width;

    /// <summary>A row.</summary>
    public ReadOnlySpan<double> Row(int replica, int row) => CollectionsMarshal.AsSpan(numbers[replica]).Slice(row * width, width);

    /// <summary>All numbers of a replica, row by row.</summary>
    public ReadOnlySpan<double> Numbers(int replica) => CollectionsMarshal.AsSpan(numbers[replica]);

    /// <summary>Adds a row and gives it to be written.</summary>
    public Span<double> Add(int replica)
    {
        var list = numbers[replica] ??= new List<double>(capacity * width);
        CollectionsMarshal.SetCount(list, list.Count + width);
        return CollectionsMarshal.AsSpan(list)[^width..];
    }

    /// <summary>Takes the last row away, which was not written to its end.</summary>
    public void Drop(int replica) => CollectionsMarshal.SetCount(numbers[replica]!, numbers[replica]!.Count - width);

    /// <summary>Puts the rows of a saved state in place of what there is.</summary>
    public void Restore(int replica, ReadOnlySpan<double> saved)
    {
        var list = numbers[replica] ??= new List<double>(capacity * width);
        list.Clear();
        list.AddRange(saved);
    }
}
