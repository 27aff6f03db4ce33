using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

/// <summary>Predictions say where they hold: conditions are data, checked for every setting.</summary>
public sealed class WindowTests
{
    private static readonly WindowCondition Small = new("x", WindowRelation.AtMost, 0.1, "size");
    private static readonly WindowCondition Positive = new("y", WindowRelation.Above, 0, "sign", IsRequired: true);
    private static readonly IReadOnlyList<PredictedQuantity> Declared = [new("p", "P", "A number.") { Window = [Positive, Small] }, new("q", "Q", "Another.")];

    [Theory]
    [InlineData(1, 0.05, WindowStatus.Inside, "", 7.0)]
    [InlineData(1, 0.5, WindowStatus.Outside, "x = 0.5, must be <= 0.1", 7.0)]
    [InlineData(1, double.NaN, WindowStatus.Outside, "x does not exist here, must be <= 0.1", 7.0)]
    [InlineData(-1, 0.05, WindowStatus.Withheld, "y = -1, must be > 0", double.NaN)]
    public void AWindowIsCheckedAndWhatIsRequiredWithholds(double y, double x, WindowStatus status, string reason, double value)
    {
        var list = new PredictionList(Declared);
        list.Measure("y", () => y);
        list.Measure("x", () => y > 0 ? x : throw new InvalidOperationException("what is required comes first"));
        list.Add("p", () => 7, PredictionKind.Asymptotic, "derived");
        list.Add("q", 3, PredictionKind.Exact, "derived");
        var prediction = list.Predictions[0];
        prediction.Window.ShouldBe(status);
        prediction.Reason.ShouldBe(reason);
        prediction.Value.ShouldBe(value);
        list.Predictions[1].Window.ShouldBe(WindowStatus.Unchecked);
    }

    [Fact]
    public void EveryConditionHasAMeaningAndEverySettingAStatus()
    {
        foreach (var system in SystemCatalog.All)
        {
            system.Predictions.SelectMany(quantity => quantity.Window).ShouldAllBe(condition => condition.Meaning.Length > 0 && condition.Quantity.Length > 0);
            var predictions = system.Predict(Setting.Empty);
            predictions.Select(prediction => prediction.Name).ShouldBe(system.Predictions.Where(quantity => !quantity.IsAskedFor).Select(quantity => quantity.Name), ignoreOrder: true);
            predictions.ShouldAllBe(prediction => double.IsFinite(prediction.Value) == (prediction.Withheld.Length == 0));
            foreach (var prediction in predictions)
                prediction.Methods.ShouldBe(system.Predictions.Single(quantity => quantity.Name == prediction.Name).Methods);

            // A difference of equal numbers is nothing, not a rounding.
            predictions.ShouldAllBe(prediction => !(Math.Abs(prediction.Value) < 1e-12) || prediction.Value == 0 || !IsDifference(prediction.Name));
        }
    }

    private static bool IsDifference(string name) => name.EndsWith("exponent", StringComparison.Ordinal) || name.EndsWith("margin", StringComparison.Ordinal) || name.EndsWith("gap", StringComparison.Ordinal);

    [Theory]
    [InlineData("dimension=100000 samples=316 ridge=3.1622776601683794e-05")]
    [InlineData("capacity=1.3 ridge=0.001")]
    [InlineData("layers=gaussian:700 samples=700 noise=0.1")]
    public void ExponentsThatCancelAreZero(string setting)
    {
        var system = SystemCatalog.Find("scaling-renormalization");
        var given = new Setting(setting.Split(' ').Select(pair => pair.Split('=')).Where(pair => system.Parameter(pair[0]) is not null).Select(pair => KeyValuePair.Create(pair[0], system.Parameter(pair[0])!.Parse(pair[1]))));
        system.Predict(given).ShouldAllBe(prediction => !IsDifference(prediction.Name) || !(Math.Abs(prediction.Value) < 1e-12) || prediction.Value == 0);
    }

    // The exact numerics beside the formula: in the window it holds within the stated relative error, and the settings outside are those where it does not.
    [Theory]
    [InlineData("dimension=1000 exponent=2 seed=2", "escape-time", "escape", 0.05, true)]
    [InlineData("dimension=1000 exponent=1.2 seed=3", "escape-time", "escape", 0.05, true)]
    [InlineData("dimension=100 exponent=0 seed=2", "escape-time", "escape", 0.05, true)]
    [InlineData("dimension=1000 exponent=2 seed=1", "escape-time", "escape", 0.05, false)]
    [InlineData("dimension=1000 exponent=1.2 seed=1", "escape-time", "escape", 0.05, false)]
    [InlineData("dimension=1000 exponent=0.5 seed=2", "escape-time", "escape", 0.05, false)]
    [InlineData("dimension=1000 exponent=1.2 teacher=ones start=alternating", "escape-time-corrected", "escape", 0.02, true)]
    [InlineData("dimension=1000 exponent=0.5 seed=2 escape-threshold=0.05", "escape-time-corrected", "escape", 0.02, false)]
    [InlineData("dimension=100000 exponent=1.5 accuracy=0.01", "convergence-time", "convergence", 0.1, true)]
    [InlineData("dimension=1000 exponent=2 accuracy=0.005", "convergence-time", "convergence", 0.1, true)]
    [InlineData("dimension=1000 exponent=3 accuracy=0.1", "convergence-time", "convergence", 0.2, false)]
    public void TimesOfPhaseRetrievalHoldInTheirWindow(string setting, string name, string eventName, double error, bool isInside)
    {
        var system = SystemCatalog.Find("phase-retrieval");
        var prediction = Find(system, setting, name);
        var measured = system.Solve("flow", Parse(system, setting)).Events[eventName]!.Value;
        prediction.Window.ShouldBe(isInside ? WindowStatus.Inside : WindowStatus.Outside, prediction.Reason);
        (Math.Abs((prediction.Value / measured) - 1) <= error).ShouldBe(isInside);
    }

