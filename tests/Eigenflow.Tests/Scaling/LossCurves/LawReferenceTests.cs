using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

/// <summary>Reference values of the surrogates: plain sums exactly, sums over cells within what thinning may change.</summary>
public sealed class LawReferenceTests
{
    private static readonly StepRates Stepwise = Samples.Rates("8-1-1", 0.01, 200);
    private static readonly StepRates Stable = Samples.Rates("wsd", 0.02, 150, 0.002, 50);

    [Fact]
    public void DirectForm()
    {
        Check(new DirectLaw(), Stepwise, DirectLaw.Values(2, 3, 0.4, 0.05, 100, 0.5, 1.75, 0.2), (100, 3.059692513), (200, 2.863703371));
        Check(new DirectLaw(), Stable, DirectLaw.Values(1.5, 2, 0.6, 0.1, 50, 0.2, 1.5, 0.3), (75, 2.046185198), (150, 1.910170921));
    }

    [Fact]
    public void FormByParts()
    {
        // The value after step k is that after k + 1 updates.
        Check(new PartsLaw(), Stepwise, PartsLaw.Values(2, 1, 0.4, 30, 0.5, 20, 0.75), (101, 2.996027778), (200, 2.654228028));
        Check(new PartsLaw(), Stable, PartsLaw.Values(1.5, 0.8, 0.6, 20, 0.2, 10, 0.5), (76, 2.122277122), (150, 1.864104213));
    }

    [Fact]
    public void OtherLaws()
    {
        Check(new MultiPowerLaw(), Stepwise, [2, 1, 0.4, 30, 2, 0.5, 0.6], (200, 2.671510846));
        Check(new MomentumLaw(), Stepwise, [2, 1, 0.4, 2, -Math.Log(0.99)], (200, 2.280528926));
    }

    private static void Check(LossLaw law, StepRates rates, double[] values, params (int Step, double Loss)[] expected)
    {
        var cells = new ScheduleCells(rates, [.. expected.Select(pair => pair.Step)]);
        var losses = new double[expected.Length];
        law.Evaluate(cells, values, losses, new double[expected.Length * values.Length]);
        for (var i = 0; i < expected.Length; i++)
        {
            law.ExactAt(rates, expected[i].Step, values).ShouldBe(expected[i].Loss, 1e-8 * expected[i].Loss);
            Math.Log(losses[i] / expected[i].Loss).ShouldBe(0, 1e-4);
        }
    }
}
