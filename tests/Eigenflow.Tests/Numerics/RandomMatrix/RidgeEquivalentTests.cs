using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Spectra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.RandomMatrix;

/// <summary>The renormalised ridge against reference values (arXiv 2405.00592, rtol 1e-7) and against itself.</summary>
public sealed class RidgeEquivalentTests
{
    /// <summary>η_k = k^(−α), η_k w_k² ∝ k^(−1−2αr), Σ w² = 1, mode by mode.</summary>
    internal static Population PowerLaw(int dimension, double exponent, double source, double additive = 0)
    {
        var modes = Enumerable.Range(1, dimension).Select(k => (double)k).ToArray();
        var length = modes.Sum(k => Math.Pow(k, exponent - 1 - (2 * exponent * source)));
        return Population.Of([.. modes.Select(k => Math.Pow(k, -exponent))], [.. modes.Select(_ => 1.0)], [.. modes.Select(k => Math.Pow(k, -1 - (2 * exponent * source)) / length)], additive);
    }

    private static Population Isotropic(double dimension) => Population.Of([1.0], [dimension], [1.0]);

    private static void Near(double value, double expected, double tolerance = 2e-7) => value.ShouldBe(expected, Math.Abs(expected) * tolerance);

    [Theory]
    [InlineData(200, 100, 1e-3, 0.25, 1.00199800598, 0.49900249203, 0.749005472145, 9.95025366714e-07)]
    [InlineData(100, 200, 0.01, 0.25, 0.019622372448, 0.480940435207, 0.232353812912, 0.125274502432)]
    public void IsotropicRidge(double dimension, double samples, double ridge, double noise, double kappa, double gamma, double error, double train)
    {
        var at = new RidgeEquivalent(Isotropic(dimension), samples).At(ridge);
        Near(at.Kappa, kappa);
        Near(at.Gamma2, gamma);
        Near(1 - at.Stiffness, gamma);
        Near(at.Risk(noise).Error, error);
        Near(at.Risk(noise).TrainError, train);

        // κ² + (1 − q − λ) κ − λ = 0 in closed form.
        var b = 1 - (dimension / samples) - ridge;
        Near(at.Kappa, (Math.Sqrt((b * b) + (4 * ridge)) - b) / 2, 1e-12);
    }

    [Fact]
    public void PlainRidgeOfAPowerLaw()
    {
        var equivalent = new RidgeEquivalent(PowerLaw(500, 1.5, 0.8), 100);
        var at = equivalent.At(1e-3);
        var risk = at.Risk(0.01);
        Near(at.Kappa, 0.00389747859891);
        Near(at.Resolution.Learned, 74.3423863757);
        Near(at.Resolution.Second, 31.9221527848);
        Near(risk.Bias, 9.58095732686e-05);
        Near(risk.Data, 4.49257425321e-05);
        Near(risk.Labels, 0.00468906613394);
        Near(risk.Error, 0.00482980144974);
        Near(risk.TrainError, 0.000976265311192);
        var ridgeless = equivalent.At(0);
        Near(ridgeless.Kappa, 0.00229140739047);
        Near(ridgeless.Resolution.Second, 45.5170627463);
        Near(ridgeless.Risk(0.01).Error, 0.0084309453529);
        ridgeless.Risk(0.01).TrainError.ShouldBe(0);
    }

    [Fact]
    public void GaussianFeatures()
    {
        var equivalent = new RidgeEquivalent(PowerLaw(500, 1.5, 0.8), 100, new GaussianLayer(200, 1.0 / 500));
        var at = equivalent.At(1e-4);
        var risk = at.Risk(0.01);
        Near(at.Kappa, 0.00303635649182);
        Near(at.FeatureKappa, 0.000694687739435);
        Near(at.Resolution.Learned, 85.6050431981);
        Near(at.Resolution.Second, 37.7355698464);
        Near(at.Elasticity, 0.704990962552);
        Near(at.Gamma1, 0.51857497103);
        Near(at.Gamma2, 0.377355698464);
        Near(risk.Bias, 6.48605909416e-05);
        Near(risk.Data, 3.93089819294e-05);
        Near(risk.Features, 0.000845609748032);
        Near(risk.Both, 0.000941419275318);
        Near(risk.Labels, 0.00606053404058);
        Near(risk.LabelsAndFeatures, 0.00471113215507);
        Near(risk.Error, 0.0126628647919);
        Near(risk.TrainError, 0.000469608057215);
        Near(risk.Bias + risk.Data + risk.Features + risk.Both + risk.Labels + risk.LabelsAndFeatures, risk.Error, 1e-13);
        var ridgeless = equivalent.At(0);
        Near(ridgeless.FeatureKappa, 0.000458281478095);
        Near(ridgeless.Elasticity, 0.647320680055);
        Near(ridgeless.Risk(0.01).Both, 0.00145488658252);
        Near(ridgeless.Risk(0.01).LabelsAndFeatures, 0.01);
        Near(ridgeless.Risk(0.01).Error, 0.0206557663844);
    }

