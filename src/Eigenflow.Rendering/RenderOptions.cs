namespace Eigenflow.Rendering;

/// <summary>For what a picture is made: its printed size, at which no text is smaller than 6 points.</summary>
public enum PictureSize
{
    /// <summary>For screens: the width of a panel is that of the options.</summary>
    Screen,

    /// <summary>A journal's column, 85 mm wide: one panel above the other.</summary>
    Column,

    /// <summary>A journal's page, 180 mm wide.</summary>
    Double,

    /// <summary>A slide of 16 : 9, without caption.</summary>
    Slide,
}

/// <summary>Size, resolution and theme of a picture.</summary>
public sealed record RenderOptions
{
    /// <summary>For what the picture is made; width, height and scale have an effect for screens alone.</summary>
    public PictureSize Size { get; init; }

    /// <summary>Width of one panel with its axes in CSS pixels, 160 to 4000; the picture is as many times as wide as panels stand side by side.</summary>
    public int Width { get; init; } = 440;

    /// <summary>Height of one panel with its axes and title in CSS pixels, 120 to 4000; legend, figure title and caption come on top of it.</summary>
    public int Height { get; init; } = 330;

    /// <summary>Device pixels per CSS pixel of a PNG, 0.5 to 8. The default is crisp on screens of double density and in print (about 260 dots per inch).</summary>
    public double Scale { get; init; } = 2;

    /// <summary>Light (default) or dark.</summary>
    public ThemeKind Theme { get; init; } = ThemeKind.Light;

    /// <summary>Whether the title of the figure stands above the panels. Turn it off where the surrounding document has its own.</summary>
    public bool ShowTitle { get; init; } = true;

    /// <summary>Whether the caption stands below the panels. Turn it off where the surrounding document has its own.</summary>
    public bool ShowCaption { get; init; } = true;

    /// <summary>Whether an SVG holds text as text, which can be edited and looks as the fonts of the reader do, and not as outlines.</summary>
    public bool HasRealText { get; init; }

    internal void Validate()
    {
        if (Width is < 160 or > 4000)
            throw new ParameterException("width", Width, "from 160 to 4000 pixels per panel");
        if (Height is < 120 or > 4000)
            throw new ParameterException("height", Height, "from 120 to 4000 pixels per panel");
        if (!(Scale >= 0.5 && Scale <= 8))
            throw new ParameterException("scale", Scale, "from 0.5 to 8");
    }
}
