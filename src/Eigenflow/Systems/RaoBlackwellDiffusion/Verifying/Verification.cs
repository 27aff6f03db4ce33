using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The statements about orbit targets (arXiv 2502.09890; zero noise and unbiased sampling: derived), each tested on random samples of a problem. Exact ones are tested to rounding, means over draws to four standard errors.</summary>
internal sealed class Verification
{
    private const int Stream = 2;
    private const int ExactDraws = 16;
    private const double Rounding = 1e-8;
    private const double StandardErrors = 4;

    // Numbers of a draw: seven that are tested, and sizes to compare them with.
    private const int Augmented = 7, Halfway = 8, Averaged = 9, Removed = 10, Left = 11, MeanCount = 12;
    private const int Look = 64;

    private readonly DiffusionProblem problem;
    private readonly NoiseLevel level;
    private readonly int draws;
    private readonly ulong seed;
    private readonly double scale;
    private readonly PairSampler pairs;
    private readonly TargetEstimator orbit, full, estimator, plain;
    private readonly double[] clean, noisy, element, first, second, third, normals;

    /// <param name="problem">The problem.</param>
    /// <param name="draws">Random samples of means.</param>
    /// <param name="seed">Seed.</param>
    public Verification(DiffusionProblem problem, int draws, long seed)
    {
        (this.problem, this.draws, this.seed) = (problem, draws, (ulong)seed);
        level = problem.Level;
        pairs = new PairSampler(problem, true);
        (orbit, full, estimator, plain) = (TargetEstimator.Of(problem, EstimatorKind.Orbit), TargetEstimator.Of(problem, EstimatorKind.Full), TargetEstimator.Of(problem), TargetEstimator.Of(problem, EstimatorKind.Augmented));
        var d = problem.Dimension;
        (clean, noisy, first, second, third) = (new double[d], new double[d], new double[d], new double[d], new double[d]);
        element = new double[problem.Group.Normals];
        normals = new double[pairs.Normals + estimator.Normals];
        scale = problem.IsTorus ? 1 / level.Sigma : Math.Sqrt(problem.MeanSquare);
    }

