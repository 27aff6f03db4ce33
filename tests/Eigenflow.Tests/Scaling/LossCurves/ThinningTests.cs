using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

/// <summary>Sums over cells, and means over bins of rows, change ln(loss) by less than 1e-4.</summary>
public sealed class ThinningTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var shape in (string[])["constant", "linear", "cosine", "wsd", "wsd:linear", "8-1-1", "cyclic:4", "power:3", "warmup:500+cosine"])
        {
            foreach (var law in LossLaws.Names)
                cases.Add(shape, law);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CellsAreAsGoodAsSteps(string shape, string name)
    {
        var law = LossLaws.All.First(one => one.Name == name);
        double[] values = name switch
        {
            // A forgetting time of 10 steps, and noise that is a fifth of the loss.
            "direct" => DirectLaw.Values(0.02, 0.1, 0.4, 0.05, 8000, 0.3, 1.5, 0.01),
            "by-parts" => PartsLaw.Values(0.02, 0.05, 0.4, 5, 0.5, 100, 0.6),
            "multi-power" => [0.02, 0.05, 0.4, 4, 1.5, 0.4, 0.6],
            "momentum" => [0.02, 0.05, 0.4, 0.01, 0.002],
            _ => [0.02, 0.05, 0.4],
        };
        var rates = Samples.Rates(shape, 1e-3, 60_000);
        var points = FitPoints.Of(Samples.Curve(new BlindLaw(true), [1, 1, 0.3], rates, 20), 1200, rates.Steps, 120);
        var cells = new ScheduleCells(rates, points.Steps);
        cells.Counts.Length.ShouldBeLessThan(600);
        var losses = new double[points.Steps.Length];
        law.Evaluate(cells, values, losses, new double[losses.Length * values.Length]);
        for (var i = 0; i < losses.Length; i += 9)
            Math.Log(losses[i] / law.ExactAt(rates, points.Steps[i], values)).ShouldBe(0, 1e-4, $"{shape} at {points.Steps[i]}");
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("wsd:linear")]
    [InlineData("8-1-1")]
    public void MeansOverBinsAreAsGoodAsRows(string shape)
    {
        var curve = Samples.Curve(new PartsLaw(), PartsLaw.Values(0.02, 0.05, 0.4, 5, 0.5, 100, 0.6), Samples.Rates(shape, 1e-3, 20_000), 5);
        var data = FitData.Of(curve, 400, 20_000, 120);
        var residuals = data.Points.LogLosses.Select((log, i) => log - Math.Log(new PartsLaw().ExactAt(curve.Rates, data.Points.Steps[i], PartsLaw.Values(0.02, 0.05, 0.4, 5, 0.5, 100, 0.6)))).ToArray();

        // Just after a jump the loss bends within a bin; everywhere else bins are as good as their rows.
        residuals.Count(residual => Math.Abs(residual) > 1e-4).ShouldBeLessThanOrEqualTo(shape == "8-1-1" ? 4 : 0);
        residuals.Max(Math.Abs).ShouldBeLessThan(1e-2);
    }
}
