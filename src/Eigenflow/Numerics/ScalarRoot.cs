namespace Eigenflow.Numerics;

/// <summary>Roots of functions of one variable between two points.</summary>
public static class ScalarRoot
{
    // A safeguard: halving alone separates any two numbers in 2100 steps.
    private const int LargestSteps = 4200;

    /// <summary>
    /// A point of sign change, to rounding: inverse quadratic steps within the bracket (T. R. Chandrupatla, Adv. Eng. Softw. 28:145, 1997), halving where they do not gain.
    /// It ends when no number lies between the ends, or the function is zero, so that it needs no tolerance and cannot fail to converge; a step of the function counts as a root.
    /// </summary>
    /// <param name="function">The function; its sign at the ends is taken as given by the first two evaluations.</param>
    /// <param name="low">Left end.</param>
    /// <param name="high">Right end, ≥ low.</param>
    /// <returns>The root; the end with the smaller value where the signs at both ends agree. About 10 evaluations for smooth functions, 64 at worst for ends of one magnitude.</returns>
    public static double Find(Func<double, double> function, double low, double high)
    {
        // a is the newest point, b the end on the other side of the root, c the one before.
        double b = low, a = high;
        double fb = function(b), fa = function(a);
        if (fb == 0 || double.IsNaN(fa))
            return b;
        if (fa == 0 || double.IsNaN(fb))
            return a;
        if (fa > 0 == fb > 0)
            return Math.Abs(fa) < Math.Abs(fb) ? a : b;
        double c = a, fc = fa;
        var part = 0.5;
        for (var k = 0; k < LargestSteps; k++)
        {
            var x = a + (part * (b - a));
            if (x == a || x == b)
                x = a + (0.5 * (b - a));
            if (x == a || x == b)
                break;
            var fx = function(x);
            if (fx == 0)
                return x;
            if (fx > 0 == fa > 0)
            {
                (c, fc) = (a, fa);
            }
            else
            {
                (c, fc) = (b, fb);
                (b, fb) = (a, fa);
            }

            (a, fa) = (x, fx);

            // The next point by inverse quadratic interpolation where that is monotone in the bracket, at least one number away from both ends.
            var xi = (a - b) / (c - b);
            var phi = (fa - fb) / (fc - fb);
            part = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
                ? (fa / (fb - fa) * (fc / (fb - fc))) + ((c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb)))
                : 0.5;
            var least = Math.ScaleB(Math.Max(Math.Abs(a), Math.Abs(b)), -52) / Math.Abs(b - a);
            part = double.IsFinite(part) ? Math.Clamp(part, Math.Min(0.5, least), Math.Max(0.5, 1 - least)) : 0.5;
        }

        return Math.Abs(fa) <= Math.Abs(fb) ? a : b;
    }
}
