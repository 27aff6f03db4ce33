using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Convergence, the late law, S_d, the clock of the MSE and the floors: numbers of an independent solver (extrapolated linearly implicit Euler, rtol 2e-11).</summary>
public sealed class LateLawTests
{
    [Fact]
    public void LateLawWithTheSecondTailHasTheReferenceValues()
    {
        var problem = Reference.Problem(100, 2);
        var flow = problem.Solve(new GradientFlow { Times = [200], RelativeTolerance = 1e-10 });
        flow["loss"][0].ShouldPrint(".021752969");
        flow["one-minus-s"][0].ShouldPrint(".0069795006");
        flow["one-minus-u"][0].ShouldPrint(".0062098852");
        var law = new SharpLaw(problem.Modes());
        (law.Loss(200) / flow["loss"][0]).ShouldBe(1 - 0.014, 6e-4);
        (law.Shortfall(200) / flow["one-minus-s"][0]).ShouldBe(1 - 0.0115, 6e-5);
        (law.Misalignment(200) / flow["one-minus-u"][0]).ShouldBe(1 - 0.0126, 6e-5);

        // τ₁(2t) in its place, which is the same for large d, would be 8.8 % too large.
        (4 * law.Tail(400) / flow["loss"][0]).ShouldBe(1.088, 6e-4);
    }

    [Theory]
    [InlineData(1000, 2.0, 0.05, ".54084152", "11.549066", "10.399126")]
    [InlineData(1000, 2.0, 0.01, ".54084152", "239.21117", "240.87003")]
    [InlineData(1000, 1.5, 0.01, "1.0595995", "1861.8529", "1818.4658")]
    [InlineData(100, 3.0, 0.01, ".19786165", "16.570324", "16.162439")]
    [InlineData(10_000, 3.0, 0.01, ".45631069", "19.297289", "18.542109")]
    public void ConvergenceTimesHaveTheReferenceValues(int dimension, double exponent, double accuracy, string crossing, string convergence, string law)
    {
        var problem = Reference.Problem(dimension, exponent) with { Accuracy = accuracy };
        var flow = problem.Solve(new GradientFlow { Until = 3000, Points = 2, RelativeTolerance = 1e-11, KeepsDenseOutput = false });
        flow.TimeOf("crossing").ShouldPrint(crossing);
        flow.TimeOf("convergence").ShouldPrint(convergence);
        flow.Events["dip"].ShouldBeNull();
        new SharpLaw(problem.Modes()).TimeTo(accuracy).ShouldPrint(law);
    }

    [Fact]
    public void ConvergenceToTheInverseDimensionIsFarFromThePowerOfTheDimension() =>
        (Reference.Problem(1000, 3) with { Accuracy = 1e-3 }).Solve(new GradientFlow { Until = 1000, Points = 2, RelativeTolerance = 1e-10 }).TimeOf("convergence").ShouldPrint("569.79");

    [Theory]
    [InlineData(1.6)]
    [InlineData(2.0)]
    [InlineData(3.0)]
    public void LawOfInfinitelyManyModesIsTheLimit(double exponent)
    {
        const double accuracy = 1e-3;
        var problem = Reference.Problem(100_000_000_000_000, exponent) with { Start = Start.FromValues([0]) };
        var modes = (problem with { Start = Start.UnitSphere(1) }).Modes(ModeRepresentation.Averaged);
        var spectrum = (PowerLawSpectrum)problem.Spectrum;
        SharpLaw.LimitTimeTo(spectrum, 1, accuracy).ShouldBe(new SharpLaw(modes).TimeTo(accuracy), 1e-3 * SharpLaw.LimitTimeTo(spectrum, 1, accuracy));
    }

    [Theory]
    [InlineData(100, 2.0, 1000, 9.400097779e-2, 1e-5)]
    [InlineData(1000, 1.1, 100, 0.6278694214, 1e-9)]
    [InlineData(100_000, 1.5, 1e6, 0.4809874563, 1e-9)]
    [InlineData(1000, 1.5, 3e4, 2.337911762e-4, 1e-9)]
    public void UniformFormulaHasTheValuesOfTheSum(int dimension, double exponent, double time, double value, double tolerance)
    {
        SpectralRelaxation.Of(Reference.Problem(dimension, exponent).Modes(ModeRepresentation.Averaged), time).ShouldBe(value, 1e-9 * value);
        SpectralRelaxation.Uniform((PowerLawSpectrum)Spectrum.PowerLaw(dimension, exponent), time).ShouldBe(value, tolerance * value);
    }

