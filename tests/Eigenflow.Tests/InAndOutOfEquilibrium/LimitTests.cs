using Eigenflow.Solutions;
using Eigenflow.Systems.InAndOutOfEquilibrium;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.InAndOutOfEquilibrium;

/// <summary>Where theory is at its limits: singular diffusion, noise that cancels, step sizes near the limit, scales, and orders too many to enumerate.</summary>
public sealed class LimitTests
{
    private static EquilibriumProblem Reference { get; } = EquilibriumParameters.Defaults(EquilibriumModel.ReferenceRegression);

    [Theory]
    [InlineData(5, 5, SamplingScheme.WithReplacement, 1.0)]
    [InlineData(4, 8, SamplingScheme.WithoutReplacement, 1.0)]
    [InlineData(2, 2, SamplingScheme.WithoutReplacement, 1.0)]
    [InlineData(2, 1, SamplingScheme.ShuffledSymmetric, 0.0)]
    [InlineData(6, 2, SamplingScheme.ShuffledSymmetric, 0.0)]
    public void SingularDiffusionHasEverythingButEntropy(int samples, int dimension, SamplingScheme scheme, double temperature)
    {
        var solution = new EquilibriumProblem { Samples = samples, Dimension = dimension, Batch = 1 }.Solve(new EquilibriumTheory { Scheme = scheme, Temperature = temperature, Steps = 10 });
        solution.Warnings.Count(warning => warning.Contains("entropy production undefined", StringComparison.Ordinal)).ShouldBe(1);
        solution.SummaryOf("cov-11-exact").ShouldNotBeNull();
        foreach (var name in (string[])["entropy", "entropy-exact", "generating-half"])
            solution.SummaryOf(name).ShouldBeNull(name);
    }

    [Fact]
    public void ForwardAndBackwardWithOnePartitionHasNoNoiseOfFourthOrder()
    {
        var theory = SchemeTheory.Of((new EquilibriumProblem { Samples = 6, Batch = 1 }).Expand(), new SchemeOptions(SamplingScheme.ShuffledSymmetric, 1e-3, 0));
        theory.Diffusion.FrobeniusNorm().ShouldBe(0);
        theory.Exact.Covariance[0, 0].ShouldBeGreaterThan(0);
        theory.Weights.ShouldBeNull();
    }

    [Theory]
    [InlineData(0.9999)]
    [InlineData(0.99999)]
    public void NearTheLimitTheCovarianceSolvesItsEquation(double part)
    {
        var expansion = Reference.Expand();
        var rate = part * MeanSquareMap.Limit(expansion);
        var map = new MeanSquareMap(expansion, rate);
        var noise = SchemeTheory.BatchDiffusion(expansion, rate) * 2;
        var sigma = map.Covariance(noise);
        (map.Next(sigma) + noise - sigma).FrobeniusNorm().ShouldBeLessThan(1e-9 * sigma.FrobeniusNorm());
    }

    [Fact]
    public void ShuffledEpochsAreStableUpToTheirOwnLimit()
    {
        var expansion = Reference.Expand();
        SchemeTheory.Of(expansion, new SchemeOptions(SamplingScheme.Sgworld, 0.11525, 1)).Exact.Covariance[0, 0].ShouldBe(151.7, 0.1);
        SchemeTheory.Of(expansion, new SchemeOptions(SamplingScheme.Sgworld, 0.1154, 1)).Exact.Covariance[0, 0].ShouldBe(393.0, 0.1);
        Should.Throw<ParameterException>(() => SchemeTheory.Of(expansion, new SchemeOptions(SamplingScheme.Sgworld, 0.117, 1))).Message.ShouldContain("0.1155");
    }

