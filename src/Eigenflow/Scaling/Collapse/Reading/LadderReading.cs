namespace Eigenflow.Scaling.Collapse;

/// <summary>How runs of a ladder are read from tables; null is a column with a usual name (<see cref="LadderColumns"/>), or none.</summary>
public sealed record LadderReading
{
    /// <summary>Properties in the names of files, which stand for columns.</summary>
    public NamePattern? Name { get; init; }

    /// <summary>Column of sizes.</summary>
    public string? Size { get; init; }

    /// <summary>Column of tokens, examples or steps.</summary>
    public string? Time { get; init; }

    /// <summary>Column of losses; <c>COLUMN@VALUE</c> for the rows in which a column such as split holds a value.</summary>
    public string? Loss { get; init; }

    /// <summary>Column of seeds.</summary>
    public string? Seed { get; init; }

    /// <summary>Column that tells runs apart.</summary>
    public string? Run { get; init; }

    /// <summary>Column of names of schedules.</summary>
    public string? Schedule { get; init; }

    /// <summary>Column of learning rates.</summary>
    public string? Rate { get; init; }

    /// <summary>Column of compute.</summary>
    public string? Compute { get; init; }

    /// <summary>Column of traces of the gradient covariance.</summary>
    public string? Trace { get; init; }

    /// <summary>Tokens per step of all runs, where times are steps.</summary>
    public double? TokensPerStep { get; init; }
}

/// <summary>What was read.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Notes">What is to be said of the files, in sentences.</param>
/// <param name="TimeName">Column of times, or tokens where steps were multiplied.</param>
/// <param name="SizeName">Column of sizes.</param>
/// <param name="HasCompute">Whether compute is known, up to a common factor: from a column, or as 6 t p with p in parameters.</param>
public sealed record LadderData(IReadOnlyList<LadderRun> Runs, IReadOnlyList<string> Notes, string TimeName, string SizeName, bool HasCompute)
{
    /// <summary>The runs before they were cut at a horizon; the same where they were not. The best horizon is looked for in these.</summary>
    public IReadOnlyList<LadderRun> Whole { get; init; } = Runs;
}
