using System.Buffers.Binary;
using Eigenflow.Data;

namespace Eigenflow.Rendering.Drawing;

/// <summary>The chunk of a PNG that says how large it is printed (pHYs; ISO/IEC 15948, 11.3.5.3).</summary>
internal static class PngPhysicalSize
{
    // Signature and IHDR, which is the first chunk and always 25 bytes long.
    private const int AfterHeader = 8 + 25;

    /// <summary>The file with its physical size.</summary>
    /// <param name="png">A PNG without the chunk.</param>
    /// <param name="pixelsPerMetre">Pixels per metre, in both directions.</param>
    public static byte[] With(byte[] png, double pixelsPerMetre)
    {
        var density = (uint)Math.Round(pixelsPerMetre);
        byte[] chunk = [0, 0, 0, 9, .. "pHYs"u8, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8), density);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(12), density);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(17), Checksum32.Continue(0, chunk.AsSpan(4, 13)));
        return [.. png.AsSpan(0, AfterHeader), .. chunk, .. png.AsSpan(AfterHeader)];
    }
}
