using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Example;

public sealed class LinearRegressionTests
{
    [Fact]
    public void GradientDescentIsItsClosedForm()
    {
        var problem = new LinearRegression(7, 1.5, 0.3);
        var solution = problem.Solve(new SecondMoments(IsStochastic: false) { LearningRate = 0.5, AtSteps = [0, 1, 10, 100] });
        solution.Axis.Name.ShouldBe("step");
        foreach (var (step, loss) in solution["step"].Zip(solution["loss"]))
            loss.ShouldBe(problem.Eigenvalues().Sum(eigenvalue => eigenvalue * Math.Pow(1 - (0.5 * eigenvalue), 2 * step)) / 2, 1e-13);
    }

    [Fact]
    public void TheTheoryStopsWhereNoiseAndDescentBalance()
    {
        // m_j (2 − 2ηλ_j) = η (2L + σ²): L = ½ σ² q/(1 − q) with q = ½ Σ ηλ_j/(1 − ηλ_j).
        var problem = new LinearRegression(5, 1, 0.3);
        var q = problem.Eigenvalues().Sum(eigenvalue => 0.5 * eigenvalue / (1 - (0.5 * eigenvalue))) / 2;
        var theory = problem.Solve(new SecondMoments(IsStochastic: true) { LearningRate = 0.5, AtSteps = [3000] });
        theory["loss"][^1].ShouldBe(0.15 * q / (1 - q), 1e-12);
        var sgd = problem.Solve(new OnlineSgd { Replicas = 400, LearningRate = 0.5, AtSteps = [3000] });
        Math.Abs(sgd["loss"][^1] - theory["loss"][^1]).ShouldBeLessThan(4 * sgd["loss-se"][^1]);
    }

    [Fact]
    public void EveryOptionIsCheckedInCodeToo()
    {
        var problem = new LinearRegression(7, 1.5, 0.3);
        Should.Throw<ParameterException>(() => (problem with { Noise = -1 }).Solve(new OnlineSgd { LearningRate = 1, Steps = 1 })).Message.ShouldBe("noise = -1 is not allowed: it must be a number >= 0 and <= 1e300.");
        Should.Throw<ParameterException>(() => problem.Solve(new OnlineSgd { Steps = 1 })).Parameter.ShouldBe("learning-rate");
        Should.Throw<ParameterException>(() => problem.Solve(new OnlineSgd { LearningRate = 1 })).Parameter.ShouldBe("steps");
    }
}
