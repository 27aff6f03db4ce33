namespace Eigenflow.Numerics.Dense;

/// <summary>
/// The singular values of an upper bidiagonal matrix by the implicit QR iteration, without a shift where one would spoil the small ones (Demmel and Kahan, SIAM J. Sci. Stat. Comput. 11, 873, 1990).
/// </summary>
internal static class BidiagonalIteration
{
    private const double Rounding = 1.1e-16;
    private const int MostSweeps = 60;

    /// <summary>Iterates until all that stands above the diagonal is rounding.</summary>
    /// <param name="diagonal">n numbers; become the singular values, in no order and of either sign.</param>
    /// <param name="above">n − 1 numbers; become 0.</param>
    /// <param name="left">The identity; its row k becomes the left singular vector of value k.</param>
    /// <param name="right">The identity; its row k becomes the right one.</param>
    /// <param name="cancellation">Looked at in every sweep.</param>
    /// <exception cref="InvalidOperationException">No convergence.</exception>
    public static void Run(double[] diagonal, double[] above, TurnedRows left, TurnedRows right, CancellationToken cancellation)
    {
        var last = diagonal.Length - 1;
        var sweepsLeft = (long)MostSweeps * diagonal.Length;
        var floor = Rounding * diagonal.Concat(above).Max(Math.Abs);
        while (last > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var first = last;
            while (first > 0 && !IsRounding(diagonal, above, first - 1, floor))
                first--;
            if (first == last)
            {
                last--;
                continue;
            }

            if (sweepsLeft-- == 0)
                throw new InvalidOperationException("The singular values did not converge.");
            if (!left.HasRoom(last - first))
            {
                left.Turn(cancellation);
                right.Turn(cancellation);
            }

            left.Begin(first);
            right.Begin(first);
            var shift = Shift(diagonal[last - 1], above[last - 1], diagonal[last]);
            var smallest = double.PositiveInfinity;
            for (var k = first; k <= last; k++)
                smallest = Math.Min(smallest, Math.Abs(diagonal[k]));
            var part = shift / Math.Abs(diagonal[first]);
            if (smallest <= floor || part * part < Rounding)
                Unshifted(diagonal, above, first, last, left, right);
            else
                Shifted(diagonal, above, first, last, shift, left, right);
        }

        left.Turn(cancellation);
        right.Turn(cancellation);
    }

    private static bool IsRounding(double[] diagonal, double[] above, int k, double floor)
    {
        if (Math.Abs(above[k]) > Math.Max(Rounding * (Math.Abs(diagonal[k]) + Math.Abs(diagonal[k + 1])), floor / 16))
            return false;
        above[k] = 0;
        return true;
    }

    // The smaller singular value of [f g; 0 h].
    private static double Shift(double f, double g, double h)
    {
        var (small, large, side) = (Math.Min(Math.Abs(f), Math.Abs(h)), Math.Max(Math.Abs(f), Math.Abs(h)), Math.Abs(g));
        if (small == 0)
            return 0;
        var norm = Math.Max(large, side);
        var (a, b, c) = (small / norm, large / norm, side / norm);
        return 2 * a * b / (Math.Sqrt(((a + b) * (a + b)) + (c * c)) + Math.Sqrt(((a - b) * (a - b)) + (c * c))) * norm;
    }

    private static void Unshifted(double[] d, double[] e, int first, int last, TurnedRows left, TurnedRows right)
    {
        double cosine = 1, oldCosine = 1, oldSine = 0;
        for (var k = first; k < last; k++)
        {
            var turn = Rotation.Of(d[k] * cosine, e[k]);
            if (k > first)
                e[k - 1] = oldSine * turn.Length;
            var other = Rotation.Of(oldCosine * turn.Length, d[k + 1] * turn.Sine);
            d[k] = other.Length;
            right.Add(turn.Cosine, turn.Sine);
            left.Add(other.Cosine, other.Sine);
            (cosine, oldCosine, oldSine) = (turn.Cosine, other.Cosine, other.Sine);
        }

        var end = d[last] * cosine;
        d[last] = end * oldCosine;
        e[last - 1] = end * oldSine;
    }

    private static void Shifted(double[] d, double[] e, int first, int last, double shift, TurnedRows left, TurnedRows right)
    {
        var f = (Math.Abs(d[first]) - shift) * (Math.CopySign(1, d[first]) + (shift / d[first]));
        var g = e[first];
        for (var k = first; k < last; k++)
        {
            var turn = Rotation.Of(f, g);
            if (k > first)
                e[k - 1] = turn.Length;
            f = (turn.Cosine * d[k]) + (turn.Sine * e[k]);
            e[k] = (turn.Cosine * e[k]) - (turn.Sine * d[k]);
            g = turn.Sine * d[k + 1];
            d[k + 1] *= turn.Cosine;
            var other = Rotation.Of(f, g);
            d[k] = other.Length;
            f = (other.Cosine * e[k]) + (other.Sine * d[k + 1]);
            d[k + 1] = (other.Cosine * d[k + 1]) - (other.Sine * e[k]);
            if (k < last - 1)
            {
                g = other.Sine * e[k + 1];
                e[k + 1] *= other.Cosine;
            }

            right.Add(turn.Cosine, turn.Sine);
            left.Add(other.Cosine, other.Sine);
        }

        e[last - 1] = f;
    }
}
