using System.Buffers;
using System.Text;
using System.Text.Json;
using Eigenflow.Figures;
using Eigenflow.FrontEnd;

namespace Eigenflow.Rendering.Reports;

/// <summary>
/// What makes charts of the pictures of a report: the script and the style of the page's charts, and the data of figures. A build without a page has none of them: its reports show pictures alone.
/// </summary>
internal static class ChartMarkup
{
    private static readonly Lazy<string> LazyScript = new(() => Text("report/report.js"));
    private static readonly Lazy<string> LazyStyle = new(() => Text("report/report.css"));

    /// <summary>Whether this build has charts.</summary>
    public static bool Exist => LazyScript.Value.Length > 0;

    /// <summary>The script, as it may stand in a section of XML that is no markup, or empty.</summary>
    public static string Script => LazyScript.Value;

    /// <summary>The style sheet, or empty.</summary>
    public static string Style => LazyStyle.Value;

    /// <summary>Appends the data of a figure as an element that shows nothing. What could be markup is escaped by the writer of JSON.</summary>
    /// <param name="page">The page.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="id">Identifier of the element.</param>
    public static void AppendData(StringBuilder page, Figure figure, string id)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            FigureJson.Write(writer, ChartFigure.Of(figure));
        page.Append("<script type=\"application/json\" id=\"").Append(id).Append("\">").Append(Encoding.UTF8.GetString(buffer.WrittenSpan)).Append("</script>\n");
    }

    // Between brackets and a comparison a blank changes nothing in a script, and keeps the section from ending there.
    private static string Text(string name) => PageFiles.Read(name) is { } bytes
        ? Encoding.UTF8.GetString(bytes).Replace("]]>", "]] >", StringComparison.Ordinal).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
        : "";
}
