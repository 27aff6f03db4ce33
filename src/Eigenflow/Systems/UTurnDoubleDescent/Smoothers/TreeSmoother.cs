namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>One regression tree: s(x) is 1/n_leaf on the training points of the leaf of x. Points that a bootstrap draws twice weigh twice.</summary>
internal sealed class TreeSmoother : Smoother
{
    private readonly LabelledSample sample;
    private readonly RegressionTree tree;
    private readonly double[] means;

    public TreeSmoother(LabelledSample sample, RegressionTree tree) => (this.sample, this.tree, means) = (sample, tree, tree.Means(sample.Labels, sample.Outputs));

    public override int Samples => sample.Rows;

    public override double LeavesOf(int stage) => tree.Leaves.Count;

    public override void Visit(LabelledSample points, int first, int count, double[] rows, double[] predictions, StageVisitor visit)
    {
        var outputs = sample.Outputs;
        for (var row = 0; row < count; row++)
        {
            var leaf = tree.LeafOf(points.Input(first + row));
            var members = tree.Leaves[leaf];
            var part = 1.0 / members.Length;
            foreach (var i in members)
                rows[(row * sample.Rows) + i] += part;
            for (var k = 0; k < outputs; k++)
                predictions[(row * outputs) + k] += means[(leaf * outputs) + k];
        }

        visit(0, 1);
    }
}
