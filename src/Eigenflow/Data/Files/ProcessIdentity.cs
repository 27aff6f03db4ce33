using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Eigenflow.Data;

/// <summary>What identifies a process on its machine, so that others on the same machine see at once whether it still runs.</summary>
/// <param name="Machine">Hash of the name of the machine and of its installation.</param>
/// <param name="Boot">Hash of its boot; empty where that is not known.</param>
/// <param name="Space">Hash of the space of its process numbers, which a container has for itself.</param>
/// <param name="Number">The process number.</param>
/// <param name="Start">When it started, in ticks since the boot; empty where that is not known.</param>
internal sealed record ProcessIdentity(string Machine, string Boot, string Space, int Number, string Start)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new(ThisMachine(), Hash(BootId(), 4), Hash(LinkOf("/proc/self/ns/pid"), 3), Environment.ProcessId, StartOf(Environment.ProcessId));

    /// <summary>The process that a name begins with, or null.</summary>
    public static ProcessIdentity? Parse(string name)
    {
        var parts = name.Split('.');
        return parts.Length == 6 && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ProcessIdentity(parts[0], parts[1], parts[2], number, parts[4]) : null;
    }

    /// <summary>A name that no other process has, nor another part of this one.</summary>
    public string NewName() => string.Create(CultureInfo.InvariantCulture, $"{Machine}.{Boot}.{Space}.{Number}.{Start}.{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>Whether it is known to have ended: only of processes of this machine.</summary>
    public bool HasEnded
    {
        get
        {
            if (!string.Equals(Machine, Current.Machine, StringComparison.Ordinal))
                return false;

            // Nothing outlives a boot.
            if (!string.Equals(Boot, Current.Boot, StringComparison.Ordinal))
                return Boot.Length > 0 && Current.Boot.Length > 0;
            if (!string.Equals(Space, Current.Space, StringComparison.Ordinal))
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

    // Where the installation has no name of its own, two machines may share the name that is left: then each boot counts as a machine.
    private static string ThisMachine() => Hash(Environment.MachineName + " " + (ReadLine("/etc/machine-id") is { Length: > 0 } installation ? installation : BootId()), 5);

    private static string BootId() => ReadLine("/proc/sys/kernel/random/boot_id");

    private static string Hash(string text, int length) => text.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, length));

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
