using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>Where guides and their names stand, and what is said of marks at the foot of a panel.</summary>
public sealed class GuideTests
{
    private static readonly Box Plot = new(0, 0, 400, 300);

    // A long name moves no triangle away from its curve: it may stand elsewhere.
    [Theory]
    [InlineData("−0.5")]
    [InlineData("−0.483 ± 0.009, and that is no power law at all, as one sees")]
    public void ATriangleStandsAtItsCurve(string label)
    {
        var placer = new LabelPlacer(Plot);
        placer.Mark([new(0, 40), new(400, 240)]);
        var triangle = SlopeTriangle.Find(Plot, new(150, 115), new(220, 150), new TextBlock(label), placer);
        Math.Abs(triangle.Start.Y - 115).ShouldBeInRange(5, 40);
        (triangle.End.Y - triangle.Start.Y).ShouldBe(35, 1e-9);
    }

    [Fact]
    public void TheNameOfALineStaysAtIt()
    {
        var placer = new LabelPlacer(Plot);
        placer.Mark(new Box(95, 0, 300, 300));
        placer.Place(30, 12, [new(100, 10), new(100, 200)], isBound: true).X.ShouldBe(100);
        placer.Place(30, 12, [new(140, 10)]).X.ShouldNotBe(140);

        // Another name is not covered, whatever it takes.
        placer.Place(30, 12, [new(100, 10)], isBound: true).ShouldNotBe(new Position(100, 10));
    }

    [Theory]
    [InlineData(true, 0.0, "Caption. Ticks at the foot of a panel: zero, which a logarithmic axis does not have.")]
    [InlineData(true, -1.0, "Caption. Ticks at the foot of a panel: zero or less, which a logarithmic axis does not have.")]
    [InlineData(true, 1.0, "Caption.")]
    [InlineData(false, 0.0, "Caption.")]
    public void TheRugIsExplained(bool isLogarithmic, double value, string caption)
    {
        var panel = new Panel { X = new Axis("x", true, 1, 10), Y = new Axis("y", isLogarithmic), Series = [new Series { Label = "a", X = [1, 2, 3], Y = [1, value, 2] }] };
        EdgePainter.Caption(new Figure { Id = "f", Title = "", Caption = "Caption.", Panels = [panel] }).ShouldBe(caption);
        EdgePainter.Caption(new Figure { Id = "f", Title = "", Caption = "Caption.", Panels = [panel with { X = new Axis("x", true, 3, 10) }] }).ShouldBe("Caption.");
    }
}
