using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Eigenflow.FrontEnd;
using Eigenflow.Rendering;

namespace Eigenflow.Browser.Pages;

/// <summary>What is loaded before a system can be played with weighs at most 150 kB, compressed; fonts come on top.</summary>
public sealed partial class WeightTests
{
    private const int Most = 150_000;

    [Theory]
    [InlineData("gallery")]
    [InlineData("system")]
    public void TheFirstLoadIsLight(string view)
    {
        var page = Text("app/index.html");
        var names = new HashSet<string>(StringComparer.Ordinal) { "app/index.html" };
        foreach (Match link in Links().Matches(page))
        {
            if (PageFiles.Read("app/" + link.Groups[1].Value) is not null)
                Add(names, "app/" + link.Groups[1].Value);
        }

        // The part of the view, with the style sheets that its import names.
        foreach (var part in PageFiles.Of("app").Where(name => name.EndsWith(".js", StringComparison.Ordinal) && Path.GetFileName(name).StartsWith(view + "-", StringComparison.Ordinal)).ToArray())
        {
            Add(names, part);
            foreach (var sheet in names.ToArray().SelectMany(name => Sheets(name, Path.GetFileName(part))))
                Add(names, sheet);
        }

        names.Any(name => Path.GetFileName(name).StartsWith(view + "-", StringComparison.Ordinal)).ShouldBe(true, $"the page has a part for the {view}");
        var sizes = names.Order(StringComparer.Ordinal).Select(name => (Name: name, Size: Compressed(PageFiles.Read(name)!))).Append(("theme.css", Compressed(Encoding.UTF8.GetBytes(PageTheme.Css())))).ToArray();
        foreach (var (name, size) in sizes)
            TestContext.Current.TestOutputHelper!.WriteLine($"{size,8} {name}");
        var sum = sizes.Sum(pair => pair.Item2);
        TestContext.Current.TestOutputHelper!.WriteLine($"{sum,8} bytes in all");
        sum.ShouldBeLessThanOrEqualTo(Most);
    }

    [Fact]
    public void FontsAreOfOneFormat() =>
        PageFiles.Of("app").Where(name => name.EndsWith(".ttf", StringComparison.Ordinal) || name.EndsWith(".woff", StringComparison.Ordinal)).ShouldBeEmpty();

    // A script comes with all that it imports at once.
    private static void Add(HashSet<string> names, string name)
    {
        if (!names.Add(name) || !name.EndsWith(".js", StringComparison.Ordinal))
            return;
        foreach (Match import in Imports().Matches(Text(name)))
            Add(names, "app/assets/" + import.Groups[1].Value);
    }

    // The style sheets that a script loads together with a part.
    private static IEnumerable<string> Sheets(string script, string part)
    {
        if (!script.EndsWith(".js", StringComparison.Ordinal))
            yield break;
        var text = Text(script);
        if (!text.Contains("__vite__mapDeps", StringComparison.Ordinal))
            yield break;
        var files = Files().Matches(Dependencies().Match(text).Groups[1].Value).Select(match => match.Groups[1].Value).ToArray();
        foreach (Match load in Regex.Matches(text, $@"import\([`'""]\./{Regex.Escape(part)}[`'""]\)[^,]{{0,40}},__vite__mapDeps\(\[([\d,]*)\]\)", RegexOptions.None, TimeSpan.FromSeconds(5)))
        {
            foreach (var index in load.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
                yield return "app/assets/" + files[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)];
        }
    }

    private static string Text(string name) => Encoding.UTF8.GetString(PageFiles.Read(name) ?? throw new InvalidOperationException($"{name} is not in the page"));

    private static int Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return (int)target.Length;
    }

    [GeneratedRegex("""(?:src|href)="\./([^"]+)""", RegexOptions.None, 1000)]
    private static partial Regex Links();

    [GeneratedRegex("""(?:\bfrom|\bimport)\s*[`'"]\./([^`'"]+\.js)[`'"]""", RegexOptions.None, 1000)]
    private static partial Regex Imports();

    [GeneratedRegex(@"m\.f=\[([^\]]*)\]", RegexOptions.None, 1000)]
    private static partial Regex Dependencies();

    [GeneratedRegex("""[`'"]\./([^`'"]+)[`'"]""", RegexOptions.None, 1000)]
    private static partial Regex Files();
}
