using System.Text;

namespace Eigenflow.Rendering.Text;

/// <summary>Texts inside XML and HTML.</summary>
internal static class MarkupText
{
    /// <summary>Escapes a text for an element or a quoted attribute; characters that XML forbids or that are not shown become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in PrintableText.Block(text))
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\uFFFE' or '\uFFFF' => escaped.Append('\uFFFD'),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Escapes a text and turns its superscripts and subscripts into elements.</summary>
    public static string Html(string text) => string.Concat(RichText.Parse(RichText.KeepFormulasWhole(text)).Select(part => part.Level switch
    {
        > 0 => $"<sup>{Escape(part.Text)}</sup>",
        < 0 => $"<sub>{Escape(part.Text)}</sub>",
        _ => string.Concat(Variables.Split(part.Text).Select(piece => piece.IsVariable ? $"<i>{Escape(piece.Text)}</i>" : Escape(piece.Text))),
    }));
}
