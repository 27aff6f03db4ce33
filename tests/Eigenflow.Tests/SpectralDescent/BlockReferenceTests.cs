using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.SpectralDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent;

/// <summary>Deterministic values, computed independently of this code, at a relative tolerance of 1e-6.</summary>
public sealed class BlockReferenceTests
{
    [Theory]
    [InlineData(9, 50, 0.0160636705, 0.182508239, 0.0023348516, 0.666144668, 0.00774659805)]
    [InlineData(9, 100, 0.211091964, 0.17917404, 0.00449700742, 0.607954533, 0.811353919)]
    [InlineData(9, 200, 0.995971777, 0.0400879159, 0.00639678432, 0.000197775478, 0.999998604)]
    [InlineData(9, 1000, 0.999298101, 0.00838596469, 0.00597038097, 3.24464968e-06, 0.999999935)]
    [InlineData(9, 5000, 0.999581215, 0.00129441226, 0.00504459522, 1.08243613e-06, 0.999999968)]
    [InlineData(1, 50, 0.0184116198, 0.00710080494, 0.00269056438, 0.749086775, null)]
    [InlineData(1, 100, 0.32160293, 0.0482473829, 0.0070941608, 0.598616338, null)]
    [InlineData(1, 1000, 0.998237667, 0.040853721, 0.00855852735, 2.42668227e-05, null)]
    public void GradientDescentHasTheReferenceValues(double spike, long step, double a, double b, double c, double loss, double? alignment)
    {
        var solution = Spiked(100, spike, 1e-3).Solve(new BlockRecursion { LearningRate = 0.02, AtSteps = [step] });
        Close(solution["a"][0], a);
        Close(solution["b"][0], b);
        Close(solution["c"][0], c);
        Close(solution["loss"][0], loss);
        if (alignment is { } value)
            Close(solution["alignment"][0], value);
        solution["t"][0].ShouldBe(0.02 * step, 1e-12);
        solution["step"][0].ShouldBe(step);
    }

    [Theory]
    [InlineData(20, 0.04357, 0.04357, 0.04357, 0.655704357, -0.793080406)]
    [InlineData(50, 0.10687, 0.07311, 0.09843, 0.494723386, 0.0143414781)]
    [InlineData(100, 0.21237, 0.03935, 0.09843, 0.460660641, 0.0100548021)]
    [InlineData(200, 0.42337, 0.03091, 0.08999, 0.340158086, -0.0175799523)]
    [InlineData(500, 0.99729, 0.00137, 0.00559, 1.60555021e-05, -0.0023315731)]
    public void SpectralDescentHasTheReferenceValues(long step, double a, double b, double c, double loss, double residual)
    {
        var solution = Spiked(100, 9, 0.00137).Solve(new BlockRecursion { Rule = UpdateRule.Spectral, LearningRate = 0.00211, AtSteps = [step] });
        Close(solution["a"][0], a);
        Close(Math.Abs(solution["b"][0]), b);
        Close(Math.Abs(solution["c"][0]), c);
        Close(solution["loss"][0], loss);
        Close(solution["residual"][0], residual);
    }

    [Fact]
    public void LinearDecayRemovesTheFloor()
    {
        var solution = Spiked(100, 9, 0.00137).Solve(new BlockRecursion
        {
            Rule = UpdateRule.Spectral,
            LearningRate = 0.00411,
            ScheduleShape = new PowerShape(1),
            Steps = 500,
            AtSteps = [100, 500],
        });
        Close(solution["a"][0], 0.371681);
        Close(solution["b"][0], 0.03035372);
        Close(solution["c"][0], 0.09073784);
        Close(solution["loss"][0], 0.375283306);
        Close(solution["a"][1], 1.00000136, 1e-8);
        Close(solution["loss"][1], 2.66525286e-10, 1e-4);
        Math.Abs(solution["b"][1]).ShouldBe(5.48e-6, 5.48e-6 * 1e-3);
        Math.Abs(solution["c"][1]).ShouldBe(5.48e-4, 5.48e-4 * 1e-3);
    }

