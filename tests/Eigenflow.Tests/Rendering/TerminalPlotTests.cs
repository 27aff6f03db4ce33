using System.Globalization;
using System.Text.RegularExpressions;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Terminal;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class TerminalPlotTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(47)]
    [InlineData(80)]
    [InlineData(200)]
    public void NoLineIsWiderThanTheTerminal(int width)
    {
        foreach (var figure in new[] { SampleFigures.PowerLaws(), SampleFigures.FourPanels(), SampleFigures.ManyCurves() })
        {
            foreach (var (colour, unicode) in new[] { (false, false), (false, true), (true, true) })
            {
                var lines = Plain(TerminalPlot.Render(figure, width, 24, colour, unicode)).Split('\n');
                lines.Max(line => new StringInfo(line).LengthInTextElements).ShouldBeLessThanOrEqualTo(width);
            }
        }
    }

    [Fact]
    public void WithoutUnicodeEverythingIsAscii()
    {
        var x = SampleFigures.LogGrid(1e-3, 1e6, 60);
        var figure = SampleFigures.Logarithmic(SampleFigures.Curve("d = 10^{-3}", 0, x, t => 1 / t), SampleFigures.Curve("S_d", 1, x, t => t / (1 + t)));
        figure = figure with
        {
            Panels = [figure.Panels[0] with { Regions = [new Region(0, 10, "I"), new Region(10, 1e6, "II")], Lines = [new ReferenceLine(100, "T")] }],
        };
        var text = TerminalPlot.Render(figure, 70, 20, colour: false, unicode: false);
        text.All(char.IsAscii).ShouldBeTrue(text);
        text.ShouldContain("d = 10^-3");
        text.ShouldNotContain("{");
    }

    [Fact]
    public void ColourCodesAppearOnlyWhenAskedFor()
    {
        TerminalPlot.Render(SampleFigures.PowerLaws(), 80, 20, colour: true).ShouldContain("\u001b[38;2;");
        TerminalPlot.Render(SampleFigures.PowerLaws(), 80, 20, colour: false).ShouldNotContain("\u001b");
    }

    [Fact]
    public void ACurveIsDrawnAndNamed()
    {
        var text = TerminalPlot.Render(SampleFigures.Of(SampleFigures.Curve("rise", 0, [0, 1, 2, 3], x => x)), 60, 16, colour: false);
        text.Count(character => character is > '\u2800' and <= '\u28ff').ShouldBeGreaterThan(20);
        text.ShouldContain("rise");
    }

    [Theory]
    [InlineData("10^{-3}", "10⁻³", "10^-3")]
    [InlineData("t^{−(a−1)/a}", "t^(−(a−1)/a)", "t^(-(a-1)/a)")]
    [InlineData("S_d", "S_d", "S_d")]
    [InlineData("learning_rate", "learning_rate", "learning_rate")]
    public void ScriptsAreWrittenAsTheTerminalCan(string text, string unicode, string ascii)
    {
        TerminalText.Script(text, unicode: true).ShouldBe(unicode);
        TerminalText.Script(text, unicode: false).ShouldBe(ascii);
    }

    [Theory]
    [InlineData(19, 20, "width")]
    [InlineData(80, 9, "height")]
    public void TooSmallATerminalIsRefused(int width, int height, string name) =>
        Should.Throw<ParameterException>(() => TerminalPlot.Render(SampleFigures.PowerLaws(), width, height, false)).Message.ShouldContain(name);

    private static string Plain(string text) => Regex.Replace(text, "\u001b\\[[0-9;]*m", "", RegexOptions.None, TimeSpan.FromSeconds(5));
}
