using Eigenflow.Systems.InAndOutOfEquilibrium;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.InAndOutOfEquilibrium;

/// <summary>Identities of the theory, and formulas against enumeration.</summary>
public sealed class TheoryTests
{
    private static LocalExpansion Expansion { get; } = EquilibriumParameters.Defaults(EquilibriumModel.ReferenceRegression).Expand();

    [Theory]
    [InlineData(SamplingScheme.WithReplacement)]
    [InlineData(SamplingScheme.WithoutReplacement)]
    [InlineData(SamplingScheme.Sgld)]
    [InlineData(SamplingScheme.Sgworld)]
    [InlineData(SamplingScheme.ShuffledSymmetric)]
    [InlineData(SamplingScheme.Langevin)]
    public void DriftIsDiffusionAndCirculation(SamplingScheme scheme)
    {
        var theory = SchemeTheory.Of(Expansion, new SchemeOptions(scheme, 1e-4, 1));
        var law = theory.Leading;

        // ρHΣ = D + C.
        var difference = (theory.UnitRate * Expansion.Hessian * law.Covariance) - theory.Diffusion - law.Circulation;
        difference.FrobeniusNorm().ShouldBeLessThan(1e-12 * theory.Diffusion.FrobeniusNorm());
        (law.Circulation + law.Circulation.Transpose()).FrobeniusNorm().ShouldBeLessThan(1e-14 * theory.Diffusion.FrobeniusNorm());
        law.Entropy.ShouldBeGreaterThan(-1e-18);
    }

    [Fact]
    public void TheFormulaOfFixedPartitionsIsTheCovarianceOverOrders()
    {
        var orders = EpochOrders.Of(Expansion);
        (orders.IsComplete, orders.Orders.Count).ShouldBe((true, 90));
        var formula = EpochDiffusion.Of(Expansion, orders, 1e-3, isSymmetric: false);

        // Directly: half of the covariance of η² Σ_{b before c} H_c G_b.
        var rows = orders.Orders.Select(Second).ToArray();
        var mean = rows.Aggregate((one, other) => one + other) / rows.Length;
        var direct = rows.Select(row => (row - mean).OuterProduct(row - mean)).Aggregate((one, other) => one + other) / rows.Length * (Math.Pow(1e-3, 4) / 2);
        (formula - direct).FrobeniusNorm().ShouldBeLessThan(1e-12 * direct.FrobeniusNorm());
    }

