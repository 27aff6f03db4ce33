namespace Eigenflow.Data;

/// <summary>Names files by their first bytes, so that a workbook called .csv is refused as a workbook.</summary>
public static class FileSignature
{
    private const int Length = 512;

    private static readonly (byte[] Start, string Name)[] Known =
    [
        ([0x93, .. "NUMPY"u8], "a NumPy array (.npy)"),
        ([.. "PAR1"u8], "a Parquet file"),
        ([.. "PK\u0003\u0004"u8], "a zip archive, such as an Excel workbook or an .npz"),
        ([.. "PK\u0005\u0006"u8], "an empty zip archive"),
        ([0x1F, 0x8B], "compressed by gzip"),
        ([.. "BZh"u8], "compressed by bzip2"),
        ([0xFD, .. "7zXZ\0"u8], "compressed by xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed by Zstandard"),
        ([0x89, .. "HDF\r\n"u8], "an HDF5 file"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook"),
        ([.. "MATLAB 5.0 MAT-file"u8], "a MATLAB file"),
        ([.. "ARROW1"u8], "an Arrow (Feather) file"),
        ([.. "SQLite format 3"u8], "an SQLite database"),
        ([0x80, 0x02], "a Python pickle"),
        ([0x80, 0x03], "a Python pickle"),
        ([0x80, 0x04], "a Python pickle"),
        ([0x80, 0x05], "a Python pickle"),
        ([.. "RDX"u8], "an R workspace"),
        ([.. "%PDF"u8], "a PDF document"),
        ([0x89, .. "PNG"u8], "a PNG image"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([.. "GIF8"u8], "a GIF image"),
        ([.. "II*\0"u8], "a TIFF image"),
        ([.. "MM\0*"u8], "a TIFF image"),
        ([.. "<?xml"u8], "an XML document"),
        ([.. "<!DOCTYPE"u8], "a web page"),
        ([.. "<html"u8], "a web page"),
    ];

    /// <summary>What a file is, such as "a PNG image"; null when the first bytes are of no known kind.</summary>
    /// <param name="path">The file.</param>
    public static string? Name(string path)
    {
        using var stream = InputFile.Open(path, "a file");
        Span<byte> bytes = stackalloc byte[Length];
        return Name(bytes[..stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false)]);
    }

    /// <summary>What a file is that begins with these bytes; null when they are of no known kind.</summary>
    /// <param name="bytes">The first bytes; 32 are enough.</param>
    public static string? Name(ReadOnlySpan<byte> bytes)
    {
        foreach (var (start, name) in Known)
        {
            if (bytes.StartsWith(start))
                return name;
        }

        return null;
    }
}
