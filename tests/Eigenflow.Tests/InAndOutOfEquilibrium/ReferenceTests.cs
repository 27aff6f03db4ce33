using Eigenflow.Solutions;
using Eigenflow.Systems.InAndOutOfEquilibrium;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.InAndOutOfEquilibrium;

/// <summary>Numbers to ten digits: the six rows without randomness, and the process of diag(2, 1).</summary>
public sealed class ReferenceTests
{
    private const double Part = 1e-6;

    private static Solution Theory(SamplingScheme scheme, NoisePlacement placement = NoisePlacement.PerStep, EquilibriumModel model = EquilibriumModel.ReferenceRegression) =>
        EquilibriumParameters.Defaults(model).Solve(new EquilibriumTheory { Scheme = scheme, Placement = placement, Steps = 10 });

    private static void Check(Solution solution, string name, double expected, double part = Part)
    {
        var value = solution.SummaryOf(name);
        value.ShouldNotBeNull(name);
        value.Value.ShouldBe(expected, part * Math.Abs(expected), name);
    }

    [Fact]
    public void LossOfTheSixRows()
    {
        var theory = Theory(SamplingScheme.WithReplacement);
        (string, double)[] expected =
        [
            ("hessian-11", 8.823114311), ("hessian-12", 6.122133736), ("hessian-22", 11.46924521), ("minimum-1", 0.3578155064), ("minimum-2", -0.1624566541),
            ("gradient-covariance-11", 21.45505585), ("gradient-covariance-12", 23.31384608), ("gradient-covariance-22", 42.21251604),
            ("diffusion-11", 4.29101117e-06), ("diffusion-12", 4.662769216e-06), ("diffusion-22", 8.442503207e-06),
        ];
        foreach (var (name, value) in expected)
            Check(theory, name, value);
    }

    [Fact]
    public void StepsWithReplacement()
    {
        var theory = Theory(SamplingScheme.WithReplacement);
        (string, double)[] expected =
        [
            ("cov-11", 3.863213659e-04), ("cov-12", 1.441415094e-04), ("cov-22", 6.591584253e-04), ("cov-11-exact", 3.909513112e-04), ("cov-12-exact", 1.462671409e-04), ("cov-22-exact", 6.643788894e-04),
            ("circulation-12", 6.444638321e-07), ("entropy", 5.818317164e-04),
        ];
        foreach (var (name, value) in expected)
            Check(theory, name, value);

        // The chain with Gaussian noise of the leading D, which is not that of batches.
        var expansion = EquilibriumParameters.Defaults(EquilibriumModel.ReferenceRegression).Expand();
        var additive = StationaryLaw.Discrete(expansion.Hessian, 1e-3, SchemeTheory.BatchDiffusion(expansion, 1e-3), MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(2));
        additive.Entropy.ShouldBe(5.836643053e-04, Part * 5.8e-4);
        GeneratingFunction.At(0.5, expansion.Hessian * 1e-3, additive.Covariance).ShouldBe(0.9998541095, 1e-9);
    }

    [Fact]
    public void ShuffledEpochs()
    {
        var theory = Theory(SamplingScheme.WithoutReplacement);
        (string, double)[] expected =
        [
            ("mean-1-exact", -2.363384853e-04), ("mean-2-exact", 4.690527768e-04), ("mean-1", -2.380116787e-04), ("mean-2", 4.700278095e-04),
            ("diffusion-11", 4.010774028e-09), ("diffusion-12", 4.63647524e-09), ("diffusion-22", 5.984092041e-09),
            ("cov-11", 9.186252184e-08), ("cov-12", 8.598491433e-08), ("cov-22", 1.280194272e-07), ("cov-11-exact", 9.420193236e-08), ("cov-12-exact", 8.853619747e-08), ("cov-22-exact", 1.314061212e-07),
        ];
        foreach (var (name, value) in expected)
            Check(theory, name, value);
    }

    [Fact]
    public void SamplersOfThePosterior()
    {
        var sgld = Theory(SamplingScheme.Sgld);
        Check(sgld, "cov-11-exact", 0.1812596164);
        Check(sgld, "cov-12-exact", -0.09602863724);
        Check(sgld, "cov-22-exact", 0.1399718185);
        Check(sgld, "kl-exact", 1.4656001e-04, 1e-4);
        var sgworld = Theory(SamplingScheme.Sgworld);
        Check(sgworld, "mean-1-exact", -2.363384853e-04);
        Check(sgworld, "cov-11-exact", 0.1798394243);
        Check(sgworld, "cov-12-exact", -0.09575531117);
        Check(sgworld, "cov-22-exact", 0.1386619791);
        Check(sgworld, "kl-exact", 1.069009032e-05, 1e-4);
        Check(Theory(SamplingScheme.Sgworld, NoisePlacement.PerEpoch), "kl-exact", 3.90772918e-04, 1e-4);
    }

    [Theory]
    [InlineData(6, 2, 12.5, 0.005)]
    [InlineData(12, 2, 253, 0.1)]
    [InlineData(24, 2, 320, 0.1)]
    [InlineData(48, 4, 286, 0.1)]
    [InlineData(48, 2, 1100, 0.1)]
    [InlineData(96, 4, 339, 0.1)]
    public void ShuffledEpochsGainOverSgld(int samples, int batch, double ratio, double tolerance)
    {
        // At η = 0.002/(h_max M), λ = 1; beyond the first the orders are sampled.
        var expansion = (EquilibriumParameters.Defaults(EquilibriumModel.ReferenceRegression) with { Samples = samples, Batch = batch, Prior = 1 }).Expand();
        double Kl(SamplingScheme scheme) => SchemeTheory.Of(expansion, new SchemeOptions(scheme, 0.002 / (expansion.Largest * expansion.Batches), 1)).Distance.Kl;
        (Kl(SamplingScheme.Sgld) / Kl(SamplingScheme.Sgworld)).ShouldBe(ratio, tolerance * ratio);
    }

    [Fact]
    public void TheProcessOfTwoModes()
    {
        var theory = Theory(SamplingScheme.WithReplacement, model: EquilibriumModel.Matrices);
        (string, double)[] expected =
        [
            ("cov-11", 0.005), ("cov-12", 0.01 / 3), ("cov-22", 0.01), ("circulation-12", 1.666666667e-05), ("entropy", 1.111111111e-03),
            ("cov-11-exact", 0.005050505051), ("cov-12-exact", 0.003355704698), ("cov-22-exact", 0.01005025126), ("entropy-exact", 1.118568233e-03),
        ];
        foreach (var (name, value) in expected)
            Check(theory, name, value);
        var law = SchemeTheory.Of(EquilibriumParameters.Defaults(EquilibriumModel.Matrices).Expand(), new SchemeOptions(SamplingScheme.WithReplacement, 0.01, 1));
        foreach (var (k, value) in ((double, double)[])[(0.25, 0.9997903156), (0.5, 0.9997204418), (1.5, 1.000839682), (0, 1), (1, 1)])
            GeneratingFunction.At(k, law.Drift, law.Exact.Covariance).ShouldBe(value, Part, $"k = {k}");
        GeneratingFunction.At(-0.5, law.Drift, law.Exact.Covariance).ShouldBe(GeneratingFunction.At(1.5, law.Drift, law.Exact.Covariance), 1e-10);
    }
}
