using Eigenflow.Data;
using Eigenflow.Random;
using Eigenflow.Systems.DiffusionSpectralBias;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>Update steps and samplers: closed recursions, matrices against gains, samples against their law.</summary>
public sealed class SamplingTests
{
    private static readonly DiscreteSampler Sampler = new(12, 7, HasLastStep: true);

    [Theory]
    [InlineData("one-layer", 0.1)]
    [InlineData("tied", 0.1)]
    [InlineData("deep:3", 0.1)]
    [InlineData("residual:2", 1)]
    [InlineData("convolution", 0.1)]
    [InlineData("convolution-tied", 0.1)]
    [InlineData("patch:1", 0.1)]
    [InlineData("edm", 0.0)]
    [InlineData("flow-matching", 0.1)]
    public void SmallStepsFollowTheFlow(string architecture, double gain)
    {
        var problem = Problems.Of(architecture, gain, 2, 1, 0.5, 0.25, 0.5, 1) with { Weighting = architecture == "edm" ? NoiseWeighting.Edm : NoiseWeighting.Inverse };
        problem = problem with { LearningRate = 1e-4 / problem.Sharing };
        var gd = problem.Solve(new DiffusionDescent { Steps = 5000, AtSteps = [0, 5000], Sampler = Sampler, Shown = [0, 2] });
        var flow = problem.Solve(new DiffusionHeun { Times = [0, 5000], Sampler = Sampler, Shown = [0, 2] });
        foreach (var name in (string[])["loss", "kl", "learned", "variance1", "variance3", "weight1", "weight3"])
        {
            gd[name][0].ShouldBe(flow[name][0], 1e-12 * Math.Abs(flow[name][0]), name);
            gd[name][1].ShouldBe(flow[name][1], 3e-3 * Math.Abs(flow[name][1]), name);
        }
    }

    [Theory]
    [InlineData("one-layer")]
    [InlineData("tied")]
    [InlineData("edm")]
    public void MatricesAreGainsWhereTheyAreAligned(string architecture)
    {
        var problem = Problems.Of(architecture, 0.2, 2, 0.5) with { Weighting = NoiseWeighting.Inverse, LearningRate = 0.05 };
        var start = architecture == "tied" ? Math.Sqrt(0.2) : 0.2;
        var matrix = problem with { Start = new DataMatrix(2, 2, [start, 0, 0, start]) };
        foreach (var method in (Eigenflow.Dynamics.Method<DiffusionProblem>[])[new DiffusionDescent { Steps = 60, AtSteps = [60], Sampler = Sampler, Shown = [0, 1] }, new DiffusionHeun { Times = [60], Sampler = Sampler, Shown = [0, 1] }, new DiffusionTheory { Times = [60], Shown = [0, 1] }])
        {
            var (one, other) = (problem.Solve(method), matrix.Solve(method));
            foreach (var name in (string[])["loss", "kl", "kl-reverse", "alignment", "variance1", "variance2", "weight1", "weight2"])
                other[name][^1].ShouldBe(one[name][^1], 1e-6 * Math.Abs(one[name][^1]) + 1e-9, $"{method.Name} {name}");
        }
    }

    [Theory]
    [InlineData("one-layer", 0)]
    [InlineData("one-layer", 1.5)]
    [InlineData("deep:2", 0)]
    [InlineData("tied", 0)]
    [InlineData("flow-matching", 0)]
    public void SgdIsGradientDescentOnAverage(string architecture, double mean)
    {
        var problem = Problems.Of(architecture, 0.3, 1, 0.5) with { Weighting = NoiseWeighting.Inverse, LearningRate = 0.01, Mean = mean == 0 ? [] : [mean, 0] };
        problem.Validate();
        var sgd = problem.Solve(new DiffusionSgd { Steps = 60, AtSteps = [60], Batch = 400, Replicas = 6, Sampler = Sampler, Shown = [0, 1], Threads = 2 });
        var gd = problem.Solve(new DiffusionDescent { Steps = 60, AtSteps = [60], Sampler = Sampler, Shown = [0, 1] });
        foreach (var name in (string[])["weight1", "weight2"])
            sgd[name][^1].ShouldBe(gd[name][^1], (5 * sgd[name + "-se"][^1]) + 2e-3, name);
        sgd["variance1"][^1].ShouldBe(gd["variance1"][^1], 0.1 * gd["variance1"][^1]);
    }

