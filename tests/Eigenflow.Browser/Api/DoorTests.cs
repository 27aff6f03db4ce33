using System.Net;

namespace Eigenflow.Browser.Api;

/// <summary>Who is let in: the token, the name of the host, the origin, the kind of a body; and what every answer tells the browser.</summary>
public sealed class DoorTests(ApiSession session)
{
    private static readonly string[] Headers = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control"];

    [Theory]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Bearer fedcba9876543210fedcba987654321", 401)]
    [InlineData("Bearer fedcba9876543210fedcba98765432100", 401)]
    [InlineData("Basic fedcba9876543210fedcba9876543210", 401)]
    [InlineData("Bearer fedcba9876543210fedcba9876543210", 200)]
    [InlineData("bearer fedcba9876543210fedcba9876543210", 200)]
    public async Task OnlyTheTokenOpens(string? authorization, int status)
    {
        var header = authorization is null ? "" : $"Authorization: {authorization}\r\n";
        var answer = await session.Raw($"GET /api/systems HTTP/1.1\r\nHost: {session.Address.Authority}\r\n{header}Connection: close\r\n\r\n");
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        if (status == 401)
            answer.ShouldContain("open the address that the terminal printed");
    }

    [Fact]
    public async Task TheFirstAddressBecomesACookie()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var first = await client.GetAsync(new Uri(session.Address, $"/?token={ApiSession.Token}&a=b"), TestContext.Current.CancellationToken);
        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        first.Headers.Location!.OriginalString.ShouldBe("/?a=b");
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith($"eigenflow-{session.Address.Port}={ApiSession.Token};");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("path=/");
        using var request = new HttpRequestMessage(HttpMethod.Get, session.Address);
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var page = await client.SendAsync(request, TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("type=\"module\"");

        // Never to another site.
        (await session.Raw($"GET //example.org/?token={ApiSession.Token} HTTP/1.1\r\nHost: {session.Address.Authority}\r\nConnection: close\r\n\r\n")).ShouldContain("\r\nLocation: /example.org/\r\n");
        using var wrong = await client.GetAsync(new Uri(session.Address, "/?token=0"), TestContext.Current.CancellationToken);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Headers.Contains("Set-Cookie").ShouldBeFalse();
        var words = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        wrong.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        words.ShouldContain("This explorer is private");
    }

