using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Scaling.Fits;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>The files of <c>fit --out</c>.</summary>
public static class FitFiles
{
    /// <summary>Names of the files.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fit.png", "fit.svg", "fit.csv", "fit.json", "parameters.csv", "report.html"];

    /// <summary>Writes them.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="result">What was found.</param>
    /// <param name="command">The request as it was typed.</param>
    /// <param name="pictures">Size and theme.</param>
    /// <exception cref="InputFileException">The folder cannot be written.</exception>
    public static void Write(string folder, FitResult result, string command, RenderOptions pictures)
    {
        var figure = ScalingFitFigure.Of(result.Fits);
        FigureFiles.Write(folder, figure, pictures);
        AtomicFile.WriteText(Path.Combine(folder, "fit.json"), FitJson.Of(result).ToJsonString() + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "parameters.csv"), CsvText.Table(FitTables.AllParameters(result)));
        AtomicFile.WriteText(Path.Combine(folder, "report.html"), HtmlReport.Render(new ReportContent
        {
            Title = figure.Title,
            Summary = string.Join("\n\n", FitTables.Verdicts(result)),
            Sections = [new ReportSection("fit", "Scaling laws", new ReproductionResult { Figures = [figure], Tables = FitTables.Of(result) })],
            Version = Product.Version,
            Provenance = [new("Command", command), new("Determinism", "Every number follows from the seed; the number of threads has no influence.")],
        }));
    }
}
