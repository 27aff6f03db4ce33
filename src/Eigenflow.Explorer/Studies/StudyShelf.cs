using Eigenflow.Explorer.Hosting;
using Eigenflow.Studies;

namespace Eigenflow.Explorer.Studies;

/// <summary>The studies that are looked at: each is read once, however many pages show it. Those that nobody follows or asked for lately are forgotten.</summary>
/// <param name="gate">Where folders may be.</param>
internal sealed class StudyShelf(FolderGate gate)
{
    private const int MostStudies = 6;
    private readonly Lock access = new();
    private readonly List<Shelved> studies = [];

    /// <summary>The study of a folder; nothing is read yet.</summary>
    /// <param name="path">Its path below the folder of the explorer; <c>.</c> is that folder.</param>
    /// <exception cref="ExplorerException">It may not be read.</exception>
    public LiveStudy Open(string? path)
    {
        var folder = gate.Resolve(path is { Length: > 0 } ? path : throw new ExplorerException("A study is named by its folder: ?path=results/exponents."));
        if (!Directory.Exists(folder))
            throw new ExplorerException($"There is no folder {path} below the folder of the explorer.") { Status = 404 };
        lock (access)
        {
            var place = studies.FindIndex(one => string.Equals(one.Folder, folder, StringComparison.Ordinal));
            var found = place >= 0 ? studies[place] : new Shelved(folder, new LiveStudy(folder));
            if (place >= 0)
                studies.RemoveAt(place);
            studies.Insert(0, found);
            Forget();
            return found.Study;
        }
    }

    /// <summary>Keeps a study for as long as somebody follows it: the others would have it read again and again.</summary>
    /// <param name="study">One that was opened.</param>
    /// <returns>Ends it when disposed of.</returns>
    public IDisposable Follow(LiveStudy study)
    {
        Count(1);
        return new Follower(() => Count(-1));

        void Count(int change)
        {
            lock (access)
            {
                if (studies.Find(one => one.Study == study) is { } found)
                    found.Followers += change;
                Forget();
            }
        }
    }

    private void Forget()
    {
        for (var place = studies.Count - 1; place > 0 && studies.Count > MostStudies; place--)
        {
            if (studies[place].Followers == 0)
                studies.RemoveAt(place);
        }
    }

    /// <summary>Does something with a study; what it refuses is told with paths as the page knows them.</summary>
    public T Ask<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (EigenflowException exception) when (gate.Root is { } root && exception.Message.Contains(root, StringComparison.Ordinal))
        {
            throw new ExplorerException(exception.Message.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(root, ".", StringComparison.Ordinal));
        }
    }

    private sealed class Shelved(string folder, LiveStudy study)
    {
        public string Folder => folder;

        public LiveStudy Study => study;

        public int Followers { get; set; }
    }

    private sealed class Follower(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