    [Fact]
    public void ExponentsOfASourceConditionAreMarked()
    {
        var system = SystemCatalog.Find("phase-retrieval");
        Find(system, "dimension=100000 exponent=2 source-exponent=1 teacher=source", "mse-exponent").Reason.ShouldContain("b = 1, must be = 0");
        Find(system, "dimension=100000 exponent=2 source-exponent=1 teacher=source", "loss-constant").Withheld.ShouldBe("b = 1, must be = 0");

        // Late the start, which does not follow the source condition, carries the loss.
        var outside = Find(system, "dimension=1000 exponent=2 source-exponent=2 teacher=source accuracy=1e-4", "loss-exponent");
        outside.Window.ShouldBe(WindowStatus.Outside);
        outside.Reason.ShouldContain("p₀/τ₁ − 1");
    }

    [Theory]
    [InlineData("spike=9 start-scale=1e-3 learning-rate=0.005", "gd", "signal-time", "half", 0.12, true)]
    [InlineData("spike=0 start-scale=1e-3 dimension=1000000", "gd", "signal-time", "half", 0.12, false)]
    [InlineData("spike=9 start-scale=1e-3", "spectral", "spike-surface-distance", "spike-surface", 0.1, true)]
    public void TimesOfSpectralDescentHoldInTheirWindow(string setting, string method, string name, string eventName, double error, bool isInside)
    {
        var system = SystemCatalog.Find("spectral-descent");
        var prediction = Find(system, setting, name);
        var measured = system.Solve(method, Parse(system, setting)).Events[eventName]!.Value;
        prediction.Window.ShouldBe(isInside ? WindowStatus.Inside : WindowStatus.Outside, prediction.Reason);
        (Math.Abs((prediction.Value / measured) - 1) <= error).ShouldBe(isInside);
    }

    [Theory]
    [InlineData("schedule=wsd steps=10000 peak=0.01 noise=1 difficulty=1 capacity=2", 0.05, true)]
    [InlineData("schedule=constant steps=100 peak=0.3 noise=0.01", 0.2, false)]
    public void TheClosedFormHoldsInItsWindow(string setting, double error, bool isInside)
    {
        var system = SystemCatalog.Find("functional-scaling-law");
        var prediction = Find(system, setting, "closed-form-loss");
        var measured = system.Solve("exact", Parse(system, setting).With("points", 2L))["loss"][^1];
        prediction.Window.ShouldBe(isInside ? WindowStatus.Inside : WindowStatus.Outside, prediction.Reason);
        (Math.Abs((prediction.Value / measured) - 1) <= error).ShouldBe(isInside);
    }

    [Theory]
    [InlineData("gd", 0.2)]
    [InlineData("sgd-theory", 0.03)]
    [InlineData("sgd", 0.03)]
    public void RatesAboveTheLimitWarnAlsoWhereTheRunStaysFinite(string method, double rate)
    {
        var system = SystemCatalog.Find("phase-retrieval");
        var setting = Parse(system, "dimension=100 exponent=2 teacher=ones steps=20").With("learning-rate", rate);
        if (method == "sgd")
            setting = setting.With("replicas", 2L);
        var solution = system.Solve(method, setting);
        solution.Status.Word.ShouldBe("completed");
        solution.Warnings.ShouldHaveSingleItem().ShouldContain("is not below");
        system.Solve(method, setting.With("learning-rate", 1e-3)).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void AveragedWeightsAreAWarningOfTheRun()
    {
        var system = SystemCatalog.Find("phase-retrieval");
        system.Solve("flow", Parse(system, "dimension=1e9 times=1")).Warnings.ShouldHaveSingleItem().ShouldContain("averaged over teachers and starts");
        system.Solve("flow", Parse(system, "dimension=1e9 times=1 modes=averaged")).Warnings.ShouldBeEmpty();
    }

    private static Prediction Find(ISystem system, string setting, string name) => system.Predict(Parse(system, setting)).Single(prediction => prediction.Name == name);

    private static Setting Parse(ISystem system, string text) => new(text.Split(' ').Select(pair => pair.Split('=', 2)).Select(pair =>
        new KeyValuePair<string, object>(pair[0], system.Parameters.Single(parameter => parameter.Name == pair[0]).Parse(pair[1]))));
}
