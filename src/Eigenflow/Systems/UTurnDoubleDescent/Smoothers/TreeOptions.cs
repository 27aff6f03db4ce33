namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>What a tree may do.</summary>
internal sealed record TreeOptions
{
    /// <summary>Most leaves, ≥ 1 (1 is the mean); null grows until no split gains anything.</summary>
    public int? Leaves { get; init; }

    /// <summary>Features that every node looks at, drawn anew for each, and others as long as none of them splits it; null for all.</summary>
    public int? Candidates { get; init; }

    /// <summary>The columns that the tree may use; null for all.</summary>
    public IReadOnlyList<int>? Columns { get; init; }

    /// <summary>Seed of the candidates.</summary>
    public ulong Seed { get; init; }

    /// <summary>Number of the tree, which draws its own candidates.</summary>
    public uint Tree { get; init; }
}
