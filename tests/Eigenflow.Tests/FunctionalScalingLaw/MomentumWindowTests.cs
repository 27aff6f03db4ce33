using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>Predictions with momentum are out of their windows, or have no value, where the exact level is elsewhere.</summary>
public sealed class MomentumWindowTests
{
    private readonly ISystem system = SystemCatalog.Find("functional-scaling-law");

    [Theory]
    [InlineData("capacity=4 difficulty=0.3 steps=2 batch=1024 peak=0.05 momentum=0.9 momentum-kind=nesterov")]
    [InlineData("capacity=3.74 difficulty=0.2 steps=560 batch=512 peak=0.2 momentum=0.9 momentum-kind=nesterov features=2048 model-size=2048")]
    [InlineData("capacity=1.92 difficulty=0.2 steps=3623 batch=64 peak=0.2 momentum=0.99 momentum-kind=nesterov features=2048 model-size=2048")]
    [InlineData("capacity=1.92 difficulty=0.2 steps=3623 batch=64 peak=0.2 momentum=0.99 momentum-kind=nesterov features=64 model-size=64")]
    [InlineData("capacity=1.37 difficulty=0.3 steps=557 batch=32 peak=0.01 momentum=0.9 features=2048 model-size=2048")]
    public void OptimaThatNoRunReachesAreOut(string setting)
    {
        foreach (var name in (string[])["optimal-momentum-loss", "optimal-effective-rate", "batch-exponent"])
            Of("noise=1 schedule=constant " + setting, name).Window.ShouldBe(WindowStatus.Outside);
    }

    [Theory]
    [InlineData("batch=64*4@0.5 schedule=constant")]
    [InlineData("batch=64 schedule=cosine")]
    public void OptimaAreOfConstantSettings(string setting)
    {
        foreach (var name in (string[])["optimal-momentum-loss", "optimal-effective-rate", "batch-exponent", "momentum-loss", "closed-form-loss"])
            Of("capacity=1.92 difficulty=0.2 noise=1 steps=3623 peak=0.2 momentum=0.99 " + setting, name).Withheld.ShouldContain("constant learning rates, batches and momentum");
    }

    [Fact]
    public void AnOptimumInsideItsWindowIsReached()
    {
        const string Problem = "capacity=4 difficulty=0.3 noise=1 schedule=constant steps=20000 batch=32 features=4096 model-size=512";
        var risk = Of(Problem + " peak=0.02 momentum=0.9", "optimal-momentum-loss");
        var rate = Of(Problem + " peak=0.02 momentum=0.9", "optimal-effective-rate");
        (risk.Window, rate.Window).ShouldBe((WindowStatus.Inside, WindowStatus.Inside));
        double[] losses = [.. new[] { 0.5, 1, 2 }.Select(factor => Exact(FormattableString.Invariant($"{Problem} peak=0.02 momentum={1 - (0.02 / (factor * rate.Value)):R}"), "loss"))];
        (losses[1] / risk.Value).ShouldBe(1, 0.1);
        losses[1].ShouldBeLessThan(losses[0]);
        losses[1].ShouldBeLessThan(losses[2]);
    }

    [Theory]
    [InlineData("capacity=1.51 difficulty=2 features=8192 model-size=4096 noise=100 steps=9940 batch=1 peak=0.00118 momentum=0.3 momentum-kind=nesterov")]
    [InlineData("capacity=5.29 difficulty=1 features=8192 model-size=4096 noise=1 steps=4526 batch=64 peak=0.00103 momentum=0.8 momentum-kind=nesterov")]
    [InlineData("capacity=1.17 difficulty=1 features=512 model-size=512 noise=100 steps=1807 batch=16 peak=0.0146 momentum=0.8")]
    [InlineData("capacity=5.17 difficulty=1 features=8192 model-size=4096 noise=1 steps=1588 batch=2 peak=0.00307 momentum=0.8")]
    [InlineData("capacity=2.36 difficulty=2 features=512 model-size=256 noise=1 steps=365 batch=2 peak=0.0862 momentum=0.3 momentum-kind=nesterov")]
    public void TheLossLawIsOutWhereTheModesDepartFromIt(string setting)
    {
        setting += " schedule=constant";
        Of(setting, "momentum-loss").Window.ShouldBe(WindowStatus.Outside);
        (Exact(setting, "loss") / Of(setting, "closed-form-loss").Value).ShouldBe(1, 0.05);
    }

