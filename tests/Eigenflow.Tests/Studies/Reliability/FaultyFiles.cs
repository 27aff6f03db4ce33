using Eigenflow.Data;

namespace Eigenflow.Tests.Studies;

/// <summary>The file system of a process that is killed at one of its write points, of a disk that is full from one on, or one that refuses a single call; it remembers the steps. Nothing waits for the disk: the machine itself does not fail here.</summary>
internal sealed class FaultyFiles(int faultAt, FaultKind kind) : IStoreFiles
{
    private static readonly DiskFiles Disk = DiskFiles.Instance;
    private readonly Lock gate = new();
    private readonly List<string> steps = [];
    private bool isDead;

    /// <summary>A file system without faults.</summary>
    public static FaultyFiles None => new(0, FaultKind.KilledBefore);

    /// <summary>Points so far: writes, and of <see cref="FaultKind.FailsOnce"/> also reads.</summary>
    public int Points { get; private set; }

    /// <summary>What was done, in order: <c>folder</c>, <c>flush</c>, <c>write</c> (flushed), <c>note</c> (not flushed) and <c>move</c>, with full paths.</summary>
    public IReadOnlyList<string> Steps => steps;

    public void CreateFolder(string path) => Do("folder " + path, () => Disk.CreateFolder(path), () => { });

    public void FlushFolder(string path) => Do("flush " + path, () => { }, () => { });

    public long Write(string path, Action<Stream> write, bool isLasting)
    {
        using var memory = new MemoryStream();
        write(memory);
        ReadOnlyMemory<byte> bytes = memory.ToArray();
        Do((isLasting ? "write " : "note ") + path, () => Disk.Write(path, bytes, isLasting: false), () => Disk.Write(path, bytes[..(bytes.Length / 2)], isLasting: false));
        return bytes.Length;
    }

    public bool TryMoveNew(string from, string to)
    {
        var result = false;
        Do($"move {from} {to}", () => result = Disk.TryMoveNew(from, to), () => { });
        return result;
    }

    public bool TryMove(string from, string to)
    {
        var result = false;
        Do($"move {from} {to}", () => result = Disk.TryMove(from, to), () => { });
        return result;
    }

    public void Delete(string path) => Do("delete " + path, () => Disk.Delete(path), () => { }, needsSpace: false);

    public void DeleteFolder(string path) => Do("delete " + path, () => Disk.DeleteFolder(path), () => { }, needsSpace: false);

    public void DeleteEmptyFolder(string path) => Do("delete " + path, () => Disk.DeleteEmptyFolder(path), () => { }, needsSpace: false);

    public void Append(string path, string text) => Do("append " + path, () => Disk.Append(path, text), () => Disk.Append(path, text[..(text.Length / 2)]));

    public byte[]? Read(string path) => Living(path, () => Disk.Read(path));

    public (byte[] Head, byte[] Tail, long Length)? ReadEnds(string path, int tail) => Living(path, () => Disk.ReadEnds(path, tail));

    public IReadOnlyList<string> Files(string folder) => Living(folder, () => Disk.Files(folder));

    public IReadOnlyList<string> Folders(string folder) => Living(folder, () => Disk.Folders(folder));

    private T Living<T>(string path, Func<T> read)
    {
        lock (gate)
        {
            if (kind == FaultKind.FailsOnce && ++Points == faultAt)
                throw new IOException($"Input/output error : '{path}'");
            return isDead ? throw new IOException("the process is dead") : read();
        }
    }

    private void Do(string step, Action whole, Action half, bool needsSpace = true)
    {
        lock (gate)
        {
            if (isDead)
                throw new IOException("the process is dead");
            var point = ++Points;
            steps.Add(step);
            if (kind == FaultKind.DiskFull)
            {
                if (point < faultAt || !needsSpace)
                {
                    whole();
                    return;
                }

                half();
                throw new IOException("No space left on device");
            }

            if (point != faultAt)
            {
                whole();
                return;
            }

            if (kind == FaultKind.FailsOnce)
            {
                half();
                throw new IOException("Input/output error in: " + step);
            }

            isDead = true;
            if (kind == FaultKind.KilledWithin)
                half();
            else if (kind == FaultKind.KilledAfter)
                whole();
            throw new IOException("killed");
        }
    }
}

/// <summary>What happens at a point.</summary>
internal enum FaultKind
{
    /// <summary>The process dies before it.</summary>
    KilledBefore,

    /// <summary>The process dies with half of it done.</summary>
    KilledWithin,

    /// <summary>The process dies after it.</summary>
    KilledAfter,

    /// <summary>The disk is full from it on, and half of the bytes arrive.</summary>
    DiskFull,

    /// <summary>This call alone is refused, with half of it done; reads count as points too.</summary>
    FailsOnce,
}