    [Theory]
    [InlineData(false, 1e-3, 0.2, 200, 0.0979679618, 0.25605621, 0.00115496481, 0.0261125092)]
    [InlineData(false, 1e-3, 0.2, 1000, 0.997384594, 0.0328403427, 0.00120515391, 3.72181517e-06)]
    [InlineData(true, 0.00137, 0.00211, 100, 0.21237, 0.14063, 0.21237, 0.0191141009)]
    [InlineData(true, 0.00137, 0.00211, 400, 0.84537, 0.03091, 0.24191, 0.00166048862)]
    public void PowerLawsHaveTheReferenceValues(bool isSpectral, double scale, double rate, long step, double signal, double first, double last, double loss)
    {
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.PowerLaw(50, 1), Teacher = TeacherDirection.Mode(5), Start = WeightStart.Identity(scale) };
        var solution = problem.Solve(new BlockRecursion { Rule = isSpectral ? UpdateRule.Spectral : UpdateRule.GradientDescent, LearningRate = rate, AtSteps = [step], KeepsWeights = true });
        Close(solution["a"][0], signal);
        Close(Math.Abs(solution["b"][0]), first);
        Close(Math.Abs(solution["c"][0]), last);
        Close(solution["loss"][0], loss);
        solution["w5"][0].ShouldBe(solution["a"][0]);
        solution["w1"][0].ShouldBe(solution["b"][0]);
        solution["w50"][0].ShouldBe(solution["c"][0]);
    }

    [Theory]
    [InlineData(0.5, 38, 0.0311322226, null)]
    [InlineData(1, 50, 0.0878803771, null)]
    [InlineData(4, 126, 0.256269696, 0.171391)]
    [InlineData(9, 256, 0.182462117, 0.0066818)]
    [InlineData(29, 775, 0.105390664, null)]
    [InlineData(99, 2590, 0.0577282361, null)]
    public void EscapeStepsHaveTheReferenceValues(double spike, double half, double largest, double? alignment)
    {
        // The largest spike until the signal is half learned; below the threshold λ = 2 it grows on.
        var solution = Spiked(200, spike, 1e-3).Solve(new BlockRecursion { LearningRate = 0.1 / (1 + spike), Steps = (long)half });
        solution.SummaryOf("half-step").ShouldBe(half);
        Close(solution.SummaryOf("largest-spike")!.Value, largest);
        if (alignment is { } value)
            Close(solution.SummaryOf("largest-spike-alignment")!.Value, value, 1e-5);
        Spiked(200, spike, 1e-3).Solve(new BlockRecursion { Rule = UpdateRule.Spectral, LearningRate = 0.00103, Steps = 1500 }).SummaryOf("half-step").ShouldBe(686);
    }

    [Theory]
    [InlineData(9, 0.00128621, 59, 206)]
    [InlineData(29, 0.000313732, 60, 562)]
    public void AlignmentsHaveTheReferenceValues(double spike, double smallest, double step, double aligned)
    {
        var solution = Spiked(200, spike, 1e-3).Solve(new BlockRecursion { LearningRate = 0.1 / (1 + spike), Steps = 5000 });
        Close(solution.SummaryOf("smallest-alignment")!.Value, smallest, 1e-5);
        solution.SummaryOf("smallest-alignment-step").ShouldBe(step);
        solution.SummaryOf("aligned-step").ShouldBe(aligned);
        Spiked(200, spike, 1e-3).Solve(new BlockRecursion { Rule = UpdateRule.Spectral, LearningRate = 1e-3, Steps = 1500 }).SummaryOf("aligned-step").ShouldBe(354);
    }

    [Fact]
    public void DipHasTheReferenceValue()
    {
        // d = 200, λ = 9, α = 1e-4: measured 4.9e-5, the formula gives 2.7e-5.
        var problem = Spiked(200, 9, 1e-4);
        problem.Solve(new BlockRecursion { LearningRate = 0.001, Steps = 20_000 }).SummaryOf("smallest-alignment")!.Value.ShouldBe(4.9e-5, 0.05e-5);
        new GradientDescentTheory(problem.Blocks()).AlignmentDip.ShouldBe(2.7e-5, 0.05e-5);
    }

    [Fact]
    public void StepsToASmallLossHaveTheReferenceValues()
    {
        // d = 40, λ = 9: gradient descent with 0.02 in about 150 steps, spectral descent with 0.0043 in about 230.
        long First(UpdateRule rule, double rate, double scale)
        {
            var solution = Spiked(40, 9, scale).Solve(new BlockRecursion { Rule = rule, LearningRate = rate, AtSteps = [.. Enumerable.Range(0, 400).Select(step => (long)step)] });
            return Array.FindIndex(solution["loss"], loss => loss <= 1e-3);
        }

        First(UpdateRule.GradientDescent, 0.02, 1e-3).ShouldBeInRange(140, 200);
        First(UpdateRule.Spectral, 0.0043, 1.37e-3).ShouldBeInRange(220, 240);
    }

    [Fact]
    public void TheInverseSquareIsReachedLate()
    {
        // d = 1000, α = 1e-4; the values belong to λ = 1.
        var solution = Spiked(1000, 1, 1e-4).Solve(new BlockRecursion { LearningRate = 0.02, AtSteps = [20_000, 200_000] });
        (solution["loss"][0] * 400 * 400).ShouldBe(0.046, 1e-3);
        (solution["loss"][1] * 4000 * 4000).ShouldBe(0.084, 1e-3);
    }

    [Fact]
    public void GaussianStartsShowTheSamePicture()
    {
        foreach (var width in new[] { 40, 10 })
        {
            var problem = new SpectralDescentProblem { Covariance = InputCovariance.Spiked(40, 9), Start = WeightStart.Gaussian(0.01, width, 3) };
            var descent = problem.Solve(new MatrixRecursion { LearningRate = 0.02, Steps = 600 });
            var spectral = problem.Solve(new MatrixRecursion { Rule = UpdateRule.Spectral, LearningRate = 0.0043, Steps = 240 });
            descent["loss"][^1].ShouldBeLessThan(1e-3);
            descent.SummaryOf("smallest-alignment")!.Value.ShouldBeLessThan(0.5 * descent["alignment"][0]);
            spectral.SummaryOf("smallest-alignment")!.Value.ShouldBeGreaterThan(0.5 * spectral["alignment"][0]);
        }
    }

    internal static SpectralDescentProblem Spiked(long dimension, double spike, double scale) =>
        new() { Covariance = InputCovariance.Spiked(dimension, spike), Start = WeightStart.Identity(scale) };

    internal static void Close(double actual, double expected, double tolerance = 1e-6) => actual.ShouldBe(expected, tolerance * Math.Abs(expected));
}