    [Fact]
    public void OtherLayers()
    {
        var population = PowerLaw(500, 1.5, 0.8);
        var weights = Enumerable.Range(1, 200).Select(j => Math.Pow(j, -0.7)).ToArray();
        var ones = Enumerable.Repeat(1.0, 200).ToArray();
        var structured = new RidgeEquivalent(population, 100, new StructuredLayer(Population.Of(weights, ones, ones), 200, 1.0 / 500)).At(1e-4);
        Near(structured.Kappa, 0.0101475534378);
        Near(structured.FeatureKappa, 0.000173329020802);
        Near(structured.Elasticity, 0.803276640516);
        Near(structured.Risk(0.01).Features, 0.0017708183284);
        Near(structured.Risk(0.01).Error, 0.00557615833304);
        Near(structured.Risk(0.01).TrainError, 0.0051846302101);
        var projection = new RidgeEquivalent(population, 100, new ProjectionLayer(200, 500)).At(1e-4);
        Near(projection.Kappa, 0.00292221055437);
        Near(projection.FeatureKappa, 0.000797193235396);
        Near(projection.Elasticity, 0.760488938853);
        Near(projection.Risk(0.01).Error, 0.0116131819608);
        Near(projection.Risk(0.01).TrainError, 0.000340088150361);
        var deep = new RidgeEquivalent(population, 100, new GaussianLayer(300, 1.0 / 500), new GaussianLayer(200, 1.0 / 300)).At(1e-4);
        Near(deep.Kappa, 0.00326903792226);
        Near(deep.FeatureKappa, 0.000559653463778);
        Near(deep.Elasticity, 0.623360662396);
        Near(deep.Risk(0.01).Error, 0.0140635498446);
        Near(deep.Risk(0.01).TrainError, 0.000768283139905);

        // Weights without correlations are the Gaussian layer.
        var flat = new RidgeEquivalent(population, 100, new StructuredLayer(Population.Of([1.0], [200.0], [0.0]), 200, 1.0 / 500)).At(1e-4);
        var gaussian = new RidgeEquivalent(population, 100, new GaussianLayer(200, 1.0 / 500)).At(1e-4);
        Near(flat.Kappa, gaussian.Kappa, 1e-12);
        Near(flat.Risk(0.01).Error, gaussian.Risk(0.01).Error, 1e-12);
    }

    [Fact]
    public void AdditiveNoise()
    {
        var at = new RidgeEquivalent(PowerLaw(500, 1.5, 0.8, 0.05), 100, new GaussianLayer(200, 1.0 / 500)).At(1e-4);
        Near(at.Kappa, 0.00382021202551);
        Near(at.FeatureKappa, 0.000853555336745);
        Near(at.Resolution.Learned, 88.2842979599);
        Near(at.Elasticity, 0.666380233204);
        Near(at.Risk(0.01).Features, 0.00119272332911);
        Near(at.Risk(0.01).Error, 0.0130382638033);
        Near(at.Risk(0.01).TrainError, 0.000316217850935);
    }

    [Fact]
    public void WidthLimitedWithoutARidge()
    {
        var at = new RidgeEquivalent(PowerLaw(500, 1.5, 0.4), 300, new GaussianLayer(80, 1.0 / 500)).At(0);
        var risk = at.Risk(0.01);
        Near(at.Kappa, 0.00342514453794);
        at.FeatureKappa.ShouldBe(0);
        Near(at.Gamma1, 0.266666666667);
        Near(risk.Features, 0.00111382699725);
        Near(risk.Both, 0.000493405351978);
        Near(risk.Error, 0.00567387082575);
        Near(risk.TrainError, 0.00842905942185);
    }

    [Fact]
    public void Ensembles()
    {
        var risk = new RidgeEquivalent(PowerLaw(200, 1.2, 0.6), 60, new GaussianLayer(50, 1.0 / 200)).At(0.01).Risk(0.1);
        Near(risk.OfEnsemble(1, 4), 0.0308959392698);
        Near(risk.OfEnsemble(4, 1), 0.0306844453813);
        Near(risk.OfDisjointEnsemble(4), 0.0218904059013);
    }

    [Fact]
    public void MoreSamplesThanDimensions()
    {
        var at = new RidgeEquivalent(PowerLaw(50, 1.2, 0.6), 120).At(0);
        at.Kappa.ShouldBe(0);
        Near(at.Risk(0.3).Error, 0.3 * 50 / 70, 1e-14);
        Near(at.Risk(0.3).TrainError, 0.3 * (1 - (50.0 / 120)), 1e-14);
    }

