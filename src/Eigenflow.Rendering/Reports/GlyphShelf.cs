using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Eigenflow.Rendering.Reports;

/// <summary>The outlines of letters of all pictures of a page, each kept once: pictures that carry their own would make most of the page.</summary>
internal sealed partial class GlyphShelf
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly StringBuilder outlines = new();

    /// <summary>A picture with its outlines on the shelf.</summary>
    public string Take(string svg)
    {
        var shared = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = Outline().Replace(svg, match =>
        {
            var outline = match.Groups["outline"].Value;
            if (!names.TryGetValue(outline, out var name))
            {
                name = string.Create(CultureInfo.InvariantCulture, $"g{names.Count}");
                names.Add(outline, name);
                outlines.Append($"<path id=\"{name}\" d=\"{outline}\"/>\n");
            }

            shared.Add(match.Groups["id"].Value, name);
            return "";
        });
        return Use().Replace(rest, match => shared.TryGetValue(match.Groups["id"].Value, out var name) ? $"<use xlink:href=\"#{name}\"" : match.Value);
    }

    /// <summary>The shelf as an element that shows nothing.</summary>
    public string Markup => names.Count == 0
        ? ""
        : $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\" class=\"shelf\" aria-hidden=\"true\"><defs>\n{outlines}</defs></svg>\n";

    [GeneratedRegex("<path id=\"(?<id>[^\"]*)\" d=\"(?<outline>[^\"]*)\"/>\\n", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Outline();

    [GeneratedRegex("<use xlink:href=\"#(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Use();
}
