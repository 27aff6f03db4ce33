namespace Eigenflow.Scaling.Noise;

/// <summary>A polynomial through points by least squares, in Legendre polynomials of z, the abscissa mapped to [−1, 1].</summary>
internal sealed class SmoothCurve
{
    private readonly double middle;
    private readonly double half;
    private readonly double[] coefficients;

    /// <summary>Fits.</summary>
    /// <param name="u">Abscissae, ascending, more than the degree.</param>
    /// <param name="v">Ordinates.</param>
    /// <param name="degree">Degree.</param>
    public SmoothCurve(double[] u, double[] v, int degree)
    {
        (middle, half) = ((u[0] + u[^1]) / 2, (u[^1] - u[0]) / 2);
        var columns = Columns(u, 0, degree);
        var basis = columns.Select(column => (double[])column.Clone()).ToArray();

        // Gram–Schmidt twice, and the triangle that leads back.
        var triangle = new double[degree + 1, degree + 1];
        var rest = (double[])v.Clone();
        var projections = new double[degree + 1];
        for (var j = 0; j <= degree; j++)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                for (var k = 0; k < j; k++)
                {
                    var part = Sums.Product(basis[k], basis[j]);
                    triangle[k, j] += part;
                    Sums.Add(basis[j], -part, basis[k]);
                }
            }

            triangle[j, j] = Math.Sqrt(Sums.Product(basis[j], basis[j]));
            Sums.Scale(basis[j], 1 / triangle[j, j]);
            projections[j] = Sums.Product(basis[j], rest);
            Sums.Add(rest, -projections[j], basis[j]);
        }

        coefficients = projections;
        for (var j = degree; j >= 0; j--)
        {
            for (var k = j + 1; k <= degree; k++)
                coefficients[j] -= triangle[j, k] * coefficients[k];
            coefficients[j] /= triangle[j, j];
        }
    }

    /// <summary>Value at an abscissa.</summary>
    public double At(double u)
    {
        var z = (u - middle) / half;
        double sum = 0, before = 0, value = 1;
        for (var degree = 0; degree < coefficients.Length; degree++)
        {
            sum += coefficients[degree] * value;
            (before, value) = (value, ((((2 * degree) + 1) * z * value) - (degree * before)) / (degree + 1));
        }

        return sum;
    }

    /// <summary>Legendre polynomials of the degrees first … last at abscissae that are mapped to [−1, 1], one array each.</summary>
    public static double[][] Columns(ReadOnlySpan<double> u, int first, int last)
    {
        var columns = new double[last - first + 1][];
        var (middle, half) = ((u[0] + u[^1]) / 2, (u[^1] - u[0]) / 2);
        for (var k = 0; k < columns.Length; k++)
            columns[k] = new double[u.Length];
        for (var i = 0; i < u.Length; i++)
        {
            var z = (u[i] - middle) / half;
            double before = 0, value = 1;
            for (var degree = 0; degree <= last; degree++)
            {
                if (degree >= first)
                    columns[degree - first][i] = value;
                (before, value) = (value, ((((2 * degree) + 1) * z * value) - (degree * before)) / (degree + 1));
            }
        }

        return columns;
    }
}
