using Eigenflow.Data;

namespace Eigenflow.Images;

/// <summary>What a file is that is called an image and cannot be decoded.</summary>
internal static class ImageKind
{
    private const int Looked = 512;

    /// <summary>Whether a file begins as a PNG or JPEG image.</summary>
    public static bool IsReadable(string path) => FileSignature.Name(path) is "a PNG image" or "a JPEG image";

    /// <summary>Describes it, as the end of a sentence.</summary>
    public static string Describe(string path)
    {
        using var stream = InputFile.Open(path, "a PNG or JPEG image");
        Span<byte> bytes = stackalloc byte[Looked];
        bytes = bytes[..stream.ReadAtLeast(bytes, Looked, throwOnEndOfStream: false)];
        if (bytes.IsEmpty)
            return "the file is empty";
        if (FileSignature.Name(bytes) is { } name)
            return name is "a PNG image" or "a JPEG image" ? $"it is {name} that cannot be decoded" : $"it is {name}, not the image that its name promises";
        return bytes.ContainsAnyInRange((byte)0, (byte)8) ? "it is no image of a known kind" : "it is text, not an image";
    }
}
