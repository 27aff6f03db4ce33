using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Noise;

/// <summary>
/// How the size of the noise changes along a curve, whatever law is fitted to it: the scales and links of averaged points (<see cref="LogPoints"/>), times a smooth factor s_i.
/// <para>The factor follows the squared departures of points from the chords of their neighbours: ln s² is a combination of the first six cosines of the row's number, which are flat at the ends (on short curves fewer),
/// fitted by maximum likelihood of squared normal numbers, every coefficient shrunk by what chance alone would give it. Noise that grows, bulges, or ends high is followed; equal noise stays equal.</para>
/// Holds its buffers; whitening and colouring allocate nothing. Work O(n).
/// </summary>
internal sealed class CurveNoise
{
    private const int Steps = 20;
    private const int FewestPoints = 30;
    private const int PointsPerCosine = 15;
    private const int MostCosines = 6;
    private const double LargestStep = 1;

    // Squares of overlapping chords of independent noise have correlations 4/9 and 1/36: their sums vary by 1 + 2 (4/9 + 1/36) more.
    private const double OverlapOfChords = 1.94;
    private const double Shrinkage = 1;

    // The smallest square counted, as a part of the mean: differences that are exactly zero say nothing of a scale.
    private const double SmallestSquare = 1e-6;

    private readonly double[] scales;
    private readonly double[] links;
    private readonly double[] factors;

    public CurveNoise(LogPoints points)
    {
        scales = points.Scales.ToArray();
        links = points.Links.ToArray();
        if (links.Length > 0)
            links[0] = 0;
        factors = new double[scales.Length];
        Array.Fill(factors, 1);
        if (points.Count >= FewestPoints)
            Follow(points);
    }

    /// <summary>Number of points.</summary>
    public int Count => scales.Length;

    /// <summary>Ratio of the largest to the smallest smooth factor.</summary>
    public double Growth => factors.Max() / factors.Min();

    /// <summary>Turns values at the points into units of their noise, free of the links of the bins.</summary>
    public void Whiten(ReadOnlySpan<double> values, Span<double> white)
    {
        var previous = 0.0;
        for (var i = 0; i < scales.Length; i++)
        {
            var own = values[i] / scales[i];
            white[i] = (own - (links[i] * previous)) / (Math.Sqrt(1 - (links[i] * links[i])) * factors[i]);
            previous = own;
        }
    }

    /// <summary>The inverse of <see cref="Whiten"/>, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Colour(Span<double> noise)
    {
        var previous = 0.0;
        for (var i = 0; i < scales.Length; i++)
        {
            previous = (links[i] * previous) + (Math.Sqrt(1 - (links[i] * links[i])) * factors[i] * noise[i]);
            noise[i] = previous * scales[i];
        }
    }

    private void Follow(LogPoints points)
    {
        var squares = ChordSquares(points);
        var mean = squares.Average();
        if (!(mean > 0))
            return;
        for (var i = 0; i < squares.Length; i++)
            squares[i] = Math.Max(squares[i] / mean, SmallestSquare);
        var cosines = Math.Min(MostCosines, points.Count / PointsPerCosine);
        var basis = new double[cosines + 1][];
        for (var k = 0; k <= cosines; k++)
            basis[k] = [.. Enumerable.Range(0, squares.Length).Select(i => Math.Cos(Math.PI * k * (i + 0.5) / squares.Length))];
        var coefficients = new double[cosines + 1];
        var (ratios, logs) = (new double[squares.Length], new double[squares.Length]);
        for (var step = 0; step < Steps; step++)
        {
            Ratios();
            for (var k = 0; k <= cosines; k++)
            {
                // The cosines are orthogonal: each has its own step.
                var change = Sums.Product(basis[k], ratios) - basis[k].Sum();
                coefficients[k] += Math.Clamp(change / Sums.Product(basis[k], basis[k]), -LargestStep, LargestStep);
            }
        }

        Ratios();
        var dispersion = OverlapOfChords * Math.Max(2, ratios.Sum(ratio => (ratio - 1) * (ratio - 1)) / (ratios.Length - cosines));
        for (var k = 1; k <= cosines; k++)
        {
            var variance = dispersion / Sums.Product(basis[k], basis[k]);
            coefficients[k] *= Math.Max(0, 1 - (Shrinkage * variance / (coefficients[k] * coefficients[k])));
        }

        // Chords exist from the second point to the last but one.
        for (var i = 0; i < factors.Length; i++)
        {
            var chord = Math.Clamp(i - 1, 0, squares.Length - 1);
            var log = 0.0;
            for (var k = 1; k <= cosines; k++)
                log += coefficients[k] * basis[k][chord];
            factors[i] = Math.Exp(log / 2);
        }

        void Ratios()
        {
            for (var i = 0; i < squares.Length; i++)
            {
                logs[i] = 0;
                for (var k = 0; k <= cosines; k++)
                    logs[i] += coefficients[k] * basis[k][i];
                ratios[i] = squares[i] * Math.Exp(-logs[i]);
            }
        }
    }

    // Squared departures from the chords between neighbours, in units of what the averages lead one to expect.
    private double[] ChordSquares(LogPoints points)
    {
        var squares = new double[points.Count - 2];
        for (var i = 1; i < points.Count - 1; i++)
        {
            var after = (points.U[i] - points.U[i - 1]) / (points.U[i + 1] - points.U[i - 1]);
            var before = 1 - after;
            var off = points.V[i] - (before * points.V[i - 1]) - (after * points.V[i + 1]);
            double left = links[i] * scales[i] * scales[i - 1], right = links[i + 1] * scales[i] * scales[i + 1], across = links[i] * links[i + 1] * scales[i - 1] * scales[i + 1];
            var expected = (scales[i] * scales[i]) + (before * before * scales[i - 1] * scales[i - 1]) + (after * after * scales[i + 1] * scales[i + 1])
                - (2 * before * left) - (2 * after * right) + (2 * before * after * across);
            squares[i - 1] = off * off / expected;
        }

        return squares;
    }
}
