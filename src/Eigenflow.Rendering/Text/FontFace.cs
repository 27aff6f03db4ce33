using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace Eigenflow.Rendering.Text;

/// <summary>
/// One of the two fonts that ship inside the assembly (DejaVu Sans Condensed, regular and bold): nothing depends on the fonts of the
/// machine. Glyph outlines are taken unhinted in font units, which makes text exact at any scale and the same everywhere.
/// Instances live as long as the process; all members may be called from several threads.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The two instances live as long as the process.")]
internal sealed class FontFace
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<ushort, SKPath> outlines = new();
    private readonly Font shaper;
    private readonly SKFont outliner;

    private FontFace(string resource, string name)
    {
        Name = name;
        using var stream = typeof(FontFace).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The font {resource} is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using var data = SKData.CreateCopy(bytes);
        var typeface = SKTypeface.FromData(data);
        UnitsPerEm = typeface.UnitsPerEm;
        outliner = new SKFont(typeface, UnitsPerEm) { Hinting = SKFontHinting.None, LinearMetrics = true, Subpixel = true };

        // The memory belongs to the face, which lives as long as the process.
        var memory = Marshal.AllocHGlobal(bytes.Length);
        Marshal.Copy(bytes, 0, memory, bytes.Length);
        using var blob = new Blob(memory, bytes.Length, MemoryMode.ReadOnly);
        using var face = new Face(blob, 0);
        shaper = new Font(face);
        shaper.SetScale(UnitsPerEm, UnitsPerEm);
        shaper.SetFunctionsOpenType();
    }

    public static FontFace Regular { get; } = new("Fonts/DejaVuSansCondensed.ttf", "r");

    public static FontFace Bold { get; } = new("Fonts/DejaVuSansCondensed-Bold.ttf", "b");

    /// <summary>Short name for identifiers in SVG.</summary>
    public string Name { get; }

    public int UnitsPerEm { get; }

    /// <summary>Turns a text into glyphs with positions, with kerning and combining marks.</summary>
    /// <param name="text">One line.</param>
    /// <param name="glyphs">Receives the glyphs; positions are in font units from the start of the text.</param>
    /// <returns>Advance width in font units.</returns>
    public double Shape(string text, List<PlacedGlyph> glyphs)
    {
        if (text.Length == 0)
            return 0;
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        lock (gate)
            shaper.Shape(buffer);
        var infos = buffer.GlyphInfos;
        var positions = buffer.GlyphPositions;
        double pen = 0;
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs.Add(new PlacedGlyph((ushort)infos[i].Codepoint, pen + positions[i].XOffset, -positions[i].YOffset));
            pen += positions[i].XAdvance;
        }

        return pen;
    }

    /// <summary>The outline of a glyph in font units, y downwards; empty for a space. Do not modify.</summary>
    public SKPath Outline(ushort glyph) => outlines.GetOrAdd(glyph, static (key, self) =>
    {
        lock (self.gate)
            return self.outliner.GetGlyphPath(key) ?? new SKPath();
    }, this);
}

/// <summary>A glyph with its position in font units (y downwards).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlacedGlyph(ushort Glyph, double X, double Y);
