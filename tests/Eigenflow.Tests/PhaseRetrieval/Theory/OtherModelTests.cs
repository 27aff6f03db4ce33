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

    private static IReadOnlyList<Prediction> Predict(string name, string value) => System.Predict(System.Complete(null, Setting.Empty.With(name, System.Parameter(name)!.Parse(value))));
}
