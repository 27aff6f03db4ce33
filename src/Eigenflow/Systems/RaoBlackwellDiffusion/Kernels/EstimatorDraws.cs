using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A mean over draws with its standard error.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Error">Its standard error.</param>
internal readonly record struct DrawnMean(double Mean, double Error)
{
    /// <summary>The mean of draws.</summary>
    /// <param name="values">At least two.</param>
    public static DrawnMean Of(double[] values)
    {
        var (mean, squares, count) = (0.0, 0.0, values.Length);
        foreach (var value in values)
            mean += value / count;
        foreach (var value in values)
            squares += Math.Pow(value - mean, 2);
        return new(mean, Math.Sqrt(squares / (count - 1) / count));
    }
}

/// <summary>
/// Measures an estimator against the exact orbit target t* on random samples: its error E‖t − t*‖², its bias E⟨t − t*, t*⟩/E‖t*‖² (zero for whatever is unbiased given x), its square and its effective number of candidates.
/// In blocks of fixed size, so that threads do not change a bit.
/// </summary>
/// <param name="Error">E‖t − t*‖².</param>
/// <param name="Bias">E⟨t − t*, t*⟩/E‖t*‖².</param>
/// <param name="Square">E‖t‖².</param>
/// <param name="Effective">Effective number of candidates.</param>
internal sealed record EstimatorDraws(DrawnMean Error, DrawnMean Bias, DrawnMean Square, DrawnMean Effective)
{
    private const int Stream = 1;
    private const int Block = 32;
    private const int Parts = 5;

    /// <summary>Draws.</summary>
    /// <param name="problem">The problem with its estimator and noise level.</param>
    /// <param name="count">Number of draws, ≥ 2.</param>
    /// <param name="seed">Seed; every problem sees the same random numbers.</param>
    /// <param name="threads">Threads; 0 for all.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static EstimatorDraws Of(DiffusionProblem problem, int count, long seed, int threads, CancellationToken cancellation)
    {
        var rows = new double[count * Parts];
        Parallel.For(0, (count + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellation }, () => new Bench(problem), (block, _, bench) =>
        {
            for (var draw = block * Block; draw < Math.Min(count, (block + 1) * Block); draw++)
                bench.Measure(new GaussianAddress((ulong)seed, Stream, 0, draw), rows.AsSpan(draw * Parts, Parts));
            return bench;
        }, _ => { });
        DrawnMean[] means = [.. Enumerable.Range(0, Parts).Select(k => DrawnMean.Of([.. Enumerable.Range(0, count).Select(draw => rows[(draw * Parts) + k])]))];

        // A ratio of means: its error is that of the numerators less the ratio times the denominators.
        var ratio = means[4].Mean > 0 ? means[1].Mean / means[4].Mean : 0;
        var departure = 0.0;
        for (var draw = 0; draw < count; draw++)
            departure += Math.Pow(rows[(draw * Parts) + 1] - (ratio * rows[(draw * Parts) + 4]), 2);
        return new EstimatorDraws(means[0], new DrawnMean(ratio, means[4].Mean > 0 ? Math.Sqrt(departure / (count - 1) / count) / means[4].Mean : 0), means[2], means[3]);
    }

    // The memory of a thread.
    private sealed class Bench
    {
        private readonly NoiseLevel level;
        private readonly PairSampler pairs;
        private readonly TargetEstimator estimator, exact;
        private readonly double[] normals, clean, noisy, target, reference;

        public Bench(DiffusionProblem problem)
        {
            level = problem.Level;
            pairs = new PairSampler(problem, problem.Estimator != EstimatorKind.Plain);
            (estimator, exact) = (TargetEstimator.Of(problem), TargetEstimator.Of(problem, EstimatorKind.Orbit));
            normals = new double[pairs.Normals + estimator.Normals];
            (clean, noisy, target, reference) = (new double[problem.Dimension], new double[problem.Dimension], new double[problem.Dimension], new double[problem.Dimension]);
        }

        public void Measure(GaussianAddress address, Span<double> row)
        {
            GaussianGenerator.Fill(address, 0, normals);
            var template = pairs.Draw(level, normals, clean, noisy);
            estimator.Target(level, template, clean, noisy, normals.AsSpan(pairs.Normals), target);
            exact.Target(level, template, clean, noisy, [], reference);
            row[0] = Vectors.SquaredDistance(target, reference);
            row[4] = Vectors.Dot(reference, reference);
            row[1] = Vectors.Dot(target, reference) - row[4];
            row[2] = Vectors.Dot(target, target);
            row[3] = estimator.EffectiveSize;
        }
    }
}
