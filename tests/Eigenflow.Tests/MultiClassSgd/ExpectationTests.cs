using Eigenflow.Numerics.Quadrature;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>The fast expectations against those of the library with error estimates.</summary>
public sealed class ExpectationTests
{
    private static readonly double[] Variances = [1e-8, 1e-3, 0.1, 1, 2.5, 10, 40, 400, 2000];

    [Fact]
    public void LogisticExpectationsAreExactToThirteenDigits()
    {
        foreach (var variance in Variances)
        {
            for (var mean = -30.0; mean < 40; mean += 4.7)
            {
                var exact = GaussianExpectation.Of(mean, variance, 4, Functions).Values;
                var fast = LogisticExpectation.Moments(mean, variance);
                double[] values = [fast.Risk, fast.Force, fast.Curvature, fast.Noise];
                for (var k = 0; k < values.Length; k++)
                    values[k].ShouldBe(exact[k], 5e-13 * Math.Abs(exact[k]), $"{k} at m = {mean}, B = {variance}");
            }
        }

        static void Functions(double u, Span<double> values)
        {
            var small = Math.Exp(-Math.Abs(u));
            var wrong = u > 0 ? small / (1 + small) : 1 / (1 + small);
            (values[0], values[1], values[2], values[3]) = (Math.Max(-u, 0) + Log(small), -wrong, small / ((1 + small) * (1 + small)), wrong * wrong);
        }

        static double Log(double small) => 1 + small is var sum && sum == 1 ? small : Math.Log(sum) * small / (sum - 1);
    }

    // The limit by the error function and the difference from it by quadrature, to 40 digits (mpmath).
    [Theory]
    [InlineData(0, 1e4, 39.90078962223357, -0.5, 0.00398876679683558, 0.4960112332031644)]
    [InlineData(300, 1e4, 0.03828839986898486, -0.001352086572274696, 4.43768300810802e-5, 0.001307709742193616)]
    [InlineData(-450, 1e4, 450.0000696847103, -0.9999965904718532, 1.603444195689128e-7, 0.9999964301274336)]
    [InlineData(3500, 1e4, 3.961546197003402e-268, -1.388301852559089e-268, 4.861273266304322e-269, 9.021745259286571e-269)]
    [InlineData(2e4, 1e8, 84.90703504945469, -0.02275013372441083, 5.39909691775354e-6, 0.02274473462749308)]
    [InlineData(-1, 1e8, 3989.922889584814, -0.5000398942273174, 3.989422718443841e-5, 0.500000000000133)]
    [InlineData(3e6, 1e12, 382.1543170550137, -0.001349898031651965, 4.431848411996328e-9, 0.001349893599803553)]
    [InlineData(-2e6, 1e12, 2008490.702616918, -0.9772498680516432, 5.399096651345449e-8, 0.9772498140606767)]
    [InlineData(5e15, 1e30, 53461655.33832815, -2.866515718791939e-7, 1.486719514734298e-21, 2.866515718791924e-7)]
    [InlineData(-1e15, 1e30, 1083315470587686.0, -0.8413447460685429, 2.419707245191433e-16, 0.8413447460685427)]
    [InlineData(2e150, 1e300, 8.490702616829638e+147, -0.02275013194817921, 5.399096651318805e-152, 0.02275013194817921)]
    public void WideMarginsHaveTheReferenceValues(double mean, double variance, double risk, double force, double curvature, double noise)
    {
        var moments = LogisticExpectation.Moments(mean, variance);
        double[] values = [moments.Risk, moments.Force, moments.Curvature, moments.Noise], references = [risk, force, curvature, noise];
        for (var k = 0; k < values.Length; k++)
            values[k].ShouldBe(references[k], 1e-12 * Math.Abs(references[k]), $"{k}");
    }

