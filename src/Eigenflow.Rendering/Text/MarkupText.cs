using System.Text;
using System.Xml;

namespace Eigenflow.Rendering.Text;

/// <summary>Texts inside XML and HTML.</summary>
internal static class MarkupText
{
    /// <summary>Escapes a text for an element or a quoted attribute; characters that XML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(character).Append(text[++i]);
                continue;
            }

            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(XmlConvert.IsXmlChar(character) ? character : '\uFFFD'),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Escapes a text and turns its superscripts and subscripts into elements.</summary>
    public static string Html(string text) => string.Concat(RichText.Parse(RichText.KeepFormulasWhole(text)).Select(part => part.Level switch
    {
        > 0 => $"<sup>{Escape(part.Text)}</sup>",
        < 0 => $"<sub>{Escape(part.Text)}</sub>",
        _ => Escape(part.Text),
    }));
}