    [Theory]
    [InlineData("capacity=2.36 difficulty=2 features=512 model-size=256 noise=1 steps=365 batch=2 peak=0.0862 momentum=0.3 momentum-kind=nesterov", "the scatter of the law with momentum is too small by about ")]
    [InlineData("capacity=4 difficulty=0.3 noise=1 steps=1000 batch=32 peak=0.001 momentum=0.999", "the law with momentum holds after its transient, from ")]
    [InlineData("capacity=4 difficulty=0.3 noise=1 steps=3000 batch=2 peak=0.03 momentum=0.95", "the law with momentum is of first order in κ")]
    [InlineData("capacity=4 difficulty=0.3 noise=1 steps=3000 batch=32 peak=0.03 momentum=0.95", null)]
    public void TheLawIsWarnedOfByTheSameNumbers(string setting, string? warning)
    {
        var warnings = system.Solve("law", Setting(setting + " schedule=constant")).Warnings;
        if (warning is null)
            warnings.ShouldBeEmpty();
        else
            warnings.ShouldHaveSingleItem().ShouldContain(warning);
    }

    [Fact]
    public void SignalsHaveTheTimeOfSlowModes()
    {
        const string Setting = "capacity=3.11 difficulty=1 features=2048 model-size=2048 noise=100 steps=6507 batch=128 peak=0.0119 schedule=constant momentum=0.98";
        var constant = Of(Setting, "signal-constant");
        constant.Window.ShouldBe(WindowStatus.Inside);
        (2 * Exact(Setting, "signal") * 6507 * 0.0119 / constant.Value).ShouldBe(1, 0.02);
        foreach (var name in (string[])["kernel-constant", "kernel-exponent", "floor-time"])
            Of(Setting, name).Withheld.ShouldContain("SGD without momentum");
    }

    [Theory]
    [InlineData("capacity=1.1 features=8 model-size=8 batch=2 momentum=0.999 momentum-kind=nesterov")]
    [InlineData("capacity=1.2 features=64 model-size=64 batch=4 momentum=0.9999")]
    public void SmallCriticalRatesNeedManyModes(string setting) => Of("schedule=constant " + setting, "small-critical-rate").Window.ShouldBe(WindowStatus.Outside);

    [Theory]
    [InlineData("capacity=4 features=512 model-size=512 batch=4 momentum=0.99999 momentum-kind=nesterov")]
    [InlineData("capacity=2.5 features=4096 model-size=4096 batch=4 momentum=0.9999")]
    public void InsideTheyAreTheRoot(string setting)
    {
        var small = Of("schedule=constant " + setting, "small-critical-rate");
        small.Window.ShouldBe(WindowStatus.Inside);
        (Of("schedule=constant " + setting, "critical-learning-rate").Value / small.Value).ShouldBe(1, 0.08);
    }

    [Fact]
    public void AStationaryLossAsksForTheTransientOfMomentum() =>
        Of("capacity=1.33 difficulty=1 features=3200 model-size=64 noise=0 steps=5746 batch=64 peak=0.00109 momentum=0.999 schedule=constant", "stationary-loss").Window.ShouldBe(WindowStatus.Outside);

    [Theory]
    [InlineData("features=1e9 model-size=1e9 momentum=0.9 peak=0.01 steps=100", true)]
    [InlineData("features=1e7 model-size=1e7 steps=1e9", true)]
    [InlineData("momentum=0.9 momentum-kind=nesterov", false)]
    public void LongCurvesAreNotSolvedUnasked(string setting, bool isLong)
    {
        system.Predict(Setting(setting)).ShouldNotBeEmpty();
        system.IsLongCurve(system.Complete("exact", Setting(setting))).ShouldBe(isLong);
        system.IsOfPredictions("momentum").ShouldBeTrue();
        system.IsOfPredictions("points").ShouldBeFalse();
    }

    private Prediction Of(string setting, string name) => system.Predict(Setting(setting)).Single(prediction => prediction.Name == name);

    private double Exact(string setting, string column)
    {
        var complete = Setting(setting);
        return system.Solve("exact", complete.With("at-steps", complete["steps"]!))[column][^1];
    }

    private static Setting Setting(string text) => new(text.Split(' ').Select(pair => pair.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (object)parts[1])));
}
