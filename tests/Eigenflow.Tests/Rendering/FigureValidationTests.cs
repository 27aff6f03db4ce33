using Eigenflow.Figures;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class FigureValidationTests
{
    private static readonly Series Line = SampleFigures.Curve("line", 0, [1, 2, 3], x => x);

    [Fact]
    public void AFigureWithoutPanelsIsRefused() =>
        Refusal(SampleFigures.Of(Line) with { Panels = [] }).ShouldContain("panels of figure sample");

    [Fact]
    public void AFigureWithoutColumnsIsRefused() =>
        Refusal(SampleFigures.Of(Line) with { Columns = 0 }).ShouldContain("columns of figure sample");

    [Fact]
    public void ArraysOfDifferentLengthsAreRefusedByName()
    {
        Refusal(SampleFigures.Of(Line with { Y = [1, 2] })).ShouldContain("length of y of series 'line'");
        Refusal(SampleFigures.Of(Line with { Lower = [1] })).ShouldContain("length of lower of series 'line'");
    }

    [Theory]
    [InlineData(0.0, null, "logarithmic")]
    [InlineData(-1.0, null, "logarithmic")]
    [InlineData(double.NaN, null, "finite")]
    [InlineData(10.0, 1.0, "less than the maximum")]
    public void LimitsThatAnAxisCannotHaveAreRefused(double minimum, double? maximum, string reason)
    {
        var figure = SampleFigures.Logarithmic(Line);
        figure = figure with { Panels = [figure.Panels[0] with { Y = new Axis("height", true, minimum, maximum) }] };
        var message = Refusal(figure);
        message.ShouldContain("'height'");
        message.ShouldContain(reason);
    }

    [Theory]
    [InlineData(100, 330, 2.0, "width")]
    [InlineData(440, 5000, 2.0, "height")]
    [InlineData(440, 330, double.NaN, "scale")]
    public void OptionsOutOfRangeAreRefused(int width, int height, double scale, string name) =>
        Should.Throw<ParameterException>(() => FigureRenderer.Png(SampleFigures.Of(Line), new RenderOptions { Width = width, Height = height, Scale = scale }))
            .Message.ShouldContain(name);

    private static string Refusal(Figure figure)
    {
        var message = Should.Throw<ParameterException>(() => FigureRenderer.Svg(figure)).Message;
        Should.Throw<ParameterException>(() => FigureRenderer.Png(figure));
        Should.Throw<ParameterException>(() => FigureCsv.Render(figure));
        Should.Throw<ParameterException>(() => TerminalPlot.Render(figure, 80, 20, false));
        return message;
    }
}
