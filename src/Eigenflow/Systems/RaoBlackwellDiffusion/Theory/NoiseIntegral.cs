using Eigenflow.Numerics.Quadrature;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// Means over clean and noisy samples in the poses of their templates: over the noise, and where there is a spread over the places around the template. On a line and in a plane to many digits, by a shifted lattice in more directions.
/// A lattice of n points sees nothing that is rarer than 1/n: where few points make a value, its error is what n points could have missed.
/// </summary>
internal static class NoiseIntegral
{
    private const int MostOnGrid = 2;
    private const int MostDirections = 2000;
    private const int Look = 256;

    // A second or two.
    private const double MostWork = 1e6;
    private const int FewestPoints = 32;

    // Beyond, what varies faster has a probability of nothing.
    private const double SharpestSignal = 50;
    private const double InnerTolerance = 1e-12, Tolerance = 1e-10;

    // Fewer points than these do not tell the size of an integral; what has a probability of 3/n is missed by n points in one of twenty cases.
    private const double FewPoints = 100, Missed = 3;

    /// <summary>Evaluates several functions of a sample.</summary>
    /// <param name="template">0-based number of its template.</param>
    /// <param name="clean">x₀, d numbers.</param>
    /// <param name="noisy">x, d numbers.</param>
    /// <param name="values">Receives one value per function.</param>
    public delegate void Functions(int template, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, Span<double> values);

    /// <summary>The basis of the noise that matters: all directions where samples have places of their own.</summary>
    public static double[][] BasisOf(DiffusionProblem problem) => problem.Spread > 0 ? NoiseBasis.Whole(problem) : NoiseBasis.Of(problem);

    /// <summary>The means, and estimates of their absolute errors.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="basis">Directions of the noise.</param>
    /// <param name="count">Number of functions.</param>
    /// <param name="readsClean">Whether functions read x₀; where they do not, the spread is noise as well.</param>
    /// <param name="bound">Largest size of a function, which limits what rare points can add; 0 to take the largest value that was seen.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="refinement">How many times more points a lattice has than usual.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="TooLargeException">There are too many directions.</exception>
    public static (double[] Values, double[] Errors) Of(DiffusionProblem problem, double[][] basis, int count, bool readsClean, double bound, Functions functions, int refinement, CancellationToken cancellation)
    {
        var (level, d, places) = (problem.Level, problem.Dimension, problem.Spread > 0 && readsClean);
        var directions = basis.Length * (places ? 2 : 1);
        if (directions > MostDirections)
            throw new TooLargeException($"an integral over {directions} directions of noise", 8.0 * directions * LatticeRule.Points * LatticeRule.Points / Look, 1e9, "choose smaller templates");
        var around = places ? Math.Sqrt(problem.Spread) : 0;
        var noise = places ? level.Sigma : Math.Sqrt((level.Sigma * level.Sigma) + (level.Alpha * level.Alpha * problem.Spread));
        double[] x0 = new double[d], x = new double[d], values = new double[count], errors = new double[count];
        for (var m = 0; m < problem.Templates.Count; m++)
        {
            var (template, weight) = (problem.Templates.Values[m], problem.Templates.Weights[m]);
            if (weight == 0)
                continue;
            var part = directions == 2 && places ? Nested(template, m) : Plain(template, m);
            for (var k = 0; k < count; k++)
                (values[k], errors[k]) = (values[k] + (weight * part.Values[k]), errors[k] + (weight * part.Errors[k]));
        }

        return (values, errors);

        Expectation Plain(double[] template, int m)
        {
            var (seen, rarity) = (0L, new Rarity(count));
            var signal = level.Alpha * Math.Sqrt(Vectors.Dot(template, template)) / level.Sigma;
            var part = GaussianExpectation.Standard(directions, count, Evaluate, 1 / Math.Clamp(signal, 1, SharpestSignal), mostOnGrid: MostOnGrid, latticePoints: refinement * LatticePoints(problem));
            return directions > MostOnGrid && level.Alpha > 0 ? part with { Errors = rarity.Errors(part.Errors, bound) } : part;

            void Evaluate(ReadOnlySpan<double> z, Span<double> at)
            {
                if (++seen % Look == 0)
                    cancellation.ThrowIfCancellationRequested();
                template.CopyTo(x0, 0);
                if (places)
                    Add(basis, z[basis.Length..], around, x0);
                Fill(z[..basis.Length]);
                functions(m, x0, x, at);
                rarity.Add(at);
            }
        }

        // One coordinate with a spread: what a sample tells changes within σ/α of the place zero, which is a kink to the line of places.
        Expectation Nested(double[] template, int m)
        {
            var start = Vectors.Dot(basis[0], template) / around;
            return LineRule.Expect(Places, count, kinks: [-start], tolerance: Tolerance);

            void Places(double place, Span<double> at)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var j = 0; j < d; j++)
                    x0[j] = template[j] + (around * place * basis[0][j]);
                var signal = level.Alpha * Math.Sqrt(Vectors.Dot(x0, x0)) / level.Sigma;
                LineRule.Expect(Noises, count, 1 / Math.Clamp(signal, 1, SharpestSignal), tolerance: InnerTolerance).Values.CopyTo(at);
            }

            void Noises(double z, Span<double> at)
            {
                Fill([z]);
                functions(m, x0, x, at);
            }
        }

        void Fill(ReadOnlySpan<double> z)
        {
            for (var j = 0; j < d; j++)
                x[j] = level.Alpha * x0[j];
            Add(basis, z, noise, x);
        }
    }

    /// <summary>Work of a mean in more directions than a grid has, in the units of that of groups; 0 where there are fewer.</summary>
    /// <param name="problem">The problem.</param>
    public static double WorkOf(DiffusionProblem problem) =>
        problem.IsTorus || problem.Group is CoordinateSigns or GlobalSign || BasisOf(problem).Length <= MostOnGrid ? 0 : (double)LatticePoints(problem) * LatticeRule.Shifts * problem.Group.Work * problem.Templates.Count * (problem.Templates.Count + 1);

    // Points of a shift of the lattice: fewer for groups whose means take long.
    private static int LatticePoints(DiffusionProblem problem) =>
        (int)Math.Clamp(MostWork / (problem.Group.Work * problem.Templates.Count * (problem.Templates.Count + 1)), FewestPoints, LatticeRule.Points);

    private static void Add(double[][] basis, ReadOnlySpan<double> z, double factor, double[] to)
    {
        for (var k = 0; k < basis.Length; k++)
        {
            for (var j = 0; j < to.Length; j++)
                to[j] += factor * z[k] * basis[k][j];
        }
    }

    // How many points make a mean.
    private sealed class Rarity(int count)
    {
        private readonly double[] sums = new double[count], largest = new double[count], squares = new double[count];
        private long points;

        public void Add(ReadOnlySpan<double> values)
        {
            points++;
            for (var k = 0; k < values.Length; k++)
            {
                var size = Math.Abs(values[k]);
                sums[k] += size;
                largest[k] = Math.Max(largest[k], size);
                squares[k] += size * size;
            }
        }

        public double[] Errors(double[] errors, double bound) =>
            [.. errors.Select((error, k) => sums[k] * sums[k] >= FewPoints * squares[k] && squares[k] > 0 ? error : Math.Max(error, Missed / points * (bound > 0 ? bound : largest[k])))];
    }
}
