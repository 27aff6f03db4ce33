using Eigenflow.Rendering;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>The first eight colours of curves can be told apart by everyone, and stand out from the page.</summary>
public sealed class PaletteTests
{
    private const int Checked = 8;

    // Machado, Oliveira and Fernandes, IEEE Trans. Vis. Comput. Graph. 15, 1291 (2009), severity 1, on linear sRGB.
    private static readonly Dictionary<string, double[]> Visions = new(StringComparer.Ordinal)
    {
        ["usual"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
    };

    public static MatrixTheoryData<string, ThemeKind> VisionsAndThemes => new(["usual", "protanopia", "deuteranopia"], [ThemeKind.Light, ThemeKind.Dark]);

    [Theory]
    [MemberData(nameof(VisionsAndThemes))]
    public void AnyTwoDifferByTenInLab(string vision, ThemeKind theme) => ShouldDiffer([.. Enumerable.Range(0, Checked).Select(index => Ink.Series(index))], vision, theme);

    [Theory]
    [MemberData(nameof(VisionsAndThemes))]
    public void AnyTwoOfEightOrderedValuesDifferByTenInLab(string vision, ThemeKind theme) =>
        ShouldDiffer([.. Enumerable.Range(0, Checked).Select(index => SeriesInks.At(index / (Checked - 1.0)))], vision, theme);

    [Theory]
    [InlineData(ThemeKind.Light)]
    [InlineData(ThemeKind.Dark)]
    public void EachStandsOutThreeToOne(ThemeKind theme)
    {
        var page = Luminance(Linear(new Ink(InkRole.Background), theme));
        foreach (var ink in Enumerable.Range(0, Checked).Select(index => Ink.Series(index)).Concat(Enumerable.Range(0, Palette.Levels).Select(level => Ink.Sequence(level))))
        {
            var own = Luminance(Linear(ink, theme));
            ((Math.Max(own, page) + 0.05) / (Math.Min(own, page) + 0.05)).ShouldBeGreaterThanOrEqualTo(3, $"{ink}");
        }
    }

    [Theory]
    [InlineData(ThemeKind.Light)]
    [InlineData(ThemeKind.Dark)]
    public void OrderedValuesAscendInLightness(ThemeKind theme)
    {
        double[] lightness = [.. Enumerable.Range(0, Palette.Levels).Select(level => Lab(Linear(Ink.Sequence(level), theme))[0])];
        lightness.ShouldBe(lightness.Order());
    }

    private static void ShouldDiffer(Ink[] inks, string vision, ThemeKind theme)
    {
        var colors = inks.Select(ink => Lab(Seen(Linear(ink, theme), Visions[vision]))).ToArray();
        for (var i = 0; i < colors.Length; i++)
        {
            for (var j = 0; j < i; j++)
                Math.Sqrt(colors[i].Zip(colors[j], (a, b) => (a - b) * (a - b)).Sum()).ShouldBeGreaterThanOrEqualTo(10, $"{i} and {j}");
        }
    }

    private static double[] Linear(Ink ink, ThemeKind theme)
    {
        var color = Palette.Rgb(ink, theme);
        return [.. new[] { 16, 8, 0 }.Select(shift => ((color >> shift) & 255) / 255.0).Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];
    }

    private static double[] Seen(double[] color, double[] vision) =>
        [.. Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => vision[(3 * row) + column] * color[column]), 0, 1))];

    private static double Luminance(double[] color) => (0.2126 * color[0]) + (0.7152 * color[1]) + (0.0722 * color[2]);

    // CIE 1976 with the white of D65.
    private static double[] Lab(double[] c)
    {
        double[] xyz =
        [
            ((0.4124564 * c[0]) + (0.3575761 * c[1]) + (0.1804375 * c[2])) / 0.95047,
            (0.2126729 * c[0]) + (0.7151522 * c[1]) + (0.0721750 * c[2]),
            ((0.0193339 * c[0]) + (0.1191920 * c[1]) + (0.9503041 * c[2])) / 1.08883,
        ];
        var f = xyz.Select(value => value > 0.008856 ? Math.Cbrt(value) : (7.787 * value) + (16.0 / 116)).ToArray();
        return [(116 * f[1]) - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])];
    }
}
