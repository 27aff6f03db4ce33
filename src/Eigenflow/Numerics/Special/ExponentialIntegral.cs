namespace Eigenflow.Numerics.Special;

/// <summary>
/// The exponential integral E₁(x) = ∫_x^∞ e^(−t)/t dt = −Ei(−x) of x &gt; 0 and its scaled form, relative error below 1e-14: the power series below one, a polynomial per octave up to 1024, and the asymptotic series beyond.
/// The polynomials are fitted once to the continued fraction, which is as exact and ten times as slow.
/// </summary>
public static class ExponentialIntegral
{
    /// <summary>Euler's constant γ.</summary>
    public const double EulerGamma = 0.57721566490153286061;

    private const int Octaves = 10;
    private const int Degree = 23;
    private const int SeriesTerms = 20;
    private const int AsymptoticTerms = 9;
    private const double LargestOfSeries = 1;
    private const double LargestOfTable = 1024;
    private const int FractionTerms = 400;

    private static readonly double[] Series = MakeSeries();
    private static readonly double[] Table = MakeTable();

    /// <summary>E₁(x); infinite at 0, 0 where it underflows.</summary>
    /// <param name="x">x ≥ 0; not a number below.</param>
    public static double E1(double x) => x switch
    {
        < 0 or double.NaN => double.NaN,
        0 => double.PositiveInfinity,
        < LargestOfSeries => SmallE1(x),
        _ => Math.Exp(-x) * Reduced(x) / x,
    };

    /// <summary>e^x E₁(x), which tends to 1/x and never underflows; infinite at 0.</summary>
    /// <param name="x">x ≥ 0; not a number below.</param>
    public static double ScaledE1(double x) => x switch
    {
        < 0 or double.NaN => double.NaN,
        0 => double.PositiveInfinity,
        < LargestOfSeries => Math.Exp(x) * SmallE1(x),
        _ => Reduced(x) / x,
    };

    /// <summary>Ein(x) = ∫_0^x (1 − e^(−t))/t dt = E₁(x) + ln x + γ, without the cancellation of its parts at small x.</summary>
    /// <param name="x">x ≥ 0; not a number below.</param>
    public static double Entire(double x) => x switch
    {
        < 0 or double.NaN => double.NaN,
        < LargestOfSeries => x * Polynomial(Series, x),
        _ => E1(x) + Math.Log(x) + EulerGamma,
    };

    // −γ − ln x + Σ_{n ≥ 1} (−1)^(n+1) x^n / (n n!).
    private static double SmallE1(double x) => (x * Polynomial(Series, x)) - Math.Log(x) - EulerGamma;

    // x e^x E₁(x), between 0.59 and 1.
    private static double Reduced(double x)
    {
        if (x >= LargestOfTable)
            return Asymptotic(x);
        var octave = Math.ILogB(x);
        var place = Math.ScaleB(x, 1 - octave) - 3;
        return Polynomial(Table.AsSpan(octave * (Degree + 1), Degree + 1), place);
    }

    // Σ (−1)^n n! / x^n.
    private static double Asymptotic(double x)
    {
        var sum = 1.0;
        for (var n = AsymptoticTerms; n >= 1; n--)
            sum = 1 - (n / x * sum);
        return sum;
    }

    // Horner's scheme in x⁴ for every fourth coefficient: four chains that do not wait for each other. The number of coefficients is a multiple of four.
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double square = x * x, fourth = square * square;
        var n = coefficients.Length - 4;
        double a = coefficients[n], b = coefficients[n + 1], c = coefficients[n + 2], d = coefficients[n + 3];
        for (n -= 4; n >= 0; n -= 4)
        {
            (a, b) = (Math.FusedMultiplyAdd(a, fourth, coefficients[n]), Math.FusedMultiplyAdd(b, fourth, coefficients[n + 1]));
            (c, d) = (Math.FusedMultiplyAdd(c, fourth, coefficients[n + 2]), Math.FusedMultiplyAdd(d, fourth, coefficients[n + 3]));
        }

        return Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(d, x, c), square, Math.FusedMultiplyAdd(b, x, a));
    }

    private static double[] MakeSeries()
    {
        var series = new double[SeriesTerms];
        var factorial = 1.0;
        for (var n = 1; n <= SeriesTerms; n++)
        {
            factorial *= n;
            series[n - 1] = ((n % 2) == 1 ? 1.0 : -1.0) / (n * factorial);
        }

        return series;
    }

    // Interpolation at the Chebyshev points of every octave, turned into powers: the coefficients fall faster than powers grow.
    private static double[] MakeTable()
    {
        const int points = Degree + 1;
        var table = new double[Octaves * points];
        Span<double> chebyshev = stackalloc double[points];
        Span<double> before = stackalloc double[points], last = stackalloc double[points], next = stackalloc double[points];
        for (var octave = 0; octave < Octaves; octave++)
        {
            chebyshev.Clear();
            for (var k = 0; k < points; k++)
            {
                var angle = Math.PI * (k + 0.5) / points;
                var value = Fraction(Math.ScaleB(Math.Cos(angle) + 3, octave - 1));
                for (var n = 0; n < points; n++)
                    chebyshev[n] += (n == 0 ? 1.0 : 2.0) / points * value * Math.Cos(n * angle);
            }

            var powers = table.AsSpan(octave * points, points);
            before.Clear();
            last.Clear();
            before[0] = 1;
            last[1] = 1;
            powers[0] = chebyshev[0];
            for (var n = 1; n < points; n++)
            {
                for (var k = 0; k <= n; k++)
                    powers[k] += chebyshev[n] * last[k];
                for (var k = 0; k < points; k++)
                    next[k] = (k > 0 ? 2 * last[k - 1] : 0) - before[k];
                last.CopyTo(before);
                next.CopyTo(last);
            }
        }

        return table;
    }

    // x / (x + 1/(1 + 1/(x + 2/(1 + 2/(x + …))))) from the end, in the contracted form x / (x + 1 − 1²/(x + 3 − 2²/(x + 5 − …))).
    private static double Fraction(double x)
    {
        var rest = x + (2 * FractionTerms) + 1;
        for (var n = FractionTerms; n >= 1; n--)
            rest = x + (2 * n) - 1 - (n * (double)n / rest);
        return x / rest;
    }
}