    [Theory]
    [InlineData("convolution")]
    [InlineData("convolution-tied")]
    [InlineData("patch:1")]
    public void FiltersTrainedOnBatchesFollowTheirs(string architecture)
    {
        var problem = Problems.Of(architecture, 0.3, 2, 1, 0.5, 0.25, 0.5, 1) with { Weighting = NoiseWeighting.Inverse, LearningRate = 0.002 };
        var sgd = problem.Solve(new DiffusionSgd { Steps = 60, AtSteps = [0, 60], Batch = 300, Replicas = 6, Sampler = Sampler, Shown = [0, 1, 3], Threads = 2 });
        var gd = problem.Solve(new DiffusionDescent { Steps = 60, AtSteps = [0, 60], Sampler = Sampler, Shown = [0, 1, 3] });
        foreach (var name in (string[])["weight1", "weight2", "weight4", "loss", "kl"])
        {
            sgd[name][0].ShouldBe(gd[name][0], 1e-9 * Math.Abs(gd[name][0]), name);
            sgd[name][1].ShouldBe(gd[name][1], (5 * sgd[name + "-se"][1]) + (0.01 * Math.Abs(gd[name][1])), name);
        }
    }

    // Noise of small batches diverges far below the edge of gradient descent, at levels that the told one may not see.
    [Fact]
    public void DivergenceAtAnyLevelIsSeen()
    {
        var problem = Problems.Of("one-layer", 0.1, [.. Enumerable.Range(1, 40).Select(k => 1.0 / k)]) with { Weighting = NoiseWeighting.Inverse, LearningRate = 0.4 };
        var sgd = problem.Solve(new DiffusionSgd { Steps = 400, Points = 10, Batch = 4, Replicas = 2, Sampler = Sampler, Shown = [0], Threads = 1 });
        sgd.Status.Outcome.ShouldBe(Eigenflow.Solutions.SolveOutcome.Diverged);
        sgd.Warnings.ShouldContain(text => text.Contains("the noise of batches of 4", StringComparison.Ordinal));
    }

