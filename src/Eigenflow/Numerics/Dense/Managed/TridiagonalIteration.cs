namespace Eigenflow.Numerics.Dense;

/// <summary>The eigenvalues of a symmetric tridiagonal matrix by the implicit QR iteration with Wilkinson's shift (Golub and Van Loan, Matrix Computations, section 8.3).</summary>
internal static class TridiagonalIteration
{
    private const double Rounding = 1.1e-16;
    private const int MostSweeps = 60;

    /// <summary>Iterates until all that stands beside the diagonal is rounding.</summary>
    /// <param name="diagonal">n numbers; become the eigenvalues, in no order.</param>
    /// <param name="beside">n − 1 numbers; become 0.</param>
    /// <param name="vectors">The identity; its row k becomes the eigenvector of eigenvalue k. Null where they are not wanted.</param>
    /// <param name="cancellation">Looked at in every sweep.</param>
    /// <exception cref="InvalidOperationException">No convergence.</exception>
    public static void Run(double[] diagonal, double[] beside, TurnedRows? vectors, CancellationToken cancellation)
    {
        var last = diagonal.Length - 1;
        var sweepsLeft = (long)MostSweeps * diagonal.Length;
        var floor = Rounding / 16 * diagonal.Concat(beside).Max(Math.Abs);
        while (last > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var first = last;
            while (first > 0 && !IsRounding(diagonal, beside, first - 1, floor))
                first--;
            if (first == last)
            {
                last--;
                continue;
            }

            if (sweepsLeft-- == 0)
                throw new InvalidOperationException("The eigenvalues did not converge.");
            if (vectors?.HasRoom(last - first) == false)
                vectors.Turn(cancellation);
            vectors?.Begin(first);
            Sweep(diagonal, beside, first, last, vectors);
        }

        vectors?.Turn(cancellation);
    }

    private static bool IsRounding(double[] diagonal, double[] beside, int k, double floor)
    {
        if (Math.Abs(beside[k]) > Math.Max(Rounding * (Math.Abs(diagonal[k]) + Math.Abs(diagonal[k + 1])), floor))
            return false;
        beside[k] = 0;
        return true;
    }

    private static void Sweep(double[] d, double[] e, int first, int last, TurnedRows? vectors)
    {
        var difference = (d[last - 1] - d[last]) / 2;
        var shift = d[last] - (e[last - 1] / (difference + Math.CopySign(double.Hypot(difference, e[last - 1]), difference)) * e[last - 1]);
        var (x, bulge) = (d[first] - shift, e[first]);
        for (var k = first; k < last; k++)
        {
            var (cosine, sine, length) = Rotation.Of(x, bulge);
            if (k > first)
                e[k - 1] = length;
            var (upper, lower, side) = (d[k], d[k + 1], e[k]);
            var change = sine * ((sine * (lower - upper)) + (2 * cosine * side));
            d[k] = upper + change;
            d[k + 1] = lower - change;
            x = (cosine * sine * (lower - upper)) + (((cosine * cosine) - (sine * sine)) * side);
            e[k] = x;
            if (k < last - 1)
            {
                bulge = sine * e[k + 1];
                e[k + 1] *= cosine;
            }

            vectors?.Add(cosine, sine);
        }
    }
}
