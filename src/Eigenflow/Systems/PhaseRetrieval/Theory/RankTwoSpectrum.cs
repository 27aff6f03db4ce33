namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Eigenvalues of diag(a) + b bᵀ − c cᵀ by bisection on inertia counts. By Sylvester's law, the number of eigenvalues below x is the
/// number of a_i below x plus the change that the 2×2 Schur complement makes. Work O(d) per count, about 60 counts per eigenvalue.
/// </summary>
internal static class RankTwoSpectrum
{
    /// <summary>The eigenvalues in descending order, absolute error about 1e-15 of the largest.</summary>
    public static double[] Of(double[] diagonal, double[] plus, double[] minus)
    {
        var size = diagonal.Length;
        double plusNorm = 0, minusNorm = 0;
        for (var i = 0; i < size; i++)
        {
            plusNorm += plus[i] * plus[i];
            minusNorm += minus[i] * minus[i];
        }

        var low = diagonal.Min() - minusNorm;
        var high = diagonal.Max() + plusNorm;
        var margin = 1e-15 * Math.Max(Math.Abs(low), Math.Abs(high));
        var eigenvalues = new double[size];
        for (var rank = 0; rank < size; rank++)
        {
            // The eigenvalue number `rank` from above is where the count of those above falls to `rank`.
            double left = low - margin, right = high + margin;
            while (right - left > margin)
            {
                var middle = 0.5 * (left + right);
                if (middle == left || middle == right)
                    break;
                if (size - CountBelow(diagonal, plus, minus, middle, 1e-15 * margin) > rank)
                    left = middle;
                else
                    right = middle;
            }

            eigenvalues[rank] = 0.5 * (left + right);
        }

        return eigenvalues;
    }

    // Inertia of [[A − x, b, c], [bᵀ, −1, 0], [cᵀ, 0, 1]] in both orders of elimination: the negative pivots of A − x plus
    // those of the 2×2 complement S equal the negative eigenvalues of A − x + b bᵀ − c cᵀ plus the one of diag(−1, 1).
    private static int CountBelow(double[] diagonal, double[] plus, double[] minus, double x, double smallestPivot)
    {
        var negative = 0;
        double plusPlus = 0, plusMinus = 0, minusMinus = 0;
        for (var i = 0; i < diagonal.Length; i++)
        {
            var pivot = diagonal[i] - x;
            if (pivot == 0)
                pivot = smallestPivot;
            if (pivot < 0)
                negative++;
            plusPlus += plus[i] * plus[i] / pivot;
            plusMinus += plus[i] * minus[i] / pivot;
            minusMinus += minus[i] * minus[i] / pivot;
        }

        var first = -1 - plusPlus;
        var second = 1 - minusMinus;
        var determinant = (first * second) - (plusMinus * plusMinus);
        var complement = determinant < 0 ? 1 : first + second < 0 ? 2 : 0;
        return negative + complement - 1;
    }
}
