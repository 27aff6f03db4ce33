using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Eigenflow.EndToEnd;

/// <summary>The tool package, made from the tested build, installed from a local folder, and used.</summary>
public sealed class PackageTests : TemporaryFolder
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

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
