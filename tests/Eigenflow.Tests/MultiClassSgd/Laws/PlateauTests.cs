using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

public sealed class PlateauTests
{
    [Fact]
    public void LogisticFixedPointsHaveTheReferenceValues()
    {
        // A9: (ρ, B, R) with m = ρq.
        var identity = LogisticLaws.Stationary(Classes.Flat(50, 0), 0.7);
        (identity.Means[0], identity.Variances[0], identity.Risk).ShouldSatisfyAllConditions(
            v => v.Item1.ShouldBe(2.13139635, 1e-8), v => v.Item2.ShouldBe(4.93883914, 1e-8), v => v.Risk.ShouldBe(0.377875194, 1e-9));
        var root = Classes.Flat(50, 0.5);
        root.Separation.ShouldBe(1.80345802, 1e-8);
        var point = LogisticLaws.Stationary(root, 0.7);
        (point.Means[0] / root.Separation).ShouldBe(2.07763742, 1e-8);
        point.Variances[0].ShouldBe(8.03977085, 1e-8);
        point.Risk.ShouldBe(0.225468773, 1e-9);
    }

    [Fact]
    public void WithoutNoiseTheFixedPointIsTheBayesRisk()
    {
        LogisticLaws.BayesRisk(1).ShouldBe(0.356316360, 1e-9);
        var optimum = LogisticLaws.Stationary(Classes.Flat(50, 0), 0);
        optimum.Risk.ShouldBe(LogisticLaws.BayesRisk(1), 1e-12);
        optimum.Means[0].ShouldBe(2, 1e-10);
        optimum.Variances[0].ShouldBe(4, 1e-9);
    }

    [Fact]
    public void TwoClassPlateausHaveTheReferenceValues()
    {
        // C2 and the laws of plateaus.
        var point = LogisticLaws.Stationary(ClassModes.Stationary(Classes.Problem(Classes.Pair(1.1, 1.5, 0.5))), 0.7);
        point.Risk.ShouldBe(0.29527300, 2e-8);
        point.Means[0].ShouldBe(2.74080422, 2e-7);
        point.Means[1].ShouldBe(point.Means[0], 1e-12);
        point.Variances.ShouldBe([7.09436083, 4.44801415], 2e-6);
        var near = LogisticLaws.Stationary(ClassModes.Stationary(Classes.Problem(Classes.Pair(1.1, 1.5, 0.15))), 0.7);
        near.Risks[0].ShouldBe(0.035400, 1e-6);
        near.Risks[1].ShouldBe(0.00080948, 1e-8);
        var farther = LogisticLaws.Stationary(ClassModes.Stationary(Classes.Problem(Classes.Pair(1.1, 1.5, 0.25))), 0.7);
        farther.Risks[0].ShouldBe(0.154784, 1e-6);
        farther.Risks[1].ShouldBe(0.0330763, 1e-7);
    }

    [Fact]
    public void AsymmetricFixedPointIsWhereTheDynamicsEnds()
    {
        // A6, far beyond t = 100, where it has not ended.
        var problem = Cases.Asymmetric(new LogisticLoss());
        var point = LogisticLaws.Stationary(ClassModes.Of(problem.Modes()), 0.9);
        var end = problem.Solve(new MultiClassTheory { LearningRate = 0.9, Times = [1e8] });
        end["risk"][^1].ShouldBe(point.Risk, 1e-9);
        end["m1"][^1].ShouldBe(point.Means[0], 1e-6);
        end["m2"][^1].ShouldBe(-point.Means[1], 1e-6);
        end["b22"][^1].ShouldBe(point.Variances[1], 1e-5);
        point.Risk.ShouldBeLessThan(0.240450042);
        LogisticLaws.Stationary(Classes.Asymmetric(), 0.9).Risk.ShouldBe(point.Risk, 1e-12);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(1.9)]
    [InlineData(40)]
    [InlineData(200)]
    public void FixedPointsAreFoundFromFarAway(double norm)
    {
        foreach (var rate in new[] { 1e-6, 0.7, 30 })
        {
            var point = LogisticLaws.Stationary(Classes.Symmetric([.. Enumerable.Range(1, 40).Select(rho => rho / 40.0)], Math.Sqrt(norm)), rate);
            point.Risk.ShouldBeGreaterThan(LogisticLaws.BayesRisk(Classes.Symmetric([.. Enumerable.Range(1, 40).Select(rho => rho / 40.0)], Math.Sqrt(norm)).Separation) * (1 - 1e-9));
        }
    }