    [Theory]
    [InlineData(0, 9000)]
    [InlineData(250, 9000)]
    [InlineData(-300, 2e4)]
    [InlineData(4000, 1e6)]
    public void WideSlopesAreThoseOfTheMoments(double mean, double variance)
    {
        var (slopes, step, part) = (LogisticExpectation.Slopes(mean, variance), 1e-3 * Math.Sqrt(variance), 1e-3 * variance);
        static MarginMoments At(double m, double b) => LogisticExpectation.Moments(m, b);
        var (low, high, narrow, wide) = (At(mean - step, variance), At(mean + step, variance), At(mean, variance - part), At(mean, variance + part));
        var scale = Math.Sqrt(variance);
        Close(slopes.CurvatureByMean, (high.Curvature - low.Curvature) / (2 * step), low.Curvature / scale);
        Close(slopes.NoiseByMean, (high.Noise - low.Noise) / (2 * step), low.Noise / scale);
        Close(slopes.ForceByVariance, (wide.Force - narrow.Force) / (2 * part), low.Force / variance);
        Close(slopes.CurvatureByVariance, (wide.Curvature - narrow.Curvature) / (2 * part), low.Curvature / variance);
        Close(slopes.NoiseByVariance, (wide.Noise - narrow.Noise) / (2 * part), low.Noise / variance);

        static void Close(double value, double expected, double size) => value.ShouldBe(expected, 1e-4 * (Math.Abs(expected) + Math.Abs(size)));
    }

    // Where B is too large for the kink to matter and m too large for the other side, the loss is the margin, or nothing.
    [Fact]
    public void FarMarginsAreTheirLimits()
    {
        LogisticExpectation.Moments(1e6, 1e4).ShouldBe(new MarginMoments(0, 0, 0, 0));
        LogisticExpectation.Moments(-1e6, 1e4).ShouldBe(new MarginMoments(1e6, -1, 0, 1));
        LogisticExpectation.Slopes(1e6, 1e4).ShouldBe(default);
    }

    [Fact]
    public void SlopesAreThoseOfTheMoments()
    {
        foreach (var loss in (MarginLoss[])[new LogisticLoss(), new LeastSquaresLoss(), new Exponential()])
        {
            foreach (var (mean, variance) in ((double, double)[])[(0.3, 0.5), (2, 3), (-1, 0.2)])
            {
                const double Step = 1e-5;
                var slopes = loss.Slopes(mean, variance);
                MarginMoments At(double m, double b) => loss.Expect(mean + m, variance + b);
                ((At(Step, 0).Curvature - At(-Step, 0).Curvature) / (2 * Step)).ShouldBe(slopes.CurvatureByMean, 1e-5 * (1 + Math.Abs(slopes.CurvatureByMean)));
                ((At(Step, 0).Noise - At(-Step, 0).Noise) / (2 * Step)).ShouldBe(slopes.NoiseByMean, 1e-5 * (1 + Math.Abs(slopes.NoiseByMean)));
                ((At(0, Step).Force - At(0, -Step).Force) / (2 * Step)).ShouldBe(slopes.ForceByVariance, 1e-5 * (1 + Math.Abs(slopes.ForceByVariance)));
                ((At(0, Step).Curvature - At(0, -Step).Curvature) / (2 * Step)).ShouldBe(slopes.CurvatureByVariance, 1e-5 * (1 + Math.Abs(slopes.CurvatureByVariance)));
                ((At(0, Step).Noise - At(0, -Step).Noise) / (2 * Step)).ShouldBe(slopes.NoiseByVariance, 1e-5 * (1 + Math.Abs(slopes.NoiseByVariance)));
            }
        }
    }

