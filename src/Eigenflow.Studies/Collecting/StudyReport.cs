using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What reporting a study gave.</summary>
/// <param name="Path">The report.</param>
/// <param name="Claims">The claims, each summed up by its worst case.</param>
/// <param name="Figures">The figures.</param>
/// <param name="EmptyFigures">Figures for which no run has data.</param>
public sealed record StudyReportOutcome(string Path, IReadOnlyList<Claim> Claims, IReadOnlyList<Figure> Figures, IReadOnlyList<string> EmptyFigures);

/// <summary>Writes the report of a study: figures (PNG, SVG, CSV), fits, claims and runs as CSV, and all of it in one HTML file that loads nothing.</summary>
public static class StudyReport
{
    private const int LargestTable = 500;

    /// <summary>Writes <c>report.html</c>, <c>figures/</c>, <c>fits.csv</c> and <c>claims.csv</c>.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="pictures">Size and theme of the picture files; null for the defaults.</param>
    /// <exception cref="EigenflowException">The folder cannot be written.</exception>
    public static StudyReportOutcome Write(StudyResults results, RenderOptions? pictures = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        results.RequireSomeFor(Path.Combine(results.Folder, "report.html"));
        var study = results.Study;
        var builder = new FigureBuilder(results);
        var sections = new List<ReportSection>();
        var figures = new List<Figure>();
        var empty = new List<string>();
        foreach (var declared in study.Figures)
        {
            var before = builder.Fits.Count;
            if (builder.Build(declared) is not { } figure)
            {
                empty.Add(declared.Id);
                continue;
            }

            figures.Add(figure);
            FigureFiles.Write(Path.Combine(results.Folder, "figures"), figure, pictures);
            var fits = builder.Fits.Skip(before).ToArray();
            sections.Add(new ReportSection(figure.Id, figure.Title, new ReproductionResult { Figures = [figure], Tables = fits.Length > 0 ? [FitTable(declared, fits)] : [] }));
        }

        var checker = new ClaimChecker(results, builder.Fits, builder.Unfitted);
        var cases = study.Claims.Select(claim => (claim, cases: checker.Cases(claim))).ToArray();
        var claims = cases.Select(pair => checker.Summary(pair.claim, pair.cases)).ToArray();
        if (claims.Length > 0)
            sections.Add(new ReportSection("claims-of-the-study", "Claims of the study", new ReproductionResult { Claims = claims }));
        sections.Add(new ReportSection("runs", "Runs", new ReproductionResult { Tables = Tables(results) }));

        AtomicFile.WriteText(Path.Combine(results.Folder, "fits.csv"), CsvText.Render(
            ["figure", "panel", "group", "quantity", "slope", "lower", "upper", "points"],
            builder.Fits.Select(fit => (IEnumerable<string>)
                [fit.Figure, fit.Panel, fit.Group, fit.Quantity, Round(fit.Line.Slope), Round(fit.Lower), Round(fit.Upper), fit.Line.Points.ToString(CultureInfo.InvariantCulture)])));
        AtomicFile.WriteText(Path.Combine(results.Folder, "claims.csv"), ClaimCases(cases));
        var path = Path.Combine(results.Folder, "report.html");
        AtomicFile.WriteText(path, HtmlReport.Render(new ReportContent
        {
            Title = study.Title,
            Summary = (study.Description.Length > 0 ? study.Description + "\n\n" : "") + Counts(results) + ".",
            Sections = sections,
            Citations = study.System.Citations,
            Version = Product.Version,
            Provenance =
            [
                new("System", study.System.Id),
                new("Numerics", NumericsVersion.Text),
                new("Determinism", "Every run follows from its setting; number and order of processes and machines have no influence."),
            ],
        }));
        return new StudyReportOutcome(path, claims, figures, empty);
    }

    /// <summary>How many runs are done, failed and missing, in words.</summary>
    /// <param name="results">The runs.</param>
    public static string Counts(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var parts = new List<string> { FormattableString.Invariant($"{results.Done} of {results.Runs.Count} runs are done") };
        if (results.Failed > 0)
            parts.Add(FormattableString.Invariant($"{results.Failed} failed"));
        if (results.Missing > 0)
            parts.Add(FormattableString.Invariant($"{results.Missing} are missing"));
        var diverged = results.Runs.Count(run => string.Equals(run.Status, "diverged", StringComparison.Ordinal));
        if (diverged > 0)
            parts.Add(FormattableString.Invariant($"{diverged} diverged"));
        return string.Join(", ", parts);
    }

    private static Table FitTable(StudyFigure figure, FittedSlope[] fits)
    {
        var axes = (figure.IsLogarithmicX, figure.IsLogarithmicY) switch
        {
            (true, true) => "exponents: slopes of the logarithms",
            (true, false) => "slopes against the natural logarithm of the abscissa",
            (false, true) => "slopes of the natural logarithm of the ordinate",
            _ => "slopes",
        };
        return new Table(
            figure.Id + "-fits", "Fitted lines", ["panel", "group", "quantity", "slope", "points"],
            [.. fits.Select(fit => (IReadOnlyList<string>)[fit.Panel, fit.Group, fit.Quantity, FigureBuilder.Slope(fit.Line with { Half = fit.Half }), fit.Line.Points.ToString(CultureInfo.InvariantCulture)])],
            figure.ShowsTrajectories
                ? "Power laws of the curves, on the window that is given or found; ± is the half-width of the interval: 95 % for noise that may be correlated along a curve, and wide enough for the local exponents of a curve that bends."
                : $"Least squares in the displayed axes, {axes}; ± is the half-width of the 95 % interval from the residuals.");
    }

    private static List<Table> Tables(StudyResults results)
    {
        var study = results.Study;
        var tables = new List<Table>();
        var failed = results.Runs.Where(run => run.Record is null && run.Error.Length > 0).ToArray();
        var varying = CsvText.Varying([.. study.Runs.Select(run => run.Setting)]);
        IEnumerable<string> Head(CollectedRun run) => varying.Select(name => Setting.Format(run.Run.Setting[name])).Prepend(run.Run.Method);
        if (failed.Length > 0)
            tables.Add(new Table("failed", "Runs that failed", ["method", .. varying, "error"], [.. failed.Take(LargestTable).Select(run => (IReadOnlyList<string>)[.. Head(run), run.Error])]));
        var columns = study.Derived.SelectMany(quantity => quantity.Columns).ToArray();
        tables.Add(new Table(
            "runs", "All runs", ["method", .. varying, "status", .. columns],
            [.. results.Runs.Take(LargestTable).Select(run => (IReadOnlyList<string>)[.. Head(run), run.Status, .. columns.Select(name => run.Record is null || double.IsNaN(run.Scalar(name)) ? "—" : DisplayNumber.Of(run.Scalar(name)))])],
            results.Runs.Count > LargestTable ? $"The first {LargestTable} of {results.Runs.Count} runs; eigenflow collect writes all of them." : ""));
        return tables;
    }

    private static string ClaimCases(IReadOnlyList<(StudyClaim Claim, IReadOnlyList<(string Case, Claim Claim)> Cases)> claims) => CsvText.Render(
        ["claim", "case", .. ClaimText.Columns], claims.SelectMany(pair => pair.Cases.Select(one => (IEnumerable<string>)[one.Claim.Id, one.Case, .. ClaimText.Cells(one.Claim)])));

    private static string Round(double value) => double.IsNaN(value) ? "" : WrittenNumber.RoundTrip(value);
}
