namespace Eigenflow.Studies;

/// <summary>A figure that summarises runs.</summary>
internal sealed record StudyFigure
{
    /// <summary>Identifier, a file name.</summary>
    public required string Id { get; init; }

    /// <summary>Title, one line; empty for one made of what is fitted.</summary>
    public required string Title { get; init; }

    internal string Caption { get; init; } = "";

    internal required Formula X { get; init; }

    /// <summary>Measured ordinates: dots, or curves when the figure shows trajectories.</summary>
    internal required IReadOnlyList<Formula> Y { get; init; }

    /// <summary>Predicted ordinates: lines.</summary>
    internal IReadOnlyList<Formula> Lines { get; init; } = [];

    internal bool IsLogarithmicX { get; init; } = true;

    internal bool IsLogarithmicY { get; init; } = true;

    internal (double Low, double High)? XRange { get; init; }

    internal (double Low, double High)? YRange { get; init; }

    /// <summary>Names of the ordinates in the legend, or none.</summary>
    internal IReadOnlyList<string> Labels { get; init; } = [];

    internal string XLabel { get; init; } = "";

    internal string YLabel { get; init; } = "";

    /// <summary>Columns whose values make one colour each.</summary>
    internal IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Column whose values make one panel each, or null.</summary>
    internal string? Facet { get; init; }

    internal Averaging Average { get; init; }

    internal bool HasFit { get; init; }

    internal double? FitFrom { get; init; }

    internal double? FitTo { get; init; }

    internal bool ShowsTrajectories { get; init; }

    internal required Selection Only { get; init; }
}
