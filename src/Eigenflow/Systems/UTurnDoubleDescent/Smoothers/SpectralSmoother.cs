using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// Smoothers that filter the modes of a decomposition, s(x) = offset + z(x) diag(f) Uᵀ: least squares and ridge regression on features, principal components, kernel ridge regression.
/// A stage per filter; what two neighbouring filters share is not multiplied again. Work per block of b points: b n k for k modes that change, beside making z.
/// </summary>
internal sealed class SpectralSmoother : Smoother
{
    /// <summary>Singular values below this part of the largest are those of rounding.</summary>
    private const double Rank = 1e-12;

    /// <summary>Squared deviations below this part of the squares are those of rounding.</summary>
    private const double Rounding = 1e-24;

    private readonly LabelledSample sample;
    private readonly Func<LabelledSample, int, int, double[]> project;
    private readonly double[] left;
    private readonly double[][] filters;
    private readonly double[] coefficients;
    private readonly double[]? offset;
    private readonly int modes;
    private readonly Func<int, double> smallest;

    private SpectralSmoother(Parts parts, LabelledSample sample, Func<LabelledSample, int, int, double[]> project, double[][] filters, bool hasMean, Func<int, double> smallest)
    {
        (this.sample, this.project, this.filters, this.smallest, left) = (sample, project, filters, smallest, parts.LeftTransposed);
        modes = filters[0].Length;
        coefficients = new double[modes * sample.Outputs];
        var labels = sample.Labels;
        if (hasMean)
        {
            offset = new double[sample.Outputs];
            for (var i = 0; i < labels.Length; i++)
                offset[i % sample.Outputs] += labels[i] / sample.Rows;
        }

        MatrixProduct.Multiply(left, labels, coefficients, modes, sample.Rows, sample.Outputs);
    }

    public override int Samples => sample.Rows;

    public override int Stages => filters.Length;

    /// <summary>Least squares on features, s(x) = φ(x) V diag(s/(s² + λ)) Uᵀ; λ = 0 is the minimum norm. By SVD, since the normal equations lose all digits near P = n. Work about 6 n P min(n, P).</summary>
    /// <param name="sample">The training points.</param>
    /// <param name="map">The features.</param>
    /// <param name="ridges">The penalties λ ≥ 0 on ΦᵀΦ of the stages.</param>
    /// <exception cref="ParameterException">A λ is negative.</exception>
    /// <exception cref="TooLargeException">The features do not fit in memory.</exception>
    public static SpectralSmoother LeastSquares(LabelledSample sample, FeatureMap map, params IReadOnlyList<double> ridges)
    {
        CheckRidges(ridges);
        var svd = Decompose(map.Design(Checked(sample, map)), sample.Rows, map.Count);
        return new SpectralSmoother(svd, sample, (points, first, count) => Multiply(map.Design(points, first, count), svd.Right, count, map.Count, svd.Values.Length), [.. ridges.Select(ridge => svd.Filter(value => value / ((value * value) + ridge)))], hasMean: false, _ => svd.Smallest(svd.Values.Length));
    }

    /// <summary>
    /// Least squares on a bias and the leading principal components of standardised features (deviation with n − 1; columns without variance are zero). Components are orthogonal to the bias, so that
    /// all numbers of them share one decomposition.
    /// </summary>
    /// <param name="sample">The training points.</param>
    /// <param name="map">The features.</param>
    /// <param name="components">Numbers of components beside the bias, ascending.</param>
    /// <exception cref="ParameterException">More components than min(n, P).</exception>
    /// <exception cref="TooLargeException">The features do not fit in memory.</exception>
    public static SpectralSmoother Components(LabelledSample sample, FeatureMap map, params IReadOnlyList<int> components)
    {
        var (n, p) = (sample.Rows, map.Count);
        foreach (var count in components)
        {
            if (count < 0 || count > Math.Min(n, p))
                throw new ParameterException("components", count, FormattableString.Invariant($"a whole number from 0 to min(samples, columns) = {Math.Min(n, p)}"), "raise columns or samples");
        }

        var design = map.Design(Checked(sample, map));
        double[] mean = new double[p], scale = new double[p];
        for (var column = 0; column < p; column++)
        {
            Interruption.Check();
            for (var row = 0; row < n; row++)
                mean[column] += design[(row * p) + column] / n;
            var (squares, size) = (0.0, 0.0);
            for (var row = 0; row < n; row++)
            {
                squares += Math.Pow(design[(row * p) + column] - mean[column], 2);
                size += Math.Pow(design[(row * p) + column], 2);
            }

            // A column that differs by rounding alone says nothing, and is zero at any point.
            scale[column] = squares > Rounding * size ? Math.Sqrt(squares / (n - 1)) : double.PositiveInfinity;
        }

        Standardise(design);
        var svd = Decompose(design, n, p);
        return new SpectralSmoother(
            svd,
            sample,
            (points, first, count) => Multiply(Standardise(map.Design(points, first, count)), svd.Right, count, p, svd.Values.Length),
            [.. components.Select(leading => svd.Filter((value, mode) => mode < leading ? 1 / value : 0))],
            hasMean: true,
            stage => svd.Smallest(components[stage]));

        double[] Standardise(double[] features)
        {
            for (var i = 0; i < features.Length; i++)
                features[i] = (features[i] - mean[i % p]) / scale[i % p];
            return features;
        }
    }

