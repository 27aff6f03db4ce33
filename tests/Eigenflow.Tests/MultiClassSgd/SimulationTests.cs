using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>SGD against theory at d = 200 and 12 runs: the mean may differ by four standard errors of it and by the bias of a finite dimension, 3/d of the value, which the dropped noise of the means makes.</summary>
public sealed class SimulationTests
{
    private const long Dimension = 200;
    private const int Replicas = 12;
    private static readonly double[] Times = [1, 4];

    public static TheoryData<string> Mixtures => ["identity", "zero-one", "power", "squares", "asymmetric", "one-hot", "softmax", "batch", "adagrad", "line-search", "polyak", "schedule", "start"];

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void TheMeanOfSgdIsTheTheory(string name)
    {
        var (problem, rule, batch) = Of(name);
        var theory = problem.Solve(new MultiClassTheory { Rule = rule, Batch = batch, Times = Times });
        Agree(problem.Solve(new OnlineSgd { Rule = rule, Batch = batch, Times = Times, Replicas = Replicas }), theory);
    }

    [Theory]
    [InlineData("power")]
    [InlineData("asymmetric")]
    [InlineData("one-hot")]
    [InlineData("adagrad")]
    public void SoIsThatOfTheDiffusion(string name)
    {
        var (problem, rule, batch) = Of(name);
        Agree(problem.Solve(new HomogenisedSgd { Rule = rule, Batch = batch, Times = Times, Replicas = Replicas }), problem.Solve(new MultiClassTheory { Rule = rule, Batch = batch, Times = Times }));
    }

    [Fact]
    public void ManyClassesNeedNoMemoryPerClassAndMode()
    {
        const int Classes = 40;
        var problem = new MultiClassProblem
        {
            Dimension = 400,
            Loss = new OneHotLoss(),
            Classes = [.. Enumerable.Range(0, Classes).Select(i => new MixtureClass(1.0 / Classes, MeanProfile.Flat, ClassSpectrum.PowerLaw(1)) { Turn = (i, Classes), MeanSize = 3 })],
        };
        var theory = problem.Solve(new MultiClassTheory { Times = [1] });
        theory.Statistics.StateSize.ShouldBeLessThan(2 * Classes * 400 + 2);
        var sgd = problem.Solve(new OnlineSgd { Times = [1], Replicas = 3 });
        sgd["risk"][0].ShouldBe(theory["risk"][0], 0.03 * theory["risk"][0]);

        // The same by lower triangles, which fewer classes have.
        var few = problem with { Classes = [.. problem.Classes.Take(16).Select(one => one with { Probability = 1.0 / 16 })] };
        few.Solve(new MultiClassTheory { Times = [1] })["risk"][0].ShouldBeLessThan(0.5);
    }

    [Fact]
    public void AnUnstableRateDivergesAndSaysSo()
    {
        var problem = Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.Identity);
        foreach (var method in (MixtureMethod[])[new MultiClassTheory { LearningRate = 2.5, Until = 200 }, new OnlineSgd { LearningRate = 2.5, Until = 200, Replicas = 2 }])
        {
            var solution = problem.Solve(method);
            solution.Status.Outcome.ShouldBe(SolveOutcome.Diverged, method.Name);
            solution.Status.Message.ShouldContain("use a smaller learning-rate");
            solution.Warnings.ShouldContain(warning => warning.Contains("unstable: risk diverges", StringComparison.Ordinal) && warning.Contains("above 2, the largest stable one", StringComparison.Ordinal));
        }
    }

    private static (MultiClassProblem Problem, LearningRateRule? Rule, int Batch) Of(string name) => name switch
    {
        "identity" => (Cases.Symmetric(Cases.Logistic, ClassSpectrum.Identity, Dimension), null, 1),
        "zero-one" => (Cases.Symmetric(Cases.Logistic, ClassSpectrum.ZeroOne(0.5), Dimension), null, 1),
        "squares" => (Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(0.5), Dimension), null, 1),
        "asymmetric" => (Cases.TwoClasses(Cases.Logistic, 0.3, ClassSpectrum.PowerLaw(1), ClassSpectrum.PowerLaw(2), MeanProfile.PowerOf(0.25), Dimension), null, 1),
        "one-hot" => (Three(new OneHotLoss()), null, 1),
        "softmax" => (Three(new SoftmaxLoss()), null, 1),
        "batch" => (Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(1), Dimension), null, 4),
        "adagrad" => (Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(0.5), Dimension), new AdaGradNormRate(1, 1), 1),
        "line-search" => (Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(1), Dimension), new LineSearchRate(), 1),
        "polyak" => (Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(0.5), Dimension), new PolyakRate(PopulationOptimum.Risk(Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(0.5), Dimension))), 1),
        "schedule" => (Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(1), Dimension), new ScheduledRate(new LearningRateSchedule(new CosineShape(), 1, 4 * Dimension), Dimension), 1),
        "start" => (Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(1), Dimension) with { StartVariance = 0.8 }, null, 1),
        _ => (Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(2), Dimension), null, 1),
    };

    private static MultiClassProblem Three(ClassLoss loss) => Cases.ThreeClasses(loss) with { Dimension = Dimension };

    private static void Agree(Solution mean, Solution theory)
    {
        for (var row = 0; row < Times.Length; row++)
        {
            foreach (var name in (string[])["risk", "m1", "b11", "norm2", "error", "learning-rate"])
            {
                var (value, expected) = (mean[name][row], theory[name][row]);
                value.ShouldBe(expected, (4 * mean[name + "-se"][row]) + (3.0 / Dimension * Math.Max(0.1, Math.Abs(expected))), $"{name} at t = {Times[row]}");
            }
        }
    }
}
