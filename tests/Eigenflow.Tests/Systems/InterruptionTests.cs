using Eigenflow.Numerics;
using Eigenflow.Settings;
using Eigenflow.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

/// <summary>Solves that are one long piece of dense algebra, sub-steps or nodes end in its middle; what came before is kept.</summary>
public sealed class InterruptionTests
{
    // Each takes many seconds where its token is not looked at; a progress report comes too late for all of them.
    [Theory]
    [InlineData("multiscale-double-descent", "finite", "dimension=1500 samples=1500 replicas=2")]
    [InlineData("multiscale-double-descent", "simulation", "dimension=1500 samples=1500 replicas=2 basis=haar")]
    [InlineData("functional-scaling-law", "exact", "projection=random features=3000 model-size=1500")]
    [InlineData("functional-scaling-law", "volterra", "sub-steps=1000000 steps=1000")]
    [InlineData("spectral-descent", "full-spectral", "dimension=1500")]
    [InlineData("diffusion-spectral-bias", "quadrature", "dimension=20000 nodes=100001")]
    public void ASolveEndsInTheMiddleOfItsLongestPiece(string id, string method, string setting)
    {
        var system = TestedSystems.Find(id);
        var run = system.Complete(method, Parse(system, setting));
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            system.Solve(run, cancellation: source.Token).Status.Outcome.ShouldBe(Eigenflow.Solutions.SolveOutcome.Cancelled);
        }
        catch (OperationCanceledException)
        {
            source.IsCancellationRequested.ShouldBeTrue();
        }

        Interruption.Token.CanBeCanceled.ShouldBeFalse();
    }

    [Fact]
    public void PredictionsEndToo()
    {
        var system = TestedSystems.Find("functional-scaling-law");
        var run = system.Complete(null, Parse(system, "projection=random features=3000 model-size=1500"));
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Should.Throw<OperationCanceledException>(() => system.Predict(run, source.Token));
    }

    private static Setting Parse(ISystem system, string text) => new(text.Split(' ').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], system.Parameter(pair[0])!.Parse(pair[1]))));
}
