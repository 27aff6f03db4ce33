using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Text;

/// <summary>One line of text, shaped: runs of glyphs with sizes and offsets in CSS pixels, ready to draw.</summary>
/// <param name="Source">The text as it was written.</param>
/// <param name="Runs">The runs from left to right.</param>
/// <param name="Width">Advance width in CSS pixels.</param>
/// <param name="Size">Font size of the base line in CSS pixels.</param>
internal sealed record ShapedText(string Source, IReadOnlyList<GlyphRun> Runs, double Width, double Size)
{
    // Heights of DejaVu Sans relative to the font size: capitals 0.73, descenders 0.24.

    /// <summary>Height of capitals and digits above the baseline in CSS pixels.</summary>
    public double CapHeight => 0.73 * Size;

    /// <summary>Depth of descenders below the baseline in CSS pixels.</summary>
    public double Descent => 0.24 * Size;

    /// <summary>Distance from line to line in CSS pixels.</summary>
    public double LineHeight => 1.32 * Size;

    /// <summary>The area that it covers.</summary>
    /// <param name="origin">Start of the baseline.</param>
    /// <param name="vertical">Whether it reads upwards.</param>
    public Box BoxAt(Position origin, bool vertical)
    {
        var (up, down) = (CapHeight + (0.12 * Size), Descent);
        return vertical
            ? new Box(origin.X - up, origin.Y - Width, origin.X + down, origin.Y)
            : new Box(origin.X, origin.Y - up, origin.X + Width, origin.Y + down);
    }
}

/// <summary>Glyphs of one face, size and height above the baseline.</summary>
/// <param name="Face">The font.</param>
/// <param name="Text">What the glyphs say.</param>
/// <param name="Size">Font size in CSS pixels.</param>
/// <param name="X">Start in CSS pixels from the start of the line.</param>
/// <param name="Rise">Height above the baseline in CSS pixels, negative for subscripts.</param>
/// <param name="IsSlanted">Whether they lean, as variables do.</param>
/// <param name="Glyphs">Glyphs in font units.</param>
internal sealed record GlyphRun(FontFace Face, string Text, double Size, double X, double Rise, bool IsSlanted, IReadOnlyList<PlacedGlyph> Glyphs)
{
    /// <summary>Shift to the right per height of slanted glyphs, that of the oblique faces of this family (11 degrees).</summary>
    public const double Slant = 0.2;

    /// <summary>CSS pixels per font unit.</summary>
    public double UnitScale => Size / Face.UnitsPerEm;
}
