using System.Numerics;

namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>The state of a gradient flow at a time.</summary>
/// <param name="Time">t.</param>
/// <param name="Aligned">Σ c_j (1 − E r_j): the part of the power of the target that is aligned with the student (R Σ c of the alignment R).</param>
/// <param name="Signal">Error of the noiseless flow.</param>
/// <param name="Noise">Error that one unit of label variance adds.</param>
public readonly record struct FlowState(double Time, double Aligned, double Signal, double Noise);

/// <summary>
/// Gradient flow ẇ = −(1/P) Xᵀ(Xw − y) − λw from w = 0, averaged over Gaussian data, by inverse Laplace transforms of deterministic equivalents (derived; sheet 3.7).
/// With z = s + λ: the residual of a mode is κ/(s (η + κ)), one contour; the error is the double transform of κκ′/(ss′) · [T(κ) − T(κ′)]/(s′ − s), T = Σ c/(η + κ),
/// because 1 − G = (z′ − z)/(κ′ − κ) and partial fractions remove the sum over modes from pairs of points; the noise is 2Φ(t) − Φ(2t), Φ the transform of (κ(z) − κ(λ) − s)/s².
/// The contour is the parabola s = (c/t)(1 + iu)² with 2 × 24 points: its exponentials stay below e^c, so that rounding is not amplified (about 1e-12 in all).
/// Work per time: 24 points, each a few passes over the nodes, and 1152 pairs; memory O(1).
/// </summary>
public sealed class FlowContour
{
    private const double Height = 3;
    private const double Spacing = 0.16;
    private const int Half = 24;

    private readonly RidgeEquivalent equivalent;
    private readonly double ridge;
    private readonly double kappaAtRidge;

    /// <summary>States a flow.</summary>
    /// <param name="equivalent">Regression without layers.</param>
    /// <param name="ridge">Weight decay λ ≥ 0.</param>
    /// <exception cref="ArgumentException">There are layers of features.</exception>
    public FlowContour(RidgeEquivalent equivalent, double ridge)
    {
        if (equivalent.Layers.Count > 0)
            throw new ArgumentException("Gradient flow is solved for regression on the inputs, without layers of features.", nameof(equivalent));
        (this.equivalent, this.ridge) = (equivalent, ridge);
        kappaAtRidge = equivalent.At(ridge).Kappa;
    }

    /// <summary>The state at a time.</summary>
    /// <param name="time">t ≥ 0.</param>
    public FlowState At(double time)
    {
        var population = equivalent.Population;
        if (time == 0)
            return new FlowState(0, 0, population.Power, 0);
        var points = Points(time);
        var aligned = 0.0;
        for (var k = 0; k < Half; k++)
            aligned += 2 * (points[k].Weight * points[k].Kappa / points[k].Laplace * points[k].Target).Real;
        return new FlowState(time, population.Power - aligned, Math.Max(0, Signal(points)), Math.Max(0, (2 * Memory(points)) - Memory(Points(2 * time))));
    }

    private static double Signal(Point[] points)
    {
        var sum = 0.0;
        for (var k = 0; k < Half; k++)
        {
            var p = points[k];
            var row = p.Weight * p.Kappa / p.Laplace;
            var inner = row * row * p.Pair;
            for (var l = 0; l < Half; l++)
            {
                var q = points[l];
                var column = q.Weight * q.Kappa / q.Laplace;
                if (l != k)
                    inner += row * column * (p.Target - q.Target) / (q.Laplace - p.Laplace);
                inner += row * Complex.Conjugate(column) * (p.Target - Complex.Conjugate(q.Target)) / (Complex.Conjugate(q.Laplace) - p.Laplace);
            }

            sum += 2 * inner.Real;
        }

        return sum;
    }

    // Φ, up to what cancels in 2Φ(t) − Φ(2t).
    private double Memory(Point[] points)
    {
        var sum = 0.0;
        foreach (var point in points)
            sum += 2 * (point.Weight * (point.Kappa - kappaAtRidge - point.Laplace) / (point.Laplace * point.Laplace)).Real;
        return sum;
    }

    private Point[] Points(double time)
    {
        var points = new Point[Half];
        var scale = Height / time;
        var path = new ComplexRidge(equivalent, scale + ridge);
        for (var k = 0; k < Half; k++)
        {
            var ray = new Complex(1, (k + 0.5) * Spacing);
            var laplace = scale * ray * ray;
            path.MoveTo(laplace + ridge);
            var (_, spread, target, slope) = equivalent.Population.At(path.Kappa);

            // dz/dκ = 1 − n₂/P = z/κ + (n₁ − n₂)/P.
            var stiffness = (path.Ridge / path.Kappa) + (spread / equivalent.Samples);
            points[k] = new Point(laplace, Spacing / Math.PI * scale * ray * Complex.Exp(laplace * time), path.Kappa, target, slope / stiffness);
        }

        return points;
    }

    // A point of the contour: s, its weight, κ, T(κ), and [T(κ) − T(κ′)]/(s′ − s) for κ′ → κ.
    private readonly record struct Point(Complex Laplace, Complex Weight, Complex Kappa, Complex Target, Complex Pair);
}