    [Fact]
    public void AtThresholdsTheErrorIsInfiniteAndNothingElseIs()
    {
        var population = PowerLaw(50, 1.2, 0.6);
        var plain = new RidgeEquivalent(population, 50).At(0);
        plain.IsThreshold.ShouldBeTrue();
        plain.Risk(0.1).Error.ShouldBe(double.PositiveInfinity);
        plain.Risk(0).Error.ShouldBe(0, "as many samples as dimensions find the target where there is no noise");
        var features = new RidgeEquivalent(population, 30, new GaussianLayer(30, 0.02)).At(0);
        features.IsThreshold.ShouldBeTrue();
        features.Risk(0).Error.ShouldBe(double.PositiveInfinity);
        features.Risk(0.1).LabelsAndFeatures.ShouldBe(double.PositiveInfinity);
        double.IsFinite(features.Risk(0.1).Bias + features.Risk(0.1).Data + features.Risk(0.1).Features + features.Risk(0.1).Labels).ShouldBeTrue();
        new RidgeEquivalent(population, 30, new GaussianLayer(31, 0.02)).At(0).IsThreshold.ShouldBeFalse();
        new RidgeEquivalent(population, 30, new GaussianLayer(30, 0.02)).At(1e-9).Risk(0.1).Error.ShouldBeLessThan(1e9);
    }

    // The same sums from a few hundred nodes, for closed forms, and beside thresholds.
    [Theory]
    [InlineData(100_000, 1.5, 0.8, 3000, 1e-6)]
    [InlineData(100_000, 1.2, 1.3, 99_990, 0)]
    [InlineData(100_000, 2, 0.3, 100, 0)]
    public void CompressedModesGiveTheSameNumbers(int dimension, double exponent, double source, double samples, double ridge)
    {
        var length = PowerSum.Of(1 + (2 * exponent * source) - exponent, dimension);
        var measure = SpectralCompression.Average(Spectrum.PowerLaw(dimension, exponent), 2, (number, columns) =>
        {
            columns[0] = 1;
            columns[1] = Math.Pow(number, -1 - (2 * exponent * source)) / length;
        });
        var compressed = new RidgeEquivalent(Population.Of(measure, PowerSum.Of(exponent, dimension)), samples).At(ridge);
        var whole = new RidgeEquivalent(PowerLaw(dimension, exponent, source), samples).At(ridge);
        Near(compressed.Kappa, whole.Kappa, 1e-9);
        Near(compressed.Stiffness, whole.Stiffness, 1e-9);
        Near(compressed.Risk(0.01).Error, whole.Risk(0.01).Error, 1e-9);
    }

    // 1 − γ₁ = dλ/dκ₁, whatever the layers.
    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    public void StiffnessIsTheDerivativeOfTheRidge(double additive)
    {
        var equivalent = new RidgeEquivalent(PowerLaw(300, 1.4, 0.7, additive), 90, new GaussianLayer(150, 0.01), new ProjectionLayer(120, 150));
        const double Ridge = 3e-3, Step = 1e-5;
        var (below, at, above) = (equivalent.At(Ridge * (1 - Step)), equivalent.At(Ridge), equivalent.At(Ridge * (1 + Step)));
        Near(2 * Step * Ridge / (above.FeatureKappa - below.FeatureKappa), at.Stiffness, 1e-8);
        Near(Math.Log(above.Kappa / below.Kappa) / Math.Log(above.FeatureKappa / below.FeatureKappa), at.Elasticity, 1e-8);
    }

    // Units of the eigenvalues scale the ridges and nothing else.
    [Theory]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void UnitsScaleOut(double unit)
    {
        var modes = Enumerable.Range(1, 200).Select(k => Math.Pow(k, -1.3)).ToArray();
        var ones = modes.Select(_ => 1.0).ToArray();
        var here = new RidgeEquivalent(Population.Of(modes, ones, modes), 80).At(1e-3);
        var there = new RidgeEquivalent(Population.Of([.. modes.Select(value => value * unit)], ones, modes), 80).At(1e-3 * unit);
        Near(there.Kappa / unit, here.Kappa, 1e-13);
        Near(there.Risk(0.1).Error, here.Risk(0.1).Error, 1e-12);
    }

    [Fact]
    public void STransformOfAPowerLaw()
    {
        var population = PowerLaw(200, 1.5, 0.8);
        Near(population.KappaOf(60), 0.00412246357193);
        Near(population.STransform(0.3), 566.004597159);
        Should.Throw<ArgumentOutOfRangeException>(() => population.KappaOf(200));
    }

