using MathNet.Numerics.Distributions;

namespace Eigenflow.Numerics.Quadrature;

/// <summary>
/// E f(z) for one normal number z by the trapezoidal rule with halved steps, which converges faster than any power of the step for functions that are analytic in a strip, until two refinements agree.
/// Where a function has kinks its line is cut there, and each piece is mapped by z = tanh(π/2 sinh t), so that ends do not matter.
/// </summary>
internal static class LineRule
{
    private const double FirstStep = 0.5;
    private const double Reach = 12, FarthestReach = 38, ReachOfPieces = 4;
    private const double Rounding = 1e-15;
    private const int MostHalvings = 12;

    /// <summary>Evaluates several functions at a point.</summary>
    /// <param name="z">The point.</param>
    /// <param name="values">Receives one value per function.</param>
    public delegate void Functions(double z, Span<double> values);

    /// <summary>E f_k(z) for z ~ N(0, 1).</summary>
    /// <param name="functions">The functions; they may grow as fast as exp(30 |z|).</param>
    /// <param name="count">Their number.</param>
    /// <param name="scale">The distance of z over which they vary; steps begin no wider than half of it.</param>
    /// <param name="kinks">Where they are not smooth, ascending.</param>
    /// <param name="tolerance">Relative tolerance of E |f_k|.</param>
    /// <returns>Values and errors; the tolerance is missed where twelve halvings do not meet it, as the error says.</returns>
    public static Expectation Expect(Functions functions, int count, double scale = 1, IReadOnlyList<double>? kinks = null, double tolerance = 1e-13)
    {
        if (kinks is not { Count: > 0 })
            return Refine(functions, count, t => (t, 1), ReachOf(functions, count), Math.Min(FirstStep, FirstStep * scale), tolerance);
        double[] ends = [-FarthestReach, .. kinks.Where(kink => Math.Abs(kink) < FarthestReach), FarthestReach];
        double[] values = new double[count], errors = new double[count];
        var points = 0L;
        for (var piece = 0; piece + 1 < ends.Length; piece++)
        {
            var (middle, half) = ((ends[piece] + ends[piece + 1]) / 2, (ends[piece + 1] - ends[piece]) / 2);
            var part = Refine(functions, count, Mapped, ReachOfPieces, FirstStep / 2, tolerance);
            for (var k = 0; k < count; k++)
                (values[k], errors[k]) = (values[k] + part.Values[k], errors[k] + part.Errors[k]);
            points += part.Points;

            (double, double) Mapped(double t)
            {
                var bent = Math.PI / 2 * Math.Sinh(t);
                return (middle + (half * Math.Tanh(bent)), half * Math.PI / 2 * Math.Cosh(t) / Math.Pow(Math.Cosh(bent), 2));
            }
        }

        return new Expectation(values, errors, points);
    }

    // Functions that grow move the mass of the integral outwards: the ends are where nothing is left of it, as a coarse scan sees it.
    private static double ReachOf(Functions functions, int count)
    {
        const double Step = 0.5, Nothing = 1e-20;
        double[] values = new double[count], largest = new double[count];
        var scan = new List<(double Place, double[] Sizes)>();
        for (var place = -FarthestReach; place <= FarthestReach; place += Step)
        {
            functions(place, values);
            double[] sizes = [.. values.Select(value => Math.Abs(value) * Normal.PDF(0, 1, place))];
            for (var k = 0; k < count; k++)
                largest[k] = Math.Max(largest[k], sizes[k]);
            scan.Add((place, sizes));
        }

        return Math.Max(Reach, scan.Where(one => one.Sizes.Where((size, k) => size > Nothing * largest[k]).Any()).Select(one => Math.Abs(one.Place) + Step).DefaultIfEmpty(Reach).Max());
    }

    private static Expectation Refine(Functions functions, int count, Func<double, (double Point, double Weight)> map, double reach, double first, double tolerance)
    {
        double[] values = new double[count], sums = new double[count], sizes = new double[count], before = new double[count];
        var step = first;
        var half = (long)Math.Ceiling(reach / step);
        var points = 0L;
        for (var k = -half; k <= half; k++)
            Add(k * step);
        for (var halving = 0; ; halving++)
        {
            for (var k = 0; k < count; k++)
                before[k] = sums[k] * step;
            for (var k = -half; k < half; k++)
                Add((k + 0.5) * step);
            step /= 2;
            half *= 2;
            double[] errors = [.. sums.Select((sum, k) => Math.Max(Math.Abs((sum * step) - before[k]), Rounding * sizes[k] * step))];
            if (halving == MostHalvings || errors.Select((error, k) => error <= tolerance * sizes[k] * step).All(isMet => isMet))
                return new Expectation([.. sums.Select(sum => sum * step)], errors, points);
        }

        void Add(double t)
        {
            var (point, weight) = map(t);
            weight *= Normal.PDF(0, 1, point);
            if (!(weight > 0))
                return;
            functions(point, values);
            points++;
            for (var k = 0; k < count; k++)
            {
                sums[k] += weight * values[k];
                sizes[k] += weight * Math.Abs(values[k]);
            }
        }
    }
}
