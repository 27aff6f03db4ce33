using System.ComponentModel;
using System.Diagnostics;

namespace Eigenflow.Cli;

/// <summary>The browser of the user.</summary>
internal static class PageBrowser
{
    /// <summary>Whether a person sits before it: a terminal, and a desktop.</summary>
    public static bool IsThere => !Console.IsErrorRedirected && !TerminalKind.IsDumb && (!OperatingSystem.IsLinux() || IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY"));

    /// <summary>Opens an address. Where that does not work, nothing is said: the address stands in the terminal.</summary>
    public static void Open(string address)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })?.Dispose();
            else
                Start(OperatingSystem.IsMacOS() ? "open" : "xdg-open", address);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            // There is none.
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    // What it prints would go between the lines of the terminal.
    private static void Start(string program, string address)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [address]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true });
        process?.StandardInput.Close();
        process?.BeginOutputReadLine();
        process?.BeginErrorReadLine();
    }
}
