using Eigenflow.Studies;

namespace Eigenflow.Tests.Studies;

/// <summary>The file system of a process that is killed at one of its write points, or of a disk that is full from one on.</summary>
internal sealed class FaultyFiles(int faultAt, FaultKind kind) : IStoreFiles
{
    private static readonly DiskFiles Disk = DiskFiles.Instance;
    private readonly Lock gate = new();
    private bool isDead;

    /// <summary>Write points so far.</summary>
    public int Points { get; private set; }

    public void CreateFolder(string path) => Do(() => Disk.CreateFolder(path), () => { });

    public void Write(string path, ReadOnlyMemory<byte> bytes, bool isLasting) =>
        Do(() => Disk.Write(path, bytes, isLasting), () => Disk.Write(path, bytes[..(bytes.Length / 2)], isLasting));

    public bool TryMoveNew(string from, string to)
    {
        var result = false;
        Do(() => result = Disk.TryMoveNew(from, to), () => { });
        return result;
    }

    public bool TryMove(string from, string to)
    {
        var result = false;
        Do(() => result = Disk.TryMove(from, to), () => { });
        return result;
    }

    public void Delete(string path) => Do(() => Disk.Delete(path), () => { }, needsSpace: false);

    public void DeleteFolder(string path) => Do(() => Disk.DeleteFolder(path), () => { }, needsSpace: false);

    public void DeleteEmptyFolder(string path) => Do(() => Disk.DeleteEmptyFolder(path), () => { }, needsSpace: false);

    public void Append(string path, string text) => Do(() => Disk.Append(path, text), () => Disk.Append(path, text[..(text.Length / 2)]));

    public byte[]? Read(string path) => Living(() => Disk.Read(path));

    public (byte[] Head, byte[] Tail, long Length)? ReadEnds(string path, int tail) => Living(() => Disk.ReadEnds(path, tail));

    public IReadOnlyList<string> Files(string folder) => Living(() => Disk.Files(folder));

    public IReadOnlyList<string> Folders(string folder) => Living(() => Disk.Folders(folder));

    private T Living<T>(Func<T> read)
    {
        lock (gate)
            return isDead ? throw new IOException("the process is dead") : read();
    }

    private void Do(Action whole, Action half, bool needsSpace = true)
    {
        lock (gate)
        {
            if (isDead)
                throw new IOException("the process is dead");
            var point = ++Points;
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

            isDead = true;
            if (kind == FaultKind.KilledWithin)
                half();
            else if (kind == FaultKind.KilledAfter)
                whole();
            throw new IOException("killed");
        }
    }
}

internal enum FaultKind
{
    KilledBefore,
    KilledWithin,
    KilledAfter,
    DiskFull,
}
