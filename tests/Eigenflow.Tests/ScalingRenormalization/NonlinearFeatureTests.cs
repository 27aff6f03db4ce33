using Eigenflow.Solutions;
using Eigenflow.Systems.ScalingRenormalization;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingRenormalization;

/// <summary>Nonlinear features and their Gaussian equivalent (arXiv 2405.00592).</summary>
public sealed class NonlinearFeatureTests
{
    private static readonly ISystem System = SystemCatalog.Find("scaling-renormalization");

    private static Activation Named(string name) => Activation.All.Single(one => one.Name == name);

    [Fact]
    public void ReferenceValues()
    {
        var erf = Named("erf").Part(1);
        erf.Linear.ShouldBe(0.651470015871, 1e-7);
        erf.Rest.ShouldBe(0.0401458728192, 1e-8);
        var relu = Named("relu").Part(1);
        relu.Mean.ShouldBe(0.398942280401, 1e-7);
        relu.Linear.ShouldBe(0.5);
        relu.Rest.ShouldBe(0.0908450569081, 1e-8);
        (relu.Rest / (relu.Linear * relu.Linear)).ShouldBe(0.363380227632, 1e-7);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.3)]
    [InlineData(4.0)]
    [InlineData(1e4)]
    public void QuadratureIsTheClosedForm(double variance)
    {
        var erf = Named("erf").Part(variance);
        erf.Linear.ShouldBe(2 / Math.Sqrt(Math.PI * (1 + (2 * variance))), 1e-12);
        (erf.Rest + (erf.Linear * erf.Linear * variance)).ShouldBe(2 / Math.PI * Math.Asin(2 * variance / (1 + (2 * variance))), 1e-11);

        // Of a wide input nothing of a sine is linear.
        if (variance < 100)
            Named("sine").Part(variance).Linear.ShouldBe(Math.Exp(-variance / 2), 1e-11);
        else
            Should.Throw<ParameterException>(() => Named("sine").Part(variance));
    }

    // What is even has no linear part; a line of the same slope is what gelu and softplus are on top of an even function.
    [Fact]
    public void EvenActivationsAreRefusedAndHalvesAreSeen()
    {
        Should.Throw<ParameterException>(() => new Activation("cosine", Math.Cos).Part(1)).Message.ShouldContain("linear component");
        Named("softplus").Part(2).Linear.ShouldBe(0.5, 1e-12);
        Named("gelu").Part(2).Linear.ShouldBe(0.5, 1e-12);
    }

    // relu(h) = h/2 + |h|/2: half of the linear feature, and noise.
    [Fact]
    public void ReluIsHalfOfALinearFeatureWithNoise()
    {
        (string, string)[] common = [("spectrum", "isotropic"), ("dimension", "100"), ("layers", "gaussian:150"), ("noise", "0.1"), ("at", "40,120")];
        var relu = Solve("theory", [.. common, ("activation", "relu"), ("ridge", "0.01")]);
        var linear = Solve("theory", [.. common, ("additive-noise", "0.3633802276324187"), ("ridge", "0.04")]);
        for (var row = 0; row < 2; row++)
        {
            relu["error"][row].ShouldBe(linear["error"][row], 1e-9);
            relu["kappa1"][row].ShouldBe(linear["kappa1"][row] / 4, 1e-9);
        }
    }

    // Nonlinear features span more directions than the inputs have: the error peaks at their number, not at the dimension.
    [Fact]
    public void ThresholdOfNonlinearFeaturesIsTheirNumber()
    {
        (string, string)[] common = [("spectrum", "isotropic"), ("dimension", "100"), ("layers", "gaussian:150"), ("noise", "0.1"), ("ridge", "0")];
        foreach (var (activation, threshold) in ((string, double)[])[("linear", 100), ("relu", 150)])
        {
            var setting = new Setting(common.Append(("activation", activation)).Select(pair => KeyValuePair.Create(pair.Item1, System.Parameter(pair.Item1)!.Parse(pair.Item2))));
            System.Predict(System.Complete(null, setting)).Single(prediction => prediction.Name == "threshold").Value.ShouldBe(threshold);
            Solve("theory", [.. common, ("activation", activation), ("at", "100,150")])["error"].Select(double.IsPositiveInfinity).ShouldBe([threshold == 100, threshold == 150]);
        }
    }

    [Theory]
    [InlineData("relu", "layers", "none", "gaussian:N")]
    [InlineData("tanh", "layers", "projection:20", "gaussian:N")]
    [InlineData("erf", "layers", "gaussian:20+gaussian:10", "gaussian:N")]
    [InlineData("step", "layers", "gaussian:20", "one of linear")]
    public void WrongInputSaysWhatIsAllowed(string activation, string name, string value, string word) =>
        Should.Throw<ParameterException>(() => Solve("theory", ("activation", activation), (name, value))).Message.ShouldContain(word);

    [Fact]
    public void FewDirectionsAreWarnedOf()
    {
        Solve("theory", ("activation", "relu"), ("layers", "gaussian:20"), ("at", "50")).Warnings.ShouldContain(warning => warning.Contains("effective rank", StringComparison.Ordinal));
        Solve("theory", ("activation", "relu"), ("layers", "gaussian:20"), ("spectrum", "isotropic"), ("at", "50")).Warnings.ShouldBeEmpty();
    }

    // Ten repeats; 10 % is allowed at this size.
    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void SimulationOfTheRealActivationFollowsTheEquivalent(string activation)
    {
        (string, string)[] common = [("spectrum", "isotropic"), ("dimension", "100"), ("layers", "gaussian:150"), ("noise", "0.1"), ("ridge", "0.01"), ("activation", activation), ("at", "60,250")];
        var theory = Solve("theory", common);
        var simulated = Solve("simulation", [.. common, ("replicas", "10"), ("seed", "3")]);
        foreach (var name in (string[])["error", "train-error", "gcv"])
        {
            for (var row = 0; row < 2; row++)
                simulated[name][row].ShouldBe(theory[name][row], (0.1 * theory[name][row]) + (3 * simulated[name + "-se"][row]), $"{name} {row}");
        }
    }

    [Fact]
    public void CrossValidationIsUndefinedWithoutARidgeBelowTheWidth()
    {
        (string, string)[] common = [("dimension", "30"), ("ridge", "0"), ("layers", "gaussian:20"), ("noise", "0.1"), ("at", "10,60")];
        foreach (var method in (string[])["theory", "simulation"])
        {
            var solution = Solve(method, common);
            double.IsNaN(solution["gcv"][0]).ShouldBeTrue(method);
            double.IsFinite(solution["gcv"][1]).ShouldBeTrue(method);
            solution.Warnings.ShouldContain(warning => warning.Contains("0/0", StringComparison.Ordinal));
        }
    }

    private static Solution Solve(string method, params (string Name, string Value)[] values) =>
        System.Solve(System.Complete(method, new Setting(values.Select(pair => KeyValuePair.Create(pair.Name, System.Parameter(pair.Name)!.Parse(pair.Value))))));
}
