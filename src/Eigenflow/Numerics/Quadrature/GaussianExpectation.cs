using Eigenflow.Numerics.Dense;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Numerics.Quadrature;

/// <summary>
/// E f(m + √B z), z ~ N(0, I), of several functions at once, with estimates of the errors. Directions in which B vanishes cost nothing. One direction is done on a line, two and three on a grid whose step is halved until
/// two refinements agree, more by a shifted lattice.
/// </summary>
internal static class GaussianExpectation
{
    private const double Vanishing = 1e-14;
    private const int MostOnGrid = 3;
    private const double GridReach = 8.5, GridStep = 0.5, SmallestGridStep = 0.125;

    /// <summary>Evaluates several functions of a vector.</summary>
    /// <param name="point">The vector, l numbers.</param>
    /// <param name="values">Receives one value per function.</param>
    public delegate void Functions(ReadOnlySpan<double> point, Span<double> values);

    /// <summary>The expectation of one function of one number.</summary>
    /// <param name="mean">m.</param>
    /// <param name="variance">B ≥ 0.</param>
    /// <param name="function">f, which varies over distances of the size 1.</param>
    /// <param name="kinks">Where f is not smooth, ascending.</param>
    public static Expectation Of(double mean, double variance, Func<double, double> function, params IReadOnlyList<double> kinks) => Of(mean, variance, 1, (r, values) => values[0] = function(r), kinks);

