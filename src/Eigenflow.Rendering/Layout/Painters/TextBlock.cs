using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>A label of one or more lines inside a panel.</summary>
internal sealed class TextBlock
{
    private readonly ShapedText[] lines;

    /// <param name="lines">The lines; empty ones are left out.</param>
    public TextBlock(params string[] lines) => this.lines = [.. lines.Where(line => line.Length > 0).Select(line => RichText.Shape(line, Style.GuideSize))];

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => lines.Length == 0;

    /// <summary>Width in CSS pixels.</summary>
    public double Width => lines.Length == 0 ? 0 : lines.Max(line => line.Width);

    /// <summary>Height in CSS pixels.</summary>
    public double Height => lines.Length == 0 ? 0 : lines[0].BoxAt(default, vertical: false).Height + ((lines.Length - 1) * lines[0].LineHeight);

    /// <summary>Draws it with its upper left corner at a position.</summary>
    public void Draw(Surface surface, Position corner, Ink ink)
    {
        for (var k = 0; k < lines.Length; k++)
            surface.Text(lines[k], new Position(corner.X, corner.Y - lines[0].BoxAt(default, vertical: false).Top + (k * lines[0].LineHeight)), vertical: false, ink);
    }
}