    [Theory]
    [InlineData("Host: {0}", 200)]
    [InlineData("Host: localhost:{1}", 200)]
    [InlineData("Host: LOCALHOST:{1}", 200)]
    [InlineData("Host: [::1]:{1}", 200)]
    [InlineData("Host: localhost", 421)]
    [InlineData("Host: localhost:1", 421)]
    [InlineData("Host: evil.example:{1}", 421)]
    [InlineData("Host: localhost.evil.example:{1}", 421)]
    [InlineData("Host: 127.0.0.1.evil.example:{1}", 421)]
    [InlineData("Host: 192.168.0.1:{1}", 421)]
    [InlineData("Host: 0.0.0.0:{1}", 421)]
    [InlineData("Host: ", 421)]
    [InlineData("Host: a\r\nHost: b", 400)]
    [InlineData("Host: evil.example:{1}\r\nX-Forwarded-Host: localhost:{1}", 421)]
    [InlineData("X: y", 400)]
    public async Task OnlyItsOwnNameIsAnswered(string host, int status)
    {
        var answer = await session.Raw($"GET /api/systems HTTP/1.1\r\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, host, session.Address.Authority, session.Address.Port)}\r\nAuthorization: Bearer {ApiSession.Token}\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task OldRequestsWithoutAHostAreRefused()
    {
        (await session.Raw($"GET /api/systems HTTP/1.0\r\nAuthorization: Bearer {ApiSession.Token}\r\n\r\n")).ShouldStartWith("HTTP/1.1 421 ");
        (await session.Raw($"GET http://evil.example/api/systems HTTP/1.1\r\nHost: {session.Address.Authority}\r\nAuthorization: Bearer {ApiSession.Token}\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 400 ");
    }

    [Theory]
    [InlineData("GET", "Origin: http://evil.example", 403)]
    [InlineData("GET", "Origin: null", 403)]
    [InlineData("GET", "Origin: https://{0}", 403)]
    [InlineData("GET", "Origin: http://localhost:1", 403)]
    [InlineData("GET", "Origin: http://{0}", 200)]
    [InlineData("GET", "Sec-Fetch-Site: cross-site", 403)]
    [InlineData("GET", "Sec-Fetch-Site: same-site", 403)]
    [InlineData("GET", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", 403)]
    [InlineData("GET", "Sec-Fetch-Site: same-origin", 200)]
    [InlineData("GET", "Sec-Fetch-Site: none", 200)]
    [InlineData("OPTIONS", "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST", 403)]
    [InlineData("POST", "Origin: http://evil.example\r\nContent-Type: application/json\r\nContent-Length: 2", 403)]
    [InlineData("POST", "Origin: http://evil.example\r\nContent-Type: text/plain\r\nContent-Length: 2", 403)]
    [InlineData("GET", "Origin: http://evil.example\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", 403)]
    public async Task OtherSitesAreRefused(string method, string headers, int status)
    {
        var answer = await session.Raw($"{method} /api/systems HTTP/1.1\r\nHost: {session.Address.Authority}\r\nCookie: eigenflow-{session.Address.Port}={ApiSession.Token}\r\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, headers, session.Address.Authority)}\r\nConnection: close\r\n\r\n{{}}");
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldNotContain("Access-Control-", Case.Insensitive);
    }

    // A link to the page on another site may be followed; the page may not be shown inside it.
    [Theory]
    [InlineData("document", 200)]
    [InlineData("iframe", 403)]
    [InlineData("image", 403)]
    public async Task LinksToThePageWork(string destination, int status) =>
        (await session.Raw($"GET / HTTP/1.1\r\nHost: {session.Address.Authority}\r\nCookie: eigenflow-{session.Address.Port}={ApiSession.Token}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: {destination}\r\nConnection: close\r\n\r\n")).ShouldStartWith($"HTTP/1.1 {status} ");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    [InlineData("")]
    public async Task BodiesOfFormsAreRefused(string kind)
    {
        using var body = new StringContent("{\"runs\":[]}");
        body.Headers.Remove("Content-Type");
        if (kind.Length > 0)
            body.Headers.TryAddWithoutValidation("Content-Type", kind);
        using var answer = await session.Client.PostAsync("/api/systems/phase-retrieval/draw", body, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await ApiSession.Error(answer)).ShouldContain("application/json");
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/theme.css")]
    [InlineData("GET", "/api/systems")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("GET", "/nothing")]
    [InlineData("DELETE", "/api/systems")]
    [InlineData("POST", "/api/systems/phase-retrieval/draw")]
    public async Task EveryAnswerHasTheHeaders(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await session.Client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var header in Headers)
            answer.Headers.Contains(header).ShouldBeTrue(header);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("HEAD", "/", 200)]
    [InlineData("OPTIONS", "/", 405)]
    [InlineData("OPTIONS", "/api/systems", 405)]
    [InlineData("TRACE", "/", 405)]
    [InlineData("CONNECT", "/", 405)]
    [InlineData("PUT", "/theme.css", 405)]
    [InlineData("GET", "/../../etc/passwd", 404)]
    [InlineData("GET", "/assets/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("GET", "/assets/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("GET", "/assets/..\\..\\etc\\passwd", 404)]
    [InlineData("GET", "/assets/", 404)]
    [InlineData("GET", "/%00", 400)]
    [InlineData("GET", "/index.html%00.css", 400)]
    [InlineData("GET", "/api/systems/%F0%9F%98%80", 422)]
    [InlineData("GET", "/api/systems/..%2f..", 422)]
    public async Task OddMethodsAndPathsAreAnswered(string method, string path, int status)
    {
        var answer = await session.Raw($"{method} {path} HTTP/1.1\r\nHost: {session.Address.Authority}\r\nAuthorization: Bearer {ApiSession.Token}\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldNotContain("root:");
    }
}
