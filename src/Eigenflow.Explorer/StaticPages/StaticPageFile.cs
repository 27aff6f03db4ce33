using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenflow.FrontEnd;
using Eigenflow.Rendering;
using Eigenflow.Settings;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>The file of an exported page: style, script and numbers are inside, and nothing is loaded.</summary>
internal static class StaticPageFile
{
    /// <summary>By which the file is known as one of these.</summary>
    public const string Mark = "<meta name=\"generator\" content=\"eigenflow explore --export\">";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bytes of style and script.</summary>
    public static long FixedSize => (PageFiles.Read("static/static.js")?.Length ?? 0) + (PageFiles.Read("static/static.css")?.Length ?? 0) + 4_000;

    /// <summary>The page.</summary>
    public static string Of(StaticPageRequest request, IReadOnlyList<string> methods, IReadOnlyList<PageAxis> axes, IReadOnlyList<(SampledFigure? Figure, string Trouble)> nodes, InterpolationError error)
    {
        var style = PageTheme.Css() + Encoding.UTF8.GetString(PageFiles.Read("static/static.css") ?? []);

        // What would end the element is written otherwise, with the same meaning in strings.
        var script = Encoding.UTF8.GetString(PageFiles.Read("static/static.js") ?? []).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal);
        var payload = Convert.ToBase64String(Payload(request, methods, axes, nodes, error));
        var (title, question) = (HtmlEncoder.Default.Encode(request.System.Title), HtmlEncoder.Default.Encode(request.System.Question));
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
    private static byte[] Payload(StaticPageRequest request, IReadOnlyList<string> methods, IReadOnlyList<PageAxis> axes, IReadOnlyList<(SampledFigure? Figure, string Trouble)> nodes, InterpolationError error)
    {
        using var facts = new MemoryStream();
        using (var writer = new Utf8JsonWriter(facts, Options))
            Facts(writer, request, methods, axes, nodes, error);
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

    private static void Facts(Utf8JsonWriter writer, StaticPageRequest request, IReadOnlyList<string> methods, IReadOnlyList<PageAxis> axes, IReadOnlyList<(SampledFigure? Figure, string Trouble)> nodes, InterpolationError error)
    {
        var system = request.System;
        writer.WriteStartObject();
        writer.WriteString("id", system.Id);
        writer.WriteString("title", system.Title);
        writer.WriteString("question", system.Question);
        writer.WriteString("summary", system.Summary);
        writer.WriteString("version", ProductVersion.Text);
        List(writer, "methods", methods, method =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", method);
            writer.WriteString("summary", system.Method(method).Summary);
            writer.WriteEndObject();
        });
        List(writer, "given", request.Given.Pairs, pair =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(pair.Key);
            writer.WriteStringValue(Setting.Format(pair.Value));
            writer.WriteEndArray();
        });
        List(writer, "citations", system.Citations, citation =>
        {
            writer.WriteStartObject();
            writer.WriteString("identifier", citation.Identifier);
            writer.WriteString("title", citation.Title);
            writer.WriteEndObject();
        });
        List(writer, "axes", axes, axis => Axis(writer, axis));
        writer.WriteBoolean("isCubic", error.Kind.IsCubic);
        writer.WriteBoolean("isStretched", error.Kind.IsStretched);
        writer.WriteBoolean("isNearest", IsNearest(error.Usual));
        writer.WriteStartObject("check");
        writer.WriteNumber("count", error.Count);
        if (error.Count > 0)
        {
            writer.WriteString("largest", Percent(error.Largest));
            writer.WriteString("usual", Percent(error.Usual));
            writer.WriteString("where", error.Where);
        }

        writer.WriteEndObject();
        Nodes(writer, nodes);
        writer.WriteEndObject();
    }

    private static void Axis(Utf8JsonWriter writer, PageAxis axis)
    {
        writer.WriteStartObject();
        writer.WriteString("name", axis.Parameter.Name);
        writer.WriteString("symbol", axis.Parameter.Symbol);
        writer.WriteString("help", axis.Parameter.Help);
        writer.WriteString("unit", axis.Parameter.Unit);
        List(writer, "values", axis.Values, writer.WriteNumberValue);
        writer.WriteBoolean("isLogarithmic", axis.IsLogarithmic);
        writer.WriteBoolean("isWhole", axis.IsWhole);
        if (axis.Parameter.Default is { } start)
            writer.WriteNumber("start", Convert.ToDouble(start, CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    // Shapes and texts that several nodes share stand once.
    private static void Nodes(Utf8JsonWriter writer, IReadOnlyList<(SampledFigure? Figure, string Trouble)> nodes)
    {
        var (texts, shapes, kinds) = (new Pool<string>(), new Pool<string>(), new Pool<string>());
        var figures = new List<(SampledFigure Figure, int Kind)>();
        List(writer, "nodes", nodes, node =>
        {
            writer.WriteStartArray();
            if (node.Figure is not { } figure)
            {
                writer.WriteNumberValue(texts.Of(node.Trouble));
            }
            else
            {
                var shape = shapes.Of(PageShape.Of(figure));
                if (shape == figures.Count)
                    figures.Add((figure, kinds.Of(figure.Likeness)));
                writer.WriteNumberValue(shape);
                writer.WriteNumberValue(texts.Of(figure.Figure.Title));
                writer.WriteNumberValue(texts.Of(figure.Figure.Caption));
            }

            writer.WriteEndArray();
        });
        List(writer, "texts", texts.Items, writer.WriteStringValue);
        List(writer, "shapes", shapes.Items.Zip(figures), pair =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("kind", pair.Second.Kind);
            List(writer, "curves", pair.Second.Figure.Curves, curve =>
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(curve.Y.Length);
                writer.WriteNumberValue(curve.Lower is null ? 0 : 1);
                writer.WriteEndArray();
            });
            writer.WritePropertyName("figure");
            writer.WriteRawValue(pair.First);
            writer.WriteEndObject();
        });
    }

    private static void List<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        writer.WriteEndArray();
    }

    /// <summary>Whether mixed curves would mislead, so that the nearest computed ones are shown.</summary>
    internal static bool IsNearest(double usualError) => usualError > 0.25;

    /// <summary>A share as a person reads it, rounded up: an error is not smaller than what is said.</summary>
    internal static string Percent(double share)
    {
        if (double.IsNaN(share))
            return "unknown";
        if (share > 100)
            return "more than a hundredfold";
        if (share < 1e-6)
            return "below 0.0001 %";
        var unit = Math.Pow(10, Math.Floor(Math.Log10(100 * share)) - 1);
        return Setting.Format(double.Parse((Math.Ceiling(100 * share / unit) * unit).ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) + " %";
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class Pool<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> known = [];

        public List<T> Items { get; } = [];

        public int Of(T item)
        {
            if (known.TryGetValue(item, out var index))
                return index;
            known.Add(item, Items.Count);
            Items.Add(item);
            return Items.Count - 1;
        }
    }
}
