using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;

namespace Eigenflow.Studies;

/// <summary>Writes a figure as PNG, SVG and CSV side by side, each file whole or not at all.</summary>
public static class FigureFiles
{
    private static readonly string[] Endings = [".png", ".svg", ".csv"];

    /// <summary>Writes <c>ID.png</c>, <c>ID.svg</c> and <c>ID.csv</c>.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="theme">Light or dark.</param>
    /// <exception cref="InputFileException">The folder cannot be written.</exception>
    public static void Write(string folder, Figure figure, ThemeKind theme = ThemeKind.Light)
    {
        var options = new RenderOptions { Theme = theme };
        AtomicFile.WriteBytes(Path.Combine(folder, figure.Id + ".png"), FigureRenderer.Png(figure, options));
        AtomicFile.WriteText(Path.Combine(folder, figure.Id + ".svg"), FigureRenderer.Svg(figure, options));
        AtomicFile.WriteText(Path.Combine(folder, figure.Id + ".csv"), FigureCsv.Render(figure));
    }

    /// <summary>Whether all three files are there; the command relies on it from here on.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="figure">The figure.</param>
    public static bool Exist(string folder, Figure figure) =>
        Array.TrueForAll(Endings, ending =>
        {
            var path = Path.GetFullPath(Path.Combine(folder, figure.Id + ending));
            FileContext.Current.Expect(path);
            return File.Exists(path);
        });
}
