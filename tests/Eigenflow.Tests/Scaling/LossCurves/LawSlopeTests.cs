using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

/// <summary>Slopes of every law against central differences in the logarithms of its parameters.</summary>
public sealed class LawSlopeTests
{
    [Theory]
    [InlineData("direct", new[] { 2, 3, 0.4, 0.05, 50, 100, 1.6, 0.2 })]
    [InlineData("direct", new[] { 2, 3, 0.4, 0.05, 50, 100, 1.02, 0.2 })]
    [InlineData("direct", new[] { 2, 3, 0.4, 0.05, 50, 100, 2, 0.2 })]
    [InlineData("direct", new[] { 2, 3, 0.4, 0.05, 50, 100, 4, 0.01 })]
    [InlineData("by-parts", new[] { 2, 1, 0.4, 15, 30, 20, 0.75 })]
    [InlineData("by-parts", new[] { 2, 1, 0.4, 15, 30, 20, 1 })]
    [InlineData("multi-power", new[] { 2, 1, 0.4, 30, 2, 0.5, 0.6 })]
    [InlineData("momentum", new[] { 2, 1, 0.4, 2, 0.01 })]
    [InlineData("power-time", new[] { 2, 1, 0.4 })]
    [InlineData("power-steps", new[] { 2, 1, 0.4 })]
    public void SlopesAreDerivatives(string name, double[] values)
    {
        const double Small = 1e-5;
        var law = LossLaws.All.First(one => one.Name == name);
        var cells = new ScheduleCells(Samples.Rates("warmup:50+cosine", 0.01, 3000, 1e-4), [100, 700, 1500, 3000]);
        var count = cells.Targets.Length;
        double[] losses = new double[count], above = new double[count], below = new double[count], slopes = new double[count * values.Length], unused = new double[count * values.Length];
        law.Evaluate(cells, values, losses, slopes);
        for (var j = 0; j < values.Length; j++)
        {
            law.Evaluate(cells, [.. values.Select((value, l) => l == j ? value * Math.Exp(Small) : value)], above, unused);
            law.Evaluate(cells, [.. values.Select((value, l) => l == j ? value * Math.Exp(-Small) : value)], below, unused);
            for (var i = 0; i < count; i++)
                slopes[(i * values.Length) + j].ShouldBe((above[i] - below[i]) / (2 * Small), 2e-6 * losses[i], $"{law.Parameters[j].Symbol} at target {i}");
        }
    }
}
