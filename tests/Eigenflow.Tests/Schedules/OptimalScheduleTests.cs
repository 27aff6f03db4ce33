using Eigenflow.Schedules;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Schedules;

public sealed class OptimalScheduleTests
{
    [Theory]
    [InlineData(1, 2, 1000, 1, 34.5233901, 0.06138992905, 0.08389050347)]
    [InlineData(0.8, 3, 1e5, 0.25, 9960.237198, 0.001824458075, 0.4688258452)]
    [InlineData(2, 1.5, 1e4, 1, 23.5344615, 0.004930004151, 0.004827316568)]
    public void WithoutBoundItIsTheReference(double s, double beta, double steps, double noise, double time, double value, double initial)
    {
        var optimum = OptimalSchedule.Solve(new ScheduleObjective { Difficulty = s, Capacity = beta, Noise = noise }, steps);
        optimum.Time.ShouldBe(time, 1e-5 * time);
        optimum.Value.ShouldBe(value, 1e-5 * value);
        optimum.InitialRate.ShouldBe(initial, 1e-5 * initial);
        optimum.HasStablePart.ShouldBeFalse();
    }

    [Fact]
    public void NoiseOfTheFirstReferenceAgrees() =>
        OptimalSchedule.Solve(new ScheduleObjective { Difficulty = 1, Capacity = 2 }, 1000).Noise.ShouldBe(0.03323946263, 1e-6);

    [Theory]
    [InlineData(0.3, 4, 1e4, 0.1, 1, 77.34344736, 2633.83217, 813.9602303, 0.150818569)]
    [InlineData(0.5, 4, 1e5, 0.2, 0.5, 1476.655786, 35368.6422, 14402.92734, 0.0107988424)]
    [InlineData(0.2, 2, 1e6, 0.1, 1, 5629.729908, 199228.5878, double.NaN, 0.109829977)]
    public void WithABoundItIsTheReference(double s, double beta, double steps, double bound, double noise, double left, double decay, double time, double value)
    {
        var optimum = OptimalSchedule.Solve(new ScheduleObjective { Difficulty = s, Capacity = beta, Noise = noise }, steps, bound);
        optimum.DecayTime.ShouldBe(left, 1e-4 * left);
        optimum.DecaySteps.ShouldBe(decay, 1e-4 * decay);
        optimum.Value.ShouldBe(value, 1e-4 * value);
        if (!double.IsNaN(time))
            optimum.Time.ShouldBe(time, 1e-4 * time);
        optimum.HasStablePart.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 2, 1000, null, 0.061391)]
    [InlineData(0.3, 4, 1e4, 0.1, 0.150913)]
    public void DirectMinimisationComesCloseFromAbove(double s, double beta, double steps, double? bound, double reference)
    {
        var objective = new ScheduleObjective { Difficulty = s, Capacity = beta };
        var exact = OptimalSchedule.Solve(objective, steps, bound).Value;
        var (rates, value) = DirectOptimum.Minimise(objective, steps, bound);
        value.ShouldBeGreaterThan(exact);

        // The reference is another numerical optimum on as many cells: ours may be better than it, never worse.
        value.ShouldBeLessThan(reference * (1 + 1e-5));
        value.ShouldBe(exact, 3e-4 * exact);
        rates.ShouldAllBe(rate => rate >= 0 && rate <= (bound ?? double.PositiveInfinity));
    }

    [Fact]
    public void FixedShapesAreTheReference()
    {
        var linear = new FixedShapeOptimum(new ScheduleObjective { Difficulty = 1, Capacity = 2 }, 1000, x => 1 - x);
        linear.Value(0.1).ShouldBe(0.06667213656, 1e-6 * 0.0667);
        var cosine = new FixedShapeOptimum(new ScheduleObjective { Difficulty = 0.8, Capacity = 3 }, 1e4, x => (1 + Math.Cos(Math.PI * x)) / 2);
        cosine.Value(0.05).ShouldBe(0.02146019844, 1e-6 * 0.0215);
    }

    [Theory]
    [InlineData(1, 2, null, 1)]
    [InlineData(0.3, 4, 0.1, 1)]
    [InlineData(0.3, 4, 0.1, 25)]
    [InlineData(0.7, 1.5, null, 0.04)]
    public void NoFeasibleNeighbourIsBetter(double s, double beta, double? bound, double kernelTime)
    {
        // The value of the exact schedule by quadrature, and of the same with a bump added or mass moved.
        const double Steps = 3000;
        var objective = new ScheduleObjective { Difficulty = s, Capacity = beta, KernelTime = kernelTime, SignalTime = 2, Amplitude = 1.5, Noise = 0.3 };
        var optimum = OptimalSchedule.Solve(objective, Steps, bound);
        var shape = (double x) => optimum.RateAt(x * Steps);
        var value = new FixedShapeOptimum(objective, Steps, shape, 40_000).Value(1);
        value.ShouldBe(optimum.Value, 1e-5 * value);
        foreach (var place in new[] { 0.1, 0.5, 0.9, 0.99 })
        {
            foreach (var size in new[] { -0.1, 0.1 })
            {
                var bumped = new FixedShapeOptimum(
                    objective, Steps, x => Math.Min(bound ?? 1e9, shape(x) * (1 + (size * Math.Exp(-100 * (x - place) * (x - place))))), 40_000).Value(1);
                bumped.ShouldBeGreaterThan(value * (1 - 1e-6));
            }
        }
    }

    [Fact]
    public void RatesOfStepsKeepTheIntrinsicTimeAndTheBound()
    {
        var optimum = OptimalSchedule.Solve(new ScheduleObjective { Difficulty = 0.3, Capacity = 4 }, 10_000, 0.1);
        var rates = optimum.ToRates();
        rates.Sum().ShouldBe(optimum.Time, 1e-9 * optimum.Time);
        rates.ShouldAllBe(rate => rate > 0 && rate <= 0.1 * (1 + 1e-12));
        for (var k = 1; k < rates.Length; k++)
            rates[k].ShouldBeLessThanOrEqualTo(rates[k - 1] * (1 + 1e-9));
        optimum.RateAt(10_000).ShouldBe(optimum.Invariant, 1e-12);
        optimum.AsymptoticRateAt(10_000).ShouldBe(0);
        optimum.RateAt(0).ShouldBe(0.1);
    }

    [Fact]
    public void InputThatIsNotAllowedIsRefused()
    {
        var objective = new ScheduleObjective { Difficulty = 1, Capacity = 2 };
        Should.Throw<ParameterException>(() => OptimalSchedule.Solve(objective, 100, 0)).Message.ShouldContain("largest-rate = 0 is not allowed");
        Should.Throw<ParameterException>(() => OptimalSchedule.Solve(objective, 0)).Parameter.ShouldBe("steps");
        Should.Throw<ParameterException>(() => OptimalSchedule.Solve(objective with { Capacity = 1 }, 10)).Message.ShouldContain("capacity > 1");
        Should.Throw<ParameterException>(() => OptimalSchedule.Solve(objective with { Difficulty = 0 }, 10)).Parameter.ShouldBe("difficulty");
        Should.Throw<ParameterException>(() => OptimalSchedule.Solve(objective with { Noise = double.NaN }, 10)).Parameter.ShouldBe("noise");
        Should.Throw<ParameterException>(() => new FixedShapeOptimum(objective, 10, _ => 0)).Parameter.ShouldBe("shape");
        Should.Throw<ParameterException>(() => DirectOptimum.Minimise(objective, 10, -1)).Parameter.ShouldBe("largest-rate");
    }
}
