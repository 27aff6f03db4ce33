using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Eigenflow.Studies;

/// <summary>What identifies a process on its machine, so that others on the same machine see at once whether it still runs.</summary>
/// <param name="Machine">Hash of the name of the machine, its boot and the space of its process numbers.</param>
/// <param name="Number">The process number.</param>
/// <param name="Start">When it started, in ticks since the boot; empty where that is not known.</param>
internal sealed record ProcessIdentity(string Machine, int Number, string Start)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new(ThisMachine(), Environment.ProcessId, StartOf(Environment.ProcessId));

    /// <summary>The process that a name begins with, or null.</summary>
    public static ProcessIdentity? Parse(string name)
    {
        var parts = name.Split('.');
        return parts.Length == 4 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ProcessIdentity(parts[0], number, parts[2]) : null;
    }

    /// <summary>A name that no other process has, nor another part of this one.</summary>
    public string NewName() => string.Create(CultureInfo.InvariantCulture, $"{Machine}.{Number}.{Start}.{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>Whether it is known to have ended: only of processes of this machine.</summary>
    public bool HasEnded
    {
        get
        {
            if (!string.Equals(Machine, Current.Machine, StringComparison.Ordinal))
                return false;
            try
            {
                using var process = Process.GetProcessById(Number);
                return process.HasExited || !string.Equals(StartOf(Number), Start, StringComparison.Ordinal);
            }
            catch (ArgumentException)
            {
                return true;
            }
            catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }

    private static string ThisMachine() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join(' ', Environment.MachineName, ReadLine("/proc/sys/kernel/random/boot_id"), LinkOf("/proc/self/ns/pid")))).AsSpan(0, 5));

    // Field 22 of stat counts from the boot, so that a clock that is set does not change it. The name in field 2 may hold blanks and parentheses.
    private static string StartOf(int number)
    {
        var line = ReadLine(string.Create(CultureInfo.InvariantCulture, $"/proc/{number}/stat"));
        var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 ? fields[19] : "";
    }

    private static string ReadLine(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadLines(path).FirstOrDefault() ?? "" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string LinkOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
