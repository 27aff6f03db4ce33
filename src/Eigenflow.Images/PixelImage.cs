using Eigenflow.Data;
using SkiaSharp;

namespace Eigenflow.Images;

/// <summary>A decoded image with the bits that it is stored with: 8 or 16 per channel.</summary>
internal sealed class PixelImage : IDisposable
{
    private readonly SKBitmap? bitmap;
    private readonly DeepPixels? deep;

    private PixelImage(SKBitmap? bitmap, DeepPixels? deep) => (this.bitmap, this.deep) = (bitmap, deep);

    /// <summary>Columns of pixels.</summary>
    public int Width => bitmap?.Width ?? deep!.Width;

    /// <summary>Rows of pixels.</summary>
    public int Height => bitmap?.Height ?? deep!.Height;

    /// <summary>Decodes an image to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What it is when it is no image that can be decoded, else null.</param>
    public static PixelImage? Decode(string path, out string? problem)
    {
        try
        {
            if (InputFile.SpecialKind(path) is { } kind)
                problem = $"it is {kind}, not an image";
            else
                return DecodeFile(path, out problem);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            problem = "it is a PNG image that cannot be decoded to its end";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The decoders of the format throw many kinds of errors on damaged bytes.
            problem = $"it cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})";
        }

        return null;
    }

    private static PixelImage? DecodeFile(string path, out string? problem)
    {
        using (var stream = InputFile.Open(path, "a PNG or JPEG image"))
        {
            problem = ImageBudget.Problem(stream);
            if (problem is not null)
                return null;
            if (DeepPng.Read(stream) is { } pixels)
                return new PixelImage(null, pixels);
        }

        // Decoders of other formats have no budget.
        problem = ImageKind.Describe(path);
        if (!ImageKind.IsReadable(path))
            return null;
        using var codec = SKCodec.Create(path);
        if (codec is null)
            return null;
        problem = ImageBudget.Size((uint)codec.Info.Width, (uint)codec.Info.Height, 4);
        if (problem is not null)
            return null;
        var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return new PixelImage(bitmap, null);
        bitmap.Dispose();
        problem = $"it is a {codec.EncodedFormat.ToString().ToUpperInvariant()} image that cannot be decoded to its end";
        return null;
    }

    /// <summary>Copies a square: red, green and blue of each pixel, or its luminance Y' = 0.2126 R' + 0.7152 G' + 0.0722 B' (Rec. 709); stored values from 0 to 1.</summary>
    public void Copy(int x, int y, int size, bool isColour, Span<double> target)
    {
        var next = 0;
        for (var row = y; row < y + size; row++)
        {
            for (var column = x; column < x + size; column++)
            {
                var (red, green, blue) = deep is null ? At(bitmap!, column, row) : At(deep, column, row);
                if (isColour)
                    (target[next], target[next + 1], target[next + 2], next) = (red, green, blue, next + 3);
                else
                    target[next++] = (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
            }
        }
    }

    public void Dispose()
    {
        bitmap?.Dispose();
        deep?.Dispose();
    }

    private static (double Red, double Green, double Blue) At(SKBitmap bitmap, int x, int y)
    {
        var pixel = bitmap.GetPixelSpan().Slice((y * bitmap.RowBytes) + (4 * x), 3);
        return (pixel[0] / 255.0, pixel[1] / 255.0, pixel[2] / 255.0);
    }

    private static (double Red, double Green, double Blue) At(DeepPixels pixels, int x, int y)
    {
        var pixel = pixels.Samples.AsSpan(((y * pixels.Width) + x) * pixels.Channels, pixels.Channels);
        return pixels.Channels < 3 ? (pixel[0] / 65535.0, pixel[0] / 65535.0, pixel[0] / 65535.0) : (pixel[0] / 65535.0, pixel[1] / 65535.0, pixel[2] / 65535.0);
    }
}
