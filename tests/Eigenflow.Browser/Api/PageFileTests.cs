using System.Net;
using System.Net.Http.Headers;

namespace Eigenflow.Browser.Api;

/// <summary>The files of the page: packed, kept by browsers, and the same bytes whichever way they are sent.</summary>
public sealed class PageFileTests(ApiSession session)
{
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task FilesArePackedAndTheSame(string packing)
    {
        var plain = await Get("/theme.css", "identity");
        plain.Answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        var packed = await Get("/theme.css", packing);
        packed.Answer.Content.Headers.ContentEncoding.ShouldBe([packing]);
        packed.Bytes.Length.ShouldBeLessThan(plain.Bytes.Length);
        packed.Answer.Headers.Vary.ShouldContain("Accept-Encoding");
        using var source = new MemoryStream(packed.Bytes);
        using Stream unpacking = packing == "br" ? new System.IO.Compression.BrotliStream(source, System.IO.Compression.CompressionMode.Decompress) : new System.IO.Compression.GZipStream(source, System.IO.Compression.CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await unpacking.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
        unpacked.ToArray().ShouldBe(plain.Bytes);
        (await Get("/theme.css", packing + ";q=0")).Answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatABrowserHasIsNotSentAgain()
    {
        var tag = (await Get("/", "br")).Answer.Headers.ETag!;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.IfNoneMatch.Add(tag);
        using var again = await session.Client.SendAsync(request, TestContext.Current.CancellationToken);
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        using var other = new HttpRequestMessage(HttpMethod.Get, "/");
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));
        using var fresh = await session.Client.SendAsync(other, TestContext.Current.CancellationToken);
        fresh.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var head = await session.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), TestContext.Current.CancellationToken);
        head.Content.Headers.ContentLength.ShouldBe(fresh.Content.Headers.ContentLength);
    }

    private async Task<(HttpResponseMessage Answer, byte[] Bytes)> Get(string path, string packing)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", packing);
        var answer = await session.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
