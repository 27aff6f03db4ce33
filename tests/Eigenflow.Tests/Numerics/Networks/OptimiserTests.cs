using Eigenflow.Numerics.Networks;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Networks;

public sealed class OptimiserTests
{
    // Five steps in NumPy with the gradient 2θ + t (0.1, 0, −0.3) from (0.5, −1, 2) with the rate 0.05.
    [Fact]
    public void AdamIsTheAlgorithmOfItsPaper() =>
        Train<double>(new Adam(), 0, 5, null)[..3].ShouldBe([0.2500000022548874, -0.7514778912964928, 1.7545533182622968], 1e-15);

    [Fact]
    public void MomentumIsHeavyBall()
    {
        Train<double>(new GradientDescent(0.9), 0, 5, null)[..3].ShouldBe([-0.149398, 0.02916, 0.346134], 1e-15);
        Train<double>(new GradientDescent(), 0, 1, null)[..3].ShouldBe([0.5 - (0.05 * 1.1), -0.9, 2 - (0.05 * 3.7)], 1e-15);
    }

    [Fact]
    public void FloatsFollowDoubles()
    {
        var doubles = Train<double>(new Adam(), 0, 50, null);
        var floats = Train<float>(new Adam(), 0, 50, null);
        for (var k = 0; k < 3; k++)
            floats[k].ShouldBe((float)doubles[k], 1e-5f);
    }

    [Fact]
    public void TrainingGoesOnFromAWrittenState()
    {
        foreach (Optimiser optimiser in new Optimiser[] { new Adam(), new GradientDescent(0.7) })
        {
            var whole = Train<double>(optimiser, 0, 9, null);
            Train<double>(optimiser, 4, 9, Train<double>(optimiser, 0, 4, null)).ShouldBe(whole);
        }
    }

    [Fact]
    public void LateStepsNeedNoCorrection()
    {
        var shape = new NetworkShape(Activation.Tanh, 1, 1);
        var state = new double[new Adam().StateLength(shape)];
        var gradient = new double[shape.PaddedCount];
        gradient[0] = 1;
        new Adam(0, 0).Update<double>(state, gradient, 1_000_000_000_000_000, 0.25);
        state[0].ShouldBe(-0.25, 1e-8);
    }

    private static T[] Train<T>(Optimiser optimiser, int from, int to, T[]? state)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var shape = new NetworkShape(Activation.Tanh, 2, 1);
        var at = state?.ToArray() ?? new T[optimiser.StateLength(shape)];
        if (state is null)
            (at[0], at[1], at[2]) = (T.CreateTruncating(0.5), T.CreateTruncating(-1), T.CreateTruncating(2));
        var gradient = new T[shape.PaddedCount];
        for (var step = from; step < to; step++)
        {
            for (var k = 0; k < 3; k++)
                gradient[k] = (at[k] + at[k]) + T.CreateTruncating((step + 1) * new[] { 0.1, 0, -0.3 }[k]);
            optimiser.Update<T>(at, gradient, step, 0.05);
        }

        return at;
    }
}
