using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Eigenflow.Cli;

/// <summary>The command <c>eigenflow</c>.</summary>
public static class Program
{
    // The parts of the program are files of their own, and with fewer not even the one that prints errors can be opened.
    private const int LeastFiles = 128;
    private const int Failed = 1;

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>0 done; 1 a claim or run failed; 2 wrong usage; 70 a defect; 130 interrupted.</returns>
    public static Task<int> Main(string[] arguments)
    {
        if (FileLimit() is not { } limit || limit >= LeastFiles)
            return Run(arguments);

        // With what is loaded already: the console is a file of its own.
        using var error = new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, 1);
        error.Write(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"eigenflow: this process may open {limit} files at once, and needs {LeastFiles}; raise the limit, such as with ulimit -n 1024.\n")));
        return Task.FromResult(Failed);
    }

    private static async Task<int> Run(string[] arguments)
    {
        Failure.WatchThreads();
        NativeResources.Register();
        using var screen = Screen.OfProcess();
        return await EigenflowCommand.RunAsync(arguments, screen);
    }

    // Of Linux: elsewhere the limit is not told in a file.
    private static int? FileLimit()
    {
        try
        {
            foreach (var line in File.Exists("/proc/self/limits") ? File.ReadLines("/proc/self/limits") : [])
            {
                if (line.StartsWith("Max open files", StringComparison.Ordinal))
                    return int.TryParse(line.AsSpan(26, 21).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then it is not known.
        }

        return null;
    }
}
