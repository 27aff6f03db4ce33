using System.Diagnostics;

namespace Eigenflow.EndToEnd;

/// <summary>The script <c>eigenflow</c> of a checkout says what it does while it builds; a stand-in for dotnet takes the place of the build.</summary>
public sealed class LauncherTests : TemporaryFolder
{
    [Fact]
    public async Task TheFirstBuildSaysWhatHappensAndLaterCallsAreSilent()
    {
        await Prepare("mkdir -p \"$(dirname \"$2\")/Eigenflow.Cli/bin/Release/net10.0\"; : > \"$2/bin/Release/net10.0/Eigenflow.Cli.dll\"");
        var (code, output, error) = await Launch("systems");
        code.ShouldBe(0);
        output.ShouldBe("ran systems\n");
        error.ShouldContain("building for the first time, which takes about a minute");
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);

        (code, output, error) = await Launch("run");
        code.ShouldBe(0);
        output.ShouldBe("ran run\n");
        error.ShouldBeEmpty();

        File.SetLastWriteTimeUtc(Path.Combine(Folder, "src", "changed.cs"), DateTime.UtcNow.AddHours(1));
        (_, _, error) = await Launch("run");
        error.ShouldContain("the sources have changed; building again");
    }

    [Fact]
    public async Task AFailedBuildShowsItsMessages()
    {
        await Prepare("echo 'error CS1002'; exit 1");
        var (code, output, error) = await Launch("systems");
        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("error CS1002");
    }

    private async Task Prepare(string build)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Eigenflow.slnx")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        File.Copy(Path.Combine(root.FullName, "eigenflow"), Path.Combine(Folder, "eigenflow"));
        Directory.CreateDirectory(Path.Combine(Folder, "bin"));
        Directory.CreateDirectory(Path.Combine(Folder, "src", "Eigenflow.Cli", "bin", "Release", "net10.0"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "src", "changed.cs"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.props"), "", TestContext.Current.CancellationToken);
        var stand = Path.Combine(Folder, "bin", "dotnet");
        await File.WriteAllTextAsync(stand, $"#!/usr/bin/env bash\nif [ \"$1\" = build ]; then {build}; exit 0; fi\nshift\necho \"ran $*\"\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stand, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Output, string Error)> Launch(string arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Folder, "eigenflow"), arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = Path.Combine(Folder, "bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, error);
    }
}
