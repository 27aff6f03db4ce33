using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems.Drawing;

/// <summary>Titles of overlays count in what is drawn, compare what stands at one place, and name whose theory it is.</summary>
public sealed class TitleTests
{
    [Fact]
    public void CurvesThatEndApartHaveTheirPlaces() =>
        Title("phase-retrieval", ("flow", "exponent=2"), ("flow", "exponent=1.2")).ShouldBe("Phase retrieval: loss 2.7×10^{−8} at t = 10^{6} (a = 2), 3.1×10^{−6} at t = 10^{4} (a = 1.2)");

    [Fact]
    public void CurvesAlongDifferentAxesHavePanelsOfTheirOwn()
    {
        var figure = Figure("scaling-renormalization", ("theory", ""), ("flow", ""));
        figure.Title.ShouldBe("Ridge regression: error 2.7×10^{−4} at P = 3000 (theory), 0.0045 at t = 2.3×10^{4} (flow)");
        figure.Panels.Where(panel => panel.Title.StartsWith("test error", StringComparison.Ordinal)).Select(panel => (panel.Title, panel.X.Label)).ShouldBe([("test error against samples P", "samples P"), ("test error against t", "t")]);
        figure.Panels.Single(panel => panel.Title == "error of label noise").X.Label.ShouldBe("t");

        // Along one axis they share a panel, which keeps its title.
        Figure("scaling-renormalization", ("theory", "ridge=0.1"), ("theory", "ridge=0.01")).Panels[0].Title.ShouldBe("test error");
        Figure("scaling-renormalization", ("theory", ""), ("theory", "along=ridge")).Panels.Take(2).Select(panel => panel.X.Label).ShouldBe(["samples P", "ridge λ"]);
    }

    [Theory]
    [InlineData("multiscale-double-descent", "flow", "ridge", "Multi-scale features: final error 0.2 (ridge), 0.2 (flow)")]
    [InlineData("spectral-descent", "gd", "spectral", "Descent under anisotropic data: loss 1.1×10^{−6} at k = 4100 (gd), 9×10^{−6} at k = 570 (spectral)")]
    [InlineData("scaling-renormalization", "theory", "density", "Ridge regression: theory, density")]
    public void EndsAreThoseOfTheDrawnCurves(string id, string one, string other, string title) => Title(id, (one, ""), (other, "")).ShouldBe(title);

    [Theory]
    [InlineData("functional-scaling-law", "exact", "", "Functional scaling law: loss falls from 0.601 to 0.00571 at k = 10^{4}")]
    [InlineData("multiscale-double-descent", "ridge", "", "Multi-scale features: error has two minima, 0.27 and 0.12, and ends at 0.2")]
    [InlineData("u-turn-double-descent", "theory", "samples=10", "Smoothers: test error diverges at P_φ = 10")]
    [InlineData("scaling-renormalization", "density", "", "Ridge regression: density up to 300 at l = 0.00115")]
    [InlineData("multiscale-double-descent", "flow", "", "Multi-scale features: error has two minima, 0.27 and 0.12, and ends at 0.2")]
    [InlineData("scaling-collapse", "law", "", "Scaling collapse: normalised curves of all sizes are one curve")]
    [InlineData("scaling-collapse", "law", "data-exponent=0.9", "Scaling collapse: normalised curves of all sizes differ by rms Δ = 0.035")]
    [InlineData("in-and-out-of-equilibrium", "theory", "", "In and out of equilibrium: stationary Σ_{11} 0.0022")]
    [InlineData("in-and-out-of-equilibrium", "theory", "learning-rate=0.02", "In and out of equilibrium: stationary Σ_{11} 0.086")]
    public void OneCurveIsToldAsItIsDrawn(string id, string method, string given, string title) => Title(id, (method, given)).ShouldBe(title);

    [Theory]
    [InlineData("spectral-descent", "spectral", "sgd", false)]
    [InlineData("spectral-descent", "gd", "sgd", true)]
    [InlineData("phase-retrieval", "wide", "sgd", false)]
    [InlineData("phase-retrieval", "link-flow", "sgd", false)]
    [InlineData("phase-retrieval", "sgd-theory", "sgd", true)]
    [InlineData("scaling-collapse", "law", "sgd", false)]
    [InlineData("scaling-collapse", "ladder", "sgd", true)]
    [InlineData("in-and-out-of-equilibrium", "theory", "trajectory", true)]
    public void ARunIsComparedWithATheoryOfIt(string id, string theory, string run, bool isCompared)
    {
        const string Given = "dimension=20 steps=400 replicas=4 points=20 learning-rate=0.001";
        Title(id, (theory, Given), (run, Given)).Contains($" of {run} ", StringComparison.Ordinal).ShouldBe(isCompared);
    }

    private static string Title(string id, params (string Method, string Given)[] runs) => Figure(id, runs).Title;

    private static Eigenflow.Figures.Figure Figure(string id, params (string Method, string Given)[] runs)
    {
        var system = SystemCatalog.Find(id);
        return system.Draw([.. runs.Select(run => system.Solve(system.Complete(run.Method, new Setting(run.Given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Where(pair => system.Parameter(pair[0]) is not null && system.IsRead(system.Method(run.Method), pair[0])).Select(pair => KeyValuePair.Create(pair[0], system.Parameter(pair[0])!.Parse(pair[1])))))))]);
    }
}
