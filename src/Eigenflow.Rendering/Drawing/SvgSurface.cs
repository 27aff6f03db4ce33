using System.Globalization;
using System.Text;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Drawing;

/// <summary>
/// Writes SVG 1.1. Text is drawn with glyph outlines that the file carries itself (each glyph once, then reused), because a font name would
/// be replaced by another font in a browser, an editor or a typesetting system that lacks it, and labels would then overlap; embedded
/// web fonts are ignored by most programs other than browsers. The wording of every label stays in the file as <c>aria-label</c>.
/// </summary>
internal sealed class SvgSurface : Surface
{
    private const string RealFonts = "DejaVu Sans Condensed, DejaVu Sans, Arial, sans-serif";

    private readonly StringBuilder body = new();
    private readonly StringBuilder glyphs = new();
    private readonly StringBuilder clips = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly ThemeKind? theme;
    private readonly string prefix;
    private readonly double width;
    private readonly double height;
    private int clipCount;

    /// <summary>Starts a picture.</summary>
    /// <param name="width">Width in CSS pixels.</param>
    /// <param name="height">Height in CSS pixels.</param>
    /// <param name="theme">The theme, or null to write CSS variables that the surrounding page defines.</param>
    /// <param name="prefix">Start of all identifiers, so that several pictures can stand in one page.</param>
    public SvgSurface(double width, double height, ThemeKind? theme, string prefix)
    {
        this.width = width;
        this.height = height;
        this.theme = theme;
        this.prefix = prefix;
    }

    /// <summary>Whether text is written as text, to be edited, and not as outlines.</summary>
    public bool HasRealText { get; init; }

    /// <summary>Printed width of the picture in millimetres; null leaves it in CSS pixels.</summary>
    public double? Millimetres { get; init; }

    public override double Resolution => 0.5;

