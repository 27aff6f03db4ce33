using Eigenflow.Scaling.Collapse;
using Eigenflow.Systems.ScalingCollapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingCollapse;

/// <summary>Predictors of other schedules on the ladder beside the values of an independent program (docs/systems/scaling-collapse.md).</summary>
public sealed class TransferTests
{
    private const int Records = 2560;

    [Theory]
    [InlineData("linear", 0, 0.04397483434, 0.03607713158, 0.03293629888, 0.03358205024, 0.3609237)]
    [InlineData("cosine", 0.01, 0.04576211703, 0.03664677908, 0.03302017765, 0.03376526176, 0)]
    [InlineData("decay:0.2+linear", 0.01, 0.04154960637, 0, 0.02986652241, 0.03054831401, 0)]
    public void PredictedEnds(string schedule, double noise, double reference, double reduced, double full, double ratio, double alpha)
    {
        var problem = new ScalingProblem { Models = [64], Batch = 1, Noise = noise };
        var constant = problem.Mean(64, Records, CancellationToken.None);
        var target = problem.Under(schedule).Mean(64, Records, CancellationToken.None);
        var options = new TransferOptions { Alpha = 0.25, From = 0.1, Curvature = LadderModel.Of(problem, 64).Trace / 2, RatioOffset = -noise / 2 };
        var transfer = ScheduleTransfer.Of(constant, target, options);
        transfer.WithoutModel[^1].ShouldBe(reference, 1e-6 * reference);
        if (reduced > 0)
            transfer.Reduced![^1].ShouldBe(reduced, 1e-6 * reduced);
        transfer.Full![^1].ShouldBe(full, 1e-6 * full);
        transfer.Ratio![^1].ShouldBe(ratio, 1e-6 * ratio);
        if (alpha > 0)
            ScheduleTransfer.Of(constant, target, options with { Alpha = null }).Alpha.ShouldBe(alpha, 1e-6);
    }

    [Theory]
    [InlineData(64, 0.21, 0.064, 0.0043, 0.019)]
    public void ErrorsOfPredictors(double size, params double[] expected)
    {
        var problem = new ScalingProblem { Models = [size], Batch = 1 };
        var transfer = ScheduleTransfer.Of(
            problem.Mean(size, Records, CancellationToken.None), problem.Under("linear").Mean(size, Records, CancellationToken.None),
            new TransferOptions { Alpha = 0.25, From = 0.1, Curvature = LadderModel.Of(problem, size).Trace / 2 });
        double[][] predicted = [transfer.WithoutModel, transfer.Reduced!, transfer.Full!, transfer.Ratio!];
        for (var k = 0; k < expected.Length; k++)
            LadderLab.Rms(predicted[k].Skip(transfer.Start).Select((value, row) => (value / transfer.Target.Losses[transfer.Start + row]) - 1)).ShouldBe(expected[k], 0.02 * expected[k]);
    }
}
