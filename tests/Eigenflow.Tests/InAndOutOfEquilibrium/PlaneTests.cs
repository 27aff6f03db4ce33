using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.InAndOutOfEquilibrium;

/// <summary>Currents in the plane of two coordinates, as pictures of one run have them.</summary>
public sealed class PlaneTests
{
    private static readonly ISystem System = SystemCatalog.Find("in-and-out-of-equilibrium");

    [Theory]
    [InlineData("1:2")]
    [InlineData("1:3")]
    [InlineData("3:2")]
    public void StreamlinesAreThoseOfCirculationAndCovarianceOfThePlane(string plane)
    {
        var solution = Solve("theory", "dimension=3 plane=" + plane);
        var panel = PanelOf(solution);
        var field = panel.Field.ShouldNotBeNull();
        int a = plane[0] - '0', b = plane[2] - '0';
        panel.X.Label.ShouldBe($"δ_{{{a}}}");
        panel.Y.Label.ShouldBe($"δ_{{{b}}}");
        double Number(string name) => solution.SummaryOf(name + "-exact")!.Value;
        double c = a < b ? Number($"circulation-{a}{b}") : -Number($"circulation-{b}{a}"), xx = Number($"cov-{a}{a}"), yy = Number($"cov-{b}{b}"), xy = Number($"cov-{Math.Min(a, b)}{Math.Max(a, b)}");
        foreach (var (i, j) in ((int, int)[])[(2, 25), (20, 3), (15, 30)])
        {
            var (k, x, y) = ((j * field.X.Length) + i, field.X[i], field.Y[j]);
            var determinant = (xx * yy) - (xy * xy);

            // v = −C Σ⁻¹ δ, and along a line of equal density nothing flows out.
            field.HorizontalParts[k].ShouldBe(-c * ((xx * y) - (xy * x)) / determinant, 1e-12 * Math.Abs(c) / Math.Sqrt(xx));
            field.VerticalParts[k].ShouldBe(c * ((yy * x) - (xy * y)) / determinant, 1e-12 * Math.Abs(c) / Math.Sqrt(yy));
        }

        var map = panel.HeatMap.ShouldNotBeNull();
        (map.Values.Sum() * (map.X[1] - map.X[0]) * (map.Y[1] - map.Y[0])).ShouldBe(1, 0.02);
    }

    [Fact]
    public void WhereHessianAndNoiseCommuteThereIsNone() => PanelOf(Solve("theory", "problem=mean dimension=3 plane=1:3")).ShouldSatisfyAllConditions(panel => panel.Field.ShouldBeNull(), panel => panel.Title.ShouldBe("no current"));

    [Theory]
    [InlineData("1:1")]
    [InlineData("0:1")]
    [InlineData("1:9")]
    [InlineData("1")]
    [InlineData("1:2:3")]
    [InlineData("a:b")]
    [InlineData("1e9:2")]
    public void BadPlanes(string plane) => Should.Throw<ParameterException>(() => Solve("theory", "plane=" + plane)).Message.ShouldStartWith("plane = ");

    [Fact]
    public void APlaneIsWithinTheDimension() => Should.Throw<ParameterException>(() => Solve("theory", "dimension=2 plane=1:3")).Message.ShouldContain("up to the dimension 2");

    private static Panel PanelOf(Solution solution) => System.Draw([solution]).Panels.Single(panel => panel.HeatMap is not null);

    private static Solution Solve(string method, string request) =>
        System.Solve(System.Complete(method, new Setting(request.Split(' ').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (object)pair[1])))));
}
