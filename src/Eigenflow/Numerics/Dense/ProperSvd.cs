namespace Eigenflow.Numerics.Dense;

/// <summary>The singular value decomposition F = U diag(s) Vᵀ of a 3 × 3 matrix by rotations U and V, both of determinant 1: s₁ ≥ s₂ ≥ |s₃|, and s₃ has the sign of det F. One-sided Jacobi rotations: small singular values are as accurate as large ones, down to 1e-150 of them.</summary>
internal static class ProperSvd
{
    private const int MostSweeps = 30;
    private const double Rounding = 1e-16;

    /// <summary>Decomposes; row by row throughout.</summary>
    /// <param name="matrix">F, nine finite numbers.</param>
    /// <param name="left">Receives U.</param>
    /// <param name="values">Receives s, three numbers.</param>
    /// <param name="right">Receives V.</param>
    public static void Of(ReadOnlySpan<double> matrix, Span<double> left, Span<double> values, Span<double> right)
    {
        // Columns of B = F V become orthogonal; here the rows of the work arrays are those columns.
        Span<double> b = stackalloc double[9];
        Span<double> v = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        var scale = 0.0;
        foreach (var entry in matrix)
            scale = Math.Max(scale, Math.Abs(entry));
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
                b[(j * 3) + i] = scale > 0 ? matrix[(i * 3) + j] / scale : 0;
        }

        var isDone = false;
        for (var sweep = 0; sweep < MostSweeps && !isDone; sweep++)
        {
            isDone = true;
            for (var p = 0; p < 2; p++)
            {
                for (var q = p + 1; q < 3; q++)
                    isDone &= !Rotate(b, v, p, q);
            }
        }

        Span<double> sizes = [Norm(b[..3]), Norm(b.Slice(3, 3)), Norm(b.Slice(6, 3))];
        Span<int> order = [0, 1, 2];
        sizes.Sort(order, (first, second) => second.CompareTo(first));
        Span<double> u = stackalloc double[9], w = stackalloc double[9];
        for (var k = 0; k < 2; k++)
        {
            v.Slice(order[k] * 3, 3).CopyTo(w[(k * 3)..]);
            b.Slice(order[k] * 3, 3).CopyTo(u[(k * 3)..]);
        }

        Cross(w[..3], w.Slice(3, 3), w.Slice(6, 3));
        if (!Normalise(u[..3]))
            u[0] = 1;
        var along = Dot(u[..3], u.Slice(3, 3));
        for (var i = 0; i < 3; i++)
            u[3 + i] -= along * u[i];
        if (!Normalise(u.Slice(3, 3)))
            Perpendicular(u[..3], u.Slice(3, 3));
        Cross(u[..3], u.Slice(3, 3), u.Slice(6, 3));

        // The third column of B up to its sign, which the third column of V may have changed.
        var sign = Dot(w.Slice(6, 3), v.Slice(order[2] * 3, 3)) < 0 ? -1 : 1;
        (values[0], values[1]) = (scale * sizes[0], scale * sizes[1]);
        values[2] = sizes[2] > 0 ? scale * sign * Dot(u.Slice(6, 3), b.Slice(order[2] * 3, 3)) : 0;
        for (var i = 0; i < 3; i++)
        {
            for (var k = 0; k < 3; k++)
                (left[(i * 3) + k], right[(i * 3) + k]) = (u[(k * 3) + i], w[(k * 3) + i]);
        }
    }

    private static bool Rotate(Span<double> b, Span<double> v, int p, int q)
    {
        Span<double> first = b.Slice(p * 3, 3), second = b.Slice(q * 3, 3);
        double alpha = Dot(first, first), beta = Dot(second, second), gamma = Dot(first, second);
        if (!(Math.Abs(gamma) > Rounding * Math.Sqrt(alpha * beta)) || gamma == 0)
            return false;
        var zeta = (beta - alpha) / (2 * gamma);
        var tangent = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = cosine * tangent;
        Turn(first, second, cosine, sine);
        Turn(v.Slice(p * 3, 3), v.Slice(q * 3, 3), cosine, sine);
        return true;
    }

    private static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        for (var i = 0; i < 3; i++)
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    private static void Cross(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        product[0] = (a[1] * b[2]) - (a[2] * b[1]);
        product[1] = (a[2] * b[0]) - (a[0] * b[2]);
        product[2] = (a[0] * b[1]) - (a[1] * b[0]);
    }

    // False where there is nothing to normalise.
    private static bool Normalise(Span<double> a)
    {
        var size = Norm(a);
        for (var i = 0; i < 3 && size > 0; i++)
            a[i] /= size;
        return size > 0;
    }

    private static void Perpendicular(ReadOnlySpan<double> unit, Span<double> result)
    {
        var axis = Math.Abs(unit[0]) < 0.6 ? 0 : 1;
        for (var i = 0; i < 3; i++)
            result[i] = (i == axis ? 1 : 0) - (unit[axis] * unit[i]);
        _ = Normalise(result);
    }
}
