namespace Eigenflow.Data;

/// <summary>
/// Which files may be read as input in this flow of control. A host that answers others, such as a server, sets a rule: every reader asks it before it looks at a path. Without a rule a path is what the file
/// system makes of it.
/// </summary>
internal static class InputGate
{
    private static readonly AsyncLocal<Func<string, string>?> Ambient = new();

    /// <summary>The rule: from a path as it was named to the path that is opened; it throws an <see cref="EigenflowException"/> where reading is not allowed. It flows into the threads and tasks that are started here.</summary>
    public static Func<string, string>? Rule
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The path that is opened for one that was named.</summary>
    public static string Resolve(string path) => Ambient.Value is { } rule ? rule(path) : path;
}