    // Effective parameters: p_test = n γ/(1 − γ), with κ in the units of a sum over samples.
    [Theory]
    [InlineData(1, 300, 0, 1.889307669, 100, 44.50590505, 80.19935292)]
    [InlineData(1, 300, 2, 4.691234142, 57.36729527, 19.41222413, 24.08829866)]
    [InlineData(1.5, 1000, 1e-3, 0.2756692185, 99.63724641, 40.43815935, 67.89272949)]
    public void EffectiveParameters(double exponent, int dimension, double ridge, double kappa, double learned, double second, double parameters)
    {
        var at = new RidgeEquivalent(PowerLaw(dimension, exponent, 1), 100).At(ridge / 100);
        Near(at.Kappa * 100, kappa, 1e-9);
        Near(at.Resolution.Learned, learned, 1e-9);
        Near(at.Resolution.Second, second, 1e-9);
        Near(100 * at.Gamma2 / at.DataStiffness, parameters, 1e-9);
    }

    // N − n falls below the rounding of n: the ridge still counts, in proportion where samples are more than features, by its root where they are as many.
    [Theory]
    [InlineData("gaussian")]
    [InlineData("structured")]
    [InlineData("projection")]
    [InlineData("deep")]
    public void FewFeaturesKeepTheirDigitsAtAnyRidge(string kind)
    {
        FeatureLayer[] layers = kind switch
        {
            "gaussian" => [new GaussianLayer(80, 1.0 / 500)],
            "structured" => [new StructuredLayer(Population.Of([1.0, 0.5, 0.1], [30.0, 30.0, 20.0], [0.0, 0.0, 0.0]), 80, 1.0 / 500)],
            "projection" => [new ProjectionLayer(80, 500)],
            _ => [new GaussianLayer(80, 1.0 / 500), new GaussianLayer(80, 1.0 / 80)],
        };
        var population = PowerLaw(500, 1.5, 0.4);
        foreach (var samples in (double[])[81, 200])
        {
            var equivalent = new RidgeEquivalent(population, samples, layers);
            var none = equivalent.At(0).Risk(0.01);
            foreach (var ridge in (double[])[1e-300, 1e-200, 1e-100, 1e-30, 1e-24])
            {
                var at = equivalent.At(ridge);
                Near(at.FeatureKappa, ridge * samples / (samples - 80), 1e-6);
                Near(at.Stiffness, 1 - (80 / samples), 1e-6);
                Near(at.Risk(0.01).Error, none.Error, 1e-6);
                Near(at.Risk(0.01).Both, none.Both, 1e-6);
            }
        }

        // Without a step where the unknown changes: the slope of log κ₁ in log λ changes slowly.
        foreach (var samples in (double[])[80, 81, 200])
        {
            var equivalent = new RidgeEquivalent(population, samples, layers);
            double[] logarithms = [.. Enumerable.Range(0, 200).Select(k => Math.Log(equivalent.At(Math.Pow(10, -0.1 * k)).Risk(0.01).Error))];
            for (var k = 1; k < logarithms.Length - 1; k++)
                Math.Abs(logarithms[k - 1] - (2 * logarithms[k]) + logarithms[k + 1]).ShouldBeLessThan(0.1);
        }

        var square = new RidgeEquivalent(population, 80, layers);
        var power = layers.Length + 1.0;
        Near(square.At(1e-290).FeatureKappa / square.At(1e-270).FeatureKappa, Math.Pow(10, -20 * layers.Length / power), 1e-6);
    }

    // Scaling eigenvalues, powers and ridge changes errors by that factor, and nothing overflows on the way.
    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e9)]
    [InlineData(1e150)]
    public void UnitsDoNotMatter(double unit)
    {
        double[] values = [3, 1, 0.01], counts = [10, 20, 100], power = [5, 4, 1];
        var population = Population.Of(values, counts, power);
        var scaled = Population.Of([.. values.Select(value => unit * value)], counts, [.. power.Select(value => unit * value)]);
        foreach (var ridge in (double[])[0, 1e-3, 1e150])
        {
            var (risk, other) = (new RidgeEquivalent(population, 40).At(ridge).Risk(0.1), new RidgeEquivalent(scaled, 40).At(ridge * unit).Risk(0.1 * unit));
            Near(other.Bias, unit * risk.Bias, 1e-12);
            Near(other.Error, unit * risk.Error, 1e-12);
        }

        Near(new RidgeEquivalent(population, 40).At(1e300).Risk(0.1).Error, 10, 1e-12);
    }

    // A number of modes that the weights of nodes do not add up to.
    [Theory]
    [InlineData(1_000_000_000_000)]
    [InlineData(1_000_000_000_000_000)]
    public void TheThresholdOfManyModesIsMet(long dimension)
    {
        var measure = SpectralCompression.Average(Spectrum.PowerLaw(dimension, 1.5), 2, (_, columns) => (columns[0], columns[1]) = (1, 1));
        var at = new RidgeEquivalent(Population.Of(measure), dimension).At(0);
        at.IsThreshold.ShouldBeTrue();
        at.Risk(1).Error.ShouldBe(double.PositiveInfinity);
    }
}
