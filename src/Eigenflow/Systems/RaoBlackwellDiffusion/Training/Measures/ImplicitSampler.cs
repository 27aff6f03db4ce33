using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>Denoises a batch at a level.</summary>
/// <param name="noisy">Noisy samples, d numbers each.</param>
/// <param name="level">Number of the level.</param>
/// <param name="clean">Receives as many numbers.</param>
internal delegate void Denoise(ReadOnlySpan<double> noisy, int level, Span<double> clean);

/// <summary>
/// Deterministic sampling (DDIM without noise; Song, Meng and Ermon, arXiv 2010.02502): from the largest level down, the predicted noise (x − αD)/σ is kept and the denoised sample D is noised with it to the next level; the last D is the sample.
/// </summary>
internal static class ImplicitSampler
{
    /// <summary>Samples from given starts.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="denoise">The denoiser.</param>
    /// <param name="samples">Noisy samples at the largest level; receives the denoised ones.</param>
    /// <param name="last">The level whose denoised samples are the result; 0 goes all the way.</param>
    public static void Run(NoiseLevels levels, Denoise denoise, double[] samples, int last = 0)
    {
        var clean = new double[samples.Length];
        for (var t = levels.Count - 1; t > last; t--)
        {
            denoise(samples, t, clean);
            var (now, next) = (levels[t], levels[t - 1]);
            for (var j = 0; j < samples.Length; j++)
                samples[j] = (next.Alpha * clean[j]) + (next.Sigma * ((samples[j] - (now.Alpha * clean[j])) / now.Sigma));
        }

        denoise(samples, last, clean);
        clean.CopyTo(samples, 0);
    }

    /// <summary>Starts of standard deviation σ of the largest level. The first coordinate is positive in every other one and negative in the rest, so that two modes of opposite sign get half of them each.</summary>
    /// <param name="design">The problem and its levels.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed.</param>
    public static double[] Starts(NetworkDesign design, int count, long seed)
    {
        var dimension = design.Problem.Dimension;
        var starts = new double[count * dimension];
        GaussianGenerator.Fill(new GaussianAddress((ulong)seed, TrainingStreams.Starts, 0, 0), 0, starts);
        for (var at = 0; at < starts.Length; at += dimension)
        {
            starts[at] = at / dimension % 2 == 0 ? Math.Abs(starts[at]) : -Math.Abs(starts[at]);
            if (design.Problem.IsCentred)
                Vectors.Centre(starts.AsSpan(at, dimension), design.Problem.Templates.Columns);
            for (var j = at; j < at + dimension; j++)
                starts[j] *= design.Problem.Level.Sigma;
        }

        return starts;
    }

    /// <summary>The mean over samples of the distance to the nearest pose of a template, per coordinate (root mean square): |x − sign x| for the points ±1.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="samples">Samples, d numbers each.</param>
    public static double Deviation(DiffusionProblem problem, ReadOnlySpan<double> samples)
    {
        var (dimension, sum) = (problem.Dimension, 0.0);
        var orbits = problem.Templates.Values.Select(template => problem.Group.Of(template)).ToArray();
        var nearest = new double[dimension];
        for (var at = 0; at < samples.Length; at += dimension)
        {
            var sample = samples.Slice(at, dimension);
            var smallest = double.PositiveInfinity;
            foreach (var orbit in orbits)
            {
                orbit.Nearest(sample, nearest);
                smallest = Math.Min(smallest, Vectors.SquaredDistance(sample, nearest));
            }

            sum += Math.Sqrt(smallest / dimension);
        }

        return sum / (samples.Length / dimension);
    }

    /// <summary>Whether the law of the data is one of atoms on the line, to which there is a distance.</summary>
    /// <param name="problem">The problem.</param>
    public static bool HasDistance(DiffusionProblem problem) => problem is { Dimension: 1, Spread: 0, IsTorus: false } && problem.Group.DesignSize >= 1;

    /// <summary>W₂ between samples on the line and the law of the data.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="samples">Samples; sorted in place.</param>
    public static double Distance(DiffusionProblem problem, double[] samples)
    {
        var (image, count) = (new double[1], problem.Group.DesignSize);
        var atoms = new (double Place, double Weight)[problem.Templates.Count * count];
        for (var k = 0; k < atoms.Length; k++)
        {
            problem.Group.ApplyDesign(k % count, problem.Templates.Values[k / count], image);
            atoms[k] = (image[0], problem.Templates.Weights[k / count] / count);
        }

        Array.Sort(atoms, (one, other) => one.Place.CompareTo(other.Place));
        return LineTransport.Distance(samples, [.. atoms.Select(atom => atom.Place)], [.. atoms.Select(atom => atom.Weight)]);
    }
}
