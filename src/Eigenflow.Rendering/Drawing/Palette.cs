namespace Eigenflow.Rendering.Drawing;

/// <summary>
/// The colours of both themes. Curves use the colour-blind-safe set of Okabe and Ito ("Color universal design", 2008) without its
/// black and yellow (which vanish on one of the two backgrounds), continued by hues of Tol's "muted" scheme (SRON/EPS/TN/09-002, 2021).
/// In the dark theme each index keeps its hue and is lightened where the contrast with the page would fall below 3 : 1.
/// Four were moved a little, so that any two of the first eight differ by ten in CIE Lab with protanopia and deuteranopia too (a test).
/// </summary>
internal static class Palette
{
    private static readonly uint[] LightSeries =
    [
        0x0072B2, 0xD95D2D, 0x009E73, 0xB8508C, 0xC68500, 0x359AD5,
        0x882255, 0x787819, 0x332288, 0x8C564B, 0x117733, 0xE0566F,
    ];

    private static readonly uint[] DarkSeries =
    [
        0x3B9BDC, 0xE7792E, 0x1DBF8F, 0xDD8ABB, 0xF0B429, 0x8CCBF2,
        0xC65C92, 0xBBBB51, 0x8A7FE0, 0xBF8A7E, 0x4CB36A, 0xFF8FA3,
    ];

    // Dark blue over green to pale yellow, lightness ascending evenly, so that it reads in grey and with any colour vision.
    private static readonly uint[] ScaleAnchors = [0x20174F, 0x2B3F86, 0x27678F, 0x218D8C, 0x4DB177, 0xA3CF56, 0xFBF0A3];

    // Ordered families: from blue over magenta to orange or yellow, the lightness ascending with the hue, so that eight of them differ for any colour vision; each contrasts with its ground by 3 : 1.
    private static readonly uint[] LightSequence = [0x000086, 0x6C2EB2, 0x923B9E, 0xAD4986, 0xBD5666, 0xC76240, 0xCF6F01];
    private static readonly uint[] DarkSequence = [0x7F55FF, 0xB16DF1, 0xD07DD7, 0xE68DB9, 0xF39F96, 0xFBC57E, 0xFFEA60];

    /// <summary>Number of levels of an ordered family.</summary>
    public const int Levels = 32;

    /// <summary>Number of distinct colours; indices beyond it start again.</summary>
    public static int Count => LightSeries.Length;

    /// <summary>The colour of a role as 0xRRGGBB.</summary>
    public static uint Rgb(Ink ink, ThemeKind theme)
    {
        var dark = theme == ThemeKind.Dark;
        return ink.Role switch
        {
            InkRole.Background => dark ? 0x14171Cu : 0xFFFFFFu,
            InkRole.Text => dark ? 0xE6E9EEu : 0x1B1F24u,
            InkRole.Muted => dark ? 0xA4ACB8u : 0x545C66u,
            InkRole.Axis => dark ? 0x8C95A3u : 0x3A424Cu,
            InkRole.Grid => dark ? 0x2A3038u : 0xE4E7EBu,
            InkRole.Shade => dark ? 0x1F2530u : 0xF1F4F8u,
            InkRole.Scale => Between(ScaleAnchors, ink.Index / 255.0),
            InkRole.OverScale => 0xFFFFFFu,
            InkRole.UnderLine => 0x14171Cu,
            InkRole.Sequence => Between(dark ? DarkSequence : LightSequence, ink.Index / (Levels - 1.0)),
            _ => ink.Index < 0 ? (dark ? 0x9AA3AFu : 0x6B7480u) : (dark ? DarkSeries : LightSeries)[ink.Index % Count],
        };
    }

    // Between the anchors channel by channel.
    private static uint Between(uint[] anchors, double part)
    {
        var place = Math.Clamp(part, 0, 1) * (anchors.Length - 1);
        var index = Math.Min((int)place, anchors.Length - 2);
        var color = 0u;
        for (var shift = 0; shift <= 16; shift += 8)
        {
            double low = (anchors[index] >> shift) & 255, high = (anchors[index + 1] >> shift) & 255;
            color |= (uint)Math.Round(low + ((place - index) * (high - low))) << shift;
        }

        return color;
    }

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public static string Hex(Ink ink, ThemeKind theme) => "#" + Rgb(ink, theme).ToString("x6", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Name of the CSS variable that carries the colour in a page.</summary>
    public static string CssVariable(Ink ink) => ink.Role switch
    {
        InkRole.Background => "--ef-background",
        InkRole.Text => "--ef-text",
        InkRole.Muted => "--ef-muted",
        InkRole.Axis => "--ef-axis",
        InkRole.Grid => "--ef-grid",
        InkRole.Shade => "--ef-shade",
        InkRole.Sequence => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--ef-sequence-{ink.Index}"),
        _ => ink.Index < 0 ? "--ef-series-neutral" : string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"--ef-series-{ink.Index % Count}"),
    };

    /// <summary>The declarations of all CSS variables for a theme.</summary>
    public static string CssDeclarations(ThemeKind theme)
    {
        var roles = new[] { InkRole.Background, InkRole.Text, InkRole.Muted, InkRole.Axis, InkRole.Grid, InkRole.Shade }
            .Select(role => new Ink(role))
            .Concat(Enumerable.Range(-1, Count + 1).Select(index => Ink.Series(index)))
            .Concat(Enumerable.Range(0, Levels).Select(level => Ink.Sequence(level)));
        return string.Concat(roles.Select(ink => $"{CssVariable(ink)}:{Hex(ink, theme)};"));
    }
}
