using System.Net;
using System.Security.Cryptography;
using Eigenflow.Data;
using Eigenflow.Explorer;

namespace Eigenflow.Cli;

/// <summary>Reads what <c>eigenflow explore</c> was asked for.</summary>
internal static class ExploreOptions
{
    /// <summary>Fewest characters of a token that a user chooses.</summary>
    public const int ShortestToken = 16;

    /// <summary>The variable of the environment that holds a token.</summary>
    public const string TokenVariable = "EIGENFLOW_TOKEN";

    private const int LongestToken = 200;
    private const double LeastMemory = 2.5e8, MostMemory = 1e15;

    /// <summary>Reads.</summary>
    /// <param name="listen">Address and names.</param>
    /// <param name="port">The port.</param>
    /// <param name="token">The secret.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="memory">The memory.</param>
    /// <exception cref="EigenflowException">One of them is not allowed.</exception>
    public static ExplorerOptions Read(string? listen, long? port, string? token, string? folder, string? memory)
    {
        var (address, names) = Listening(listen);
        var given = Token(token);
        if (given is null && !IPAddress.IsLoopback(address))
            throw new ParameterException("token", "(nothing)", $"a secret of at least {ShortestToken} characters beside --listen {address}", "whoever reaches the address can otherwise use this machine: give --token TEXT");
        if (folder is not null && !Directory.Exists(folder))
            throw new ParameterException("folder", folder, "a folder that exists", File.Exists(folder) ? "it is a file: give the folder that holds it" : "");
        var options = new ExplorerOptions
        {
            Address = address,
            Names = names,
            Port = (int)(port ?? 0),
            Token = given ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Folder = folder,
        };
        return memory is null ? options : options with { Memory = Memory(memory) };
    }

    private static string? Token(string? typed)
    {
        if ((typed ?? Environment.GetEnvironmentVariable(TokenVariable)) is not { Length: > 0 } token)
            return typed is null ? null : throw Refuse();
        return token.Length is >= ShortestToken and <= LongestToken && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~') ? token : throw Refuse();

        // The secret itself is not printed.
        static ParameterException Refuse() => new("token", "(hidden)", FormattableString.Invariant($"{ShortestToken} to {LongestToken} letters, digits, '-', '.', '_' or '~'"), "such as that of: openssl rand -hex 16");
    }

    private static (IPAddress Address, IReadOnlyList<string> Names) Listening(string? text)
    {
        const string allowed = "an address such as 0.0.0.0, 192.168.1.5 or ::1, and names behind commas";
        if (text is null)
            return (IPAddress.Loopback, []);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var address = parts[0] is "localhost" ? IPAddress.Loopback : IPAddress.TryParse(parts[0], out var read) ? read : throw new ParameterException("listen", text, allowed, "a name goes behind the address: --listen 0.0.0.0," + parts[0]);
        if (Array.Find(parts[1..], name => Uri.CheckHostName(name) is not UriHostNameType.Dns) is { } wrong)
            throw new ParameterException("listen", text, allowed, $"'{wrong}' is no name of a machine");

        // The name of this machine is no site that could be turned to it.
        return (address, IPAddress.IsLoopback(address) ? parts[1..] : [.. parts[1..], Environment.MachineName]);
    }

    private static long Memory(string text)
    {
        var digits = text.EndsWith('B') && text.Length > 1 && char.IsAsciiLetter(text[^2]) ? text[..^1] : text;
        return QuantityText.TryParse(digits, isDecimalComma: false, out var bytes) && bytes is >= LeastMemory and <= MostMemory
            ? (long)bytes
            : throw new ParameterException("memory", text, "a size of at least 0.25G, such as 8G");
    }
}
