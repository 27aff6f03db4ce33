using SkiaSharp;

namespace Eigenflow.Rendering.Drawing;

/// <summary>Pixels of a picture within a picture: red, green, blue and opacity, rows from the top.</summary>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Pixels">Four bytes per pixel; where the opacity is 0 nothing is drawn.</param>
internal sealed record Raster(int Width, int Height, byte[] Pixels)
{
    /// <summary>The pixels as an image of Skia.</summary>
    public SKImage Image() => SKImage.FromPixelCopy(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul), Pixels);

    /// <summary>The pixels as a PNG. Equal pixels give equal bytes.</summary>
    public byte[] Png()
    {
        using var image = Image();
        using var pixels = image.PeekPixels();
        return SkiaFile.Png(pixels);
    }
}
