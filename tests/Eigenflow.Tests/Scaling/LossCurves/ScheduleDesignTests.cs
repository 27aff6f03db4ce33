using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

public sealed class ScheduleDesignTests
{
    private static readonly double[] Values = DirectLaw.Values(0, 2, 0.6, 0.1, 50, 0.2, 1.5, 0.3);

    [Fact]
    public void GradientHasItsReferenceValues()
    {
        var rates = Samples.Rates("wsd", 0.05, 60, 0.005, 20);
        var gradient = new double[60];
        var loss = new FinalLoss(Values, [.. Enumerable.Repeat(1.0, 60)], 1).Evaluate([.. Enumerable.Range(0, 60).Select(rates.RateAt)], gradient);
        loss.ShouldBe(new DirectLaw().ExactAt(rates, 60, Values), 1e-13);
        gradient[0].ShouldBe(0.051411416, 1e-9);
        gradient[30].ShouldBe(0.0560186989, 1e-9);
        gradient[59].ShouldBe(-0.4151880965, 1e-9);
    }

    [Fact]
    public void GradientOfGroupsIsADerivative()
    {
        double[] counts = [50, 20, 7, 3, 1, 1], rates = [0.05, 0.04, 0.045, 0.02, 0.01, 0.003], gradient = new double[6], unused = new double[6];
        var function = new FinalLoss(Values, counts, 4);
        function.Evaluate(rates, gradient);
        for (var i = 0; i < rates.Length; i++)
        {
            const double Small = 1e-7;
            var above = function.Evaluate([.. rates.Select((rate, j) => j == i ? rate + Small : rate)], unused);
            var below = function.Evaluate([.. rates.Select((rate, j) => j == i ? rate - Small : rate)], unused);
            gradient[i].ShouldBe((above - below) / (2 * Small), 1e-6 * Math.Max(1, Math.Abs(gradient[i])));
        }
    }

    // Closed forms of the optimal schedule in continuous time; many small steps come close to it: N steps of η, and N·m steps of η/m with m times the noise, are the same problem.
    [Theory]
    [InlineData(1, 2, 1000, 1, double.PositiveInfinity, 0.06138992905)]
    [InlineData(0.3, 4, 1e4, 1, 0.1, 0.150818569)]
    public void OptimumIsThatOfTheClosedForm(double s, double beta, double steps, double noise, double highest, double expected)
    {
        const double Finer = 100;
        var counts = ScheduleDesign.Groups((int)(steps * Finer));
        var (rates, loss) = ScheduleDesign.Optimise([0, 1, s, 1, noise * Finer, 0, 2 - (1 / beta), 1], counts, 1, 0, Math.Min(highest, 0.5) / Finer, TestContext.Current.CancellationToken);
        loss.ShouldBe(expected, 2e-3 * expected);
        if (double.IsFinite(highest))
            rates[0].ShouldBe(highest / Finer, 1e-9, "stable first");
        rates[^1].ShouldBeLessThan(rates[0]);
    }

    [Fact]
    public void BoundsAreKept()
    {
        var (rates, _) = ScheduleDesign.Optimise(Values, ScheduleDesign.Groups(500), 1, 0.002, 0.04, TestContext.Current.CancellationToken);
        rates.Min().ShouldBeGreaterThanOrEqualTo(0.002 * (1 - 1e-12));
        rates.Max().ShouldBeLessThanOrEqualTo(0.04 * (1 + 1e-12));
    }

    [Fact]
    public void TheProposalBeatsEveryShape()
    {
        var fit = ScheduleFit.Run(
            [Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("8-1-1", 0.01, 2000), 4)], [],
            new ScheduleFitOptions { Resamples = 20, Restarts = 10 }, null, TestContext.Current.CancellationToken);
        var (proposal, _) = fit.Propose(3000, 0, null, TestContext.Current.CancellationToken);
        proposal.Schedule.Steps.ShouldBe(3000);
        var truth = new DirectLaw().ExactAt(proposal.Schedule, 3000, Samples.Direct);
        foreach (var shape in (string[])["cosine", "linear", "wsd", "8-1-1", "power:3", "constant"])
            truth.ShouldBeLessThan(new DirectLaw().ExactAt(Samples.Rates(shape, 0.01, 3000), 3000, Samples.Direct), shape);
    }
}
