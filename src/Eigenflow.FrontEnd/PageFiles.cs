using System.Collections.Frozen;
using System.Reflection;

namespace Eigenflow.FrontEnd;

/// <summary>The files of the built front end: <c>app/…</c> is the page of the explorer, <c>report/…</c> the charts of reports, <c>static/…</c> the exported page.</summary>
public static class PageFiles
{
    private static readonly Assembly Own = typeof(PageFiles).Assembly;
    private static readonly FrozenSet<string> Names = Own.GetManifestResourceNames().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether this build has a page: one that was made without Node.js has none.</summary>
    public static bool Exist => Names.Contains("app/index.html");

    /// <summary>What to tell a user of a build without a page.</summary>
    public static string Missing => "this build of eigenflow has no page, because Node.js was missing when it was built; install Node.js 20.19 or later and build again (all other commands work without it)";

    /// <summary>Names of the files of a part.</summary>
    /// <param name="part">Such as <c>app</c>.</param>
    public static IEnumerable<string> Of(string part) => Names.Where(name => name.StartsWith(part + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The bytes of a file, or null where there is none.</summary>
    /// <param name="name">Such as <c>app/index.html</c>.</param>
    public static byte[]? Read(string name)
    {
        if (!Names.Contains(name))
            return null;
        using var stream = Own.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