    /// <summary>The finished document, without an XML declaration.</summary>
    /// <param name="title">Title for readers that do not see the picture.</param>
    /// <param name="description">Description for them, or empty.</param>
    public string Finish(string title, string description)
    {
        var printed = Millimetres is { } millimetres
            ? $"width=\"{Number(millimetres)}mm\" height=\"{Number(millimetres * height / width)}mm\""
            : $"width=\"{Number(width)}\" height=\"{Number(height)}\"";
        var size = $"{printed} viewBox=\"0 0 {Number(width)} {Number(height)}\"";
        var text = new StringBuilder();
        text.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" ").Append(size)
            .Append(" role=\"img\">\n<title>").Append(Escape(title)).Append("</title>\n");
        if (description.Length > 0)
            text.Append("<desc>").Append(Escape(description)).Append("</desc>\n");
        text.Append("<defs>\n").Append(glyphs).Append(clips).Append("</defs>\n");
        text.Append("<rect width=\"100%\" height=\"100%\" ").Append(Fill(InkRole.Background)).Append("/>\n");
        return text.Append(body).Append("</svg>\n").ToString();
    }

    public override void Rectangle(Box box, Ink fill) => body.Append(
        $"<rect x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" {Fill(fill)}/>\n");

    public override void Polyline(ReadOnlySpan<Position> points, Stroke stroke)
    {
        if (points.Length < 2)
            return;
        body.Append("<path d=\"");
        AppendPath(points);
        body.Append("\" fill=\"none\" ").Append(Paint("stroke", stroke.Ink))
            .Append(" stroke-width=\"").Append(Number(stroke.Width)).Append("\" stroke-linejoin=\"round\"");
        body.Append(stroke.Dash switch
        {
            DashPattern.Dashed => " stroke-dasharray=\"6 3.5\"",
            DashPattern.Dotted => " stroke-dasharray=\"0.01 3.5\" stroke-linecap=\"round\"",
            _ => stroke.Turn.IsShared ? $" stroke-dasharray=\"{Number(DashTurn.Length)} {Number(stroke.Turn.Gap)}\" stroke-dashoffset=\"{Number(stroke.Turn.Offset)}\"" : "",
        });
        body.Append("/>\n");
    }

    public override void Polygon(ReadOnlySpan<Position> points, Ink fill)
    {
        if (points.Length < 3)
            return;
        body.Append("<path d=\"");
        AppendPath(points);
        body.Append("Z\" ").Append(Fill(fill)).Append("/>\n");
    }

    public override void Dots(ReadOnlySpan<Position> centers, double radius, double halo, Ink fill)
    {
        if (centers.IsEmpty)
            return;
        body.Append("<g ").Append(Fill(fill)).Append('>');
        if (halo > 0)
        {
            body.Append("<g ").Append(Paint("stroke", InkRole.Background))
                .Append($" stroke-width=\"{Number(2 * halo)}\" paint-order=\"stroke\">");
        }

        body.Append('\n');
        var r = Number(radius);
        foreach (var center in centers)
            body.Append($"<circle cx=\"{Number(center.X)}\" cy=\"{Number(center.Y)}\" r=\"{r}\"/>\n");
        body.Append(halo > 0 ? "</g></g>\n" : "</g>\n");
    }

    public override void Image(Box box, Raster raster) => body.Append(
        $"<image x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" ")
        .Append("xlink:href=\"data:image/png;base64,").Append(Convert.ToBase64String(raster.Png())).Append("\"/>\n");

    public override void BeginGroup(string name, Box? clip = null)
    {
        body.Append("<g");
        if (name.Length > 0)
            body.Append($" aria-label=\"{Escape(name)}\"");
        if (clip is { } box)
        {
            var id = $"{prefix}clip{(++clipCount).ToString(CultureInfo.InvariantCulture)}";
            clips.Append($"<clipPath id=\"{id}\"><rect x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" ")
                .Append($"width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\"/></clipPath>\n");
            body.Append($" clip-path=\"url(#{id})\"");
        }

        body.Append(">\n");
    }

    public override void EndGroup() => body.Append("</g>\n");

    protected override void DrawText(ShapedText text, Position origin, bool vertical, Ink ink)
    {
        var turn = vertical ? " rotate(-90)" : "";
        var place = $"transform=\"translate({Number(origin.X)} {Number(origin.Y)}){turn}\" {Fill(ink)}";
        if (HasRealText)
            AppendRealText(text, place);
        else
            AppendOutlines(text, place);
    }

    // The width is given, so that a program that has another font keeps labels apart.
    private void AppendRealText(ShapedText text, string place)
    {
        var weight = text.Runs.Any(run => run.Face == FontFace.Bold) ? " font-weight=\"bold\"" : "";
        body.Append($"<text {place} font-family=\"{RealFonts}\"{weight} xml:space=\"preserve\" textLength=\"{Number(text.Width)}\" lengthAdjust=\"spacingAndGlyphs\">");
        foreach (var run in text.Runs.Where(run => run.Text.Length > 0))
        {
            body.Append($"<tspan x=\"{Number(run.X)}\" y=\"{Number(-run.Rise)}\" font-size=\"{Number(run.Size)}\"{(run.IsSlanted ? " font-style=\"italic\"" : "")}>")
                .Append(Escape(run.Text)).Append("</tspan>");
        }

        body.Append("</text>\n");
    }

    private void AppendOutlines(ShapedText text, string place)
    {
        body.Append($"<g aria-label=\"{Escape(text.Source)}\" {place}>");
        foreach (var run in text.Runs)
        {
            if (run.Glyphs.Count == 0)
                continue;
            var unit = run.UnitScale.ToString("0.######", CultureInfo.InvariantCulture);
            var lean = (run.UnitScale * -GlyphRun.Slant).ToString("0.######", CultureInfo.InvariantCulture);
            body.Append(run.IsSlanted
                ? $"<g transform=\"matrix({unit} 0 {lean} {unit} {Number(run.X)} {Number(-run.Rise)})\">"
                : $"<g transform=\"{(run.X == 0 && run.Rise == 0 ? "" : $"translate({Number(run.X)} {Number(-run.Rise)}) ")}scale({unit})\">");
            foreach (var glyph in run.Glyphs)
                AppendGlyph(run.Face, glyph);
            body.Append("</g>");
        }

        body.Append("</g>\n");
    }

    private void AppendGlyph(FontFace face, PlacedGlyph glyph)
    {
        var outline = face.Outline(glyph.Glyph);
        if (outline.IsEmpty)
            return;
        var id = $"{prefix}{face.Name}{glyph.Glyph.ToString(CultureInfo.InvariantCulture)}";
        if (known.Add(id))
            glyphs.Append($"<path id=\"{id}\" d=\"{outline.ToSvgPathData()}\"/>\n");
        body.Append($"<use xlink:href=\"#{id}\"");
        if (glyph.X != 0)
            body.Append($" x=\"{Number(glyph.X)}\"");
        if (glyph.Y != 0)
            body.Append($" y=\"{Number(glyph.Y)}\"");
        body.Append("/>");
    }

    private void AppendPath(ReadOnlySpan<Position> points)
    {
        for (var i = 0; i < points.Length; i++)
            body.Append(i == 0 ? "M" : i == 1 ? "L" : " ").Append(Number(points[i].X)).Append(' ').Append(Number(points[i].Y));
    }

    private string Fill(Ink ink) => Paint("fill", ink);

    private string Paint(string property, Ink ink)
    {
        var opacity = ink.Opacity < 1 ? $" {property}-opacity=\"{Number(ink.Opacity)}\"" : "";
        return theme is { } || ink.Role is InkRole.Scale or InkRole.OverScale or InkRole.UnderLine
            ? $"{property}=\"{Palette.Hex(ink, theme ?? ThemeKind.Light)}\"{opacity}"
            : $"style=\"{property}:var({Palette.CssVariable(ink)})\"{opacity}";
    }

    // In a page of many pictures a tenth of a pixel is enough, and saves a fifth of its size.
    private string Number(double value) => Math.Round(value, theme is null ? 1 : 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => MarkupText.Escape(text);
}
