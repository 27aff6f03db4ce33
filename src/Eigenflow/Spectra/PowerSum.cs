namespace Eigenflow.Spectra;

/// <summary>Sums of powers H_{n,a} = Σ_{j=1}^{n} j^(−a), to rounding, in O(1) work for any n.</summary>
public static class PowerSum
{
    // Up to here the sum is taken term by term; above, the Euler–Maclaurin remainder after the fifth-derivative
    // term is below (a + 7)⁷ · 4096⁻⁷ ≈ 1e-18 for every exponent that does not underflow.
    private const long DirectTerms = 4096;

    /// <summary>The sum.</summary>
    /// <param name="exponent">The exponent a, any finite real number.</param>
    /// <param name="count">Number of terms n ≥ 1.</param>
    /// <returns>Σ_{j=1}^{n} j^(−a), relative error about 1e-15.</returns>
    public static double Of(double exponent, long count)
    {
        var direct = 0.0;
        var last = Math.Min(count, DirectTerms);

        // From the small terms to the large ones, so that rounding does not accumulate.
        if (count > DirectTerms)
            direct += Tail(exponent, DirectTerms, count);
        for (var j = last; j >= 1; j--)
            direct += Math.Pow(j, -exponent);
        return direct;
    }

    /// <summary>A part of the sum, with all its digits however small it is beside the whole.</summary>
    /// <param name="exponent">The exponent a, any finite real number.</param>
    /// <param name="after">m ≥ 0: the first term is that of m + 1.</param>
    /// <param name="last">n ≥ m: the last term.</param>
    /// <returns>Σ_{j=m+1}^{n} j^(−a), relative error about 1e-14; 0 for n = m.</returns>
    public static double Between(double exponent, long after, long last)
    {
        if (after >= last)
            return 0;
        var direct = last > Math.Max(after, DirectTerms) ? Tail(exponent, Math.Max(after, DirectTerms), last) : 0;
        for (var j = Math.Min(last, DirectTerms); j > after; j--)
            direct += Math.Pow(j, -exponent);
        return direct;
    }

    /// <summary>The sum without end, ζ(a) for m = 0, and its parts beyond m.</summary>
    /// <param name="exponent">The exponent a &gt; 1.</param>
    /// <param name="after">m ≥ 0: the first term is that of m + 1.</param>
    /// <returns>Σ_{j&gt;m} j^(−a), relative error about 1e-14.</returns>
    public static double Infinite(double exponent, long after)
    {
        var m = Math.Max(after, DirectTerms);
        var sum = (Math.Pow(m, 1 - exponent) / (exponent - 1)) - Correction(exponent, m);
        return sum + Between(exponent, after, m);
    }

    // Σ_{j=m+1}^{n} f(j) = ∫_m^n f + (f(n) − f(m))/2 + (f'(n) − f'(m))/12 − (f'''(n) − f'''(m))/720 + (f⁽⁵⁾(n) − f⁽⁵⁾(m))/30240.
    private static double Tail(double a, double m, double n)
    {
        var logarithm = Math.Log(n / m);

        // ∫_m^n x^(−a) dx = m^(1−a) L · (e^z − 1)/z with z = (1−a) L, and (e^z − 1)/z = e^(z/2) sinh(z/2)/(z/2) keeps its digits near a = 1.
        var half = (1 - a) * logarithm / 2;
        var ratio = half == 0 ? 1 : Math.Exp(half) * Math.Sinh(half) / half;
        var integral = Math.Pow(m, 1 - a) * logarithm * ratio;
        return integral + Correction(a, n) - Correction(a, m);
    }

    private static double Correction(double a, double x)
    {
        var f = Math.Pow(x, -a);
        var first = -a * f / x;
        var third = first * (a + 1) * (a + 2) / (x * x);
        var fifth = third * (a + 3) * (a + 4) / (x * x);
        return (f / 2) + (first / 12) - (third / 720) + (fifth / 30240);
    }
}
