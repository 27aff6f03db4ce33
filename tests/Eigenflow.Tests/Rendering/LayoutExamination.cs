using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;
using Shouldly;

namespace Eigenflow.Tests.Rendering;

/// <summary>What holds for every picture at every size: texts neither touch each other nor leave it, and can be read when it is printed.</summary>
internal static class LayoutExamination
{
    private const double LeastPoints = 6;
    private const double PointsPerPixel = 0.75;

    // Boxes are those of the tallest and deepest letters: this much of an overlap is none of the letters.
    private const double Allowance = 1.5;

    /// <summary>Examines a figure at every size in both themes, and draws its pixels.</summary>
    public static void Examine(Figure figure)
    {
        foreach (var size in Enum.GetValues<PictureSize>())
        {
            var layout = Page.Layout(figure, new RenderOptions { Size = size });
            foreach (var theme in Enum.GetValues<ThemeKind>())
            {
                var surface = new SvgSurface(layout.Width, layout.Height, theme, "");
                layout.Draw(surface);
                Examine(figure.Id, size, layout, surface.Texts);
            }
        }

        foreach (var theme in Enum.GetValues<ThemeKind>())
            FigureRenderer.Png(figure, new RenderOptions { Theme = theme, Scale = 0.5 }).Length.ShouldBeGreaterThan(1000);
    }

    private static void Examine(string id, PictureSize size, FigureLayout layout, IReadOnlyList<PlacedText> texts)
    {
        var canvas = new Box(0, 0, layout.Width, layout.Height);
        for (var i = 0; i < texts.Count; i++)
        {
            var (text, smallest, box) = texts[i];
            var core = box.Inflate(-Allowance);
            (canvas.Left <= core.Left && core.Right <= canvas.Right && canvas.Top <= core.Top && core.Bottom <= canvas.Bottom).ShouldBeTrue($"{id}, {size}: '{text}' at {box} leaves {canvas}");
            if (size != PictureSize.Screen)
                (smallest * layout.Page.Magnification * PointsPerPixel).ShouldBeGreaterThanOrEqualTo(LeastPoints, $"{id}, {size}: '{text}'");
            for (var j = 0; j < i; j++)
                core.Overlaps(texts[j].Box.Inflate(-Allowance)).ShouldBeFalse($"{id}, {size}: '{text}' at {box} covers '{texts[j].Text}' at {texts[j].Box}");
        }
    }
}