    [Fact]
    public void UniformFormulaHasTheWrittenDigits()
    {
        SpectralRelaxation.Of(Reference.Problem(100, 2).Modes(ModeRepresentation.Full), 1000).ShouldPrint(".09400097779");
        SpectralRelaxation.Uniform((PowerLawSpectrum)Spectrum.PowerLaw(100, 2), 1000).ShouldPrint(".09400097777");

        // Late, the bound e^(−z) of the last mode is loose by az.
        SpectralRelaxation.Collapsed(1.5, 300).ShouldBe(Math.Exp(-300) / 450, 0.01 * Math.Exp(-300) / 450);
    }

    [Theory]
    [InlineData(2.0, 10, "8.6066154", ".92622681", ".92629392")]
    [InlineData(2.0, 1000, "989.81763", ".78676650", ".78682211")]
    [InlineData(2.0, 1e5, null, ".087652066", ".0876720586")]
    [InlineData(1.5, 1000, null, ".45465805", ".45543563")]
    public void ClockOfTheErrorHasTheReferenceValues(double exponent, double time, string? clock, string error, string formula)
    {
        var problem = Reference.Problem(1000, exponent);
        var flow = problem.Solve(new GradientFlow { Times = [time], RelativeTolerance = 1e-11 });
        flow["mse"][0].ShouldPrint(error);
        problem.Solve(new MseClock { Times = [time], RelativeTolerance = 1e-11 })["mse"][0].ShouldPrint(formula);
        if (clock is null)
            return;
        var rule = ErrorClock.Plan([time], EscapeTheory.Of(problem.Modes()).Rate, flow.Events["crossing"]);
        rule.Integrals([.. rule.Nodes.Select(node => flow.At(node)["u"])])[0].ShouldPrint(clock);
    }

    // Nothing but the MSE differs from the flow, whatever the start: none, one that escapes at once, and a tiny one.
    [Theory]
    [InlineData(1)]
    [InlineData(1e-40)]
    public void ClockKeepsTheOtherColumnsOfTheFlow(double size)
    {
        var problem = Reference.Problem(60, 1.5) with { Start = Start.FromValues(Enumerable.Range(1, 60).Select(i => size * Math.Sin(i) / 8)) };
        var (flow, clock) = (problem.Solve(new GradientFlow()), problem.Solve(new MseClock()));
        clock["u"].ShouldBe(flow["u"]);
        clock["loss"].ShouldBe(flow["loss"]);
        for (var row = 0; row < flow.Rows; row++)
        {
            if (flow["mse"][row] > 0.3 * flow["mse"][0])
                clock["mse"][row].ShouldBe(flow["mse"][row], 0.05 * flow["mse"][row]);
        }
    }

    [Theory]
    [InlineData(0.5, 5.3370e-4, 6e-9)]
    [InlineData(1, 1.44203e-3, 6e-9)]
    [InlineData(1.5, 3.10476e-3, 6e-9)]
    public void StationaryDeviationsOfTheOverlapHaveTheReferenceValues(double exponent, double deviation, double tolerance) =>
        Math.Sqrt(StationaryFloor.Of(Reference.Problem(300, exponent).Modes(), 1e-3, 1, 0.05).OverlapVariance).ShouldBe(deviation, tolerance);

    // Numbers of the figures of the paper.
    [Fact]
    public void NumbersOfFigureTwo()
    {
        var flow = Reference.Problem(1000, 2).Solve(new GradientFlow { Times = [1e5], RelativeTolerance = 1e-11 });
        flow.TimeOf("escape").ShouldPrint(".20374");
        flow.TimeOf("crossing").ShouldPrint(".54084152");
        flow.TimeOf("convergence").ShouldPrint("11.549066");
        flow["one-minus-u"][0].ShouldPrint("1.2301108e-4");
        flow["one-minus-s"][0].ShouldPrint("1.6204594e-4");
        flow["mse"][0].ShouldPrint(".087652066");
    }

    [Theory]
    [InlineData(5000, 1.5, "6.7551464e-2", ".400826")]
    [InlineData(5000, 2.0, "1.6673042e-2", ".514592")]
    [InlineData(5000, 4.0, "1.2407823e-3", ".754405")]
    [InlineData(500, 1.5, null, ".553262")]
    public void NumbersOfFigureSix(int dimension, double exponent, string? shortfall, string slope)
    {
        const double step = 1e-3;
        var flow = Reference.Problem(dimension, exponent).Solve(new GradientFlow { Times = [100 * Math.Exp(-step), 100, 100 * Math.Exp(step)], RelativeTolerance = 1e-12 });
        var values = flow["one-minus-u"];
        if (shortfall is not null)
            values[1].ShouldPrint(shortfall);
        (Math.Log(values[0] / values[2]) / (2 * step)).ShouldPrint(slope);
    }
}
