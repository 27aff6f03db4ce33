using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Eigenflow.Studies;

/// <summary>
/// Length and checksum of a whole Parquet file, within the file and outside the format: readers find everything by the footer, and pass over what stands between the last column and the footer.
/// So a file is known to be undamaged before anything in it is parsed, it needs no second file, and equal contents are equal bytes.
/// </summary>
internal static class FileSeal
{
    private const int Tail = 8, LengthSize = 8, HashSize = 32;

    private static ReadOnlySpan<byte> Magic => "EIGENSEA"u8;

    private static int Size => Magic.Length + LengthSize + HashSize;

    /// <summary>The file with its seal.</summary>
    /// <param name="file">A whole Parquet file.</param>
    public static byte[] Put(ReadOnlySpan<byte> file)
    {
        var place = file.Length - Tail - FooterLength(file);
        var sealedFile = new byte[file.Length + Size];
        file[..place].CopyTo(sealedFile);
        Magic.CopyTo(sealedFile.AsSpan(place));
        BinaryPrimitives.WriteInt64LittleEndian(sealedFile.AsSpan(place + Magic.Length), sealedFile.Length);
        file[place..].CopyTo(sealedFile.AsSpan(place + Size));
        Hash(sealedFile, place + Magic.Length + LengthSize).CopyTo(sealedFile, place + Magic.Length + LengthSize);
        return sealedFile;
    }

    /// <summary>Checks a file against its seal.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="FormatException">It has none, or another: not one byte of it is to be believed.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        if (file.Length < Size + Tail || !file[^4..].SequenceEqual("PAR1"u8))
            throw new FormatException("it does not end as a file of a run does: it is cut off, or none");
        long place = file.Length - Tail - (long)FooterLength(file) - Size;
        if (place < 4 || !file.Slice((int)place, Magic.Length).SequenceEqual(Magic))
            throw new FormatException("it has no checksum of the whole file before its footer: it is damaged, or no file of a run");
        var length = BinaryPrimitives.ReadInt64LittleEndian(file[((int)place + Magic.Length)..]);
        var hash = (int)place + Magic.Length + LengthSize;
        if (length != file.Length)
            throw new FormatException($"it has {file.Length} bytes and was written with {length}: it is damaged");
        if (!file.Slice(hash, HashSize).SequenceEqual(Hash(file, hash)))
            throw new FormatException("its checksum does not agree with its bytes: it is damaged");
    }

    private static int FooterLength(ReadOnlySpan<byte> file)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[^Tail..]);
        return length > 0 && length <= file.Length - Tail ? length : throw new FormatException($"it states a footer of {length} bytes: it is damaged");
    }

    // The place of the hash itself counts as zeros.
    private static byte[] Hash(ReadOnlySpan<byte> file, int place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[..place]);
        hash.AppendData(stackalloc byte[HashSize]);
        hash.AppendData(file[(place + HashSize)..]);
        return hash.GetHashAndReset();
    }
}
