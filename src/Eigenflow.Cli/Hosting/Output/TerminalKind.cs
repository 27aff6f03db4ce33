namespace Eigenflow.Cli;

/// <summary>What the terminal of this process can show, as the environment says.</summary>
internal static class TerminalKind
{
    // In the order of their rank.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Whether a terminal obeys no codes, as those of editors: neither colours nor moves of the cursor, and ASCII alone.</summary>
    public static bool IsDumb => string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);

    /// <summary>Whether the locale has characters beyond ASCII. Where nothing names one, as in containers, it is taken to have.</summary>
    public static bool IsUnicode
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return Console.OutputEncoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase);
            var locale = LocaleVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
            return locale is null || locale.Contains("utf-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);
        }
    }
}