    [Theory]
    [InlineData(SamplingScheme.WithReplacement, 1e-2)]
    [InlineData(SamplingScheme.WithoutReplacement, 2e-2)]
    [InlineData(SamplingScheme.ShuffledSymmetric, 1e-2)]
    public void EntropyProductionIsThatOfTheTwoTimeRatioOfTheSchemeItself(SamplingScheme scheme, double rate)
    {
        // ½[tr(M_r⁻¹M_f) − 2d] with the covariances of two times and of the reverse.
        var theory = SchemeTheory.Of(Expansion, new SchemeOptions(scheme, rate, 1));
        var (sigma, d) = (theory.Exact.Covariance, 2);
        var cross = sigma - (sigma * theory.Drift);
        var forward = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { sigma, cross }, { cross.Transpose(), sigma } });
        var reverse = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { sigma, cross.Transpose() }, { cross, sigma } });
        theory.Exact.Entropy.ShouldBe(0.5 * ((reverse.Inverse() * forward).Trace() - (2 * d)), 1e-10);
        theory.Exact.Entropy.ShouldBeGreaterThanOrEqualTo(0);
        theory.Weights!.MeanRate(theory.Exact.Circulation).ShouldBe(theory.Exact.Entropy);
    }

    [Fact]
    public void MeansOfRowsAreNotShiftedAndCommutingNoiseHasNoCurrents()
    {
        var problem = new EquilibriumProblem { Model = EquilibriumModel.Mean, Samples = 8, Batch = 2, LearningRate = 1e-3 };
        var epochs = SchemeTheory.Of(problem.Expand(), new SchemeOptions(SamplingScheme.WithoutReplacement, 1e-3, 1));
        epochs.Exact.Mean.L2Norm().ShouldBeLessThan(1e-12);
        SchemeTheory.Shift(problem.Expand(), 1e-3).L2Norm().ShouldBe(0, 1e-15);
        var steps = SchemeTheory.Of(problem.Expand(), new SchemeOptions(SamplingScheme.WithReplacement, 1e-3, 1));
        steps.Leading.Entropy.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void TheEffectiveLandscapeHasTheVarianceOfMultiplicativeNoise()
    {
        var problem = new EquilibriumProblem { Dimension = 1, Samples = 12, Batch = 2, NoiseScale = 0.5 };
        var expansion = problem.Expand();
        var rate = 0.02 / expansion.Largest;
        var landscape = new EffectiveLandscape(expansion, rate);
        double zero = 0, first = 0, second = 0, step = landscape.Scale / 50;
        for (var k = -500; k <= 500; k++)
        {
            var p = Math.Exp(-landscape.Potential(k * step)) * step;
            (zero, first, second) = (zero + p, first + (p * k * step), second + (p * k * step * k * step));
        }

        // 2hΣ = (2/η)(D + (η²/2)c_B Var(H_i) Σ) in continuous time.
        double h = expansion.Hessian[0, 0], spread = expansion.Spread(Matrix<double>.Build.DenseIdentity(1))[0, 0];
        zero.ShouldBe(1, 1e-4);
        first.ShouldBe(0, 1e-4 * landscape.Scale);
        second.ShouldBe(rate * expansion.BatchFactor * expansion.Covariance[0, 0] / ((2 * h) - (rate * expansion.BatchFactor * spread)), 1e-4 * second);
    }

    [Fact]
    public void TheCorrectionTakesOutTheShift()
    {
        double Shift(bool isCorrected, double rate) => SchemeTheory.Of(Expansion, new SchemeOptions(SamplingScheme.Sgworld, rate, 1, IsCorrected: isCorrected)).Exact.Mean.L2Norm();
        (Shift(true, 1e-3) / Shift(false, 1e-3)).ShouldBeLessThan(0.02);

        // What is left is of second order.
        (Shift(true, 1e-3) / Shift(true, 5e-4)).ShouldBe(4, 0.2);
    }

    [Fact]
    public void TheSpreadOfRankOneHessiansIsTheirSum()
    {
        var s = Matrix<double>.Build.DenseOfRowMajor(2, 2, [1, 0.3, 0.3, 2]);
        var sum = -(Expansion.Hessian * s * Expansion.Hessian);
        for (var i = 0; i < 6; i++)
        {
            var own = Matrix<double>.Build.DenseOfRowMajor(2, 2, Expansion.Hessians.Skip(4 * i).Take(4));
            sum += own * s * own / 6;
        }

        (Expansion.Spread(s) - sum).FrobeniusNorm().ShouldBeLessThan(1e-12 * sum.FrobeniusNorm());
    }

    [Fact]
    public void TheMeanSquareLimitIsWhereTheSecondMomentDiverges()
    {
        var limit = MeanSquareMap.Limit(Expansion);
        limit.ShouldBeLessThan(2 / Expansion.Largest);

        // The spectral radius of the map of second moments is one there.
        double Radius(double rate)
        {
            var a = Matrix<double>.Build.DenseIdentity(2) - (rate * Expansion.Hessian);
            var sigma = Matrix<double>.Build.DenseIdentity(2);
            for (var k = 0; k < 3000; k++)
            {
                sigma = (a * sigma * a) + (Expansion.Spread(sigma) * (rate * rate * Expansion.BatchFactor));
                if (k < 2999)
                    sigma /= sigma.FrobeniusNorm();
            }

            return sigma.FrobeniusNorm();
        }

        Radius(0.999 * limit).ShouldBeLessThan(1);
        Radius(1.001 * limit).ShouldBeGreaterThan(1);
    }

    private static Vector<double> Second(int[] order)
    {
        Vector<double> sum = Vector<double>.Build.Dense(2), before = Vector<double>.Build.Dense(2);
        for (var b = 0; b < 3; b++)
        {
            var own = order.Skip(2 * b).Take(2).ToArray();
            var hessian = own.Select(i => Matrix<double>.Build.DenseOfRowMajor(2, 2, Expansion.Hessians.Skip(4 * i).Take(4))).Aggregate((one, other) => one + other) / 2;
            sum += hessian * before;
            before += own.Select(i => Vector<double>.Build.DenseOfEnumerable(Expansion.Gradients.Skip(2 * i).Take(2))).Aggregate((one, other) => one + other) / 2;
        }

        return sum;
    }
}