    [Fact]
    public void TheWayFromTheMinimumIsThatOfSteps()
    {
        foreach (var scheme in (SamplingScheme[])[SamplingScheme.WithReplacement, SamplingScheme.WithoutReplacement])
        {
            var theory = SchemeTheory.Of(Reference.Expand(), new SchemeOptions(scheme, 0.05, 1));
            var path = new MomentPath(theory, 8);
            path.At(0).Covariance.FrobeniusNorm().ShouldBe(0);
            var (mean, sigma) = path.At(1000);
            (sigma - theory.Exact.Covariance).FrobeniusNorm().ShouldBeLessThan(1e-9 * sigma.FrobeniusNorm());
            (mean - theory.Exact.Mean).L2Norm().ShouldBeLessThan(1e-9);
            if (scheme == SamplingScheme.WithReplacement)
                path.At(1).Covariance[0, 0].ShouldBe(2 * theory.Diffusion[0, 0], 1e-12);
        }

        // One epoch from the minimum: the covariance over the 90 orders, against chains that do no more.
        var epochs = (Reference with { LearningRate = 0.05 }).Solve(new ChainMethod { Scheme = SamplingScheme.WithoutReplacement, Chains = 20_480, Steps = 2, BurnIn = 2, AtSteps = [1, 2] });
        var exact = new MomentPath(SchemeTheory.Of(Reference.Expand(), new SchemeOptions(SamplingScheme.WithoutReplacement, 0.05, 1)), 8);
        for (var row = 0; row < 2; row++)
            epochs["cov-11"][row].ShouldBe(exact.At(row + 1).Covariance[0, 0], 4.5 * epochs["cov-11-se"][row]);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e-6)]
    public void UnitsOfOneColumnChangeNeitherRankNorEntropy(double unit)
    {
        var d = Matrix<double>.Build.DenseOfRowMajor(2, 2, [1e-4, 0.5e-4, 0.5e-4, 1e-4]);
        var scale = Matrix<double>.Build.DenseOfDiagonalArray([1, unit]);
        StationaryLaw.Rank(scale * d * scale).ShouldBe(2);
        StationaryLaw.Rank(scale * Matrix<double>.Build.DenseOfRowMajor(2, 2, [1, 1, 1, 1]) * scale).ShouldBe(1);
        StationaryLaw.Rank(Matrix<double>.Build.DenseOfDiagonalArray([1, 5e-12])).ShouldBe(2);

        // x → Sx turns X into SXS⁻¹ and Σ into SΣS.
        var theory = SchemeTheory.Of(Reference.Expand(), new SchemeOptions(SamplingScheme.WithReplacement, 1e-2, 1));
        StationaryLaw.Of(scale * theory.Drift * scale.Inverse(), theory.Exact.Mean, scale * theory.Exact.Covariance * scale, true).Entropy.ShouldBe(theory.Exact.Entropy, 1e-8 * theory.Exact.Entropy);
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(9, 3)]
    [InlineData(6, 2)]
    public void PartitionsWithoutEnumerationAreTheEnumeratedOnes(int samples, int batch)
    {
        var expansion = new EquilibriumProblem { Samples = samples, Dimension = 3, Batch = batch }.Expand();
        var enumerated = EpochDiffusion.Partitions(expansion, EpochOrders.Of(expansion).Orders, isSymmetric: true);
        var formula = PartitionMoments.Exact(expansion, isSymmetric: true);
        (formula.Between - enumerated.Between).FrobeniusNorm().ShouldBeLessThan(1e-10 * enumerated.Between.FrobeniusNorm());
        var plain = EpochDiffusion.Partitions(expansion, EpochOrders.Of(expansion).Orders, isSymmetric: false);
        (plain.Between + plain.Within - plain.Total).FrobeniusNorm().ShouldBeLessThan(1e-10 * plain.Total.FrobeniusNorm());
        (formula.Mean - enumerated.Mean).L2Norm().ShouldBeLessThan(1e-10 * enumerated.Mean.L2Norm());
    }

    [Fact]
    public void SampledOrdersHaveStandardErrorsAndAreNotCalledExact()
    {
        var problem = new EquilibriumProblem { Samples = 200, Dimension = 6, Batch = 2, LearningRate = 2e-6 };
        var theory = problem.Solve(new EquilibriumTheory { Scheme = SamplingScheme.WithoutReplacement, Steps = 10 });
        theory.SummaryOf("cov-11-exact").ShouldBeNull();
        foreach (var name in (string[])["cov-11", "cov-22", "cov-33"])
        {
            // At this step size the leading formula, whose partitions are not sampled, is right to a percent.
            double leading = theory.SummaryOf(name)!.Value, sampled = theory.SummaryOf(name + "-sampled")!.Value, error = theory.SummaryOf(name + "-sampled-se")!.Value;
            error.ShouldBeLessThan(0.05 * leading);
            Math.Abs(sampled - leading).ShouldBeLessThan((5 * error) + (0.02 * leading), name);
        }
    }

    [Theory]
    [InlineData("noise-scale", "1e-100")]
    [InlineData("prior", "1e80")]
    [InlineData("temperature", "1e300")]
    public void ScalesBeyondTheRangeOfNumbersAreRefused(string parameter, string value)
    {
        var system = SystemCatalog.Find("in-and-out-of-equilibrium");
        var setting = Settings.Setting.Empty.With(parameter, value).With("scheme", "sgld");
        Should.Throw<ParameterException>(() => system.Solve(system.Complete("theory", setting))).Parameter.ShouldBe(parameter);
    }

    [Fact]
    public void NothingOfTheNetworkIsCalledExactWithinItsWindow()
    {
        var system = SystemCatalog.Find("in-and-out-of-equilibrium");
        var predictions = system.Predict(system.Complete(null, Settings.Setting.Empty.With("problem", "network")));
        foreach (var name in (string[])["kl-sgld", "kl-langevin", "mean-square-limit"])
            predictions.Single(prediction => prediction.Name == name).Window.ShouldBe(WindowStatus.Outside, name);
    }

    [Fact]
    public void MeasuredDivergencesHaveErrorsAndBias()
    {
        var run = Reference.Solve(new ChainMethod { Scheme = SamplingScheme.Sgworld, Chains = 2048, Steps = 1200, BurnIn = 600, Points = 2 });
        double kl = run.SummaryOf("kl")!.Value, error = run.SummaryOf("kl-se")!.Value, bias = run.SummaryOf("kl-bias")!.Value;
        Math.Abs(kl - bias - run.SummaryOf("kl-exact")!.Value).ShouldBeLessThan(5 * (error + bias));
        foreach (var name in (string[])["covariance-error-se", "wasserstein-se", "excess-loss-measured-se"])
            run.SummaryOf(name)!.Value.ShouldBeGreaterThan(0);

        // All but reversible: no slope, and no theorem that fails.
        run.SummaryOf("detailed-theorem-1").ShouldBeNull();
        run.SummaryOf("integral-theorem-1")!.Value.ShouldBe(1, 1e-3);
    }

    [Fact]
    public void EntropyOfChainsIsThatOfTheTheory()
    {
        foreach (var (scheme, rate) in ((SamplingScheme, double)[])[(SamplingScheme.WithReplacement, 0.03), (SamplingScheme.WithoutReplacement, 0.02)])
        {
            var run = (Reference with { LearningRate = rate }).Solve(new ChainMethod { Scheme = scheme, Chains = 2048, Steps = 1500, BurnIn = 300, Points = 2 });
            Math.Abs(run.SummaryOf("entropy")!.Value - run.SummaryOf("entropy-exact")!.Value).ShouldBeLessThan(4.5 * run.SummaryOf("entropy-se")!.Value, $"{scheme}");
        }
    }
}
