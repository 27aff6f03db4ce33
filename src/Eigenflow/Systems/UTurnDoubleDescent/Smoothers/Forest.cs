namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The plain mean of regression trees; one tree is a forest of one. Points that a bootstrap draws twice weigh twice.</summary>
internal sealed class Forest : Smoother
{
    private readonly LabelledSample sample;
    private readonly IReadOnlyList<RegressionTree> trees;
    private readonly double[][] means;

    public Forest(LabelledSample sample, IReadOnlyList<RegressionTree> trees)
    {
        (this.sample, this.trees) = (sample, trees);
        means = [.. trees.Select(tree => tree.Means(sample.Labels, sample.Outputs))];
    }

    public override int Samples => sample.Rows;

    /// <summary>Mean number of leaves that the trees have, which may be fewer than was asked for.</summary>
    public double MeanLeaves => trees.Average(tree => tree.Leaves.Count);

    public override void Weights(ReadOnlySpan<double> x, Span<double> weights)
    {
        weights.Clear();
        foreach (var tree in trees)
        {
            var members = tree.Leaves[tree.LeafOf(x)];
            var part = 1.0 / members.Length / trees.Count;
            foreach (var i in members)
                weights[i] += part;
        }
    }

    public override void Predict(ReadOnlySpan<double> x, Span<double> prediction)
    {
        prediction.Clear();
        for (var b = 0; b < trees.Count; b++)
        {
            var leaf = trees[b].LeafOf(x);
            for (var k = 0; k < sample.Outputs; k++)
                prediction[k] += means[b][(leaf * sample.Outputs) + k] / trees.Count;
        }
    }
}