    [Fact]
    public void LeastSquaresPlateausHaveTheReferenceValues()
    {
        var identity = new LeastSquaresLaws(Classes.Flat(50, 0));
        identity.OptimalRisk.ShouldBe(0.25, 1e-14);
        identity.LargestLearningRate.ShouldBe(2, 1e-13);
        identity.Plateau(0.8).ShouldBe(0.41666667, 1e-8);
        new LeastSquaresLaws(Classes.Asymmetric()).Plateau(0.9).ShouldBe(0.2418994, 5e-8);
        new LeastSquaresLaws(Classes.Flat(50, 0.5)).Plateau(0.7).ShouldBe(1 / (2 * (1 + Classes.Flat(50, 0.5).Separation)) / (1 - (0.35 * Classes.Flat(50, 0.5).Trace)), 1e-13);
    }

    [Fact]
    public void GeneralOptimumIsThatOfASharedMean()
    {
        // One mode of the second class apart: the general equations, close to the closed form.
        double[] first = [1, 0.5, 0.2], second = [0.3, 0.6, 0.9], mean = [0.4, 0.5, 0.6];
        var shared = new LeastSquaresLaws(Classes.Of([0.4, 0.6], [first, second], [mean, mean]));
        var apart = new LeastSquaresLaws(Classes.Of([0.4, 0.6], [first, second], [mean, [0.4, 0.5, 0.6 + 1e-9]]));
        apart.OptimalRisk.ShouldBe(shared.OptimalRisk, 1e-8);
        apart.Plateau(0.5).ShouldBe(shared.Plateau(0.5), 1e-8);
    }

    [Fact]
    public void MeansInTheKernelLeaveNoRisk()
    {
        var clean = Classes.Symmetric([0, 0, 1, 1], 1);
        clean.Separation.ShouldBe(double.PositiveInfinity);
        clean.CleanSquaredMean.ShouldBe(0.5, 1e-15);
        new LeastSquaresLaws(clean).OptimalRisk.ShouldBe(0, 1e-15);
        var twice = Classes.Of([0.4, 0.6], [[0, 0, 1], [0, 0, 1]], [[0.4, 0.5, 0.6], [-0.3, 0.5, -0.6]]);
        new LeastSquaresLaws(twice).OptimalRisk.ShouldBe(0, 1e-7);
        Should.Throw<ParameterException>(() => LogisticLaws.Stationary(clean, 0.7)).Message.ShouldContain("no finite stationary point");
        Should.Throw<ParameterException>(() => LogisticLaws.Stationary(Classes.Continuum(Classes.Pair(1.1, 1.5, 0)), 0.7)).Message.ShouldContain("no finite stationary point");
    }

    [Fact]
    public void UnstableRatesAndBadProfilesAreRefused()
    {
        var laws = new LeastSquaresLaws(Classes.Flat(50, 0));
        Should.Throw<ParameterException>(() => laws.Plateau(2)).Message.ShouldContain("unstable: the risk diverges");
        Should.Throw<ParameterException>(() => Classes.Pair(2, 3, -0.5)).Message.ShouldContain("diverges");
        new LeastSquaresLaws(Classes.Flat(50, 0), batch: 4).LargestLearningRate.ShouldBe(8, 1e-12);
    }
}
