using Eigenflow.Data;

namespace Eigenflow.Rendering;

/// <summary>What a file is that is called an image and cannot be decoded.</summary>
internal static class ImageKind
{
    private const int Looked = 512;

    /// <summary>Describes it, as the end of a sentence.</summary>
    public static string Describe(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> bytes = stackalloc byte[Looked];
        bytes = bytes[..stream.ReadAtLeast(bytes, Looked, throwOnEndOfStream: false)];
        if (bytes.IsEmpty)
            return "the file is empty";
        if (FileSignature.Name(bytes) is { } name)
            return name.EndsWith("PNG image", StringComparison.Ordinal) || name.EndsWith("JPEG image", StringComparison.Ordinal) ? $"it is {name} that cannot be decoded" : $"it is {name}, not the image that its name promises";
        return bytes.ContainsAnyInRange((byte)0, (byte)8) ? "it is no image of a known kind" : "it is text, not an image";
    }
}
