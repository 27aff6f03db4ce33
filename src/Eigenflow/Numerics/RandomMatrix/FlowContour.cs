using System.Numerics;

namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>The state of a gradient flow at a time.</summary>
/// <param name="Time">t.</param>
/// <param name="Aligned">Σ c_j (1 − E r_j): the part of the power of the target that is aligned with the student (R Σ c of the alignment R).</param>
/// <param name="Signal">Error of the noiseless flow.</param>
/// <param name="Noise">Error that one unit of label variance adds.</param>
public readonly record struct FlowState(double Time, double Aligned, double Signal, double Noise);

/// <summary>
/// Gradient flow ẇ = −(1/P) Xᵀ(Xw − y) − λw from w = 0, averaged over Gaussian data, by inverse Laplace transforms of deterministic equivalents (derived).
/// With z = s + λ: the residual of a mode is κ/(s (η + κ)), one contour; the error is the double transform of κκ′/(ss′) · [T(κ) − T(κ′)]/(s′ − s), T = Σ c/(η + κ),
/// because 1 − G = (z′ − z)/(κ′ − κ) and partial fractions remove the sum over modes from pairs of points; the noise is 2Φ(t) − Φ(2t), Φ the transform of (κ(z) − κ(λ) − s)/s².
/// The contour is that of <see cref="LaplaceContour"/>, with 2 × 24 points (about 1e-12 in all).
/// Work per time: 24 points, each a few passes over the nodes, and 1152 pairs; memory O(1).
/// </summary>
public sealed class FlowContour
{
    // e^(−45) and less is below rounding, as is what a time of this part of the shortest one moves.
    private const double Relaxations = 45;
    private const double Unmoved = 1e-18;

    private readonly RidgeEquivalent equivalent;
    private readonly double ridge;
    private readonly RenormalizedRidge end;
    private readonly double slowest;
    private readonly double fastest;

    /// <summary>States a flow.</summary>
    /// <param name="equivalent">Regression without layers.</param>
    /// <param name="ridge">Weight decay λ ≥ 0.</param>
    /// <exception cref="ArgumentException">There are layers of features.</exception>
    public FlowContour(RidgeEquivalent equivalent, double ridge)
    {
        if (equivalent.Layers.Count > 0)
            throw new ArgumentException("Gradient flow is solved for regression on the inputs, without layers of features.", nameof(equivalent));
        (this.equivalent, this.ridge) = (equivalent, ridge);
        end = equivalent.At(ridge);
        var population = equivalent.Population;
        slowest = ridge + Lowest(population, equivalent.Samples);
        fastest = ridge + (2 * (population.Largest + ((population.Trace + population.Additive) / equivalent.Samples)));
    }

    /// <summary>The state at a time.</summary>
    /// <param name="time">t ≥ 0.</param>
    public FlowState At(double time)
    {
        var population = equivalent.Population;
        if (time * fastest < Unmoved)
            return new FlowState(time, 0, population.Power, 0);
        if (time * slowest > Relaxations)
        {
            var (signal, both) = (end.Risk(0).Error, end.Risk(1));
            return new FlowState(time, population.Power - (end.Kappa * end.Resolution.Target), signal, both.Labels + both.LabelsAndFeatures);
        }

        var points = Points(time);
        var aligned = 0.0;
        for (var k = 0; k < points.Length; k++)
            aligned += 2 * (points[k].Weight * points[k].Ratio * points[k].Target).Real;
        return new FlowState(time, population.Power - aligned, Math.Max(0, Signal(points)), Math.Max(0, (2 * Memory(points)) - Memory(Points(2 * time))));
    }

    private static double Signal(Point[] points)
    {
        var sum = 0.0;
        for (var k = 0; k < points.Length; k++)
        {
            var p = points[k];
            var row = p.Weight * p.Ratio;
            var inner = row * row * p.Pair;
            for (var l = 0; l < points.Length; l++)
            {
                var q = points[l];
                var column = q.Weight * q.Ratio;
                if (l != k)
                    inner += row * column * (p.Target - q.Target) / (q.Laplace - p.Laplace);
                inner += row * Complex.Conjugate(column) * (p.Target - Complex.Conjugate(q.Target)) / (Complex.Conjugate(q.Laplace) - p.Laplace);
            }

            sum += 2 * inner.Real;
        }

        return sum;
    }

    // The lowest eigenvalue above zero of the sample covariance, or less than it: with more samples than modes (1 − √(D/P))² times that of the population, else the extreme of −z where n₂ = P.
    private static double Lowest(Population population, double samples)
    {
        if (population.Limit <= samples)
            return population.Smallest * Math.Pow(1 - Math.Sqrt(population.Limit / samples), 2);
        var edge = IncreasingRoot.Find(population.Trace / samples, kappa => (-Math.Log(population.At(kappa).Second / samples), 0));
        return edge > 0 ? edge * ((population.At(edge).Learned / samples) - 1) : population.Additive / samples;
    }

    // Φ, up to what cancels in 2Φ(t) − Φ(2t).
    private static double Memory(Point[] points)
    {
        var sum = 0.0;
        foreach (var point in points)
            sum += 2 * (point.Weight / point.Laplace * (point.Moved - 1)).Real;
        return sum;
    }

    private Point[] Points(double time)
    {
        var points = new Point[LaplaceContour.Points.Count];
        var scale = LaplaceContour.Height / time;
        var path = new ComplexRidge(equivalent, scale + ridge);
        for (var k = 0; k < points.Length; k++)
        {
            var (unit, weight) = LaplaceContour.Points[k];
            var laplace = scale * unit;
            path.MoveTo(laplace + ridge);
            var (_, _, spread, target, slope) = equivalent.Population.At(path.Kappa);

            // dz/dκ = 1 − n₂/P = z/κ + (n₁ − n₂)/P.
            var stiffness = (path.Ridge / path.Kappa) + (spread / equivalent.Samples);
            points[k] = new Point(
                unit, weight, path.Kappa / laplace, (path.Kappa - end.Kappa) / laplace, scale * target, scale * slope / stiffness * scale);
        }

        return points;
    }

    // A point of the contour in units of c/t, so that nothing leaves the range of numbers: s, its weight, κ/s, [κ − κ(λ)]/s, T(κ), and [T(κ) − T(κ′)]/(s′ − s) for κ′ → κ.
    private readonly record struct Point(Complex Laplace, Complex Weight, Complex Ratio, Complex Moved, Complex Target, Complex Pair);
}