    /// <summary>Tests all statements, in the order of <see cref="VerifiedStatements"/>; those that are trivial for the problem too.</summary>
    /// <param name="cancellation">Ends the work.</param>
    public TestedStatement[] Test(CancellationToken cancellation)
    {
        var parts = TargetVariance.Of(problem, cancellation);
        TestedStatement[] exact = Exact(cancellation);
        var means = Means(cancellation);
        double Geometric(double one, double other) => Math.Sqrt(Math.Max(0, one) * Math.Max(0, other));
        var (augmented, halfway, mean) = (means.Mean(Augmented), means.Mean(Halfway), means.Mean(Averaged));
        return
        [
            .. exact,

            // Where nearly all or nearly nothing is removed, the small part is what a wrong target would change.
            means.Test(0, 0, parts.OrbitSquare, Geometric(parts.Clean, parts.OrbitSquare)),
            means.Test(1, 0, parts.FullSquare, Geometric(parts.Clean, parts.FullSquare)),
            means.Test(2, 0, Math.Min(means.Mean(Removed), halfway), Geometric(augmented, halfway)),
            means.Test(3, 0, Math.Min(means.Mean(Left), mean), Geometric(halfway, mean)),
            means.Test(4, parts.Orbit, parts.Orbit, parts.Clean, parts.Error * parts.Clean),
            means.Test(5, parts.Between, parts.Between, parts.Clean, parts.Error * parts.Clean),
            TestedStatement.Of(parts.Full - parts.Orbit - parts.Between, Math.Max(Rounding, StandardErrors * parts.Error) * parts.Clean, parts.Full),
            means.Test(6, 0, parts.OrbitSquare, Geometric(parts.Clean, parts.OrbitSquare)),
        ];
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(Vectors.SquaredDistance(one, other));

    private void Draw(long number)
    {
        GaussianGenerator.Fill(new GaussianAddress(seed, Stream, 0, number), 0, normals);
        var template = pairs.Draw(level, normals, clean, noisy);
        plain.Target(level, template, clean, noisy, [], first);
        orbit.Target(level, template, clean, noisy, [], second);
        full.Target(level, template, clean, noisy, [], third);
        Template = template;
    }

    private int Template { get; set; }

    private TestedStatement[] Exact(CancellationToken cancellation)
    {
        var (largest, square, loss) = (new double[4], 0.0, 0.0);
        for (var k = 0; k < ExactDraws; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            Draw(k);
            square += Vectors.Dot(second, second) / ExactDraws / (scale * scale);
            loss += Vectors.SquaredDistance(first, third) / ExactDraws / (scale * scale);
            GaussianGenerator.Fill(new GaussianAddress(seed, Stream, 1, k), 0, element);
            double[] found = [KernelDeviation(), EquivarianceDeviation(), InvarianceDeviation(), PosedDeviation()];
            for (var i = 0; i < largest.Length; i++)
                largest[i] = Math.Max(largest[i], double.IsNaN(found[i]) ? double.MaxValue : found[i]);
        }

        double[] scales = [1, Math.Sqrt(square), Math.Sqrt(square), loss];
        return [.. largest.Select((deviation, k) => TestedStatement.Of(deviation, Rounding, scales[k]))];
    }

    private VerifiedMeans Means(CancellationToken cancellation)
    {
        var (means, target) = (new VerifiedMeans(draws, MeanCount), new double[noisy.Length]);
        for (var k = 0; k < draws; k++)
        {
            if (k % Look == 0)
                cancellation.ThrowIfCancellationRequested();
            Draw(k);
            estimator.Target(level, Template, clean, noisy, normals.AsSpan(pairs.Normals), target);
            var row = means.Next();
            (row[Augmented], row[Halfway], row[Averaged]) = (Along(first), Along(second), Along(third));
            (row[Removed], row[Left]) = (Between(first, second), Between(second, third));
            row[0] = Vectors.Dot(first, second) - Vectors.Dot(second, second);
            row[1] = Vectors.Dot(first, third) - Vectors.Dot(third, third);
            row[2] = row[Augmented] - row[Halfway] - row[Removed];
            row[3] = row[Halfway] - row[Averaged] - row[Left];
            row[4] = LossGap();
            row[5] = Vectors.SquaredDistance(second, third);
            row[6] = Vectors.Dot(target, second) - Vectors.Dot(second, second);
        }

        return means;
    }

    private double KernelDeviation()
    {
        double[] movedClean = new double[clean.Length], movedNoisy = new double[clean.Length];
        problem.Group.Apply(element, clean, movedClean);
        problem.Group.Apply(element, noisy, movedNoisy);
        return Math.Abs(LogKernel(clean, noisy) - LogKernel(movedClean, movedNoisy)) / Math.Max(1, Math.Abs(LogKernel(clean, noisy)));
    }

    private double LogKernel(double[] x0, double[] x)
    {
        if (problem.IsTorus)
            return TorusScore.Conditional(level, x0, x, new double[x0.Length]);
        var square = 0.0;
        for (var j = 0; j < x.Length; j++)
            square += Math.Pow((x[j] - (level.Alpha * x0[j])) / level.Sigma, 2);
        return -0.5 * square;
    }

    // A score does not turn with a translation.
    private double EquivarianceDeviation()
    {
        double[] moved = new double[noisy.Length], expected = new double[noisy.Length], found = new double[noisy.Length];
        problem.Group.Apply(element, noisy, moved);
        if (problem.IsTorus)
            second.CopyTo(expected, 0);
        else
            problem.Group.Apply(element, second, expected);
        orbit.Target(level, Template, clean, moved, [], found);
        return Distance(found, expected) / scale;
    }

    private double InvarianceDeviation()
    {
        double[] moved = new double[noisy.Length], found = new double[noisy.Length];
        double[][] templates = [.. problem.Templates.Values];
        templates[Template] = new double[noisy.Length];
        problem.Group.Apply(element, problem.Templates.Values[Template], templates[Template]);
        problem.Group.Apply(element, clean, moved);
        TargetEstimator.Of(problem with { Templates = problem.Templates with { Values = templates } }, EstimatorKind.Orbit).Target(level, Template, moved, noisy, [], found);
        return Distance(found, second) / scale;
    }

    private double PosedDeviation()
    {
        double[] movedClean = new double[clean.Length], movedNoisy = new double[clean.Length], target = new double[clean.Length], posterior = new double[clean.Length];
        problem.Group.Apply(element, clean, movedClean);
        problem.Group.Apply(element, noisy, movedNoisy);
        full.Target(level, Template, movedClean, movedNoisy, [], posterior);
        plain.Target(level, Template, movedClean, movedNoisy, [], target);
        return Math.Abs(Vectors.SquaredDistance(posterior, target) - Vectors.SquaredDistance(third, first)) / (scale * scale);
    }

    // Squared gradients of a linear denoiser at zero, summed over all directions of its matrix: that of a target t is 4‖t‖²‖x‖²; means are equal, so that differences of squares are those of variances.
    private double Along(double[] target) => 4 * Vectors.Dot(target, target) * Vectors.Dot(noisy, noisy) / Unit;

    private double Between(double[] target, double[] mean) => 4 * Vectors.SquaredDistance(target, mean) * Vectors.Dot(noisy, noisy) / Unit;

    private double Unit => problem.IsTorus ? 1 : Math.Max(double.Epsilon, (level.Alpha * level.Alpha * problem.MeanSquare) + (level.Sigma * level.Sigma * problem.Dimension));

    private double LossGap()
    {
        var (difference, factor) = (0.0, 0.5 * (problem.IsTorus ? scale : 1 / Math.Max(level.Alpha, level.Sigma / scale)));
        for (var j = 0; j < noisy.Length; j++)
        {
            // A permuted and signed copy of x: a denoiser that is neither equivariant nor good.
            var output = factor * noisy[noisy.Length - 1 - j] * (j % 2 == 0 ? 1 : -1);
            difference += Math.Pow(output - first[j], 2) - Math.Pow(output - second[j], 2);
        }

        return difference;
    }
}
