namespace Eigenflow.Dynamics;

/// <summary>What an ensemble runs: the replicas, the rows, and what a saved state belongs to.</summary>
internal sealed record EnsemblePlan
{
    // Looks at cancellation, progress and checkpoints happen between pieces of about this many numbers, 20 to 50 ms.
    private const double PieceNumbers = 2e7;
    private const long LargestPiece = 4096;

    /// <summary>Replicas, seed, threads.</summary>
    public required ISampledMethod Options { get; init; }

    /// <summary>The saved steps, ascending.</summary>
    public required long[] Grid { get; init; }

    /// <summary>Statistics of a row.</summary>
    public required int Width { get; init; }

    /// <summary>A replica at step 0.</summary>
    public required Func<int, ITrajectory> Make { get; init; }

    /// <summary>About the number of elementary operations of a step.</summary>
    public required double StepWork { get; init; }

    /// <summary>Steps at least between two looks at cancellation, however long they take.</summary>
    public long SmallestPiece { get; init; } = 1;

    /// <summary>Memory of a replica in bytes.</summary>
    public required double StateBytes { get; init; }

    /// <summary>Everything that would change a trajectory and is a number or a name, as text; the seed and the replica are added.</summary>
    public required string Identity { get; init; }

    /// <summary>Everything that would change a trajectory and is a list of numbers.</summary>
    public IReadOnlyList<double[]> IdentityColumns { get; init; } = [];

    /// <summary>The events of the mean and of every replica, or null for none.</summary>
    public EnsembleWatch? Watch { get; init; }

    /// <summary>Whether standard errors are summed in the order of the values, as <see cref="Solutions.ReplicaColumns"/> says.</summary>
    public bool SumsBySize { get; init; }

    /// <summary>What is said of a state that left every bound at a step.</summary>
    public required Func<long, Divergence> Divergence { get; init; }

    /// <summary>Steps between two looks at cancellation.</summary>
    public long Piece => (long)Math.Clamp(PieceNumbers / StepWork, SmallestPiece, LargestPiece);
}

/// <summary>How events are looked for in an ensemble.</summary>
/// <param name="Events">Names, symbols and meanings.</param>
/// <param name="Make">A watch that has seen nothing.</param>
/// <param name="TimeAt">The time of a step.</param>
internal sealed record EnsembleWatch(IReadOnlyList<Solutions.NamedQuantity> Events, Func<IEventWatch> Make, Func<long, double> TimeAt);
