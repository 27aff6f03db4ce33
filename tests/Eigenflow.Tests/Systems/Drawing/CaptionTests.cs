using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems.Drawing;

/// <summary>The caption of an overlay says of whose runs its means are.</summary>
public sealed class CaptionTests
{
    private const string Words = "Without the runs that diverged, or up to the first of them where all did";

    [Fact]
    public void MeansWithoutTheRunsThatDivergedAreNamed()
    {
        var system = SystemCatalog.Find("phase-retrieval");
        Solution Solved(double rate) => system.Solve(system.Complete("sgd", new Setting(
            [new("dimension", 30L), new("steps", 1000L), new("points", 5L), new("replicas", 6L), new("learning-rate", rate)])));

        // At the second rate two of six diverge, at the third one all.
        Solution[] solutions = [Solved(0.005), Solved(0.02), Solved(0.2)];
        solutions[1].Status.Message.ShouldStartWith("2 of 6 replicas: ");
        solutions[2].Status.Message.ShouldStartWith("6 of 6 replicas: ");
        system.Draw(solutions).Caption.ShouldContain($" {Words}: η = 0.02, η = 0.2. ");
        system.Draw([solutions[1]]).Caption.ShouldContain($" {Words}. ");
        system.Draw([solutions[0]]).Caption.ShouldNotContain(Words);
    }
}
