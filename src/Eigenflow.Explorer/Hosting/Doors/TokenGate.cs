using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Eigenflow.Explorer.Hosting;

/// <summary>
/// Lets in who knows the secret of this launch. The address that the terminal prints holds it; the browser then keeps it in a cookie that no script reads and no other site sends, and the address is left without it.
/// Scripts send <c>Authorization: Bearer TOKEN</c>.
/// </summary>
internal sealed class TokenGate(RequestDelegate next, ExplorerOptions options)
{
    private const string Name = "token", Scheme = "Bearer ";
    private readonly byte[] secret = Hash(options.Token);
    private byte[]? once = options.OpeningToken is { } opening ? Hash(opening) : null;

    /// <summary>Name of the cookie: browsers do not keep those of two ports apart.</summary>
    public static string CookieOf(int port) => FormattableString.Invariant($"eigenflow-{port}");

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var cookie = CookieOf(context.Connection.LocalPort);
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Query[Name] is [{ } given] && (Is(given) || IsFirst(given)))
        {
            context.Response.Cookies.Append(cookie, options.Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
            var query = new QueryBuilder(request.Query.Where(pair => pair.Key != Name));
            context.Response.Headers.Location = "/" + (request.PathBase + request.Path).ToUriComponent().TrimStart('/') + query.ToQueryString();
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            return Task.CompletedTask;
        }

        if (request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Is(header[Scheme.Length..].Trim()) ? next(context) : throw Refusal();
        return request.Cookies[cookie] is { } kept && Is(kept) ? next(context) : throw Refusal();
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static ExplorerException Refusal() =>
        new("This explorer is private: open the address that the terminal printed when it was started, with the token at its end; scripts send Authorization: Bearer TOKEN.") { Status = StatusCodes.Status401Unauthorized };

    // Whoever sees the address later finds it used.
    private bool IsFirst(string given) => Volatile.Read(ref once) is { } first && CryptographicOperations.FixedTimeEquals(Hash(given), first) && Interlocked.CompareExchange(ref once, null, first) == first;

    // Of hashes, so that neither time nor length tell how much of it is right.
    private bool Is(string given) => CryptographicOperations.FixedTimeEquals(Hash(given), secret);
}