    /// <summary>The expectations of several functions of one number.</summary>
    /// <param name="mean">m.</param>
    /// <param name="variance">B ≥ 0.</param>
    /// <param name="count">Number of functions.</param>
    /// <param name="functions">The functions, which vary over distances of the size 1.</param>
    /// <param name="kinks">Where they are not smooth, ascending.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is negative or no number.</exception>
    public static Expectation Of(double mean, double variance, int count, LineRule.Functions functions, params IReadOnlyList<double> kinks)
    {
        if (!(variance >= 0))
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "a variance is not negative");
        if (variance == 0)
            return AtMean(count, values => functions(mean, values));
        var deviation = Math.Sqrt(variance);
        return LineRule.Expect((z, values) => functions(mean + (deviation * z), values), count, 1 / deviation, [.. kinks.Select(kink => (kink - mean) / deviation)]);
    }

    /// <summary>The expectations of several functions of a vector.</summary>
    /// <param name="mean">m, l numbers.</param>
    /// <param name="covariance">B, l × l, symmetric without negative eigenvalues.</param>
    /// <param name="count">Number of functions.</param>
    /// <param name="functions">The functions, smooth, which vary over distances of the size 1.</param>
    /// <param name="tolerance">Relative tolerance on grids.</param>
    /// <exception cref="ArgumentOutOfRangeException">The covariance has a negative eigenvalue beyond rounding.</exception>
    public static Expectation Of(double[] mean, double[] covariance, int count, Functions functions, double tolerance = 1e-10)
    {
        var size = mean.Length;
        var eigen = DenseAlgebra.Best.SymmetricEigen(covariance, size);
        if (eigen.Values[^1] < -1e-9 * Math.Max(eigen.Values[0], double.Epsilon))
            throw new ArgumentOutOfRangeException(nameof(covariance), eigen.Values[^1], "a covariance has no negative eigenvalue");
        var directions = eigen.Values.Count(value => value > Vanishing * eigen.Values[0] && value > 0);
        var root = new double[directions * size];
        for (var k = 0; k < directions; k++)
        {
            for (var j = 0; j < size; j++)
                root[(k * size) + j] = Math.Sqrt(eigen.Values[k]) * eigen.Vectors[(k * size) + j];
        }

        var point = new double[size];
        void At(ReadOnlySpan<double> z, Span<double> values)
        {
            mean.CopyTo(point, 0);
            for (var k = 0; k < z.Length; k++)
                ScaledSum.Add(z[k], root.AsSpan(k * size, size), point);
            functions(point, values);
        }

        return directions == 0 ? AtMean(count, values => functions(mean, values)) : Standard(directions, count, At, directions == 1 ? 1 / Math.Sqrt(eigen.Values[0]) : 1, tolerance);
    }

    /// <summary>The expectations of several functions of independent standard normal numbers.</summary>
    /// <param name="directions">Number of normal numbers, ≥ 1.</param>
    /// <param name="count">Number of functions.</param>
    /// <param name="functions">The functions, smooth.</param>
    /// <param name="scale">The distance over which functions of one number vary.</param>
    /// <param name="tolerance">Relative tolerance on grids.</param>
    /// <param name="mostOnGrid">Largest number of directions that a grid is taken for; at most three.</param>
    /// <param name="latticePoints">Points of each shift of the lattice; fewer for functions that take long.</param>
    public static Expectation Standard(int directions, int count, Functions functions, double scale = 1, double tolerance = 1e-10, int mostOnGrid = MostOnGrid, int latticePoints = LatticeRule.Points) =>
        directions == 1 ? LineRule.Expect((z, values) => functions([z], values), count, scale, tolerance: tolerance)
        : directions <= mostOnGrid ? OnGrid(directions, count, functions, tolerance)
        : OnLattice(directions, count, functions, latticePoints);

    private static Expectation AtMean(int count, Action<double[]> evaluate)
    {
        var values = new double[count];
        evaluate(values);
        return new Expectation(values, new double[count], 1);
    }

    private static Expectation OnGrid(int directions, int count, Functions functions, double tolerance)
    {
        var before = Grid(directions, count, functions, GridStep);
        for (var step = GridStep / 2; ; step /= 2)
        {
            var (sums, sizes, points) = Grid(directions, count, functions, step);
            double[] errors = [.. sums.Select((sum, k) => Math.Max(Math.Abs(sum - before.Sums[k]), 1e-15 * sizes[k]))];
            if (step / 2 < SmallestGridStep || errors.Select((error, k) => error <= tolerance * sizes[k]).All(isMet => isMet))
                return new Expectation(sums, errors, before.Points + points);
            before = (sums, sizes, before.Points + points);
        }
    }

    private static (double[] Sums, double[] Sizes, long Points) Grid(int directions, int count, Functions functions, double step)
    {
        var half = (int)Math.Ceiling(GridReach / step);
        double[] nodes = [.. Enumerable.Range(-half, (2 * half) + 1).Select(k => k * step)];
        double[] weights = [.. nodes.Select(node => step * Normal.PDF(0, 1, node))];
        double[] sums = new double[count], sizes = new double[count], values = new double[count], z = new double[directions];
        var points = 0L;
        Descend(0, 1);
        return (sums, sizes, points);

        void Descend(int direction, double weight)
        {
            if (direction == directions)
            {
                functions(z, values);
                points++;
                for (var k = 0; k < count; k++)
                {
                    sums[k] += weight * values[k];
                    sizes[k] += weight * Math.Abs(values[k]);
                }

                return;
            }

            for (var k = 0; k < nodes.Length; k++)
            {
                // Corners of the grid weigh nothing.
                if (weight * weights[k] < 1e-17)
                    continue;
                z[direction] = nodes[k];
                Descend(direction + 1, weight * weights[k]);
            }
        }
    }

    private static Expectation OnLattice(int directions, int count, Functions functions, int points)
    {
        var means = new double[LatticeRule.Shifts][];
        var values = new double[count];
        for (var shift = 0; shift < means.Length; shift++)
        {
            var nodes = LatticeRule.Nodes(directions, shift, points);
            means[shift] = new double[count];
            for (var i = 0; i < points; i++)
            {
                functions(nodes.AsSpan(i * directions, directions), values);
                for (var k = 0; k < count; k++)
                    means[shift][k] += values[k] / points;
            }
        }

        var quantile = StudentInterval.Quantile(LatticeRule.Shifts - 1);
        double[] average = [.. values.Select((_, k) => means.Average(mean => mean[k]))];
        double[] errors = [.. average.Select((value, k) => quantile * Math.Sqrt(means.Sum(mean => (mean[k] - value) * (mean[k] - value)) / (LatticeRule.Shifts - 1) / LatticeRule.Shifts))];
        return new Expectation(average, errors, (long)points * LatticeRule.Shifts);
    }
}