    // 20 000 vectors through the sampler, with a mean and matrices that do not commute.
    [Fact]
    public void SamplesHaveTheLawThatIsTold()
    {
        const int count = 20_000;
        var problem = Problems.Of("one-layer", 0, 2, 0.5) with { Start = new DataMatrix(2, 2, [0.2, 0.4, -0.1, 0.3]), Mean = [0.7, -0.4] };
        problem.Validate();
        var theory = new CoupledTheory(problem);
        double[][] networks = [.. Sampler.Levels(problem).Select(level => theory.Prepare(level).At(0.6))];
        var (covariance, mean) = new MatrixSampler(problem).Discrete(Sampler, i => networks[i]);
        var sigmas = Sampler.Sigmas(problem);
        double[] draws = new double[2 * count], sums = new double[5];
        GaussianGenerator.Fill(new GaussianAddress(3, 9, 0, 0), 0, draws);
        for (var s = 0; s < count; s++)
        {
            double x = problem.SigmaMax * draws[2 * s], y = problem.SigmaMax * draws[(2 * s) + 1];
            (double X, double Y) Denoised(int i, double a, double b) => ((networks[i][0] * a) + (networks[i][1] * b) + networks[i][2], (networks[i][3] * a) + (networks[i][4] * b) + networks[i][5]);
            (double X, double Y) Slope(int i, double a, double b) => Denoised(i, a, b) is var (u, v) ? ((a - u) / sigmas[i], (b - v) / sigmas[i]) : default;
            for (var i = 0; i + 1 < sigmas.Length; i++)
            {
                var h = sigmas[i + 1] - sigmas[i];
                var first = Slope(i, x, y);
                var second = Slope(i + 1, x + (h * first.X), y + (h * first.Y));
                (x, y) = (x + (h / 2 * (first.X + second.X)), y + (h / 2 * (first.Y + second.Y)));
            }

            (x, y) = Denoised(sigmas.Length - 1, x, y);
            (sums[0], sums[1], sums[2], sums[3], sums[4]) = (sums[0] + x, sums[1] + y, sums[2] + (x * x), sums[3] + (x * y), sums[4] + (y * y));
        }

        double mx = sums[0] / count, my = sums[1] / count;
        var scale = Math.Sqrt(covariance[0] * covariance[3]);
        mx.ShouldBe(mean[0], 5 * Math.Sqrt(covariance[0] / count));
        my.ShouldBe(mean[1], 5 * Math.Sqrt(covariance[3] / count));
        ((sums[2] / count) - (mx * mx)).ShouldBe(covariance[0], 0.05 * covariance[0]);
        ((sums[4] / count) - (my * my)).ShouldBe(covariance[3], 0.05 * covariance[3]);
        ((sums[3] / count) - (mx * my)).ShouldBe(covariance[1], 0.05 * scale);
    }

    [Fact]
    public void StepsBeyondTheEdgeGrowAndAreRefused()
    {
        var problem = Problems.Of("one-layer", 0.1, 1.0) with { LearningRate = 1e-3 };
        var error = Should.Throw<ParameterException>(() => problem.Solve(new DiffusionDescent { Steps = 10 }));
        error.Parameter.ShouldBe("learning-rate");
        error.Message.ShouldContain("0.000156");
        Stability.Edge(problem, DiscreteSampler.Default).ShouldBe(1 / 6401.0, 1e-9);

        // Just below it does not grow.
        (problem with { LearningRate = 0.999 / 6401 }).Solve(new DiffusionDescent { Steps = 20_000, AtSteps = [20_000] })["weight1"][^1].ShouldBe(0.5, 0.01);
    }

    [Fact]
    public void HeunStepsConvergeToTheOde()
    {
        var problem = Problems.Of("one-layer", 0.1, 1.0);
        double Error(int steps) => Math.Abs((problem.Solve(new DiffusionHeun { Times = [2], Sampler = new(steps, 7, HasLastStep: false) })["variance1"][0] / problem.Variance(2)) - 1);
        (Error(200) / Error(400)).ShouldBe(4, 0.4);
        double EulerError(int steps) => Math.Abs((problem.Solve(new DiffusionHeun { Times = [2], Sampler = new(steps, 7, HasLastStep: false) { IsEuler = true } })["variance1"][0] / problem.Variance(2)) - 1);
        (EulerError(400) / EulerError(800)).ShouldBe(2, 0.2);
        var matrix = problem with { Start = new DataMatrix(1, 1, [0.1]) };
        DiscreteSampler euler = new(20, 7, HasLastStep: true) { IsEuler = true };
        matrix.Solve(new DiffusionHeun { Times = [2], Sampler = euler })["variance1"][0].ShouldBe(problem.Solve(new DiffusionHeun { Times = [2], Sampler = euler })["variance1"][0], 1e-10);
        var flow = Problems.Of("flow-matching", 0.1, 0.3);
        double FlowError(int steps) => Math.Abs((flow.Solve(new DiffusionHeun { Times = [2], Sampler = new(steps, 7, HasLastStep: false) })["variance1"][0] / flow.Variance(2)) - 1);
        (FlowError(200) / FlowError(400)).ShouldBe(4, 0.4);
    }
}
