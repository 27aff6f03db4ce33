namespace Eigenflow.Data;

/// <summary>
/// What one call of a host has read from input files: within a scope a file is read once, however many settings name it, so that all of a call is about one state of it. What was
/// read first is given up when more than a quarter of the memory would be held. Without a scope every reading is a new one.
/// </summary>
internal sealed class InputScope
{
    private static readonly AsyncLocal<InputScope?> Ambient = new();
    private readonly Lock gate = new();
    private readonly List<(string Kind, string Path, double Bytes, object Contents)> held = [];
    private readonly double budget = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.25;

    /// <summary>Begins a scope for this flow of control and what it starts.</summary>
    public static void Begin() => Ambient.Value = new InputScope();

    /// <summary>The contents of a file, read once in a scope.</summary>
    /// <param name="kind">What it is read as.</param>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="bytes">Memory that the contents take.</param>
    public static T Once<T>(string kind, string path, Func<string, T> read, Func<T, double> bytes)
        where T : class => Ambient.Value is { } scope ? scope.Find(kind, path, read, bytes) : read(path);

    private T Find<T>(string kind, string path, Func<string, T> read, Func<T, double> bytes)
        where T : class
    {
        lock (gate)
        {
            if (held.Find(entry => string.Equals(entry.Kind, kind, StringComparison.Ordinal) && string.Equals(entry.Path, path, StringComparison.Ordinal)).Contents is T known)
                return known;

            // Two large ones may not fit side by side: the oldest goes before the next is read.
            while (held.Count > 0 && held.Sum(entry => entry.Bytes) > budget)
                held.RemoveAt(0);
            var contents = read(path);
            held.Add((kind, path, bytes(contents), contents));
            return contents;
        }
    }
}
