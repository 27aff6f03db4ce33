using System.Diagnostics;
using System.Reflection;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Share;

/// <summary>Compiles programs that the page gives, with the compiler of the SDK that built this test.</summary>
internal static class Programs
{
    /// <summary>What a program prints.</summary>
    /// <param name="text">A program of statements with its usings above an empty line.</param>
    public static async Task<string> Output(string text)
    {
        var folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;
        try
        {
            var body = text.IndexOf("\n\n", StringComparison.Ordinal);
            await File.WriteAllTextAsync(
                Path.Combine(folder, "programs.cs"),
                $"{text[..body]}\npublic static class Programs {{ public static void Main(System.IO.TextWriter output) {{ {text[body..].Replace("Console.WriteLine(", "output.WriteLine(", StringComparison.Ordinal)} }} }}",
                TestContext.Current.CancellationToken);
            using var output = new StringWriter();
            Assembly.LoadFile(await Compiled(folder)).GetType("Programs")!.GetMethod("Main")!.Invoke(null, [output]);
            return output.ToString();
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Compiles the file programs.cs of a folder; gives the path of the assembly.</summary>
    public static async Task<string> Compiled(string folder)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var sdks = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "sdk"));
        var compiler = Directory.GetFiles(sdks, "csc.dll", SearchOption.AllDirectories).Where(path => path.Contains("bincore", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Last();
        var references = Directory.GetFiles(runtime, "System*.dll").Append(typeof(ISystem).Assembly.Location);
        var output = Path.Combine(folder, "programs.dll");
        await File.WriteAllLinesAsync(Path.Combine(folder, "programs.rsp"), [.. references.Select(path => $"-r:\"{path}\""), "-target:library", "-warnaserror", "-nullable:enable", $"-out:\"{output}\"", $"\"{Path.Combine(folder, "programs.cs")}\""], TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && host.EndsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet", [compiler, "-noconfig", "-nologo", "@" + Path.Combine(folder, "programs.rsp")]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, said);
        return output;
    }
}
