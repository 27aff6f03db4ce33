namespace Eigenflow.Data;

/// <summary>The cyclic redundancy check of zip archives: CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309).</summary>
internal static class Checksum32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>Continues a checksum; the first one continues 0.</summary>
    /// <param name="before">The checksum of all bytes before.</param>
    /// <param name="bytes">The next bytes.</param>
    public static uint Continue(uint before, ReadOnlySpan<byte> bytes)
    {
        var rest = ~before;
        foreach (var value in bytes)
            rest = Table[(byte)rest ^ value] ^ (rest >> 8);
        return ~rest;
    }

    private static uint Entry(int value)
    {
        var rest = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            rest = (rest & 1) != 0 ? 0xEDB88320 ^ (rest >> 1) : rest >> 1;
        return rest;
    }
}
