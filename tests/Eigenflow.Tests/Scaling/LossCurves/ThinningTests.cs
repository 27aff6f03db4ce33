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
        cells.Counts.Length.ShouldBeLessThan(1100);
        var losses = new double[points.Steps.Length];
        law.Evaluate(cells, values, losses, new double[losses.Length * values.Length]);
        for (var i = 0; i < losses.Length; i += 9)
            Math.Log(losses[i] / law.ExactAt(rates, points.Steps[i], values)).ShouldBe(0, 1e-4, $"{shape} at {points.Steps[i]}");
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.7)]
    [InlineData(8)]
    public void KernelsOfOneStepAreSummedRight(double p)
    {
        // Forgetting within a step, where no integral stands for the sum.
        var rates = Samples.Rates("linear", 0.01, 2000);
        var values = DirectLaw.Values(1, 0.5, 0.5, 0.05, 400, 0.5, p, 0.01);
        int[] targets = [.. Enumerable.Range(1, 40).Select(row => row * 50)];
        var losses = new double[targets.Length];
        new DirectLaw().Evaluate(new ScheduleCells(rates, targets), values, losses, new double[8 * targets.Length]);
        for (var i = 0; i < targets.Length; i++)
            Math.Log(losses[i] / new DirectLaw().ExactAt(rates, targets[i], values)).ShouldBe(0, 1e-4, $"step {targets[i]}");
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("wsd:linear")]
    [InlineData("8-1-1")]
    public void MeansOverBinsAreAsGoodAsRows(string shape)
    {
        var curve = Samples.Curve(new PartsLaw(), PartsLaw.Values(0.02, 0.05, 0.4, 5, 0.5, 100, 0.6), Samples.Rates(shape, 1e-3, 20_000), 5);
        var data = FitData.Of(curve, 400, 20_000, 120);
        for (var i = 0; i < data.Count; i++)
        {
            // Just after a jump or the start of a decay, and where the rate vanishes, the loss bends within a bin; everywhere else bins are as good as their rows.
            var step = data.Points.Steps[i];
            var isBend = shape != "cosine" && (step is > 15_900 and < 16_800 || step is > 17_900 and < 18_800 or > 19_700);
            (data.Points.LogLosses[i] - Math.Log(new PartsLaw().ExactAt(curve.Rates, step, PartsLaw.Values(0.02, 0.05, 0.4, 5, 0.5, 100, 0.6)))).ShouldBe(0, isBend ? 5e-3 : 1e-4, $"step {step}");
        }
    }
}
