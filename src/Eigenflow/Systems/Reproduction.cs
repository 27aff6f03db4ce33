using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>What one task of a reproduction gives. Serialisable, so that finished tasks survive an interruption.</summary>
public sealed record ReproductionResult
{
    /// <summary>The figures.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>The claims that were checked.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>The tables.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];
}

/// <summary>An independent part of reproducing a paper: a figure, or a group of claims. Deterministic; tasks may run in parallel.</summary>
public sealed record ReproductionTask
{
    /// <summary>Identifier that is a file name, such as <c>figure-2</c> or <c>claims-landscape</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>Numbers of the paper's figures that it draws; empty when it only checks claims.</summary>
    public IReadOnlyList<int> FigureNumbers { get; init; } = [];

    /// <summary>Expected single-core seconds, for ordering and the estimate of the time left.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Does the work.</summary>
    public required Func<IProgress<Progress>?, CancellationToken, ReproductionResult> Run { get; init; }
}
