using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenflow.FrontEnd;
using Eigenflow.Rendering;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>What the page shows at a computed setting.</summary>
/// <param name="Figure">The figure, or null.</param>
/// <param name="Trouble">Why there is none.</param>
internal sealed record PageNode(SampledFigure? Figure, string Trouble);

/// <summary>The file of an exported page: style, script and numbers are inside, and nothing is loaded.</summary>
internal static class StaticPageFile
{
    /// <summary>By which the file is known as one of these.</summary>
    public const string Mark = "<meta name=\"generator\" content=\"eigenflow explore --export\">";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bytes of style and script.</summary>
    public static long FixedSize => (PageFiles.Read("static/static.js")?.Length ?? 0) + (PageFiles.Read("static/static.css")?.Length ?? 0) + 4_000;

    /// <summary>Bytes that some figures take in a page.</summary>
    public static long SizeOf(IReadOnlyList<SampledFigure> figures)
    {
        PageNode[] nodes = [.. figures.Select(figure => new PageNode(figure, ""))];
        return Packed(nodes, writer =>
        {
            writer.WriteStartObject();
            PageNodes.Write(writer, nodes);
            writer.WriteEndObject();
        }).Length * 4L / 3;
    }

    /// <summary>The page.</summary>
    /// <param name="system">The system.</param>
    /// <param name="facts">Writes what it says, with its nodes.</param>
    /// <param name="nodes">The computed settings.</param>
    public static string Of(ISystem system, Action<Utf8JsonWriter, IReadOnlyList<PageNode>> facts, IReadOnlyList<PageNode> nodes)
    {
        var style = PageTheme.Css() + Encoding.UTF8.GetString(PageFiles.Read("static/static.css") ?? []);

        // What would end the element is written otherwise, with the same meaning in strings.
        var script = Encoding.UTF8.GetString(PageFiles.Read("static/static.js") ?? []).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal);
        var payload = Convert.ToBase64String(Packed(nodes, writer => facts(writer, nodes)));
        var (title, question) = (HtmlEncoder.Default.Encode(system.Title), HtmlEncoder.Default.Encode(system.Question));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {Mark}
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{Hash(style)}'; script-src '{Hash(script)}'">
            <link rel="icon" href="data:,">
            <title>{title}</title>
            <style>{style}</style>
            </head>
            <body>
            <main id="app"><h1>{title}</h1><p>{question}</p><noscript>This page draws its curves with JavaScript.</noscript></main>
            <script type="text/plain" id="payload">{payload}</script>
            <script>{script}</script>
            </body>
            </html>

            """;
    }

    // Length of the facts, the facts as JSON, and the numbers as single precision, all packed; bytes of equal rank stand together, since they resemble each other.
    private static byte[] Packed(IReadOnlyList<PageNode> nodes, Action<Utf8JsonWriter> write)
    {
        using var facts = new MemoryStream();
        using (var writer = new Utf8JsonWriter(facts, Options))
            write(writer);
        float[] numbers = [.. nodes.Where(node => node.Figure is not null).SelectMany(node => PageShape.Numbers(node.Figure!)).Select(number => (float)number)];
        var planes = new byte[4 * numbers.Length];
        Span<byte> four = stackalloc byte[4];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(four, numbers[i]);
            for (var plane = 0; plane < 4; plane++)
                planes[(plane * numbers.Length) + i] = four[plane];
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            BinaryPrimitives.WriteInt32LittleEndian(four, (int)facts.Length);
            gzip.Write(four);
            gzip.Write(facts.GetBuffer(), 0, (int)facts.Length);
            gzip.Write(planes);
        }

        return packed.ToArray();
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
