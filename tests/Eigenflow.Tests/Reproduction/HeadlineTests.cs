using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Reproduction;

/// <summary>Titles say what the numbers say, and change with them.</summary>
public sealed class HeadlineTests
{
    [Theory]
    [InlineData(0.0301, "MSE within 3.1 % of the law")]
    [InlineData(0.342, "MSE up to 35 % off the law")]
    [InlineData(5e-7, "MSE within 5×10^{−7} of the law")]
    [InlineData(double.NaN, "MSE and the law")]
    public void ADepartureIsRoundedUpAndALargeOneIsNotCalledSmall(double largest, string title) => Headline.Departure("MSE", "the law", largest).ShouldBe(title);

    [Theory]
    [InlineData(3.14, "Mean within 3.2 standard errors of theory")]
    [InlineData(7.9, "Mean up to 7.9 standard errors off theory")]
    public void AMeanThatLeavesItsTheoryIsNotWithinIt(double largest, string title) => Headline.Errors("Mean", "theory", largest).ShouldBe(title);

    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, "peak grows with a")]
    [InlineData(new[] { 3.0, 2, 1 }, "peak falls with a")]
    [InlineData(new[] { 2.0, 2, 2 }, "peak does not depend on a")]
    [InlineData(new[] { 0.036, 0.059, 0.046 }, "peak has no order in a")]
    [InlineData(new[] { 1.0, 1, 2 }, "peak has no order in a")]
    public void ATrendIsOneOnlyWhereEveryStepGoesThatWay(double[] values, string title) => Headline.Trend("peak", "a", values).ShouldBe(title);

    [Fact]
    public void SlopesComeWithTheirIntervalsUntilTheyAreTooLong()
    {
        (double, MeasuredSlope)[] two = [(1.5, new(-0.3335, 0.01)), (2, new(-0.5, 1e-9))];
        Headline.Slopes("L", "t", "a", two).ShouldBe("L ∝ t^{p}, p = −0.334 ± 0.010, −0.500 ± 0.002 for a = 1.5, 2");
        var many = Enumerable.Range(1, 9).Select(k => ((double)k, new MeasuredSlope(-k, 0.01))).ToArray();
        Headline.Slopes("L", "t", "a", many).ShouldStartWith("L ∝ t^{p}, p = −1.00, −2.00");
        Headline.Slope("L", "t", new MeasuredSlope(-0.5, 0.003), 5).ShouldBe("L ∝ t^{−0.500 ± 0.003} over 5 decades");
    }

    [Fact]
    public void TheWorstExponentIsTheOneThatCounts() =>
        Headline.Exponents("Losses", [(-0.5, -0.5), (-0.25, -0.2617)]).ShouldBe("Losses: 2 exponents within 0.012 of their predictions");

    [Fact]
    public void AGuideStandsBesideTheSlopeThatTheCurveHasOverItsSpan()
    {
        double[] x = [.. Enumerable.Range(0, 61).Select(k => Math.Pow(10, k / 20.0))];
        var curve = new Series { Label = "", X = x, Y = [.. x.Select(at => at < 10 ? 1 : Math.Pow(at / 10, -0.7))] };
        var guide = curve.Guide(20, 500, -2.0 / 3);
        guide.Label.ShouldBe("−2/3");
        guide.Measured.ShouldBe("−0.700 ± 0.002");
        guide.StartY.ShouldBe(Math.Pow(x.First(at => at >= 20) / 10, -0.7));
    }

    [Fact]
    public void ValuesHaveAScaleFromThreeOnAndALogarithmicOneWhereTheyAreSpacedSo()
    {
        OrderedValues.Scale("d", [10.0, 100]).ShouldBeNull();
        OrderedValues.Scale("d", [10.0, 100, 1000])!.IsLogarithmic.ShouldBeTrue();
        OrderedValues.Scale("a", [0.5, 1, 1.5, 2])!.IsLogarithmic.ShouldBeFalse();
        OrderedValues.Scale("a", [0.0, 10, 1000])!.IsLogarithmic.ShouldBeFalse();
        OrderedValues.Numbers(["1", "1e3"]).ShouldBe([1, 1000]);
        OrderedValues.Numbers(["1", "cosine"]).ShouldBeNull();
    }

    [Fact]
    public void ASeriesKnowsItsTheoryWhereThereIsOne()
    {
        var flow = Solved();
        var series = new Series { Label = "", X = [0.5, 1, 2, 99], Y = [1, 1, 1, 1] }.Against(flow, "u", absolute: true);
        series.Expected![1].ShouldBe(Math.Abs(flow.At(1)["u"]));
        series.Expected[3].ShouldBe(double.NaN);
        series.LargestDeparture(1, 2).ShouldBe(Math.Max(Math.Abs((1 / series.Expected[1]) - 1), Math.Abs((1 / series.Expected[2]) - 1)));
        series.Where((x, _) => x > 1).Expected!.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("phase-retrieval", "figure-6")]
    [InlineData("phase-retrieval", "claims-relaxation")]
    [InlineData("spectral-descent", "figure-4")]
    [InlineData("spectral-descent", "claims-escape")]
    [InlineData("functional-scaling-law", "figure-8")]
    public void FiguresOfReproductionsAreComparedWithTheirTheory(string system, string task)
    {
        foreach (var figure in SystemCatalog.Find(system).Reproduction.Single(one => one.Id == task).Run(null, CancellationToken.None).Figures)
        {
            Headline.Length(figure.Title).ShouldBeInRange(20, Headline.Longest, figure.Title);
            var compared = figure.Panels.SelectMany(panel => panel.Series).Where(series => series.Expected is not null).ToArray();
            compared.ShouldNotBeEmpty(figure.Id);
            compared.ShouldAllBe(series => series.Expected!.Length == series.X.Length && series.Expected.Any(double.IsFinite));
            foreach (var series in figure.Panels.SelectMany(panel => panel.Series))
                (series.Value is null || figure.Scale is not null).ShouldBeTrue(series.Label);
            figure.Panels.SelectMany(panel => panel.Slopes).ShouldAllBe(guide => guide.Measured.Length > 0);
        }
    }

    private static Solution Solved() => new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(20, 1.5) }.Solve(new GradientFlow { Times = [0.5, 4] });
}
