using System.Globalization;
using System.Text;
using Eigenflow.Data;

namespace Eigenflow.Studies;

/// <summary>
/// Who computes which run, so that several processes on one or more machines share a study. A claim is a file that only one can make; it names its owner, and the
/// owner's own file changes every few seconds. A claim is stale when its owner is known to have ended, or when the owner's file has not changed for
/// <see cref="StaleAfter"/> on the reader's own monotonic clock: clocks of machines are never compared and time stamps of files never read.
/// Claims only save work: a run that two processes compute all the same has the same bytes and one name.
/// </summary>
internal sealed class ClaimBoard : IDisposable
{
    /// <summary>Time without a sign of life after which an owner on another machine counts as ended.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);

    /// <summary>Time between two signs of life.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    private readonly string folder;
    private readonly IStoreFiles files;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, (string Text, long Since)> seen = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Lock beating = new();
    private readonly ITimer? timer;
    private long beats;
    private bool isClosed;

    public ClaimBoard(string folder, IStoreFiles files, TimeProvider clock, ProcessIdentity? identity = null)
    {
        (this.folder, this.files, this.clock) = (folder, files, clock);
        Owner = (identity ?? FileContext.Current.Identity).NewName();
        files.CreateFolder(folder);
        Beat();
        timer = clock.CreateTimer(_ => BeatSafely(), null, BeatEvery, BeatEvery);
    }

    /// <summary>Name of this process on the board.</summary>
    public string Owner { get; }

    /// <summary>A name for a file that is not finished; removed when this process has ended.</summary>
    public string Temporary(string id) => Path.Combine(folder, $"temp-{Owner}-{id}");

    /// <summary>Takes a run, also from an owner that has ended; false when another one has it.</summary>
    public bool TryTake(string id)
    {
        var path = ClaimOf(id);
        if (TryPlace(id, path))
            return true;
        if (HolderOf(id) is not { } holder)
            return TryPlace(id, path);
        if (!IsStale(holder))
            return false;

        // Renaming has one winner; if meanwhile another one had taken the run over, its claim is given back.
        var taken = Temporary(id) + "-taken";
        if (!files.TryMove(path, taken))
            return false;
        if (!string.Equals(Text(taken), holder, StringComparison.Ordinal))
        {
            files.TryMoveNew(taken, path);
            files.Delete(taken);
            return false;
        }

        files.Delete(taken);
        return TryPlace(id, path);
    }

    // The claim appears with its owner's name in it, or not at all.
    private bool TryPlace(string id, string path)
    {
        var temporary = Temporary(id) + "-claim";
        files.Write(temporary, Encoding.UTF8.GetBytes(Owner), isLasting: false);
        if (files.TryMoveNew(temporary, path))
            return true;
        files.Delete(temporary);

        // Over NFS an answer that was lost makes a success look like a name that exists already.
        return string.Equals(Text(path), Owner, StringComparison.Ordinal);
    }

    /// <summary>Gives a run back, finished or not.</summary>
    public void Release(string id)
    {
        if (string.Equals(HolderOf(id), Owner, StringComparison.Ordinal))
            files.Delete(ClaimOf(id));
    }

    /// <summary>The runs that are claimed, each with whether its owner is known to have ended.</summary>
    public static IReadOnlyDictionary<string, bool> Claims(string folder, IStoreFiles files)
    {
        var result = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in files.Files(folder).Where(name => name.StartsWith("claim-", StringComparison.Ordinal)))
        {
            var owner = files.Read(Path.Combine(folder, name)) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
            result[name["claim-".Length..]] = ProcessIdentity.Parse(owner)?.HasEnded ?? false;
        }

        return result;
    }

    /// <summary>Removes what owners that are known to have ended have left: unfinished files, claims, their own files last.</summary>
    public void Clean()
    {
        var names = files.Files(folder);
        var ended = names.Where(name => name.Contains('-', StringComparison.Ordinal) && !name.StartsWith("claim-", StringComparison.Ordinal)).Select(name => name.Split('-')[1]).Distinct(StringComparer.Ordinal)
            .Where(owner => !string.Equals(owner, Owner, StringComparison.Ordinal) && IsStale(owner)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => name.StartsWith("temp-", StringComparison.Ordinal) && ended.Contains(name.Split('-')[1])))
            files.Delete(Path.Combine(folder, name));
        foreach (var name in names.Where(name => name.StartsWith("claim-", StringComparison.Ordinal)))
        {
            var id = name["claim-".Length..];
            if (HolderOf(id) is { } holder && IsStale(holder) && TryTake(id))
                Release(id);
        }

        foreach (var owner in ended)
            files.Delete(OwnerFile(owner));
    }

    public void Dispose()
    {
        timer?.Dispose();
        lock (beating)
            isClosed = true;
        try
        {
            foreach (var name in files.Files(folder).Where(name => name.StartsWith("temp-" + Owner, StringComparison.Ordinal)))
                files.Delete(Path.Combine(folder, name));
            files.Delete(OwnerFile(Owner));
            files.DeleteEmptyFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left is removed by the next sweep.
        }
    }

    private bool IsStale(string owner)
    {
        if (ProcessIdentity.Parse(owner)?.HasEnded == true)
            return true;
        var text = Text(OwnerFile(owner)) ?? "";
        lock (gate)
        {
            if (!seen.TryGetValue(owner, out var last) || !string.Equals(last.Text, text, StringComparison.Ordinal))
            {
                seen[owner] = (text, clock.GetTimestamp());
                return false;
            }

            return clock.GetElapsedTime(last.Since) >= StaleAfter;
        }
    }

    private void BeatSafely()
    {
        try
        {
            lock (beating)
            {
                if (!isClosed)
                    Beat();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A missed beat costs at most that another process computes the same run.
        }
    }

    private void Beat()
    {
        var temporary = Temporary("owner");
        try
        {
            files.Write(temporary, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{++beats}\n")), isLasting: false);
            files.TryMove(temporary, OwnerFile(Owner));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            files.Delete(temporary);
            throw;
        }
    }

    private string? HolderOf(string id) => Text(ClaimOf(id));

    private string? Text(string path) => files.Read(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private string ClaimOf(string id) => Path.Combine(folder, "claim-" + id);

    private string OwnerFile(string owner) => Path.Combine(folder, "owner-" + owner);
}
