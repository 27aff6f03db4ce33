namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Rotations of points of space, SO(3), with the inversion O(3): matrix Fisher posteriors.</summary>
/// <param name="dimension">d = 3n for n points.</param>
/// <param name="hasInversion">Whether the inversion belongs to it.</param>
internal sealed class SpatialRotations(int dimension, bool hasInversion) : SymmetryGroup
{
    // The rotations of the icosahedron average polynomials up to the degree 5 as all rotations do.
    private static readonly double[][] Icosahedral = [.. IcosahedralQuaternions().Select(quaternion => MatrixOf(quaternion))];

    public override string Name => hasInversion ? "o3" : "so3";

    public override int Dimension => dimension;

    public override int Normals => hasInversion ? 5 : 4;

    public override bool IsFinite => false;

    public override int DesignSize => hasInversion ? 2 * Icosahedral.Length : Icosahedral.Length;

    public override double Work => hasInversion ? 100 : 50;

    public override double Precision => 1e-12;

    public override bool HasNear => !hasInversion;

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image)
    {
        var size = Math.Sqrt(Vectors.Dot(normals[..4], normals[..4]));
        Span<double> quaternion = [1, 0, 0, 0], matrix = stackalloc double[9];
        for (var i = 0; i < 4 && size > 0; i++)
            quaternion[i] = normals[i] / size;
        Fill(quaternion, matrix);
        Turn(matrix, hasInversion && normals[4] < 0 ? -1 : 1, vector, image);
    }

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image) => Turn(Icosahedral[index % Icosahedral.Length], index < Icosahedral.Length ? 1 : -1, vector, image);

    public override double ApplyNear(ReadOnlySpan<double> normals, double width, ReadOnlySpan<double> vector, Span<double> image)
    {
        Span<double> quaternion = stackalloc double[4], matrix = stackalloc double[9];
        var length = width * Math.Sqrt(Vectors.Dot(normals[..3], normals[..3]));
        var (sine, cosine) = Math.SinCos(length / 2);
        quaternion[0] = cosine;
        for (var i = 0; i < 3; i++)
            quaternion[i + 1] = length > 0 ? sine * width * normals[i] / length : 0;
        Fill(quaternion, matrix);
        Turn(matrix, 1, vector, image);
        return LogDensity(length, width);
    }

    public override Orbit NewOrbit() => new RotationOrbit(dimension, hasInversion);

    // Rotation vectors that differ by whole turns along the same axis are the same rotation; the Haar probability of an angle ω and a direction is (1 − cos ω)/(4π²).
    private static double LogDensity(double length, double width)
    {
        var wraps = (int)Math.Min(1000, Math.Ceiling(9 * width / (2 * Math.PI)) + 1);
        var angle = Math.IEEERemainder(length, 2 * Math.PI);
        var nearest = angle * angle / (2 * width * width);
        var sum = 0.0;
        for (var k = -wraps; k <= wraps; k++)
        {
            var place = angle + (2 * Math.PI * k);
            sum += place * place * Math.Exp(nearest - (place * place / (2 * width * width)));
        }

        var half = Math.Sin(angle / 2);
        var density = Math.Abs(half) > 1e-8 ? sum / (2 * half * half) : 2;
        return Math.Log(density * 4 * Math.PI * Math.PI) - (1.5 * Math.Log(2 * Math.PI * width * width)) - nearest;
    }

    private static void Turn(ReadOnlySpan<double> matrix, double factor, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var j = 0; j < vector.Length; j += 3)
        {
            for (var i = 0; i < 3; i++)
                image[j + i] = factor * ((matrix[i * 3] * vector[j]) + (matrix[(i * 3) + 1] * vector[j + 1]) + (matrix[(i * 3) + 2] * vector[j + 2]));
        }
    }

    private static void Fill(ReadOnlySpan<double> q, Span<double> matrix)
    {
        var (w, x, y, z) = (q[0], q[1], q[2], q[3]);
        ReadOnlySpan<double> entries =
        [
            1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))),
        ];
        entries.CopyTo(matrix);
    }

    private static double[] MatrixOf(double[] quaternion)
    {
        var matrix = new double[9];
        Fill(quaternion, matrix);
        return matrix;
    }

    // One of each pair ±q of the 120 unit icosians.
    private static IEnumerable<double[]> IcosahedralQuaternions()
    {
        for (var axis = 0; axis < 4; axis++)
            yield return [.. Enumerable.Range(0, 4).Select(k => k == axis ? 1.0 : 0)];
        for (var signs = 0; signs < 8; signs++)
            yield return [0.5, .. Enumerable.Range(0, 3).Select(k => ((signs >> k) & 1) != 0 ? -0.5 : 0.5)];
        var golden = (1 + Math.Sqrt(5)) / 2;
        double[] sizes = [golden / 2, 0.5, 0.5 / golden, 0];
        int[][] even = [[0, 1, 2, 3], [0, 2, 3, 1], [0, 3, 1, 2], [1, 0, 3, 2], [1, 2, 0, 3], [1, 3, 2, 0], [2, 0, 1, 3], [2, 1, 3, 0], [2, 3, 0, 1], [3, 0, 2, 1], [3, 1, 0, 2], [3, 2, 1, 0]];
        foreach (var order in even)
        {
            for (var signs = 0; signs < 4; signs++)
            {
                double[] signed = [sizes[0], ((signs & 1) != 0 ? -1 : 1) * sizes[1], ((signs & 2) != 0 ? -1 : 1) * sizes[2], 0];
                yield return [.. order.Select(k => signed[k])];
            }
        }
    }

    // F = Σ f_j a_jᵀ; the inversion turns F and a.
    private sealed class RotationOrbit(int dimension, bool hasInversion) : Orbit
    {
        private readonly double[] a = new double[dimension];

        public override void Bind(ReadOnlySpan<double> template) => template.CopyTo(a);

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            Span<double> f = stackalloc double[9], rotation = stackalloc double[9];
            Product(field, f);
            var total = MatrixFisher.Mean(f, rotation);
            if (hasInversion)
            {
                Span<double> other = stackalloc double[9];
                for (var k = 0; k < 9; k++)
                    f[k] = -f[k];
                Span<double> weights = [total, MatrixFisher.Mean(f, other)];
                total = Vectors.Softmax(weights) - Math.Log(2);
                for (var k = 0; k < 9; k++)
                    rotation[k] = (weights[0] * rotation[k]) - (weights[1] * other[k]);
            }

            Turn(rotation, 1, a, mean);
            return total;
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
        {
            Span<double> f = stackalloc double[9], rotation = stackalloc double[9], left = stackalloc double[9], right = stackalloc double[9], s = stackalloc double[3];
            Product(field, f);
            var isInverted = false;
            if (hasInversion)
            {
                // The better of both is the one with a determinant that is not negative.
                Numerics.Dense.ProperSvd.Of(f, left, s, right);
                isInverted = s[2] < 0;
                for (var k = 0; k < 9 && isInverted; k++)
                    f[k] = -f[k];
            }

            MatrixFisher.Alignment(f, rotation);
            Turn(rotation, isInverted ? -1 : 1, a, nearest);
        }

        private void Product(ReadOnlySpan<double> field, Span<double> f)
        {
            f.Clear();
            for (var j = 0; j < a.Length; j += 3)
            {
                for (var i = 0; i < 3; i++)
                {
                    for (var k = 0; k < 3; k++)
                        f[(i * 3) + k] += field[j + i] * a[j + k];
                }
            }
        }
    }
}
