using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Least squares on features: s(x) = φ(x) M with M = V diag(s/(s² + λ)) Uᵀ; λ = 0 is the minimum norm. By SVD, since the normal equations lose all digits near P = n. Work O(nP min(n, P)).</summary>
internal sealed class LinearSmoother : Smoother
{
    private const double SmallestRatio = 1e-12;

    private readonly LabelledSample sample;
    private readonly FeatureMap map;
    private readonly double[] inverse;
    private readonly double[] coefficients;

    /// <param name="sample">The training points.</param>
    /// <param name="map">The features.</param>
    /// <param name="ridge">Penalty λ on ΦᵀΦ.</param>
    /// <exception cref="ParameterException">λ is negative.</exception>
    public LinearSmoother(LabelledSample sample, FeatureMap map, double ridge = 0)
    {
        if (!(ridge >= 0))
            throw new ParameterException("ridge", ridge, "a number >= 0");
        (this.sample, this.map) = (sample, map);
        var (n, p) = (sample.Rows, map.Count);
        var svd = DenseAlgebra.Best.ThinSvd(map.Design(sample), n, p);
        var kept = svd.Values.Count(value => value > SmallestRatio * svd.Values[0]);
        SmallestSingularValue = kept > 0 ? svd.Values[kept - 1] : double.NaN;
        var left = new double[Math.Max(1, kept) * n];
        for (var k = 0; k < kept; k++)
        {
            var factor = svd.Values[k] / ((svd.Values[k] * svd.Values[k]) + ridge);
            for (var i = 0; i < n; i++)
                left[(k * n) + i] = factor * svd.Left[(i * svd.Values.Length) + k];
        }

        inverse = new double[p * n];
        coefficients = new double[p * sample.Outputs];
        if (kept == 0)
            return;
        MatrixProduct.MultiplyTransposed(svd.RightTransposed, left, inverse, p, kept, n);

        // Not from the inverse: predictions check it.
        var projected = new double[kept * sample.Outputs];
        MatrixProduct.Multiply(left, sample.Labels, projected, kept, n, sample.Outputs);
        MatrixProduct.MultiplyTransposed(svd.RightTransposed, projected, coefficients, p, kept, sample.Outputs);
    }

    public override int Samples => sample.Rows;

    /// <summary>Smallest singular value of the design that is not zero.</summary>
    public double SmallestSingularValue { get; }

    /// <summary>Regression on principal components: standardised features (deviation with n − 1; columns without variance are left at scale 1) projected on the leading right singular vectors, and a bias.</summary>
    /// <param name="sample">The training points.</param>
    /// <param name="map">The features.</param>
    /// <param name="components">Number of components beside the bias.</param>
    /// <exception cref="ParameterException">More components than min(n, P).</exception>
    public static LinearSmoother OnComponents(LabelledSample sample, FeatureMap map, int components)
    {
        var (n, p) = (sample.Rows, map.Count);
        if (components < 0 || components > Math.Min(n, p))
            throw new ParameterException("components", components, FormattableString.Invariant($"a whole number from 0 to min(samples, columns) = {Math.Min(n, p)}"), "raise columns or samples");
        var design = map.Design(sample);
        double[] mean = new double[p], scale = new double[p];
        for (var column = 0; column < p; column++)
        {
            for (var row = 0; row < n; row++)
                mean[column] += design[(row * p) + column] / n;
            var squares = 0.0;
            for (var row = 0; row < n; row++)
                squares += Math.Pow(design[(row * p) + column] - mean[column], 2);
            scale[column] = squares > 0 ? Math.Sqrt(squares / (n - 1)) : 1;
            for (var row = 0; row < n; row++)
                design[(row * p) + column] = (design[(row * p) + column] - mean[column]) / scale[column];
        }

        var axes = DenseAlgebra.Best.ThinSvd(design, n, p).RightTransposed;
        return new LinearSmoother(sample, new FeatureMap(components + 1, (x, to) =>
        {
            var features = new double[p];
            map.Fill(x, features);
            to.Clear();
            to[0] = 1;
            for (var column = 0; column < p; column++)
            {
                var value = (features[column] - mean[column]) / scale[column];
                for (var k = 0; k < components; k++)
                    to[k + 1] += value * axes[(k * p) + column];
            }
        }));
    }

    public override void Weights(ReadOnlySpan<double> x, Span<double> weights) => Apply(x, inverse, weights);

    public override void Predict(ReadOnlySpan<double> x, Span<double> prediction) => Apply(x, coefficients, prediction);

    private void Apply(ReadOnlySpan<double> x, double[] matrix, Span<double> result)
    {
        var features = new double[map.Count];
        map.Fill(x, features);
        MatrixProduct.Multiply(features, matrix, result, 1, map.Count, result.Length);
    }
}
