using System.Diagnostics;
using Eigenflow.FrontEnd;
using Eigenflow.Tests;

namespace Eigenflow.EndToEnd;

/// <summary>A machine without Node.js builds everything but the page, and says so.</summary>
public sealed class PageBuildTests : TemporaryFolder
{
    [Fact]
    public async Task WithoutNodeTheBuildWarnsAndTheCommandWorks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The search path of this test holds a shell alone.");
        var frontEnd = Copy();
        var build = await Run("dotnet", ShellAlone(), "build", frontEnd, "-c", "Release", "-nologo", "-v", "minimal");
        build.ExitCode.ShouldBe(0, build.Output);
        build.Output.ShouldContain("warning EFPAGE: Node.js 20.19 or later is missing");
        build.Output.ShouldContain("0 Error(s)");

        // The command, with the assembly that has no page in place of the other.
        var program = Path.Combine(Folder, "program");
        Link(AppContext.BaseDirectory, program);
        File.Delete(Path.Combine(program, "Eigenflow.FrontEnd.dll"));
        File.Copy(Path.Combine(frontEnd, "bin", "Release", "net10.0", "Eigenflow.FrontEnd.dll"), Path.Combine(program, "Eigenflow.FrontEnd.dll"));
        var systems = await Run("dotnet", null, Path.Combine(program, "Eigenflow.Cli.dll"), "systems");
        systems.ExitCode.ShouldBe(0, systems.Output);
        systems.Output.ShouldContain("phase-retrieval");
        var explore = await Run("dotnet", null, Path.Combine(program, "Eigenflow.Cli.dll"), "explore");
        explore.ExitCode.ShouldNotBe(0);
        explore.Output.ReplaceLineEndings(" ").ShouldContain(PageFiles.Missing);
    }

    // What the build of the front end reads, without what it made.
    private string Copy()
    {
        var target = Path.Combine(Folder, "src", "Eigenflow.FrontEnd");
        Directory.CreateDirectory(Path.Combine(target, "src"));
        Directory.CreateDirectory(Path.Combine(Folder, "build"));
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "README.md", ".editorconfig", "build/FrontEnd.targets"])
            File.Copy(Path.Combine(RepositoryRoot.Path, name), Path.Combine(Folder, name));
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "src", "Eigenflow.FrontEnd")))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return target;
    }

    // A search path on which there is a shell, and nothing else.
    private string ShellAlone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "shell")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "sh"), "/bin/sh");
        return folder;
    }

    // The program beside which assemblies are sought is a copy, all else are links.
    private static void Link(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in Directory.GetFileSystemEntries(from))
        {
            var target = Path.Combine(to, Path.GetFileName(entry));
            if (Path.GetFileName(entry).StartsWith("Eigenflow.Cli.", StringComparison.Ordinal))
                File.Copy(entry, target);
            else
                File.CreateSymbolicLink(target, entry);
        }
    }

    private async Task<(int ExitCode, string Output)> Run(string program, string? path, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (path is not null)
        {
            start.FileName = Find(program);
            start.Environment["PATH"] = path;
        }

        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.Remove("EIGENFLOW_WITHOUT_PAGE");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    private static string Find(string program) => Path.IsPathRooted(program) ? program
        : Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
