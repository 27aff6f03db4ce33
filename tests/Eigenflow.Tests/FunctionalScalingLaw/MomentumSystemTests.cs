using Eigenflow.Systems;
using Eigenflow.Systems.FunctionalScalingLaw;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>Momentum as hosts see it: settings, errors, warnings, predictions and their windows.</summary>
public sealed class MomentumSystemTests
{
    private readonly ISystem system = SystemCatalog.Find("functional-scaling-law");

    [Theory]
    [InlineData("exact", "momentum=1", "momentum = 1 is not allowed: it must be a number >= 0 and < 1")]
    [InlineData("sgd", "momentum=-0.1", "momentum = -0.1 is not allowed")]
    [InlineData("exact", "momentum=0.5 modes=compressed", "modes = compressed is not allowed: it must be full or auto with momentum")]
    [InlineData("exact", "momentum=0.5 momentum-schedule=increasing", "momentum = 0.5 is not allowed: it must be left out when momentum-schedule = increasing")]
    [InlineData("sde", "momentum=0.5", "it is read by exact, law, sgd")]
    [InlineData("exact", "momentum-kind=nestrov", "did you mean nesterov?")]
    public void InvalidInputGivesOneError(string method, string setting, string message) => Should.Throw<EigenflowException>(() => system.Complete(method, Setting(setting))).Message.ShouldContain(message);

    [Fact]
    public void LargeModelsNeedTooMuchMemory() =>
        Should.Throw<TooLargeException>(() => system.Solve("exact", Setting("momentum=0.5 features=1e9 model-size=1e9 steps=10"))).Message.ShouldContain("momentum with model-size = 1000000000");

    [Fact]
    public void UnstableMomentumIsWarnedOfAndHasNoStationaryLoss()
    {
        var unstable = Setting("momentum=0.99 peak=0.1 schedule=constant steps=50");
        system.Solve("exact", unstable).Warnings.ShouldHaveSingleItem().ShouldContain("momentum = 0.99 is not stable in the mean square");
        Of(unstable, "stationary-loss").Withheld.ShouldContain("must be < ");
        var stable = unstable.With("peak", 0.001);
        system.Solve("exact", stable).Warnings.ShouldBeEmpty();
        Of(stable, "largest-stable-rate").Value.ShouldBe(Of(stable, "critical-learning-rate").Value);
        Of(stable, "theorem-loss").Withheld.ShouldContain("SGD without momentum");
        system.Solve("law", stable).Warnings.ShouldHaveSingleItem().ShouldContain("holds after its transient");
        system.Predict(Setting("peak=0.1")).ShouldNotContain(prediction => prediction.Name == "effective-rate");
    }

    [Theory]
    [InlineData("polyak")]
    [InlineData("nesterov")]
    public void TheLossLawHoldsInsideItsWindow(string kind)
    {
        var inside = 0;
        foreach (var (capacity, difficulty, batch, peak, momentum, steps) in new[]
        {
            (4, 0.3, 32, 0.03, 0.98, 1000), (4, 0.5, 32, 0.03, 0.98, 3000), (2, 0.5, 64, 0.05, 0.9, 2000), (3, 0.4, 8, 0.01, 0.95, 4000), (2.5, 0.6, 128, 0.1, 0.97, 1000), (4, 0.3, 2, 0.1, 0.9, 1000), (1.5, 0.5, 64, 0.02, 0.9, 5000),
            (4, 0.5, 32, 0.03, 0.999, 3000), (2, 0.2, 64, 0.05, 0.9, 5000),
        })
        {
            var setting = Setting(FormattableString.Invariant($"capacity={capacity} difficulty={difficulty} batch={batch} peak={peak} momentum={momentum} momentum-kind={kind} steps={steps} noise=1 schedule=constant features=1e9 model-size=500 at-steps={steps}"));
            var prediction = Of(setting, "momentum-loss");
            if (prediction.Window != WindowStatus.Inside)
                continue;
            inside++;
            (system.Solve("exact", setting)["loss"][^1] / prediction.Value).ShouldBe(1, 0.1);
        }

        inside.ShouldBeInRange(4, 8);
    }

    // The condition of a mode alone is that its block of (u, q, z) shrinks.
    [Theory]
    [InlineData(MomentumKind.Polyak)]
    [InlineData(MomentumKind.Nesterov)]
    public void AModeAloneIsStableWhereItsRecursionShrinks(MomentumKind kind)
    {
        var random = new System.Random(3);
        for (var draw = 0; draw < 400; draw++)
        {
            double rho = random.NextDouble() * 0.97, batch = Math.Exp(3 * random.NextDouble()), edge = MomentumStability.LargestStep(kind, rho, batch);
            var x = edge * (0.2 + (1.6 * random.NextDouble()));
            if (Math.Abs((x / edge) - 1) < 0.02)
                continue;
            var r = kind == MomentumKind.Polyak ? rho : rho * (1 - x);
            var (u, q, z, size) = (1.0, 0.0, 0.0, 0.0);
            for (var k = 0; k < 3000; k++)
            {
                var v = kind == MomentumKind.Polyak ? u : u + (2 * rho * q) + (rho * rho * z);
                var next = (r * r * z) - (2 * r * x * q) + (x * x * u) + (x * x * v / batch);
                (u, q, z) = (u + (2 * ((r * q) - (x * u))) + next, (r * q) - (x * u) + next, next);
                var scale = Math.Abs(u) + Math.Abs(z);
                (u, q, z, size) = (u / scale, q / scale, z / scale, size + Math.Log(scale));
            }

            (size < 0).ShouldBe(x < edge, $"{kind}: rho {rho}, B {batch}, x/edge {x / edge}");
            var (gain, damping) = MomentumStability.Mode(kind, x, rho);
            (batch * damping > x * gain).ShouldBe(x < edge);
        }
    }

    private Prediction Of(Setting setting, string name) => system.Predict(setting.Without("at-steps")).Single(prediction => prediction.Name == name);

    private Setting Setting(string text) => new(text.Split(' ').Select(pair => pair.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (object)parts[1])));
}
