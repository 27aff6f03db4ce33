using MathNet.Numerics.Distributions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Draws clean and noisy samples from standard normal numbers: the template, the pose, the place around the template, the noise. Not for several threads.</summary>
internal sealed class PairSampler
{
    private readonly DiffusionProblem problem;
    private readonly bool isSymmetrised;
    private readonly double[] place;
    private readonly int spreadAt, noiseAt;

    /// <param name="problem">The problem.</param>
    /// <param name="isSymmetrised">Whether clean samples stand in random poses.</param>
    public PairSampler(DiffusionProblem problem, bool isSymmetrised)
    {
        this.problem = problem;
        this.isSymmetrised = isSymmetrised;
        place = new double[problem.Dimension];
        spreadAt = 1 + (isSymmetrised ? problem.Group.Normals : 0);
        noiseAt = spreadAt + (problem.Spread > 0 ? problem.Dimension : 0);
        Normals = noiseAt + problem.Dimension;
    }

    /// <summary>Normal numbers of a sample.</summary>
    public int Normals { get; }

    /// <summary>Draws a sample.</summary>
    /// <param name="level">The noise level.</param>
    /// <param name="normals"><see cref="Normals"/> independent standard normal numbers; those of the noise may be centred in place.</param>
    /// <param name="clean">Receives x₀.</param>
    /// <param name="noisy">Receives x.</param>
    /// <returns>0-based number of the template.</returns>
    public int Draw(in NoiseLevel level, Span<double> normals, Span<double> clean, Span<double> noisy)
    {
        var template = Choose(normals[0]);
        problem.Templates.Values[template].CopyTo(place, 0);
        if (problem.Spread > 0)
        {
            var around = normals.Slice(spreadAt, place.Length);
            if (problem.IsCentred)
                Vectors.Centre(around, problem.Templates.Columns);
            var deviation = Math.Sqrt(problem.Spread);
            for (var j = 0; j < place.Length; j++)
                place[j] += deviation * around[j];
        }

        if (isSymmetrised)
            problem.Group.Apply(normals[1..], place, clean);
        else
            place.CopyTo(clean);
        AddNoise(level, normals[noiseAt..], clean, noisy);
        return template;
    }

    /// <summary>x = α x₀ + σ z, modulo 1 on the torus.</summary>
    /// <param name="level">The noise level.</param>
    /// <param name="noise">z; may be centred in place.</param>
    /// <param name="clean">x₀.</param>
    /// <param name="noisy">Receives x.</param>
    public void AddNoise(in NoiseLevel level, Span<double> noise, ReadOnlySpan<double> clean, Span<double> noisy)
    {
        if (problem.IsCentred)
            Vectors.Centre(noise[..clean.Length], problem.Templates.Columns);
        for (var j = 0; j < clean.Length; j++)
            noisy[j] = (level.Alpha * clean[j]) + (level.Sigma * noise[j]);
        for (var j = 0; problem.IsTorus && j < clean.Length; j++)
            noisy[j] = TorusTranslations.Fraction(noisy[j]);
    }

    private int Choose(double normal)
    {
        var weights = problem.Templates.Weights;
        if (weights.Count == 1)
            return 0;
        var left = Normal.CDF(0, 1, normal);
        for (var m = 0; m + 1 < weights.Count; m++)
        {
            if ((left -= weights[m]) < 0)
                return m;
        }

        return weights.Count - 1;
    }
}
