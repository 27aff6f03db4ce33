using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>The report of <c>run --out</c>: the picture as a chart, and the tables.</summary>
internal static class RunReport
{
    /// <summary>Name of its file.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="system">The system.</param>
    /// <param name="solutions">At least one run.</param>
    /// <param name="figure">Their picture.</param>
    /// <param name="compared">What the system compares.</param>
    /// <param name="command">The request.</param>
    public static void Write(string folder, ISystem system, IReadOnlyList<Solution> solutions, Figure figure, IReadOnlyList<Table> compared, string command)
    {
        Table[] tables = [RunTables.Summary(system, solutions, withTimings: false) with { Title = "Runs" }, .. RunTables.Numbers(solutions) is { } numbers ? [numbers with { Title = "Numbers" }] : Array.Empty<Table>(), .. compared];
        AtomicFile.WriteText(Path.Combine(folder, FileName), HtmlReport.Render(new ReportContent
        {
            Title = system.Title,
            Summary = string.Join("\n\n", solutions.SelectMany(solution => solution.Warnings.Append(solution.Status.Message).Where(text => text.Length > 0).Select(text => $"{solution.Method}: {text}")).Distinct(StringComparer.Ordinal)),
            Sections = [new ReportSection("run", figure.Title, new ReproductionResult { Figures = [figure], Tables = tables })],
            Citations = system.Citations,
            Version = Product.Version,
            Provenance = [new("Command", command), new("Determinism", "Every number follows from the request; the number of threads has no influence.")],
        }));
    }
}
