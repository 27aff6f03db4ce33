namespace Eigenflow.Scaling.Epochs;

/// <summary>Where measured curves come from.</summary>
public sealed record EpochSource
{
    /// <summary>A .npy array of epoch × regularisation, a folder of runs, or a table.</summary>
    public required string Path { get; init; }

    /// <summary>Standard deviations over runs (divisor n), an array of the same shape; null for none.</summary>
    public string? Deviations { get; init; }

    /// <summary>Number of runs of an array.</summary>
    public int? Runs { get; init; }

    /// <summary>The regularisations of an array, as <see cref="LambdaGrid"/> reads them.</summary>
    public string? Lambdas { get; init; }

    /// <summary>Whether an array is regularisation × epoch.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Whether of a folder of runs the training errors are read, and not the test errors.</summary>
    public bool IsTraining { get; init; }
}
