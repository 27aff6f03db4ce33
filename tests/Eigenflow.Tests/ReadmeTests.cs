using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

#region snippet-usings
using Eigenflow.Spectra;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;
#endregion

namespace Eigenflow.Tests;

/// <summary>The C# code of the README compiles, runs, and stands there as it is here.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void TheCodeOfTheReadmeRuns()
    {
        #region snippet
        var problem = new PhaseRetrievalProblem
        {
            Spectrum = Spectrum.PowerLaw(dimension: 1_000, exponent: 2.0),
            Teacher = Teacher.Gaussian(seed: 1),
            Start = Start.UnitSphere(seed: 2),
            Noise = 0.05,
        };
        var flow = problem.Solve(new GradientFlow { Until = 1e7 });
        var sgd = problem.Solve(new OnlineSgd { LearningRate = 1e-3, Steps = 20_000, Replicas = 4, Seed = 7 });
        double escape = flow.TimeOf("escape");       // located event, or a clear error
        double loss = flow.At(3.2e4)["loss"];        // dense output
        double[] mean = sgd["mse"];                  // mean over replicas; mse-se, mse-median, mse-q10 … beside it
        #endregion
        escape.ShouldBeInRange(0.1, 100);
        loss.ShouldBeInRange(0, 0.1);
        mean[^1].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TheReadmeShowsThatCode()
    {
        var source = Lines(ThisFile());
        var expected = Region(source, "snippet-usings").Append("").Concat(Region(source, "snippet").Select(line => line.Length > 8 ? line[8..] : line.Trim())).ToArray();
        var readme = Lines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "README.md"));
        var shown = readme.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").ToArray();
        shown.ShouldBe(expected);
    }

    private static string[] Region(string[] lines, string name) =>
        [.. lines.SkipWhile(line => line.Trim() != "#region " + name).Skip(1).TakeWhile(line => line.Trim() != "#endregion")];

    private static string[] Lines(string path) => File.ReadAllLines(path);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
