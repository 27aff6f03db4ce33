using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Eigenflow.EndToEnd;

/// <summary>The tool package, made from the tested build, installed from a local folder, and used.</summary>
public sealed partial class PackageTests : TemporaryFolder
{
    [Fact]
    public async Task TheToolPackageInstallsAndWorks()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var project = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "src", "Eigenflow.Cli"));
        await Succeeds("dotnet", "pack", project, "--no-build", "-c", configuration, "-o", Path.Combine(Folder, "packages"));

        // No other source than the folder: nothing may be missing from the package.
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "nuget.config"), "<configuration><packageSources><clear/><add key=\"local\" value=\"packages\"/></packageSources></configuration>", TestContext.Current.CancellationToken);
        await Succeeds("dotnet", "tool", "install", "Eigenflow.Tool", "--tool-path", "tools", "--configfile", "nuget.config");
        var tool = Path.Combine(Folder, "tools", "eigenflow");
        (await Succeeds(tool, "run", "phase-retrieval", "--times", "1,10", "--format", "json")).ShouldContain("\"runs\"");
        await Succeeds(tool, "reproduce", "phase-retrieval", "--figure", "3", "--out", "out");
        new FileInfo(Path.Combine(Folder, "out", "figures", "figure-3.png")).Length.ShouldBeGreaterThan(10_000);
        await ThePageIsInside(tool);
        await NoticesAreComplete(Path.Combine(project, "packages.lock.json"));
    }

    // The installed tool serves the page: who uses it needs no Node.js.
    private async Task ThePageIsInside(string tool)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, ["explore", "--no-browser", "--format", "json"]) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        try
        {
            using var opened = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            using var client = new HttpClient();
            var page = await client.GetStringAsync(new Uri(opened.RootElement.GetProperty("open").GetString()!), TestContext.Current.CancellationToken);
            page.ShouldContain("<title>Eigenflow</title>");
            var script = ScriptOfPage().Match(page).Groups[1].Value;
            (await client.GetStringAsync(new Uri(new Uri(opened.RootElement.GetProperty("address").GetString() + "/"), script), TestContext.Current.CancellationToken)).Length.ShouldBeGreaterThan(1000);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    // Every package whose files are in the tool, with a text of its licence; the analyzers are not.
    private async Task NoticesAreComplete(string locked)
    {
        var notices = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(Folder, "tools"), "THIRD-PARTY-NOTICES.txt", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken);
        Directory.GetFiles(Path.Combine(Folder, "tools"), "LICENSE", SearchOption.AllDirectories).ShouldNotBeEmpty();
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(locked, TestContext.Current.CancellationToken));
        var packages = document.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(one => one.Value.GetProperty("type").GetString() != "Project" && !one.Name.Contains("Analyzer", StringComparison.Ordinal)).ToArray();
        packages.Length.ShouldBeGreaterThan(15);
        foreach (var package in packages)
            notices.ShouldContain($"\n{package.Name} {package.Value.GetProperty("resolved").GetString()}, ");
        notices.ShouldContain("LICENSE-DejaVu.txt, embedded");
        notices.ShouldContain("\nkatex 0.");
        notices.ShouldContain("\nuplot 1.");
        notices.ShouldContain("SIL OPEN FONT LICENSE");
        notices.ShouldContain("Copyright (c) 2017 Milosz Krajewski");
        notices.ShouldNotContain("<copyright>");
        notices.ShouldNotContain("Analyzers ");
    }

    private async Task<string> Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await errors}");
        return output;
    }

    [GeneratedRegex("type=\"module\"[^>]* src=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex ScriptOfPage();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
