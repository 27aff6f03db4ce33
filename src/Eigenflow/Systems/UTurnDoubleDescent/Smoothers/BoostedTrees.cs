using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// Gradient boosting of the squared loss from f_0 = 0: tree k is fitted to y − S_{k−1} y and S_k = S_{k−1} + η T_k (I − S_{k−1}), whose rows sum to 1 − (1 − η)^k. A stage per number of rounds.
/// A tree keeps the mean over each leaf of the rows of I − S_{k−1}. Columns of S do not meet, so that they are made in strips: work O(n²) per round, memory 8 n per leaf and round and a strip of n × 128 numbers per thread.
/// </summary>
internal sealed class BoostedTrees : Smoother
{
    private const int Strip = 128;

    private readonly LabelledSample sample;
    private readonly IReadOnlyList<int> stages;
    private readonly List<(RegressionTree Tree, double[] Means)> rounds = [];
    private readonly List<double> trainErrors = [];
    private double[][][]? rows;

    /// <param name="sample">The training points.</param>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="stages">Numbers of rounds, ascending, each ≥ 1.</param>
    /// <param name="options">What the tree of a 0-based round may do.</param>
    /// <param name="threads">Threads for the rows.</param>
    /// <param name="cancellation">Ends the fit.</param>
    /// <exception cref="ParameterException">η is not between 0 and 2.</exception>
    /// <exception cref="TooLargeException">The rows of the leaves do not fit in memory.</exception>
    public BoostedTrees(LabelledSample sample, double rate, IReadOnlyList<int> stages, Func<int, TreeOptions> options, int threads = 1, CancellationToken cancellation = default)
        : this(sample, rate, stages)
    {
        Grow(stages[^1], options, _ => true, cancellation);
        Distribute(threads, cancellation);
    }

    private BoostedTrees(LabelledSample sample, double rate, IReadOnlyList<int> stages)
    {
        if (!(rate > 0 && rate < 2))
            throw new ParameterException("learning-rate", rate, "a number > 0 and < 2", "boosting diverges for learning rates >= 2; at most 1 is recommended");
        (this.sample, this.stages, Rate) = (sample, stages, rate);
    }

    public override int Samples => sample.Rows;

    public override int Stages => stages.Count;

    /// <summary>Learning rate η.</summary>
    public double Rate { get; }

    /// <summary>Whether rows are divided by their sum, which is below one. Means of several divide once, after the sum.</summary>
    public bool IsNormalised { get; init; }

    /// <summary>The sum of a row, 1 − (1 − η)^k.</summary>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="rounds">Rounds k.</param>
    public static double RowSum(double rate, int rounds) => 1 - Math.Pow(1 - rate, rounds);

    /// <summary>The first number of rounds at which the squared training error, summed over outputs, is below a part of the variance of the labels; null where none is.</summary>
    /// <param name="sample">The training points.</param>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="most">Most rounds.</param>
    /// <param name="part">The part.</param>
    /// <param name="options">What the tree of a 0-based round may do.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static int? RoundsTo(LabelledSample sample, double rate, int most, double part, Func<int, TreeOptions> options, CancellationToken cancellation)
    {
        var search = new BoostedTrees(sample, rate, [most]);
        bool GoesOn(double error) => error > part * sample.LabelVariance;
        search.Grow(most, options, GoesOn, cancellation);
        return GoesOn(search.trainErrors[^1]) ? null : search.rounds.Count;
    }

    public override double LeavesOf(int stage) => rounds.Take(stages[stage]).Average(round => round.Tree.Leaves.Count);

    public override void Visit(LabelledSample points, int first, int count, double[] rows, double[] predictions, StageVisitor visit)
    {
        var (n, outputs) = (sample.Rows, sample.Outputs);
        for (int round = 0, stage = 0; stage < stages.Count; round++)
        {
            var (tree, means) = rounds[round];
            for (var row = 0; row < count; row++)
            {
                var leaf = tree.LeafOf(points.Input(first + row));
                ScaledSum.Add(Rate, this.rows![round][leaf], rows.AsSpan(row * n, n));
                for (var k = 0; k < outputs; k++)
                    predictions[(row * outputs) + k] += Rate * means[(leaf * outputs) + k];
            }

            if (round + 1 == stages[stage])
                visit(stage++, IsNormalised ? 1 / RowSum(Rate, round + 1) : 1);
        }
    }

    private void Grow(int count, Func<int, TreeOptions> options, Func<double, bool> goesOn, CancellationToken cancellation)
    {
        var outputs = sample.Outputs;
        double[] residuals = [.. sample.Labels];
        for (var round = 0; round < count; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var tree = RegressionTree.Grow(sample, residuals, null, options(round));
            var means = tree.Means(residuals, outputs);
            for (var leaf = 0; leaf < tree.Leaves.Count; leaf++)
            {
                foreach (var i in tree.Leaves[leaf])
                {
                    for (var k = 0; k < outputs; k++)
                        residuals[(i * outputs) + k] -= Rate * means[(leaf * outputs) + k];
                }
            }

            rounds.Add((tree, means));
            trainErrors.Add(residuals.Sum(value => value * value) / sample.Rows);
            if (!goesOn(trainErrors[^1]))
                return;
        }
    }

    private void Distribute(int threads, CancellationToken cancellation)
    {
        var n = sample.Rows;
        Memory.Check($"boosting with {rounds.Count} rounds on {n} samples", rounds.Sum(round => (double)round.Tree.Leaves.Count) * n, "lower rounds, leaves or samples");
        var all = rounds.Select(round => round.Tree.Leaves.Select(_ => new double[n]).ToArray()).ToArray();
        Parallel.For(0, (n + Strip - 1) / Strip, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, strip =>
        {
            var first = strip * Strip;
            var width = Math.Min(Strip, n - first);
            var remainder = new double[n * width];
            for (var column = 0; column < width; column++)
                remainder[((first + column) * width) + column] = 1;
            for (var round = 0; round < rounds.Count; round++)
            {
                var leaves = rounds[round].Tree.Leaves;
                for (var leaf = 0; leaf < leaves.Count; leaf++)
                {
                    var mean = all[round][leaf].AsSpan(first, width);
                    foreach (var i in leaves[leaf])
                        ScaledSum.Add(1.0 / leaves[leaf].Length, remainder.AsSpan(i * width, width), mean);
                    foreach (var i in leaves[leaf])
                        ScaledSum.Add(-Rate, mean, remainder.AsSpan(i * width, width));
                }
            }
        });
        rows = all;
    }
}
