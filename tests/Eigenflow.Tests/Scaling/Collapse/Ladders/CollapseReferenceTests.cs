using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Numbers of exact laws and of made noise (formulas of arXiv 2507.02119; values by an independent program in another language).</summary>
public sealed class CollapseReferenceTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(0.9, 0.03533626793, 0.06169812903)]
    [InlineData(1.0, 0, 0)]
    [InlineData(1.1, 0.04661498716, 0.0822260204)]
    public void TwoTermsCollapseAtTheRightHorizonAlone(double gamma, double rms, double atTenth)
    {
        var runs = Ladder.Runs(Ladder.Decades(1, 9, 9), p => Math.Pow(p, gamma), (t, p) => Math.Pow(t, -0.5) + Math.Pow(p, -0.5));
        var statistics = CollapseStatistics.Of(NormalizedCurves.Of(runs, 0));
        statistics.RootMeanSquare.ShouldBe(rms, Math.Max(1e-12, Tolerance * rms));
        statistics.Delta[9].ShouldBe(atTenth, Math.Max(1e-12, Tolerance * atTenth));
        statistics.Delta[^1].ShouldBe(0);
        statistics.HasFloor.ShouldBeFalse();
        double.IsNaN(statistics.Onset).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.9, 0.1134024302)]
    [InlineData(1.0, 0.00632035969)]
    [InlineData(1.1, 0.1504701222)]
    public void ThreeTermsCollapseUpToAGap(double factor, double rms)
    {
        const double Optimal = 0.6 / 0.52;
        var runs = Ladder.Runs(Ladder.Decades(1, 9, 9), p => Math.Pow(p, factor * Optimal), (t, p) => Math.Pow(p, -1.2) + Math.Pow(t, -(31.0 / 30)) + (Math.Pow(t, -1.0 / 6) / p));
        CollapseStatistics.Of(NormalizedCurves.Of(runs, 0)).RootMeanSquare.ShouldBe(rms, 2e-5 * rms);
    }

    [Theory]
    [InlineData(0, 0.07859061508)]
    [InlineData(0.05, 0.07152678392)]
    [InlineData(0.1, 0)]
    public void AWrongOffsetBreaksTheCollapse(double offset, double rms)
    {
        var runs = Ladder.Runs(Ladder.Decades(2, 4, 5), p => p, (t, p) => Math.Pow(t, -0.5) + Math.Pow(p, -0.5) + 0.1);
        var curves = NormalizedCurves.Of(runs, offset);
        CollapseStatistics.Of(curves).RootMeanSquare.ShouldBe(rms, Math.Max(1e-12, Tolerance * rms));
        OffsetScan.Of(curves, points: 401).Best.ShouldBe(0.1, 0.001);
    }

    [Theory]
    [InlineData(0.9, 0.01101165116)]
    [InlineData(1.1, -0.01391611386)]
    public void TheDriftSaysWhichWayTheHorizonIsWrong(double gamma, double slope)
    {
        var runs = Ladder.Runs(Ladder.Decades(2, 6, 5), p => Math.Pow(p, gamma), (t, p) => Math.Pow(t, -0.5) + Math.Pow(p, -0.5));
        var drift = CollapseDrift.Of(NormalizedCurves.Of(runs, 0));
        drift.Slope[drift.Nearest(0.1)].ShouldBe(slope, Tolerance * Math.Abs(slope));
        drift.Monotone[drift.Nearest(0.1)].ShouldBe(Math.Sign(slope));
        drift.Lower[9].ShouldBeLessThan(slope);
        drift.Upper[9].ShouldBeGreaterThan(slope);
    }

    [Fact]
    public void MadeNoiseHasItsFloorAndOnset()
    {
        var curves = NormalizedCurves.Of(Ladder.Noisy(), 0, [.. Enumerable.Range(1, 50).Select(k => 0.02 * k)]);
        var statistics = CollapseStatistics.Of(curves);
        int At(double x) => Array.FindIndex(statistics.X, value => Math.Abs(value - x) < 1e-9);
        statistics.Delta[At(0.1)].ShouldBe(0.01092314853, Tolerance * 0.0109);
        statistics.Floor[0][At(0.1)].ShouldBe(0.0034055813, 1e-9);
        statistics.Floor[1][At(0.1)].ShouldBe(0.0093973647, 1e-9);
        statistics.Floor[2][At(0.1)].ShouldBe(0.0072991495, 1e-9);
        statistics.MeanFloor[At(0.1)].ShouldBe(0.007145768713, Tolerance * 0.0071);
        statistics.Between[At(0.1)].ShouldBe(1.719775544e-06, 1e-6 * 1.7e-6);
        statistics.Within[At(0.1)].ShouldBe(3.659594088e-04, 1e-6 * 3.7e-4);
        statistics.Delta[At(0.5)].ShouldBe(0.01331036937, Tolerance * 0.0133);
        statistics.MeanFloor[At(0.5)].ShouldBe(0.007130844173, Tolerance * 0.0071);
        statistics.Delta[At(0.9)].ShouldBe(0.003831752372, Tolerance * 0.0038);
        statistics.MeanFloor[At(0.9)].ShouldBe(0.006920770679, Tolerance * 0.0069);
        statistics.Onset.ShouldBe(0.2);

        // The law of total variance, and the unbiased estimates: they add up too, and are larger within.
        var unbiased = CollapseStatistics.Of(curves, true);
        for (var i = 0; i < curves.X.Length - 1; i++)
        {
            (statistics.Between[i] + statistics.Within[i]).ShouldBe(Math.Pow(statistics.Delta[i] * statistics.Mean[i], 2), 1e-15);
            unbiased.Within[i].ShouldBe(statistics.Within[i] * 4 / 3, 1e-12);
        }
    }

    [Fact]
    public void TheFrontierGivesTheHorizonOfTheLaw()
    {
        var runs = Ladder.Runs(Ladder.Decades(6, 8, 9), _ => 1, (t, p) => (400 * Math.Pow(t, -0.3)) + (300 * Math.Pow(p, -0.35)) + 1.5, Ladder.Decades(-4, 0, 400))
            .Select(run => run with { Times = Ladder.Decades(7, 11, 400), Losses = [.. Ladder.Decades(7, 11, 400).Select(t => (400 * Math.Pow(t, -0.3)) + (300 * Math.Pow(run.Size, -0.35)) + 1.5)] }).ToArray();
        var frontier = FrontierHorizon.Of(runs);
        frontier.Computes.Length.ShouldBe(631);
        frontier.ComputeExponent.ShouldBe(2.1668807, 1e-5 * 2.17);
        frontier.Scale.ShouldBe(0.35693403, 1e-5 * 0.357);
        frontier.Exponent.ShouldBe(0.35 / 0.3, 0.001);
        frontier.Lower.ShouldBeLessThan(0.35 / 0.3);
        frontier.Upper.ShouldBeGreaterThan(0.35 / 0.3);
        frontier.TimeOf(1e7).ShouldBe(Math.Pow(1e7 / frontier.Scale, frontier.ComputeExponent) / 6e7, 1);
    }

    [Fact]
    public void CurvesCollapseBestAtTheHorizonOfTheLaw()
    {
        var sizes = Ladder.Decades(6, 8, 7);
        double Law(double t, double p) => (3 * Math.Pow(t, -0.35)) + (2 * Math.Pow(p, -0.3)) + 1.7;
        CollapseHorizon.Of(sizes, [.. sizes.Select(_ => 1)], (m, _, t) => Law(t, sizes[m]), (gamma, m) => 1e9 * Math.Pow(sizes[m] / 1e7, gamma), 1.7).Exponent.ShouldBe(0.857142855, 1e-6);

        // The same by cutting long curves, where interpolation between records remains.
        var times = Ladder.Decades(5, 10, 3000);
        var runs = sizes.Select(size => new LadderRun { Size = size, Times = times, Losses = [.. times.Select(t => Law(t, size))] }).ToArray();
        var horizon = CollapseHorizon.Of(runs, 1.7, 0.4, 1.5);
        horizon.Exponent.ShouldBe(6.0 / 7, 1e-4);
        horizon.IsAtEdge.ShouldBeFalse();
        horizon.RootMeanSquare.ShouldBeLessThan(1e-5);
        Should.Throw<ParameterException>(() => CollapseHorizon.Of(runs, 1.7, -1, 1)).Parameter.ShouldBe("gamma");
        Should.Throw<ParameterException>(() => CollapseHorizon.Of(runs[..2], 1.7)).Parameter.ShouldBe("models");
    }

    [Fact]
    public void TheFloorOfEndPointsIsFound()
    {
        var computes = Ladder.Decades(0, 3, 8);
        var exact = ReducibleLossFit.Of(computes, [.. computes.Select(c => 2.5 + (0.8 * Math.Pow(c, -0.27)))]);
        exact.Floor.ShouldBe(2.5, 1e-6);
        exact.Amplitude.ShouldBe(0.8, 1e-6);
        exact.Exponent.ShouldBe(0.27, 1e-6);
        exact.Determination.ShouldBe(1, 1e-9);
        var fit = ReducibleLossFit.Of(computes, [.. computes.Select((c, i) => 2.5 + (0.8 * Math.Pow(c, -0.27) * (1 + (0.002 * Math.Sin(i)))))], null, 100);
        fit.Amplitude.ShouldBe(0.80128813, 2e-3 * 0.8);
        fit.Exponent.ShouldBe(0.26958809, 2e-3 * 0.27);
        fit.Floor.ShouldBe(2.49921069, 2e-3 * 2.5);
        fit.Lower.ShouldBeLessThan(2.5);
        fit.Upper.ShouldBeGreaterThan(2.5);
        fit.IsUnidentified.ShouldBeFalse();
        var (floors, objectives, _) = fit.Profile();
        var best = Array.IndexOf(objectives, objectives.Min());
        floors[best].ShouldBe(fit.Floor, 0.05);
        objectives.Min().ShouldBeGreaterThanOrEqualTo(fit.Objective * (1 - 1e-9));

        // Units.
        foreach (var unit in new[] { 1e-9, 1e9 })
        {
            var scaled = ReducibleLossFit.Of([.. computes.Select(c => c * unit)], [.. fit.Losses.Select(loss => loss / unit)]);
            scaled.Floor.ShouldBe(fit.Floor / unit, 1e-6 * fit.Floor / unit);
            scaled.Exponent.ShouldBe(fit.Exponent, 1e-6);
        }

        Should.Throw<ParameterException>(() => ReducibleLossFit.Of(computes[..2], fit.Losses[..2])).Parameter.ShouldBe("end-points");
        Should.Throw<ParameterException>(() => ReducibleLossFit.Of(computes, fit.Losses, floor: 3)).Parameter.ShouldBe("offset");
    }
}
