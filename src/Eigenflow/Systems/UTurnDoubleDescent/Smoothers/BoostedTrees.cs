namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// Gradient boosting of the squared loss from f_0 = 0: tree k is fitted to y − S_{k−1} y and S_k = S_{k−1} + η T_k (I − S_{k−1}), whose rows sum to 1 − (1 − η)^k.
/// A tree keeps the mean over each leaf of the rows of I − S_{k−1}. Work O(n²) per round; memory 8 n² bytes while it is fitted and 8 n per leaf and round.
/// </summary>
internal sealed class BoostedTrees : Smoother
{
    private readonly LabelledSample sample;
    private readonly double[] residuals;
    private readonly double[] remainder;
    private readonly List<(RegressionTree Tree, double[][] Rows, double[] Means)> rounds = [];

    /// <param name="sample">The training points.</param>
    /// <param name="rate">Learning rate η.</param>
    /// <exception cref="ParameterException">η is not between 0 and 2.</exception>
    public BoostedTrees(LabelledSample sample, double rate)
    {
        if (!(rate > 0 && rate < 2))
            throw new ParameterException("learning-rate", rate, "a number > 0 and < 2", "boosting diverges for learning rates >= 2; at most 1 is recommended");
        this.sample = sample;
        Rate = rate;
        residuals = [.. sample.Labels];
        remainder = new double[sample.Rows * sample.Rows];
        for (var i = 0; i < sample.Rows; i++)
            remainder[(i * sample.Rows) + i] = 1;
    }

    public override int Samples => sample.Rows;

    /// <summary>Learning rate η.</summary>
    public double Rate { get; }

    /// <summary>Adds a round.</summary>
    /// <param name="options">What its tree may do.</param>
    public void Add(TreeOptions options)
    {
        var n = sample.Rows;
        var tree = RegressionTree.Grow(sample, residuals, null, options);
        var means = tree.Means(residuals, sample.Outputs);
        var rows = tree.Leaves.Select(members =>
        {
            var mean = new double[n];
            foreach (var i in members)
            {
                for (var j = 0; j < n; j++)
                    mean[j] += remainder[(i * n) + j] / members.Length;
            }

            return mean;
        }).ToArray();
        for (var leaf = 0; leaf < rows.Length; leaf++)
        {
            foreach (var i in tree.Leaves[leaf])
            {
                for (var j = 0; j < n; j++)
                    remainder[(i * n) + j] -= Rate * rows[leaf][j];
                for (var k = 0; k < sample.Outputs; k++)
                    residuals[(i * sample.Outputs) + k] -= Rate * means[(leaf * sample.Outputs) + k];
            }
        }

        rounds.Add((tree, rows, means));
    }

    public override void Weights(ReadOnlySpan<double> x, Span<double> weights)
    {
        weights.Clear();
        foreach (var (tree, rows, _) in rounds)
        {
            var row = rows[tree.LeafOf(x)];
            for (var j = 0; j < row.Length; j++)
                weights[j] += Rate * row[j];
        }
    }

    public override void Predict(ReadOnlySpan<double> x, Span<double> prediction)
    {
        prediction.Clear();
        foreach (var (tree, _, means) in rounds)
        {
            var leaf = tree.LeafOf(x);
            for (var k = 0; k < sample.Outputs; k++)
                prediction[k] += Rate * means[(leaf * sample.Outputs) + k];
        }
    }
}
