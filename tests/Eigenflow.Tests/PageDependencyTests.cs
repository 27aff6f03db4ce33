using System.Text.Json;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests;

/// <summary>docs/dependencies.md names what the front end installs; its lock file has a hash for each, and no registry.</summary>
public sealed class PageDependencyTests
{
    // Builds of one package for each platform.
    private static readonly string[] Families = ["@rolldown/binding-", "@typescript/typescript-", "lightningcss-"];
    private static readonly string FrontEnd = Path.Combine(RepositoryRoot.Path, "src", "Eigenflow.FrontEnd");

    [Fact]
    public void TheListIsWhatTheLockFileHolds()
    {
        var listed = Listed();
        listed.Select(one => (one.Name, one.Version, one.Licence, one.IsInPage)).ShouldBe(Locked().Select(one => (one.Name, one.Version, one.Licence, one.IsInPage)).Distinct(), ignoreOrder: true);
        listed.ShouldAllBe(one => one.Reason.Length > 0);
        listed.Where(one => one.IsInPage).ShouldAllBe(one => one.Licence == "MIT");
    }

    [Fact]
    public void EveryPackageOfTheSourcesIsExactAndHasAReason()
    {
        using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(FrontEnd, "package.json")));
        var wanted = ((string[])["dependencies", "devDependencies"]).SelectMany(part => package.RootElement.GetProperty(part).EnumerateObject()).ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal);
        wanted.Count.ShouldBeGreaterThan(4);
        foreach (var (name, version) in wanted)
        {
            version.ShouldMatch(@"^\d+\.\d+\.\d+$", name);
            var one = Listed().Single(one => one.Name == name);
            one.Version.ShouldBe(version);
            one.Reason.ShouldNotStartWith("needed by");
        }
    }

    [Fact]
    public void TheLockFileHasHashesAndNoRegistry()
    {
        var text = File.ReadAllText(Path.Combine(FrontEnd, "package-lock.json"));
        text.ShouldNotContain("\"resolved\"");
        text.ShouldNotContain("registry");
        File.ReadAllText(Path.Combine(FrontEnd, ".npmrc")).ShouldContain("omit-lockfile-registry-resolved=true");
        foreach (var one in Locked())
            one.Integrity.ShouldStartWith("sha512-", Case.Sensitive, one.Name);
    }

    [Fact]
    public void NothingRunsWhenItIsInstalled() => Locked().Where(one => one.HasScript).ShouldBeEmpty();

    private static List<(string Name, string Version, string Licence, string Integrity, bool IsInPage, bool HasScript)> Locked()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(FrontEnd, "package-lock.json")));
        return [.. document.RootElement.GetProperty("packages").EnumerateObject().Where(one => one.Name.Length > 0).Select(one =>
        {
            var name = one.Name[(one.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..];
            var family = Array.Find(Families, family => name.StartsWith(family, StringComparison.Ordinal));
            return (family is null ? name : family + "*", one.Value.GetProperty("version").GetString()!, one.Value.GetProperty("license").GetString()!, one.Value.GetProperty("integrity").GetString()!, !one.Value.TryGetProperty("dev", out _), one.Value.TryGetProperty("hasInstallScript", out _));
        })];
    }

    private static List<(string Name, string Version, string Licence, string Reason, bool IsInPage)> Listed()
    {
        var rows = new List<(string, string, string, string, bool)>();
        var heading = "";
        foreach (var line in File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "dependencies.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                heading = line;
            if (heading.Contains("the page", StringComparison.Ordinal) && line.StartsWith("| ", StringComparison.Ordinal) && line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var name, var version, var licence, var reason] && char.IsAsciiDigit(version[0]))
                rows.Add((name, version, licence, reason, heading.EndsWith("In the page", StringComparison.Ordinal)));
        }

        return rows;
    }
}
