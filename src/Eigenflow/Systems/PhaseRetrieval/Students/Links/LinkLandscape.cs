using Eigenflow.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population loss of an even link, exact (derived; docs/systems/phase-retrieval.md). With r = s/s*, v = u/s* and m_j(r) = E h^{(j)} of a normal argument of variance r, which is
/// Σ_i c_i i!/(i − j)! (i − j − 1)!! (r − 1)^((i−j)/2): L/s*² = Σ_j (1/j!) [r^j m_j(r)² − 2 v^j m_j(r) m_j(1) + m_j(1)²] over j = 0, 2, 4, 6.
/// The flow ẇ_i = −2 L_s λ_i w_i − L_u λ_i w*_i then is that of the square with g = −L_s/2 and h = −L_u/4.
/// </summary>
internal sealed class LinkLandscape
{
    private readonly Bivariate loss;
    private readonly Bivariate g;
    private readonly Bivariate h;

    /// <param name="link">The link.</param>
    /// <param name="isDeviation">Whether the variables are those of w − w*, q = v − 1 and p = r − 1 − 2q, in which nothing cancels near the teacher, or v and r themselves.</param>
    public LinkLandscape(LinkFunction link, bool isDeviation)
    {
        var (v, excess) = isDeviation ? (1 + Bivariate.First, (2 * Bivariate.First) + Bivariate.Second) : (Bivariate.First, Bivariate.Second - 1);
        var r = isDeviation ? 1 + excess : Bivariate.Second;
        Bivariate total = 0, slopeOfSelf = 0, slopeOfTeacher = 0;
        for (var j = 0; j <= LinkFunction.LargestDegree; j += 2)
        {
            var (mean, next, teacher) = (Derivative(link, j, excess), Derivative(link, j + 2, excess), link[j] * Factorial(j));
            var weight = 1 / Factorial(j);
            var square = (r.Power(j / 2) * mean) - teacher;
            total += weight * ((square * square) + (2 * teacher * (mean * (r.Power(j / 2) - v.Power(j)))));

            // m_j' = m_{j+2}/2.
            slopeOfSelf += weight * ((r.Power(j) * mean * next) - (teacher * (v.Power(j) * next)));
            if (j == 0)
                continue;
            slopeOfSelf += weight * j * (r.Power(j - 1) * mean * mean);
            slopeOfTeacher += -2 * weight * j * teacher * (v.Power(j - 1) * mean);
        }

        loss = isDeviation ? total.Vanishing(alsoFirst: true) : total;
        g = -0.5 * slopeOfSelf;
        h = isDeviation ? (g + (-0.25 * slopeOfTeacher)).Vanishing() : -0.25 * slopeOfTeacher;
        (GByLinear, GByQuadratic, HByLinear, HByQuadratic) = (g.ByFirst(), g.BySecond(), h.ByFirst(), h.BySecond());
    }

    public Bivariate GByLinear { get; }

    public Bivariate GByQuadratic { get; }

    public Bivariate HByLinear { get; }

    public Bivariate HByQuadratic { get; }

    /// <summary>L/s*².</summary>
    public double Loss(double linear, double quadratic) => loss.At(linear, quadratic);

    /// <summary>g/s* and h/s* of ẏ = 4λ(g y + h w*).</summary>
    public (double G, double H) Drift(double linear, double quadratic) => (g.At(linear, quadratic), h.At(linear, quadratic));

    /// <summary>The self overlap r at which a student without overlap settles: the first minimum of the loss over r at v = 0. In the variables v and r.</summary>
    public double Plateau()
    {
        const int Points = 4000;
        const double Largest = 4;
        var before = g.At(0, 0);
        if (before <= 0)
            return 0;
        for (var k = 1; k <= Points; k++)
        {
            var r = Largest * k / Points;
            if (g.At(0, r) <= 0)
                return ScalarRoot.Find(value => g.At(0, value), Largest * (k - 1) / Points, r);
        }

        return double.NaN;
    }

    private static Bivariate Derivative(LinkFunction link, int order, Bivariate excess)
    {
        Bivariate sum = 0;
        for (var degree = Math.Max(2, order); degree <= LinkFunction.LargestDegree; degree += 2)
        {
            var rest = degree - order;
            sum += link[degree] * Factorial(degree) / Factorial(rest) * DoubleFactorial(rest - 1) * excess.Power(rest / 2);
        }

        return sum;
    }

    private static double Factorial(int number) => number <= 1 ? 1 : number * Factorial(number - 1);

    private static double DoubleFactorial(int number) => number <= 1 ? 1 : number * DoubleFactorial(number - 2);
}
