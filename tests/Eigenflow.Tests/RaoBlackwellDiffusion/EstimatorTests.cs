using Eigenflow.Systems.RaoBlackwellDiffusion;
using MathNet.Numerics.Distributions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>Sampled targets by enumeration of all draws: unbiased to rounding where the theory says so.</summary>
public sealed class EstimatorTests
{
    private static readonly double[] Noisy = [0.6, 0.9];

    [Theory]
    [InlineData(1, 0.690185887, new[] { 0, 0.0 })]
    [InlineData(2, 0.446898025, new[] { 0.182035682, 0.27865107 })]
    [InlineData(4, 0.244066331, new[] { 0.31016763, 0.464603441 })]
    public void UniformProposals(int samples, double spread, double[] without)
    {
        var problem = Clouds.Problem("cyclic:4", 2, [1, 0.4], 1, 0.7) with { Samples = samples };
        double[] exact = problem.Target(Noisy);
        exact[0].ShouldBe(0.428299196, 1e-8);
        exact[1].ShouldBe(0.535139152, 1e-8);
        var (mean, square) = Enumerate(problem with { Estimator = EstimatorKind.Snis }, 4, samples - 1, Uniform);
        mean[0].ShouldBe(exact[0], 1e-14);
        mean[1].ShouldBe(exact[1], 1e-14);
        square.ShouldBe(spread, 1e-6 * spread);
        var (biased, _) = Enumerate(problem with { Estimator = EstimatorKind.SnisWithout }, 4, samples, Uniform);
        for (var k = 0; k < 2; k++)
            biased[k].ShouldBe(without[k], Math.Max(1e-9, 1e-6 * Math.Abs(without[k])));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void LocalProposalsAreExactAroundAHiddenCentreAlone(int samples)
    {
        var problem = Clouds.Problem("cyclic:5", 2, [1, 0.4], 1, 0.7) with { Samples = samples };
        double[] exact = problem.Target(Noisy);
        var width = SampledTarget.Width(problem, problem.Level, Math.Sqrt(1.16)) * 5 / (2 * Math.PI);
        (double Normal, double Weight) Near(int shift) => ((shift <= 2 ? shift : shift - 5) / width, Math.Exp(CyclicIndex.LogDensity(shift, width, 5)) / 5);
        var (mean, _) = Enumerate(problem with { Estimator = EstimatorKind.LocalExact }, 5, samples, Near);
        mean[0].ShouldBe(exact[0], 1e-13);
        mean[1].ShouldBe(exact[1], 1e-13);
        var (biased, _) = Enumerate(problem with { Estimator = EstimatorKind.Local }, 5, samples - 1, Near);
        Math.Abs(biased[0] - exact[0]).ShouldBeGreaterThan(1e-3);
    }

    [Fact]
    public void TemperedTargetsTendToTheNearestPose()
    {
        var problem = Clouds.Problem("so3", 3, Clouds.Template, 4);
        var nearest = problem.Target(Clouds.Noisy, EstimatorKind.Kabsch);
        double Distance(double temperature) => Vectors.SquaredDistance(nearest, (problem with { Temperature = temperature }).Target(Clouds.Noisy, EstimatorKind.Tempered));
        Distance(1e-9).ShouldBeLessThan(1e-14);
        Distance(0.1).ShouldBeLessThan(Distance(1));
        Vectors.SquaredDistance((problem with { Temperature = 1 }).Target(Clouds.Noisy, EstimatorKind.Tempered), problem.Target(Clouds.Noisy)).ShouldBe(0, 1e-20);
    }

    [Theory]
    [InlineData("so2", EstimatorKind.LocalExact)]
    [InlineData("so3", EstimatorKind.LocalExact)]
    [InlineData("so3", EstimatorKind.Snis)]
    [InlineData("torus", EstimatorKind.LocalExact)]
    [InlineData("cyclic", EstimatorKind.LocalExact)]
    public void DrawnTargetsAreUnbiasedAndNearerWithMoreCandidates(string group, EstimatorKind kind)
    {
        var problem = group switch
        {
            "so2" => Clouds.Problem(group, 2, Clouds.Planar(Clouds.Template), 4, 1),
            "so3" => Clouds.Problem(group, 3, Clouds.Template, 4, 1),
            "torus" => Clouds.Problem(group, 1, [0.1, 0.35, 0.8], 3, 0.2),
            _ => Clouds.Problem(group, 8, Clouds.Ring, sigma: 1.2),
        };
        var (few, many) = (Of(2), Of(64));
        many.Error.Mean.ShouldBeLessThan(0.5 * few.Error.Mean);
        many.Effective.Mean.ShouldBeGreaterThan(3 * few.Effective.Mean);

        EstimatorDraws Of(int samples)
        {
            var draws = EstimatorDraws.Of(problem with { Estimator = kind, Samples = samples }, 2000, 3, 1, CancellationToken.None);
            Math.Abs(draws.Bias.Mean).ShouldBeLessThan(4.5 * draws.Bias.Error, $"{samples} candidates");
            draws.Bias.Error.ShouldBeLessThan(0.1, "the test can tell");
            return draws;
        }
    }

    // The generating element is a draw from the posterior given x; the others are those of the normal numbers.
    private static (double[] Mean, double Square) Enumerate(DiffusionProblem problem, int order, int free, Func<int, (double Normal, double Weight)> element)
    {
        var estimator = TargetEstimator.Of(problem);
        estimator.Normals.ShouldBe(free);
        double[] exact = problem.Target(Noisy), mean = new double[2], clean = new double[2], target = new double[2], normals = new double[free];
        double[] weights = [.. Enumerable.Range(0, order).Select(k => Logarithm(k))];
        Vectors.Softmax(weights);
        var square = 0.0;
        for (var generating = 0; generating < order; generating++)
        {
            for (var draw = 0; draw < (int)Math.Pow(order, free); draw++)
            {
                var (weight, rest) = (weights[generating], draw);
                for (var k = 0; k < free; k++, rest /= order)
                {
                    (normals[k], var part) = element(rest % order);
                    weight *= part;
                }

                problem.Group.ApplyDesign(generating, problem.Templates.Values[0], clean);
                estimator.Target(problem.Level, 0, clean, Noisy, normals, target);
                for (var k = 0; k < 2; k++)
                    mean[k] += weight * target[k];
                square += weight * Vectors.SquaredDistance(target, exact);
            }
        }

        return (mean, square);

        double Logarithm(int k)
        {
            problem.Group.ApplyDesign(k, problem.Templates.Values[0], clean);
            return problem.Level.FieldFactor * Vectors.Dot(clean, Noisy);
        }
    }

    private static (double Normal, double Weight) Uniform(int k) => (Normal.InvCDF(0, 1, (k + 0.5) / 4), 0.25);
}
