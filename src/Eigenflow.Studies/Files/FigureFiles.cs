using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;

namespace Eigenflow.Studies;

/// <summary>Writes a figure as PNG, SVG and CSV side by side, and as PDF where it is made for print, each file whole or not at all.</summary>
public static class FigureFiles
{
    /// <summary>Writes <c>ID.png</c>, <c>ID.svg</c> and <c>ID.csv</c>, and <c>ID.pdf</c> for any size but that of screens.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="pictures">Size and theme; null for the defaults.</param>
    /// <exception cref="InputFileException">The folder cannot be written.</exception>
    public static void Write(string folder, Figure figure, RenderOptions? pictures = null)
    {
        pictures ??= new RenderOptions();
        AtomicFile.WriteBytes(Path.Combine(folder, figure.Id + ".png"), FigureRenderer.Png(figure, pictures));
        AtomicFile.WriteText(Path.Combine(folder, figure.Id + ".svg"), FigureRenderer.Svg(figure, pictures));
        if (IsPrinted(pictures))
            AtomicFile.WriteBytes(Path.Combine(folder, figure.Id + ".pdf"), FigureRenderer.Pdf(figure, pictures));
        AtomicFile.WriteText(Path.Combine(folder, figure.Id + ".csv"), FigureCsv.Render(figure));
    }

    /// <summary>Whether all files are there; the command relies on it from here on.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="pictures">Size and theme.</param>
    public static bool Exist(string folder, Figure figure, RenderOptions pictures) =>
        Array.TrueForAll<string>(IsPrinted(pictures) ? [".png", ".svg", ".pdf", ".csv"] : [".png", ".svg", ".csv"], ending =>
        {
            var path = Path.GetFullPath(Path.Combine(folder, figure.Id + ending));
            FileContext.Current.Expect(path);
            return File.Exists(path);
        });

    private static bool IsPrinted(RenderOptions pictures) => pictures.Size != PictureSize.Screen;
}
