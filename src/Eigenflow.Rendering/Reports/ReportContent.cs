using Eigenflow.Systems;

namespace Eigenflow.Rendering;

/// <summary>What a report shows.</summary>
public sealed record ReportContent
{
    /// <summary>Title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>What was done and what came out: paragraphs separated by empty lines.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The sections, in reading order.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>The papers that the results rest on.</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>Version of the product that made the results.</summary>
    public required string Version { get; init; }

    /// <summary>Further facts of provenance, such as settings, seeds and the command; names and values in the order of display.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Provenance { get; init; } = [];
}

/// <summary>One section of a report: a finished task of a reproduction.</summary>
/// <param name="Id">Identifier that is unique in the report, such as <c>figure-2</c>.</param>
/// <param name="Title">Title, one line.</param>
/// <param name="Result">Figures, claims and tables.</param>
public sealed record ReportSection(string Id, string Title, ReproductionResult Result);
