using System.Buffers.Binary;
using System.IO.Compression;

namespace Eigenflow.Data;

/// <summary>
/// Reads IDX files of bytes, the format of MNIST: four bytes 0, 0, 8 (unsigned bytes) and the number of axes, the lengths of the axes as big-endian 32-bit numbers, then the bytes; compressed by gzip or not.
/// Images have the magic number 2051 (three axes), labels 2049 (one axis).
/// </summary>
public static class IdxFile
{
    private const uint Images = 2051, Labels = 2049;
    private const string Expected = "an IDX file of images (magic number 2051) or labels (2049) of unsigned bytes";

    /// <summary>Whether a file begins as an IDX file of bytes does, compressed or not.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It cannot be read.</exception>
    public static bool Is(string path)
    {
        using var stream = Open(path);
        Span<byte> head = stackalloc byte[4];
        try
        {
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && BinaryPrimitives.ReadUInt32BigEndian(head) is Images or Labels;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads images, a row each of rows × columns pixels between 0 and 1 (the bytes over 255).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It cannot be read, is no file of images, or shorter than it says.</exception>
    /// <exception cref="TooLargeException">It does not fit in memory.</exception>
    public static DataMatrix ReadImages(string path)
    {
        var (axes, bytes) = Read(path, Images, 3);
        return new DataMatrix(axes[0], axes[1] * axes[2], [.. bytes.Select(value => value / 255.0)]);
    }

    /// <summary>Reads labels.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It cannot be read, is no file of labels, or shorter than it says.</exception>
    public static double[] ReadLabels(string path) => [.. Read(path, Labels, 1).Bytes.Select(value => (double)value)];

    /// <summary>The file of labels that belongs to one of images: "images" becomes "labels" and "idx3" becomes "idx1" in its name.</summary>
    /// <param name="images">The file of images.</param>
    /// <exception cref="InputFileException">There is none of that name.</exception>
    public static string LabelsOf(string images)
    {
        var name = Path.GetFileName(images).Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        var path = Path.Combine(Path.GetDirectoryName(images) ?? "", name);
        return name != Path.GetFileName(images) && InputFile.Exists(path)
            ? path
            : throw new InputFileException(images, "its labels were not found", $"beside images such as train-images-idx3-ubyte a file train-labels-idx1-ubyte{(name != Path.GetFileName(images) ? $", here {name}" : "")}");
    }

    private static (int[] Axes, byte[] Bytes) Read(string path, uint magic, int count)
    {
        using var stream = Open(path);
        try
        {
            var head = new byte[4 * (count + 1)];
            var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var found = read >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(head) : 0;
            if (read < head.Length || found != magic)
                throw new InputFileException(path, read < head.Length ? FormattableString.Invariant($"it ends after {read} bytes") : FormattableString.Invariant($"its magic number is {found}"), FormattableString.Invariant($"an IDX file of unsigned bytes with the magic number {magic}"));
            int[] axes = [.. Enumerable.Range(1, count).Select(axis => BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4 * axis)))];
            var size = axes.Aggregate(1.0, (product, length) => product * length);
            if (Array.Exists(axes, length => length < 1))
                throw new InputFileException(path, $"its axes have the lengths {string.Join(", ", axes)}", "lengths of at least 1");
            NumericFile.CheckSize(path, size);
            var bytes = new byte[(int)size];
            var done = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (done < bytes.Length)
                throw new InputFileException(path, FormattableString.Invariant($"it holds {done} of the {bytes.Length} bytes that its head announces"), "a whole file");
            return stream.ReadByte() < 0 ? (axes, bytes) : throw new InputFileException(path, FormattableString.Invariant($"bytes follow the {bytes.Length} that its head announces"), "a file as long as its head says");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw InputFile.Unreadable(path, Expected, exception);
        }
    }

    private static Stream Open(string path)
    {
        var file = InputFile.Open(path, Expected);
        Span<byte> start = stackalloc byte[2];
        var isCompressed = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[0] == 0x1F && start[1] == 0x8B;
        file.Position = 0;
        return isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
