using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Eigenflow.Explorer.Hosting;

/// <summary>A file of the page as it is sent: packed once, when it is first asked for, and known by its contents.</summary>
/// <param name="read">Its bytes.</param>
/// <param name="kind">Its kind.</param>
/// <param name="caching">How long browsers keep it.</param>
/// <param name="isPacked">Whether packing makes it smaller: pictures and fonts are packed already.</param>
internal sealed class PageFile(Func<byte[]> read, string kind, string caching, bool isPacked)
{
    private readonly Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)> plain = new(() => read() is var bytes ? (bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..12])}\"")) : default);
    private readonly Lazy<byte[]> gzip = new(() => Pack(read(), stream => new GZipStream(stream, CompressionLevel.SmallestSize)));
    private readonly Lazy<byte[]> brotli = new(() => Pack(read(), stream => new BrotliStream(stream, CompressionLevel.Optimal)));

    /// <summary>Sends it, or says that the browser has it.</summary>
    public async Task Answer(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = caching;
        response.Headers.ETag = plain.Value.Tag.ToString();
        if (isPacked)
            response.Headers.Vary = "Accept-Encoding";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(plain.Value.Tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var bytes = plain.Value.Bytes;
        if (isPacked && Accepts(request, "br"))
            (bytes, response.Headers.ContentEncoding) = (brotli.Value, "br");
        else if (isPacked && Accepts(request, "gzip"))
            (bytes, response.Headers.ContentEncoding) = (gzip.Value, "gzip");
        response.ContentType = kind;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
            await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    private static bool Accepts(HttpRequest request, string packing) =>
        request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value.Equals(packing, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);

    private static byte[] Pack(byte[] bytes, Func<Stream, Stream> open)
    {
        using var target = new MemoryStream();
        using (var packing = open(target))
            packing.Write(bytes);
        return target.ToArray();
    }
}
