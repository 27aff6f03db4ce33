using System.Text;
using System.Text.RegularExpressions;
using Eigenflow.Explorer.Contracts;

namespace Eigenflow.Explorer.Exports;

/// <summary>Files that a page handed over have names of this session in settings (<c>file:data:ID/NAME</c>), which nothing outside of it knows: what is exported names the file alone, and the page offers it beside.</summary>
internal static partial class HandedFiles
{
    /// <summary>Refuses two files of one name, which could not be told apart outside.</summary>
    /// <param name="runs">The runs that are exported.</param>
    /// <exception cref="ExplorerException">There are such.</exception>
    public static void Check(IEnumerable<RunRequest> runs)
    {
        foreach (var same in runs.SelectMany(run => run?.Setting?.Values ?? []).Select(value => Reference().Match(value ?? "")).Where(match => match.Success).Select(match => (Id: match.Groups["id"].Value, Name: match.Groups["name"].Value)).Distinct().GroupBy(file => file.Name, StringComparer.Ordinal))
        {
            if (same.Count() > 1)
                throw new ExplorerException($"Two different files called {same.Key} are shown; outside of this page they could not be told apart: give one of them another name and hand it over again.");
        }
    }

    /// <summary>A text with the names of files as they are outside of this session.</summary>
    /// <param name="text">Any text.</param>
    public static string Named(string text) => Place().Replace(text, "file:");

    /// <summary>The same of a text in UTF-8.</summary>
    /// <param name="bytes">The text.</param>
    public static byte[] Named(byte[] bytes) => bytes.AsSpan().IndexOf("file:data:"u8) < 0 ? bytes : Encoding.UTF8.GetBytes(Named(Encoding.UTF8.GetString(bytes)));

    [GeneratedRegex(@"file:data:(?<id>[0-9a-f]+)/(?<name>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("file:data:[0-9a-f]+/", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
