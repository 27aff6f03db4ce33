using System.Buffers.Binary;

namespace Eigenflow.Images;

/// <summary>The packed bytes of a PNG image: the contents of its IDAT parts, one after another. Memory: none.</summary>
/// <param name="stream">The file behind its header.</param>
internal sealed class PngData(Stream stream) : Stream
{
    private const int MostParts = 1 << 18;
    private const int Checksum = 4;
    private long left;
    private int parts;
    private bool isEnded;

    /// <summary>The last four bytes that were read, the first of them highest.</summary>
    public uint Last { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (left == 0 && !Next()))
            return 0;
        var read = stream.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        if (read == 0)
            throw new InvalidDataException("it ends early");
        foreach (var value in buffer[Math.Max(0, read - Checksum)..read])
            Last = (Last << 8) | value;
        left -= read;
        if (left == 0)
            stream.Position += Checksum;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // Goes to the next part that holds data.
    private bool Next()
    {
        Span<byte> head = stackalloc byte[8];
        while (!isEnded && left == 0)
        {
            stream.ReadExactly(head);
            long length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length > stream.Length - stream.Position)
                throw new InvalidDataException("it ends early");
            if (++parts > MostParts || head[4..].ContainsAnyExceptInRange((byte)'A', (byte)'z'))
                throw new InvalidDataException("its parts are none of the format");
            isEnded = head[4..].SequenceEqual("IEND"u8);
            if (head[4..].SequenceEqual("IDAT"u8) && length > 0)
                left = length;
            else
                stream.Position += length + Checksum;
        }

        return !isEnded;
    }
}
