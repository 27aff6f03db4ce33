using System.Net;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.Hosting;

/// <summary>Who asks: a page by the id that it has made for itself, else all that comes from one address. Work is done for them in turn.</summary>
internal static class PageClient
{
    /// <summary>The header with the id of a page.</summary>
    public const string Header = "X-Eigenflow-Page";

    private const int LongestId = 64;
    private static readonly AsyncLocal<string?> Asking = new();

    /// <summary>Who asks for what is done now; empty for the server itself.</summary>
    public static string Current => Asking.Value ?? "";

    /// <summary>Remembers who asks for what is done from here on.</summary>
    public static void Remember(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var id = context.Request.Headers[Header] is [{ Length: > 0 and <= LongestId } one] && one.All(char.IsAsciiLetterOrDigit) ? one : "";
        Asking.Value = $"{address} {id}";
    }
}
