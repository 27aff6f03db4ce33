using Eigenflow.Settings;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Predictions are those of one quadratic neuron with Gaussian inputs: what would change them is refused, never left out of them.</summary>
public sealed class OtherModelTests
{
    private static readonly ISystem System = SystemCatalog.Find("phase-retrieval");

    [Theory]
    [InlineData("input-law", "rademacher", "universality")]
    [InlineData("link", "hermite6", "link-flow")]
    [InlineData("link", "hermite4", "link-flow")]
    [InlineData("width", "4", "wide")]
    [InlineData("projection", "tangent", "projected")]
    [InlineData("samples", "1000", "finite-sample")]
    public void AnotherModelIsRefused(string name, string value, string method)
    {
        var error = Should.Throw<ParameterException>(() => Predict(name, value));
        error.Parameter.ShouldBe(name);
        error.Message.ShouldContain(method);
    }

    [Theory]
    [InlineData("input-law", "gaussian")]
    [InlineData("link", "square")]
    [InlineData("width", "1")]
    public void TheSameModelIsNot(string name, string value) =>
        Predict(name, value).Single(prediction => prediction.Name == "escape-rate").Value.ShouldBe(System.Predict(System.Complete(null, Setting.Empty)).Single(prediction => prediction.Name == "escape-rate").Value);

    // The mean field keeps no correlations: of few modes its MSE is 1 + 2/d times too large, and out of its window.
    [Theory]
    [InlineData(3, 2.5, 0.003, WindowStatus.Outside)]
    [InlineData(1000, 1.5, 0.001, WindowStatus.Inside)]
    public void TheMeanFieldFloorOfFewModesIsOutOfItsWindow(long dimension, double exponent, double rate, WindowStatus window)
    {
        var predictions = System.Predict(Setting.Empty.With("dimension", dimension).With("exponent", exponent).With("teacher", "ones").With("noise", 0.001).With("learning-rate", rate));
        foreach (var name in new[] { "sgd-noise-floor-mse", "sgd-noise-floor-loss" })
            predictions.Single(prediction => prediction.Name == name).Window.ShouldBe(window, name);
    }

    [Fact]
    public void StationaryFloorsAreThoseOfAConstantRate()
    {
        var predictions = System.Predict(Setting.Empty.With("noise", 0.001).With("schedule", "cosine"));
        predictions.Where(prediction => prediction.Name.Contains("floor", StringComparison.Ordinal)).ShouldAllBe(prediction => prediction.Window == WindowStatus.Withheld && prediction.Reason.Contains("constant", StringComparison.Ordinal));
        predictions.Single(prediction => prediction.Name == "stable-rate").Window.ShouldNotBe(WindowStatus.Withheld);
    }

    // At t = 0 nothing has moved, whatever sign u takes later.
    [Fact]
    public void TheClockBeginsAtTheErrorOfTheStart()
    {
        for (var seed = 20; seed < 30; seed++)
        {
            var setting = Setting.Empty.With("dimension", 100L).With("teacher", "ones").With("seed", (long)seed).With("times", "0");
            System.Solve("clock", setting)["mse"][0].ShouldBe(System.Solve("flow", setting)["mse"][0], 1e-12, $"seed {seed}");
        }
    }

    private static IReadOnlyList<Prediction> Predict(string name, string value) => System.Predict(System.Complete(null, Setting.Empty.With(name, System.Parameter(name)!.Parse(value))));
}
