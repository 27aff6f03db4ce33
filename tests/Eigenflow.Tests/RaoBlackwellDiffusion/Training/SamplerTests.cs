using Eigenflow.Numerics;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Eigenflow.Systems.RaoBlackwellDiffusion.Training;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion.Training;

/// <summary>Deterministic sampling and what is measured of samples.</summary>
public sealed class SamplerTests
{
    private static readonly NetworkDesign Toy = ToyFigure.Method(10).Plan(ToyFigure.Problem(EstimatorKind.Orbit), new Eigenflow.Schedules.LearningRateSchedule(new Eigenflow.Schedules.ConstantShape(), 1e-3, 10)).Design;

    // x_T = 0.3 through the exact denoiser tanh(αx/σ²) at 100 levels: an independent program.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(49, 0.939065981)]
    public void TheExactDenoiserGoesWhereItIsKnownTo(int last, double expected)
    {
        double[] samples = [0.3, -0.3];
        ImplicitSampler.Run(Toy.Levels, Exact, samples, last);
        samples[0].ShouldBe(expected, 1e-6 * expected);
        samples[1].ShouldBe(-samples[0]);
    }

    [Fact]
    public void TheGapOfTheLossesIsKnown() => ToyFigure.ExactGap(Toy, TestContext.Current.CancellationToken).ShouldBe(0.2055704, 1e-6);

    [Fact]
    public void HalfOfTheStartsArePositive()
    {
        var starts = ImplicitSampler.Starts(Toy, 1000, 3);
        starts.Count(value => value > 0).ShouldBe(500);
        starts.Average(value => value * value).ShouldBe(0.999 * 0.999, 0.15);
    }

    [Fact]
    public void DistancesOnTheLineAreThoseOfQuantiles()
    {
        double[] samples = [1.5, -1, 0.5, -2];
        ImplicitSampler.Deviation(Toy.Problem, samples).ShouldBe((0.5 + 0 + 0.5 + 1) / 4, 1e-15);
        ImplicitSampler.Distance(Toy.Problem, samples).ShouldBe(Math.Sqrt((1 + 0 + 0.25 + 0.25) / 4), 1e-15);

        // Quantiles of unequal atoms: a quarter of the mass at 0, the rest at 3; the second half of the sample 1 belongs to 3.
        LineTransport.Distance([1, 4], [0, 3], [0.25, 0.75]).ShouldBe(Math.Sqrt((0.25 * 1) + (0.25 * 4) + (0.5 * 1)), 1e-15);
        LineTransport.Distance([2], [0, 1, 5], [0.2, 0.3, 0.5]).ShouldBe(Math.Sqrt((0.2 * 4) + (0.3 * 1) + (0.5 * 9)), 1e-15);
    }

    private static void Exact(ReadOnlySpan<double> noisy, int level, Span<double> clean)
    {
        for (var b = 0; b < noisy.Length; b++)
            clean[b] = Math.Tanh(Toy.Levels[level].FieldFactor * noisy[b]);
    }
}
