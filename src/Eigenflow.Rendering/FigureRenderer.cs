using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;
using Eigenflow.Rendering.Terminal;

namespace Eigenflow.Rendering;

/// <summary>
/// Draws figures as PNG, SVG and PDF from one drawing code, so that all agree. Equal input gives equal bytes. Fonts come with the assembly.
/// Work is linear in the number of points (curves are thinned to the resolution of the picture first); memory is that of the pixels.
/// Texts may hold superscripts and subscripts such as <c>10^{-3}</c> and <c>S_d</c>.
/// </summary>
public static class FigureRenderer
{
    private const double MostPixels = 1 << 28;

    /// <summary>Draws a figure as PNG.</summary>
    /// <param name="figure">The figure. Points that an axis cannot show (not finite; not positive on a logarithmic axis) make gaps.</param>
    /// <param name="options">Size and theme; null for the defaults.</param>
    /// <returns>The file's bytes; it says how large it is printed.</returns>
    /// <exception cref="ParameterException">The figure contradicts itself, or an option is out of range.</exception>
    /// <exception cref="TooLargeException">The picture would have more than 2²⁸ pixels.</exception>
    public static byte[] Png(Figure figure, RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        options ??= new RenderOptions();
        var layout = Page.Layout(figure, options);
        var scale = layout.Page.Pixels / layout.Width ?? options.Scale;
        var pixels = layout.Width * layout.Height * scale * scale;
        if (pixels > MostPixels)
            throw new TooLargeException(FormattableString.Invariant($"A picture of {pixels:G3} pixels"), 4 * pixels, 4.0 * MostPixels, "lower width, height, scale or the number of panels");
        return SkiaFile.Png(layout.Width, layout.Height, scale, layout.Page.Magnification, options.Theme, layout.Draw);
    }

    /// <summary>Draws a figure as a PDF of one page, with text as outlines.</summary>
    /// <param name="figure">The figure, as in <see cref="Png"/>.</param>
    /// <param name="options">Size and theme; <see cref="RenderOptions.Scale"/> has no effect. Null for the defaults.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="ParameterException">The figure contradicts itself, or an option is out of range.</exception>
    public static byte[] Pdf(Figure figure, RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        options ??= new RenderOptions();
        var layout = Page.Layout(figure, options);
        return SkiaFile.Pdf(layout.Width, layout.Height, layout.Page.Magnification, options.Theme, figure.Title, layout.Draw);
    }

    /// <summary>Draws a figure as SVG 1.1, with text as outlines and its wording as <c>aria-label</c>, or with <see cref="RenderOptions.HasRealText"/> as text.</summary>
    /// <param name="figure">The figure, as in <see cref="Png"/>.</param>
    /// <param name="options">Size and theme; <see cref="RenderOptions.Scale"/> has no effect. Null for the defaults.</param>
    /// <returns>The document with its XML declaration.</returns>
    /// <exception cref="ParameterException">The figure contradicts itself, or an option is out of range.</exception>
    public static string Svg(Figure figure, RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        options ??= new RenderOptions();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Svg(figure, options, options.Theme, "");
    }

    /// <summary>Draws the first panel of a figure small and without words, as SVG: its phases, grid and curves alone. The figure's title is that of the document.</summary>
    /// <param name="figure">The figure, as in <see cref="Png"/>.</param>
    /// <param name="width">Width in CSS pixels, 120 to 4000.</param>
    /// <param name="height">Height in CSS pixels, 90 to 4000.</param>
    /// <param name="theme">Light or dark.</param>
    /// <returns>The document with its XML declaration.</returns>
    /// <exception cref="ParameterException">The figure contradicts itself or has no panel, or a size is out of range.</exception>
    public static string Thumbnail(Figure figure, int width, int height, ThemeKind theme)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (width is < 120 or > 4000)
            throw new ParameterException("width", width, "from 120 to 4000 pixels");
        if (height is < 90 or > 4000)
            throw new ParameterException("height", height, "from 90 to 4000 pixels");
        FigureValidation.Check(figure);
        var surface = new SvgSurface(width, height, theme, Identifier(figure.Id));
        new Thumbnail(figure, width, height).Draw(surface);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + surface.Finish(TerminalText.Script(figure.Title, unicode: true), "");
    }

    /// <summary>An SVG element for a page that defines the CSS variables of <see cref="Palette"/>, so that one picture serves both themes.</summary>
    internal static string SvgForPage(Figure figure, RenderOptions options, string prefix) => Svg(figure, options, null, prefix);

    private static string Svg(Figure figure, RenderOptions options, ThemeKind? theme, string prefix)
    {
        var layout = Page.Layout(figure, options);
        var surface = new SvgSurface(layout.Width, layout.Height, theme, prefix + Identifier(figure.Id)) { HasRealText = options.HasRealText, Millimetres = layout.Page.Millimetres };
        layout.Draw(surface);
        return surface.Finish(TerminalText.Script(figure.Title, unicode: true), TerminalText.Script(figure.Caption, unicode: true));
    }

    private static string Identifier(string id)
    {
        var name = new StringBuilder("f-");
        foreach (var character in id)
            name.Append(char.IsAsciiLetterOrDigit(character) ? character : '-');
        return name.Append('-').ToString();
    }
}