    // E e^(−u) = e^(−m + B/2).
    [Fact]
    public void LossesOfOnesOwnAreIntegrated()
    {
        var moments = new Exponential().Expect(0.7, 1.3);
        var value = Math.Exp(-0.7 + 0.65);
        moments.Risk.ShouldBe(value, 1e-12);
        moments.Force.ShouldBe(-value, 1e-12);
        moments.Noise.ShouldBe(Math.Exp(-1.4 + 2.6), 1e-11);
        var logistic = Cases.Theory(Cases.Symmetric(new SameAsLogistic(), ClassSpectrum.PowerLaw(2)), 0.7, [1, 10]);
        var own = Cases.Theory(Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(2)), 0.7, [1, 10]);
        logistic["risk"][1].ShouldBe(own["risk"][1], 1e-9);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void SoftmaxExpectations(int outputs)
    {
        var mean = new double[outputs];
        var covariance = new double[outputs * outputs];
        for (var j = 0; j < outputs; j++)
        {
            mean[j] = Math.Sin(1 + j);
            for (var k = 0; k < outputs; k++)
                covariance[(j * outputs) + k] = (j == k ? 1 + (0.3 * j) : 0.2) + 0.1;
        }

        var loss = new SoftmaxLoss();
        var gradient = new double[outputs];
        var exact = GaussianExpectation.Of(mean, covariance, 1 + outputs, (r, values) =>
        {
            values[0] = loss.Value(1, r);
            loss.Gradient(1, r, gradient);
            gradient.CopyTo(values[1..]);
        });
        var moments = new OutputMoments(outputs);
        loss.Expect(1, mean, covariance, moments);
        var tolerance = outputs <= SoftmaxExpectation.MostOnGrid ? 1e-8 : SoftmaxExpectation.Of(outputs).Error(1, mean, covariance) + exact.Error;
        tolerance.ShouldBeInRange(1e-12, 5e-3 * exact.Value, "half a per cent");
        moments.Risk.ShouldBe(exact.Value, tolerance + exact.Error);
        for (var k = 0; k < outputs; k++)
            moments.Force[k].ShouldBe(exact.Values[1 + k], tolerance + exact.Errors[1 + k]);
        moments.Force.Sum().ShouldBe(0, 1e-9);

        // ∂F/∂m is H, row by row.
        var shifted = new OutputMoments(outputs);
        loss.Expect(1, [mean[0] + 1e-5, .. mean[1..]], covariance, shifted);
        for (var k = 0; k < outputs; k++)
            ((shifted.Force[k] - moments.Force[k]) / 1e-5).ShouldBe(moments.Curvature[k], 1e-4);
    }

    [Fact]
    public void TheLargestOfSeveralOutputs()
    {
        // Independent equal outputs, closed form for two, and a direct sum over a grid for three.
        LargestOutput.Probability(2, new double[5], Diagonal(5)).Value.ShouldBe(0.2, 1e-3);
        LargestOutput.Probability(0, [1, 0], [2, 0.5, 0.5, 1]).Value.ShouldBe(MathNet.Numerics.Distributions.Normal.CDF(0, 1, 1 / Math.Sqrt(2)), 1e-12);
        double[] mean = [0.5, -0.2, 0.1], covariance = [1, 0.2, 0, 0.2, 0.8, 0.1, 0, 0.1, 1.5];
        var (value, error) = LargestOutput.Probability(0, mean, covariance);
        error.ShouldBeLessThan(1e-3);
        Enumerable.Range(0, 3).Sum(k => LargestOutput.Probability(k, mean, covariance).Value).ShouldBe(1, 1e-3);
        value.ShouldBe(GaussianExpectation.Of(mean, covariance, 1, (r, values) => values[0] = r[0] > r[1] && r[0] > r[2] ? 1 : 0).Value, 0.01);

        // Nothing learned: every class is told alike.
        LargestOutput.Probability(1, new double[3], new double[9]).Value.ShouldBe(1.0 / 3, 1e-15);
    }

    private static double[] Diagonal(int size)
    {
        var matrix = new double[size * size];
        for (var k = 0; k < size; k++)
            matrix[(k * size) + k] = 1;
        return matrix;
    }

    private sealed record Exponential : MarginLoss
    {
        public override string Name => "exponential";

        public override double Value(double margin) => Math.Exp(-margin);

        public override double Slope(double margin) => -Math.Exp(-margin);

        public override double Curvature(double margin) => Math.Exp(-margin);
    }

    private sealed record SameAsLogistic : MarginLoss
    {
        private static readonly LogisticLoss Own = new();

        public override string Name => "own";

        public override double Value(double margin) => Own.Value(margin);

        public override double Slope(double margin) => Own.Slope(margin);

        public override double Curvature(double margin) => Own.Curvature(margin);
    }
}
