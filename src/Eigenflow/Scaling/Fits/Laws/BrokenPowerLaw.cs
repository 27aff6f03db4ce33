using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Fits;

/// <summary>y = A x^p [1 + (x/x₀)^(1/w)]^((q − p) w): exponent p below the break x₀ and q above it, over a width w in ln x (the smoothly broken law of arXiv 2210.14891 with one break).</summary>
internal sealed class BrokenPowerLaw : ScalingLaw
{
    private const double Narrowest = 0.02;

    // With fewer points beyond the break, or on less of the range, it is at the edge.
    private const int FewestBeyond = 4;
    private const double SmallestPart = 0.08;

    // Starts: a grid of places and widths, on which amplitude and exponents follow by linear least squares.
    private const int MostPlaces = 96;
    private const int Widths = 6;
    private const int MostStarts = 10;

    public override string Name => "broken-power-law";

    public override string Formula => "y = A x^p (1 + (x/x0)^(1/w))^((q - p) w)";

    public override IReadOnlyList<ScalingParameter> Parameters { get; } =
    [
        new("A", "amplitude", true), new("p", "exponent below the break"), new("q", "exponent above the break"), new("x0", "place of the break", true), new("w", "width of the break in ln x", true),
    ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes)
    {
        var width = Math.Exp(theta[4]);
        for (var i = 0; i < u.Length; i++)
        {
            var away = u[i] - theta[3];
            var (soft, step) = Soft(away / width);
            var bend = width * soft;
            var turn = theta[2] - theta[1];
            values[i] = theta[0] + (theta[1] * u[i]) + (turn * bend);
            slopes[5 * i] = 1;
            slopes[(5 * i) + 1] = u[i] - bend;
            slopes[(5 * i) + 2] = bend;
            slopes[(5 * i) + 3] = -turn * step;
            slopes[(5 * i) + 4] = turn * (bend - (away * step));
        }
    }

    public override double LocalExponent(double u, ReadOnlySpan<double> theta) =>
        theta[1] + ((theta[2] - theta[1]) * Soft((u - theta[3]) / Math.Exp(theta[4])).Step);

    public override void ToFormula(Span<double> theta, double placeU, double placeV)
    {
        theta[0] += placeV - (theta[1] * placeU);
        theta[3] += placeU;
    }

    public override void Settle(Span<double> theta, LogPoints points)
    {
        if (!IsBroken(theta, points))
            (theta[3], theta[4]) = (0, Math.Log(Narrowest));
    }

    public override string? Edge(ReadOnlySpan<double> theta, LogPoints points, double noise)
    {
        if (!IsBroken(theta, points))
            return "no break: p and q are equal";
        var place = theta[3];
        var below = points.U.ToArray().Count(u => u < place);
        var fewest = Math.Min(below, points.Count - below);
        if (fewest < FewestBeyond || Math.Min(place - points.First, points.Last - place) < SmallestPart * points.Span)
        {
            var isFirst = below < points.Count - below;
            return FormattableString.Invariant($"the break is at the edge of the data: {fewest} {(fewest == 1 ? "point" : "points")} {(isFirst ? "before" : "after")} it, so that {(isFirst ? "p" : "q")} is not established");
        }

        var (lower, upper) = Box(points);
        return theta[4] >= upper[4]
            ? "the break is as wide as the data: its exponents are reached nowhere"
            : theta[4] <= lower[4] ? "the break is sharper than the points resolve: w is not established" : null;
    }

