using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests;

/// <summary>docs/dependencies.md is what is restored: packages, versions and licences, and lock files of every project that name no registry.</summary>
public sealed class DependencyTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static readonly string[] Projects = [.. ((string[])["src", "tests", "bench"]).SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    private static readonly string[] Packages = [.. Projects.Select(project => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))];

    [Fact]
    public void TheListIsWhatTheLockFilesResolve()
    {
        var listed = Listed();
        listed.Select(one => (one.Name, one.Version)).ShouldBe(Packages.SelectMany(Resolved).Distinct().OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Version, StringComparer.Ordinal), ignoreOrder: true);
        listed.ShouldAllBe(one => one.Licence.Length > 0 && one.Reason.Length > 0);

        // What stands in the table of the product is what the product restores.
        var product = Packages.Where(file => file.StartsWith(Path.Combine(Root, "src"), StringComparison.Ordinal)).SelectMany(Resolved).Distinct();
        listed.Where(one => one.IsProduct).Select(one => (one.Name, one.Version)).ShouldBe(product, ignoreOrder: true);
    }

    [Fact]
    public void EveryVersionOfTheSourcesIsListedWithAReason()
    {
        var listed = Listed();
        var versions = XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion").ToArray();
        versions.Length.ShouldBeGreaterThan(10);
        foreach (var version in versions)
        {
            var name = (string)version.Attribute("Include")!;
            var one = listed.Single(one => string.Equals(one.Name, name, StringComparison.Ordinal));
            one.Version.ShouldBe((string)version.Attribute("Version")!);
            one.Reason.ShouldNotStartWith("needed by");
        }
    }

    // The licence that a package states, wherever it has been restored.
    [Fact]
    public void LicencesAreThoseThatPackagesState()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Assert.SkipUnless(Directory.Exists(folder), "The restored packages lie elsewhere.");
        var compared = 0;
        foreach (var one in Listed())
        {
            var (name, version) = (one.Name.ToLowerInvariant(), one.Version.ToLowerInvariant());
            var nuspec = Path.Combine(folder, name, version, name + ".nuspec");
            if (!File.Exists(nuspec))
                continue;
            var licence = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression");
            if (licence is null)
                continue;
            one.Licence.ShouldBe(licence.Value, one.Name);
            compared++;
        }

        compared.ShouldBeGreaterThan(15);
    }

    // The lock files of platforms may only add nothing: the same packages with the same contents.
    [Fact]
    public void LockFilesNameNoRegistryAndAgree()
    {
        foreach (var file in Packages)
        {
            var text = File.ReadAllText(file);
            text.ShouldNotContain("http");
            text.ShouldContain("contentHash");
            foreach (var platform in Directory.Exists(Path.Combine(Path.GetDirectoryName(file)!, "locks")) ? Directory.GetFiles(Path.Combine(Path.GetDirectoryName(file)!, "locks")) : [])
            {
                File.ReadAllText(platform).ShouldNotContain("http");
                Hashes(platform).ShouldBe(Hashes(file), ignoreOrder: true, platform);
            }
        }

        Directory.GetFiles(Path.Combine(Root, "src", "Eigenflow.Cli", "locks")).ShouldNotBeEmpty();
    }

    private static List<(string Name, string Version, string Licence, string Reason, bool IsProduct)> Listed()
    {
        var rows = new List<(string, string, string, string, bool)>();
        var (isProduct, isPage) = (false, false);
        foreach (var line in File.ReadLines(Path.Combine(Root, "docs", "dependencies.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                (isProduct, isPage) = (line.EndsWith("In the product", StringComparison.Ordinal), line.Contains("the page", StringComparison.Ordinal));
            if (!isPage && line.StartsWith("| ", StringComparison.Ordinal) && line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var name, var version, var licence, var reason] && char.IsAsciiDigit(version[0]))
                rows.Add((name, version, licence, reason, isProduct));
        }

        return rows;
    }

    private static IEnumerable<(string Name, string Version)> Resolved(string file) => Entries(file).Select(one => (one.Name, one.Entry.GetProperty("resolved").GetString()!));

    private static IEnumerable<string> Hashes(string file) => Entries(file).Select(one => $"{one.Name} {one.Entry.GetProperty("contentHash").GetString()}").Distinct();

    private static List<(string Name, JsonElement Entry)> Entries(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .Where(one => one.Value.GetProperty("type").GetString() != "Project").Select(one => (one.Name, one.Value.Clone()))];
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
