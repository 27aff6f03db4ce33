using Eigenflow.Systems;
using Eigenflow.Systems.MultiscaleDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiscaleDoubleDescent;

/// <summary>Drawn data against the theories, and the ways to obtain a student against each other.</summary>
public sealed class SimulationTests
{
    private static readonly double[] Times = [0.3, 1, 3, 10, 30, 100, 300, 1000, 3000];

    // Means of 40 draws within four standard errors, at every time.
    [Theory]
    [InlineData("two-scale")]
    [InlineData("three-scale")]
    [InlineData("few-samples")]
    [InlineData("ones")]
    [InlineData("rotated")]
    public void SimulatedFlowFollowsTheTheory(string name)
    {
        var problem = name switch
        {
            "three-scale" => Cases.Scales(90, 0.2, (1, 20), (0.2, 20), (0.05, 20)),
            "few-samples" => Cases.TwoScale(40, 60, 30, 10, 0.2),
            _ => Cases.TwoScale(80, 60, 40, 20, 0.2),
        };
        problem = name == "ones" ? problem with { Teacher = LatentTeacher.Ones } : problem;
        var theory = problem.Solve(new GradientFlow { Times = Times });
        var runs = problem.Solve(new Simulation { Times = Times, Replicas = 40, Seed = 3, IsRotated = name == "rotated" });
        foreach (var column in (string[])["error", "alignment", "norm"])
            MeanOfRuns.Of(Enumerable.Range(0, Times.Length).Select(row => (runs[column][row], theory[column][row], runs[column + "-se"][row]))).Largest.ShouldBeLessThan(4, column);
    }

    [Theory]
    [InlineData(StudentUpdate.Flow)]
    [InlineData(StudentUpdate.Descent)]
    [InlineData(StudentUpdate.Ridge)]
    public void TheFiniteTheoryIsTheMeanOverTeachersAndNoise(StudentUpdate update)
    {
        // The same inputs, many teachers: what is left is their scatter.
        var problem = Cases.TwoScale(20, 12, 8, 5, 0.3);
        var inputs = DrawnInputs.Draw(problem, isRotated: false, 5, 0);
        var filter = new SpectralFilter(update, 0.01, 0.1);
        StudentSample[] samples = [.. Enumerable.Range(0, 2000).Select(replica => new StudentSample(inputs, problem, 5, replica))];
        foreach (var time in Times)
        {
            var theory = new FiniteSizeCurve(inputs, problem.Teacher, problem.Noise).At(filter, time);
            StudentError[] students = [.. samples.Select(sample => sample.At(filter, time))];
            Within(students.Select(student => student.Alignment), theory.Alignment);
            Within(students.Select(student => student.Norm), theory.Norm);
            Within(students.Select(student => student.Error), theory.Error);
            Within(students.Select(student => student.NoisePart), theory.NoisePart);
        }

        static void Within(IEnumerable<double> values, double theory)
        {
            double[] all = [.. values];
            (Math.Abs(all.Average() - theory) / (MathNet.Numerics.Statistics.Statistics.StandardDeviation(all) / Math.Sqrt(all.Length))).ShouldBeLessThan(4);
        }
    }

    [Theory]
    [InlineData(false, 0.0)]
    [InlineData(true, 0.0)]
    [InlineData(false, 0.02)]
    public void StepsGoWhereTheEigenbasisSays(bool isRotated, double ridge)
    {
        var problem = Cases.TwoScale(30, 20, 12, 10, 0.2) with { Ridge = ridge };
        var rate = DrawnMethod.RateOf(problem, null);
        var method = new Simulation { Update = StudentUpdate.Descent, Times = [.. new[] { 1, 2, 3, 10, 1000, 5000 }.Select(step => step * rate)], Replicas = 3, IsRotated = isRotated, LearningRate = rate };
        var (evaluated, stepped) = (problem.Solve(method), problem.Solve(method with { IsStepped = true }));
        foreach (var column in (string[])["alignment", "norm", "error", "bias", "noise-part"])
        {
            for (var row = 0; row < evaluated.Rows; row++)
                stepped[column][row].ShouldBe(evaluated[column][row], 1e-9);
        }
    }

    [Fact]
    public void AVanishingShrinkageLeavesTheEndAsItIs()
    {
        var problem = Cases.TwoScale(60, 40, 28, 5);
        var rate = DrawnMethod.RateOf(problem, null);
        var method = new Simulation { Update = StudentUpdate.Descent, IsStepped = true, Times = [.. new[] { 3, 10, 30, 20000 }.Select(step => step * rate)], Replicas = 4 };
        var (plain, shrunk) = (problem.Solve(method), problem.Solve(method with { Shrinkage = 0.6, ShrinkageDecay = 0.01 }));
        for (var row = 0; row < 3; row++)
            shrunk["norm"][row].ShouldBeLessThan(plain["norm"][row]);
        shrunk["norm"][3].ShouldBe(plain["norm"][3], 1e-3);
        new ShrinkageSchedule(0.6, 0.001).Factor(0).ShouldBe(1.6, 1e-12);
        new ShrinkageSchedule(0.6, 0.001).Factor(5000).ShouldBe(1 + (0.6 * Math.Log(1 + Math.Exp(-5)) / Math.Log(2)), 1e-12);
    }

    [Fact]
    public void SlowFeaturesKeepTheirDigits()
    {
        // At κ = 10⁵ the eigenvalues differ by 10¹⁰: the end is still the interpolating student, which without noise is the teacher.
        var problem = Cases.TwoScale(30, 20, 12, 1e5);
        var curve = new FiniteSizeCurve(DrawnInputs.Draw(problem, isRotated: false, 1, 0), problem.Teacher, 0);
        var end = curve.At(new SpectralFilter(StudentUpdate.Flow, 0, 0), 1e15);
        end.Alignment.ShouldBe(1, 1e-9);
        end.Norm.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void DescentConvergesToFlowAndGrowsBeyondItsLimit()
    {
        var inputs = Cases.Design();
        var flow = new SpectralFilter(StudentUpdate.Flow, 0, 0).Factor(inputs.Eigenvalues[1], 2);
        new SpectralFilter(StudentUpdate.Descent, 0, 1e-6).Factor(inputs.Eigenvalues[1], 2).ShouldBe(flow, 1e-6);
        new SpectralFilter(StudentUpdate.Descent, 0, 1).Factor(1.5, 3).ShouldBe((1 + Math.Pow(0.5, 3)) / 1.5, 1e-12);
        new SpectralFilter(StudentUpdate.Flow, 0, 0).Factor(1e-14, 1e-3).ShouldBe(1e-3, 1e-15);
        new SpectralFilter(StudentUpdate.Flow, 0, 0).Factor(0, 1).ShouldBe(0);
    }
}
