using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering;

/// <summary>The colours of pictures as variables of a style sheet, so that a page and its figures have one palette.</summary>
public static class PageTheme
{
    /// <summary>A style sheet that declares the colours of both themes: the dark ones where the reader's system is dark or <c>data-theme</c> of the root element is <c>dark</c>, unless it is <c>light</c>.</summary>
    public static string Css() =>
        $":root{{color-scheme:light;{Palette.CssDeclarations(ThemeKind.Light)}}}\n"
        + $"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{Palette.CssDeclarations(ThemeKind.Dark)}}}}}\n"
        + $":root[data-theme=dark]{{color-scheme:dark;{Palette.CssDeclarations(ThemeKind.Dark)}}}\n";
}