    /// <summary>Kernel ridge regression with the Gaussian kernel exp(−‖x − x′‖²/(2 b²)), s(x) = k(x) (K + λ)⁻¹; modes below rounding are left out. Work about 9 n³.</summary>
    /// <param name="sample">The training points.</param>
    /// <param name="bandwidth">b &gt; 0, in the unit of the inputs.</param>
    /// <param name="ridges">The penalties λ ≥ 0 of the stages.</param>
    /// <exception cref="ParameterException">A λ is negative, or b not above zero.</exception>
    /// <exception cref="TooLargeException">The kernel does not fit in memory.</exception>
    public static SpectralSmoother Kernel(LabelledSample sample, double bandwidth, params IReadOnlyList<double> ridges)
    {
        CheckRidges(ridges);
        if (!(bandwidth > 0))
            throw new ParameterException("bandwidth", bandwidth, "a number > 0");
        var n = sample.Rows;
        Memory.CheckMatrix(FormattableString.Invariant($"a kernel of {n} samples"), n, 3.0 * n, "lower samples");
        var eigen = DenseAlgebra.Best.SymmetricEigen(Values(sample, 0, n), n);
        var kept = eigen.Values.Count(value => value > Rank * eigen.Values[0]);
        var vectors = new double[n * kept];
        MatrixProduct.Transpose(eigen.Vectors.AsSpan(0, kept * n), vectors, kept, n);
        var parts = new Parts(eigen.Vectors[..(kept * n)], eigen.Values[..kept], vectors);
        return new SpectralSmoother(parts, sample, (points, first, count) => Multiply(Values(points, first, count), vectors, count, n, kept), [.. ridges.Select(ridge => parts.Filter(value => 1 / (value + ridge)))], hasMean: false, _ => double.NaN);

        double[] Values(LabelledSample points, int first, int count)
        {
            var values = new double[count * n];
            for (var row = 0; row < count; row++)
            {
                Interruption.Check();
                var x = points.Input(first + row);
                for (var i = 0; i < n; i++)
                {
                    var square = 0.0;
                    var point = sample.Input(i);
                    for (var j = 0; j < x.Length; j++)
                        square += (x[j] - point[j]) * (x[j] - point[j]);
                    values[(row * n) + i] = Math.Exp(-square / (2 * bandwidth * bandwidth));
                }
            }

            return values;
        }
    }

    public override double SmallestSingularValue(int stage) => smallest(stage);

    public override void Visit(LabelledSample points, int first, int count, double[] rows, double[] predictions, StageVisitor visit)
    {
        var (n, outputs) = (sample.Rows, sample.Outputs);
        var along = project(points, first, count);
        var filter = new double[modes];
        if (offset is not null)
        {
            for (var i = 0; i < count * n; i++)
                rows[i] += 1.0 / n;
            for (var i = 0; i < count * outputs; i++)
                predictions[i] += offset[i % outputs];
        }

        double[] part = new double[count * n], predicted = new double[count * outputs];
        for (var stage = 0; stage < filters.Length; stage++)
        {
            Interruption.Check();
            var next = filters[stage];
            var (from, to) = (0, modes);
            while (from < to && next[from] == filter[from])
                from++;
            while (to > from && next[to - 1] == filter[to - 1])
                to--;
            if (to > from)
            {
                var changed = new double[count * (to - from)];
                for (var row = 0; row < count; row++)
                {
                    for (var mode = from; mode < to; mode++)
                        changed[(row * (to - from)) + mode - from] = along[(row * modes) + mode] * (next[mode] - filter[mode]);
                }

                MatrixProduct.Multiply(changed, left.AsSpan(from * n), part, count, to - from, n);
                MatrixProduct.Multiply(changed, coefficients.AsSpan(from * outputs), predicted, count, to - from, outputs);
                ScaledSum.Add(1, part, rows.AsSpan(0, part.Length));
                ScaledSum.Add(1, predicted, predictions.AsSpan(0, predicted.Length));
                filter = next;
            }

            visit(stage, 1);
        }
    }

    private static LabelledSample Checked(LabelledSample sample, FeatureMap map)
    {
        Memory.CheckMatrix(FormattableString.Invariant($"{map.Count} columns of {sample.Rows} samples"), 3.0 * sample.Rows, map.Count, "lower columns or samples");
        return sample;
    }

    private static void CheckRidges(IReadOnlyList<double> ridges)
    {
        foreach (var ridge in ridges)
        {
            if (!(ridge >= 0) || !double.IsFinite(ridge))
                throw new ParameterException("ridge", ridge, "a finite number >= 0");
        }
    }

    private static double[] Multiply(double[] features, double[] right, int count, int columns, int kept)
    {
        var result = new double[count * kept];
        MatrixProduct.Multiply(features, right, result, count, columns, kept);
        return result;
    }

    private static Parts Decompose(double[] design, int rows, int columns)
    {
        var svd = DenseAlgebra.Best.ThinSvd(design, rows, columns);
        var (all, kept) = (svd.Values.Length, Math.Max(1, svd.RankAbove(Rank)));
        double[] left = new double[all * rows], right = new double[columns * kept];
        MatrixProduct.Transpose(svd.Left, left, rows, all);
        MatrixProduct.Transpose(svd.RightTransposed.AsSpan(0, kept * columns), right, kept, columns);
        return new Parts(left[..(kept * rows)], svd.Values[..kept], right);
    }

    /// <summary>The modes of a decomposition that are kept.</summary>
    /// <param name="LeftTransposed">Uᵀ, k × n.</param>
    /// <param name="Values">Singular values or eigenvalues, descending.</param>
    /// <param name="Right">V, P × k.</param>
    private sealed record Parts(double[] LeftTransposed, double[] Values, double[] Right)
    {
        // A design of zeros has one mode of the value zero, which no filter lets through.
        public double[] Filter(Func<double, int, double> of) => [.. Values.Select((value, mode) => value > 0 ? of(value, mode) : 0)];

        public double Smallest(int leading) => leading > 0 ? Values[Math.Min(leading, Values.Length) - 1] : double.NaN;

        public double[] Filter(Func<double, double> of) => Filter((value, _) => of(value));
    }
}
