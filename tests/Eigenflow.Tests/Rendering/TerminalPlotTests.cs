using System.Globalization;
using System.Text.RegularExpressions;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Terminal;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed partial class TerminalPlotTests
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
    [InlineData("λ_i ∝ i^{−a}", "λ_i ∝ i^−a", "lambda_i ~ i^-a")]
    [InlineData("½ σ^{2λ}", "½ σ^2λ", "1/2 sigma^(2 lambda)")]
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

    [Fact]
    public void PanelsShareOneLegend()
    {
        var lines = Plain(TerminalPlot.Render(SampleFigures.FourPanels(), 80, 200, colour: true)).Split('\n');
        lines.Count(line => line.Contains("d = 10⁴", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains("d = 10³", StringComparison.Ordinal)).ShouldBe(1);

        // What one panel has alone stands below it.
        var own = Array.FindIndex(lines, line => line.Contains("exact", StringComparison.Ordinal));
        own.ShouldBeLessThan(Array.FindIndex(lines, line => line.Contains("d = 10⁴", StringComparison.Ordinal)));
    }

    [Fact]
    public void CurvesOfOneNameAndTwoColoursAreNamedInEachPanel()
    {
        var panel = SampleFigures.Of(SampleFigures.Curve("rise", 0, [0, 1, 2], x => x)).Panels[0];
        var other = panel with { Series = [panel.Series[0] with { Color = 3 }] };
        var figure = SampleFigures.Of() with { Panels = [panel, other] };
        Plain(TerminalPlot.Render(figure, 80, 60, colour: true)).Split("rise").Length.ShouldBe(3);
        Plain(TerminalPlot.Render(figure with { Panels = [panel, panel] }, 80, 60, colour: true)).Split("rise").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(40, 24, false)]
    [InlineData(80, 24, true)]
    [InlineData(120, 24, true)]
    [InlineData(80, 60, true)]
    public void APictureFitsTheTerminalOrSaysWhatIsMissing(int width, int height, bool hasAll)
    {
        var text = Plain(TerminalPlot.Render(SampleFigures.FourPanels(), width, height, colour: true, more: "look there"));
        var lines = text.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBeLessThanOrEqualTo(height);
        var shown = new[] { "(a) ", "(b) ", "(c) ", "(d) " }.Count(name => text.Contains(name, StringComparison.Ordinal));
        (shown == 4).ShouldBe(hasAll, text);
        if (!hasAll)
            string.Join(' ', lines).ShouldContain($"{4 - shown} more panels: look there");
    }

    [Fact]
    public void PanelsStandSideBySideWhereBothAreWideEnough()
    {
        static bool AreBeside(int width) => TerminalPlot.Render(SampleFigures.FourPanels(), width, 200, colour: false).Split('\n')
            .Any(line => line.Contains("(a) ", StringComparison.Ordinal) && line.Contains("(b) ", StringComparison.Ordinal));
        AreBeside(98).ShouldBeTrue();
        AreBeside(97).ShouldBeFalse();
    }

    [Fact]
    public void ManyCurvesOfAnOrderedParameterHaveOneLine()
    {
        static Figure Family(int count) => SampleFigures.Of([
            .. Enumerable.Range(1, count).Select(k => SampleFigures.Curve($"a = {k}", 0, [0, 1, 2], x => k * x) with { Value = k })]) with
        {
            Scale = new ColorScale("exponent a"),
        };
        Plain(TerminalPlot.Render(Family(20), 80, 20, colour: true)).ShouldContain("exponent a: 1 (dark) … 20 (bright)");
        TerminalPlot.Render(Family(20), 80, 20, colour: false).ShouldContain("exponent a: 1 (A) … 20 (T)");
        var few = TerminalPlot.Render(Family(8), 80, 20, colour: true);
        Plain(few).ShouldContain("a = 8");
        Colours().Matches(few).Select(match => match.Value).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public void SlopesAndDeparturesAreTold()
    {
        var measured = SampleFigures.Curve("sgd", 0, [1, 10, 100], x => 1 / x, SeriesStyle.Points) with { Expected = [1, 0.1, 0.0098] };
        var figure = SampleFigures.Logarithmic(measured);
        figure = figure with { Panels = [figure.Panels[0] with { Slopes = [new SlopeGuide(1, 100, 1, -1, "−1") { Measured = "−0.996 ± 0.004" }] }] };
        var text = TerminalPlot.Render(figure, 80, 20, colour: false);
        text.ShouldContain("slope −1, measured −0.996 ± 0.004");
        text.ShouldContain("largest departure of sgd from what is expected: 2 %");
    }

    [GeneratedRegex("\u001b\\[38[0-9;]*m", RegexOptions.None, 5000)]
    private static partial Regex Colours();

    private static string Plain(string text) => Regex.Replace(text, "\u001b\\[[0-9;]*m", "", RegexOptions.None, TimeSpan.FromSeconds(5));
}