    public override IReadOnlyList<double[]> Starts(LogPoints points)
    {
        var places = Places(points);
        var (lower, upper) = Box(points);
        var found = new (double Sum, double[] Theta)[places.Length, Widths];
        var bends = new double[points.Count];
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = 0; j < Widths; j++)
                found[i, j] = Linear(points, places[i], lower[4] + ((upper[4] - lower[4]) * j / (Widths - 1)), bends);
        }

        var starts = new List<(double Sum, double[] Theta)>();
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = 0; j < Widths; j++)
            {
                if (double.IsFinite(found[i, j].Sum) && IsLowest(found, i, j))
                    starts.Add(found[i, j]);
            }
        }

        return [.. starts.OrderBy(start => start.Sum).Take(MostStarts).Select(start => start.Theta)];
    }

    // A break outside of the points, or one as wide as all of them, is no break.
    public override (double[] Lower, double[] Upper) Box(LogPoints points) =>
        ([-LargestLogarithm, -LargestLogarithm, -LargestLogarithm, points.First, Math.Log(Narrowest)], [LargestLogarithm, LargestLogarithm, LargestLogarithm, points.Last, Math.Log(Math.Max(2 * Narrowest, points.Span / 3))]);

    private static bool IsBroken(ReadOnlySpan<double> theta, LogPoints points) => Math.Abs(theta[2] - theta[1]) * points.Span > Noise.LawTest.Rounding;

    // Points and three places between each two; of many points, as many places evenly.
    private static double[] Places(LogPoints points)
    {
        var places = Math.Min(MostPlaces, (4 * points.Count) - 7);
        return
        [
            .. Enumerable.Range(0, places).Select(k =>
            {
                var at = 0.5 + ((points.Count - 2.0) * k / (places - 1));
                var before = Math.Min((int)at, points.Count - 2);
                return points.U[before] + ((at - before) * (points.U[before + 1] - points.U[before]));
            }),
        ];
    }

    private static bool IsLowest((double Sum, double[] Theta)[,] found, int i, int j)
    {
        for (var k = Math.Max(0, i - 1); k <= Math.Min(found.GetLength(0) - 1, i + 1); k++)
        {
            for (var l = Math.Max(0, j - 1); l <= Math.Min(Widths - 1, j + 1); l++)
            {
                if (found[k, l].Sum < found[i, j].Sum)
                    return false;
            }
        }

        return true;
    }

    // The best amplitude and exponents for a place and a width: least squares on 1, u and the bend, of which what a line leaves is enough.
    private static (double Sum, double[] Theta) Linear(LogPoints points, double place, double logWidth, double[] bends)
    {
        var width = Math.Exp(logWidth);
        double total = 0, meanU = 0, meanV = 0, meanB = 0;
        for (var i = 0; i < bends.Length; i++)
        {
            bends[i] = width * Soft((points.U[i] - place) / width).Value;
            var weight = points.Weights[i];
            total += weight;
            meanU += weight * points.U[i];
            meanV += weight * points.V[i];
            meanB += weight * bends[i];
        }

        (meanU, meanV, meanB) = (meanU / total, meanV / total, meanB / total);
        double uu = 0, uv = 0, ub = 0, bb = 0, bv = 0, vv = 0;
        for (var i = 0; i < bends.Length; i++)
        {
            double weight = points.Weights[i], u = points.U[i] - meanU, v = points.V[i] - meanV, b = bends[i] - meanB;
            uu += weight * u * u;
            uv += weight * u * v;
            ub += weight * u * b;
            bb += weight * b * b;
            bv += weight * b * v;
            vv += weight * v * v;
        }

        const double independent = 1e-12;
        var left = bb - (ub * ub / uu);
        if (!(left > independent * bb))
            return (double.PositiveInfinity, []);
        var turn = (bv - (ub * uv / uu)) / left;
        var low = (uv - (turn * ub)) / uu;
        return (vv - (low * uv) - (turn * bv), [meanV - (low * meanU) - (turn * meanB), low, low + turn, place, logWidth]);
    }

    // ln(1 + e^z) and its derivative.
    private static (double Value, double Step) Soft(double z)
    {
        var small = Math.Exp(-Math.Abs(z));
        return (Math.Max(z, 0) + Math.Log(1 + small), z > 0 ? 1 / (1 + small) : small / (1 + small));
    }
}
