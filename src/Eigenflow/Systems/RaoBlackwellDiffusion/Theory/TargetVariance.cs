using Eigenflow.Numerics.Quadrature;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// The exact parts of the variance of targets at a noise level. By invariance clean samples may stand as their templates do: an integral over the noise alone, on a line or in a plane to ten digits, by a shifted lattice in more directions.
/// On the torus targets are scores.
/// </summary>
/// <param name="Clean">E‖t‖² of the augmented target, E‖x₀‖².</param>
/// <param name="Orbit">E tr Cov(x₀|x, orbit) = E‖x₀ − φ*‖²: what orbit averaging removes.</param>
/// <param name="Full">E‖x₀ − E[x₀|x]‖².</param>
/// <param name="Between">E‖φ* − E[x₀|x]‖²: what it leaves.</param>
/// <param name="OrbitSquare">E‖φ*‖².</param>
/// <param name="FullSquare">E‖E[x₀|x]‖².</param>
/// <param name="Error">Largest estimated error of the parts, relative to <paramref name="Clean"/>.</param>
internal sealed record TargetVariance(double Clean, double Orbit, double Full, double Between, double OrbitSquare, double FullSquare, double Error)
{
    private const int Parts = 6;
    private const int MostOnGrid = 2;
    private const int MostDirections = 2000;
    private const int Look = 256;

    // A second or two.
    private const double MostWork = 1e6;
    private const int FewestPoints = 32;

    // Beyond, what varies faster has a probability of nothing.
    private const double SharpestSignal = 50;

    /// <summary>The parts of a problem at its noise level.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static TargetVariance Of(DiffusionProblem problem, CancellationToken cancellation)
    {
        var level = problem.Level;
        var d = problem.Dimension;
        var basis = problem.Spread > 0 ? NoiseBasis.Whole(problem) : NoiseBasis.Of(problem);
        var directions = basis.Length * (problem.Spread > 0 ? 2 : 1);
        if (directions > MostDirections)
            throw new TooLargeException($"an integral over {directions} directions of noise", 8.0 * directions * LatticeRule.Points * LatticeRule.Points / Look, 1e9, "choose smaller templates");
        var (clean, orbit, full) = (TargetEstimator.Of(problem, EstimatorKind.Plain), TargetEstimator.Of(problem, EstimatorKind.Orbit), TargetEstimator.Of(problem, EstimatorKind.Full));
        double[] x0 = new double[d], x = new double[d], first = new double[d], second = new double[d], third = new double[d], sums = new double[Parts], errors = new double[Parts];
        for (var m = 0; m < problem.Templates.Count; m++)
        {
            var (template, weight, count) = (problem.Templates.Values[m], problem.Templates.Weights[m], 0);
            if (weight == 0)
                continue;
            var signal = level.Alpha * Math.Sqrt(Vectors.Dot(template, template)) / level.Sigma;
            var part = GaussianExpectation.Standard(directions, Parts, Evaluate, 1 / Math.Clamp(signal, 1, SharpestSignal), mostOnGrid: MostOnGrid, latticePoints: LatticePoints(problem));
            for (var k = 0; k < Parts; k++)
                (sums[k], errors[k]) = (sums[k] + (weight * part.Values[k]), errors[k] + (weight * part.Errors[k]));

            void Evaluate(ReadOnlySpan<double> z, Span<double> values)
            {
                if (++count % Look == 0)
                    cancellation.ThrowIfCancellationRequested();
                Place(problem, level, basis, template, z, x0, x);
                clean.Target(level, m, x0, x, [], first);
                orbit.Target(level, m, x0, x, [], second);
                if (problem.HasOneOrbit)
                    second.CopyTo(third, 0);
                else
                    full.Target(level, m, x0, x, [], third);
                values[0] = Vectors.Dot(first, first);
                values[1] = Vectors.SquaredDistance(first, second);
                values[2] = Vectors.SquaredDistance(first, third);
                values[3] = Vectors.SquaredDistance(second, third);
                values[4] = Vectors.Dot(second, second);
                values[5] = Vectors.Dot(third, third);
            }
        }

        return new TargetVariance(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], errors.Max() / sums[0]);
    }

    /// <summary>Points of a shift of the lattice: fewer for groups whose means take long.</summary>
    public static int LatticePoints(DiffusionProblem problem) =>
        (int)Math.Clamp(MostWork / (problem.Group.Work * problem.Templates.Count * (problem.Templates.Count + 1)), FewestPoints, LatticeRule.Points);

    /// <summary>A clean and a noisy sample in the pose of a template from normal numbers along a basis: those of the noise, then those around the template.</summary>
    public static void Place(DiffusionProblem problem, in NoiseLevel level, double[][] basis, double[] template, ReadOnlySpan<double> z, double[] clean, double[] noisy)
    {
        template.CopyTo(clean, 0);
        if (problem.Spread > 0)
            Add(basis, z[basis.Length..], Math.Sqrt(problem.Spread), clean);
        for (var j = 0; j < clean.Length; j++)
            noisy[j] = level.Alpha * clean[j];
        Add(basis, z[..basis.Length], level.Sigma, noisy);
    }

    private static void Add(double[][] basis, ReadOnlySpan<double> z, double factor, double[] to)
    {
        for (var k = 0; k < basis.Length; k++)
        {
            for (var j = 0; j < to.Length; j++)
                to[j] += factor * z[k] * basis[k][j];
        }
    }
}
