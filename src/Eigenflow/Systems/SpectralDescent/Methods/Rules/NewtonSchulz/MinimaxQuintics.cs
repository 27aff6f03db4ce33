using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// The odd quintics of Polar Express (N. Amsel, D. Persson, C. Musco, R. Gower, arXiv 2505.16932): each is the best approximation of one on the interval in which the last left the singular values.
/// Theorem: no composition of as many odd quintics is nearer to one on the first interval. Computed here, not copied.
/// </summary>
internal static class MinimaxQuintics
{
    /// <summary>Smallest relative singular value that the paper aims at.</summary>
    public const double UsualLowest = 1e-3;

    /// <summary>What every polynomial but the last is safe against: x ↦ p(x/1.01).</summary>
    public const double Safety = 1.01;

    /// <summary>The interval is taken to begin no lower than this part of its end, against slow growth of what lies below (paper, section 3.4).</summary>
    public const double Cushion = 0.02407327424182761;

    // Nearer to one the best quintic is that of Newton and Schulz to all digits.
    private const double Closed = 5e-6;
    private const int MostExchanges = 100;
    private const int MostSteps = 60;

    /// <summary>The list for a lowest singular value until the interval has closed, with cushion and safety factor; the last is exact and repeats.</summary>
    /// <param name="lowest">ℓ, 0 &lt; ℓ &lt; 1.</param>
    public static ImmutableArray<(double Linear, double Cubic, double Quintic)> Safe(double lowest) =>
    [
        .. Composition(lowest, Cushion).Select(step => (step.Linear / Safety, step.Cubic / (Safety * Safety * Safety), step.Quintic / (Safety * Safety * Safety * Safety * Safety))),
        (15.0 / 8, -10.0 / 8, 3.0 / 8),
    ];

    /// <summary>The greedy composition without a safety factor, until the interval has closed.</summary>
    /// <param name="lowest">ℓ, 0 &lt; ℓ &lt; 1.</param>
    /// <param name="cushion">Smallest part of its end at which an interval begins; 0 for the optimum.</param>
    public static IEnumerable<(double Linear, double Cubic, double Quintic)> Composition(double lowest, double cushion)
    {
        var (low, high) = (lowest, 1.0);
        for (var k = 0; k < MostSteps && low / high < 1 - Closed; k++)
        {
            var (a, b, c) = Best(Math.Max(low, cushion * high), high);

            // Within the cushion the interval would not be centred about one.
            var scale = 2 / (Value(low) + Value(high));
            (a, b, c) = (a * scale, b * scale, c * scale);
            yield return (a, b, c);
            low = Value(low);
            high = 2 - low;

            double Value(double x) => x * (a + (x * x * (b + (x * x * c))));
        }
    }

    /// <summary>The odd quintic nearest to one on an interval, by exchange of its two inner extrema (Remez).</summary>
    /// <param name="low">Left end, &gt; 0.</param>
    /// <param name="high">Right end, &gt; low.</param>
    public static (double Linear, double Cubic, double Quintic) Best(double low, double high)
    {
        // On [l, 1], and scaled back.
        var l = low / high;
        double inner = ((3 * l) + 1) / 4, outer = (l + 3) / 4, a = 15.0 / 8, b = -10.0 / 8, c = 3.0 / 8, error = double.PositiveInfinity;
        if (l < 1 - Closed)
        {
            for (var k = 0; k < MostExchanges; k++)
            {
                double[] points = [l, inner, outer, 1];
                var matrix = Matrix<double>.Build.Dense(4, 4, (i, j) => j == 3 ? (i % 2 == 0 ? 1 : -1) : Math.Pow(points[i], (2 * j) + 1));
                var solved = matrix.Solve(Vector<double>.Build.Dense(4, 1.0));
                var before = error;
                (a, b, c, error) = (solved[0], solved[1], solved[2], solved[3]);
                var root = Math.Sqrt((9 * b * b) - (20 * a * c));
                inner = Math.Sqrt(((-3 * b) - root) / (10 * c));
                outer = Math.Sqrt(((-3 * b) + root) / (10 * c));
                if (Math.Abs(error - before) <= 1e-15)
                    break;
            }
        }

        return (a / high, b / (high * high * high), c / (high * high * high * high * high));
    }
}
