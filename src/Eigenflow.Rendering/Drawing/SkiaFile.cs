using SkiaSharp;

namespace Eigenflow.Rendering.Drawing;

/// <summary>Files that Skia writes: PNG with its printed size, and PDF. Equal drawings give equal bytes.</summary>
internal static class SkiaFile
{
    private const double PointsPerPixel = 0.75;
    private const double MetresPerInch = 0.0254;
    private const int PixelsPerInch = 96;

    // Twice what a fine printer resolves at the size of a column.
    private const double PdfResolution = 0.1;

    // Flat colours have no use for differences of neighbours: unfiltered pictures are a tenth smaller, and the last levels take ten times as long for the last percents.
    private static readonly SKPngEncoderOptions Compression = new(SKPngEncoderFilterFlags.None, zLibLevel: 6);

    /// <summary>A PNG.</summary>
    /// <param name="width">Width in CSS pixels.</param>
    /// <param name="height">Height in CSS pixels.</param>
    /// <param name="scale">Device pixels per CSS pixel.</param>
    /// <param name="magnification">Printed size of a CSS pixel in ninety-sixths of an inch.</param>
    /// <param name="theme">Light or dark.</param>
    /// <param name="draw">Draws.</param>
    public static byte[] Png(double width, double height, double scale, double magnification, ThemeKind theme, Action<Surface> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo((int)Math.Round(width * scale), (int)Math.Round(height * scale), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var surface = new SkiaSurface(canvas, scale, 1 / scale, theme);
        draw(surface);
        canvas.Flush();
        using var pixels = bitmap.PeekPixels();
        return PngPhysicalSize.With(Png(pixels), PixelsPerInch * scale / magnification / MetresPerInch);
    }

    /// <summary>Pixels as a PNG of no printed size. Equal pixels give equal bytes.</summary>
    /// <param name="pixels">The pixels.</param>
    public static byte[] Png(SKPixmap pixels)
    {
        using var data = pixels.Encode(Compression) ?? throw new InvalidOperationException("The picture could not be written as PNG.");
        return data.ToArray();
    }

    /// <summary>A PDF of one page.</summary>
    /// <param name="width">Width in CSS pixels.</param>
    /// <param name="height">Height in CSS pixels.</param>
    /// <param name="magnification">Printed size of a CSS pixel in ninety-sixths of an inch.</param>
    /// <param name="theme">Light or dark.</param>
    /// <param name="title">Title of the document.</param>
    /// <param name="draw">Draws.</param>
    public static byte[] Pdf(double width, double height, double magnification, ThemeKind theme, string title, Action<Surface> draw)
    {
        var points = magnification * PointsPerPixel;
        using var stream = new MemoryStream();

        // No date of creation: equal figures give equal files.
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = title, Creator = "Eigenflow", RasterDpi = 300, EncodingQuality = 100 }))
        {
            using var canvas = document.BeginPage((float)(width * points), (float)(height * points));
            using var surface = new SkiaSurface(canvas, points, PdfResolution, theme);
            draw(surface);
            document.EndPage();
            document.Close();
        }

        return stream.ToArray();
    }
}
