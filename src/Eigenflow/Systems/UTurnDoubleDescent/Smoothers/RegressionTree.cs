namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// A regression tree grown best first: the leaf whose split lowers the squared error (summed over outputs) most is split next, between distinct values at their midpoint.
/// Ties go to the lowest feature, then the lowest threshold, then the leaf made first. Work O(d n log n) per level.
/// </summary>
internal sealed class RegressionTree
{
    private readonly List<TreeNode> nodes;

    private RegressionTree(List<TreeNode> nodes, List<int[]> leaves) => (this.nodes, Leaves) = (nodes, leaves);

    /// <summary>Training points of every leaf, as often as they were drawn.</summary>
    public List<int[]> Leaves { get; }

    /// <summary>Grows a tree.</summary>
    /// <param name="sample">The inputs.</param>
    /// <param name="targets">What is fitted, n × outputs.</param>
    /// <param name="drawn">The points that it sees, with repetitions for a bootstrap; null for all.</param>
    /// <param name="options">What it may do.</param>
    /// <exception cref="ParameterException">Fewer than one leaf.</exception>
    public static RegressionTree Grow(LabelledSample sample, double[] targets, int[]? drawn, TreeOptions options)
    {
        if (options.Leaves < 1)
            throw new ParameterException("leaves", options.Leaves, "a whole number >= 1", "1 is the mean of all labels");
        var nodes = new List<TreeNode>();
        var search = new SplitSearch(sample, targets, options);
        var open = new PriorityQueue<int, (double Loss, int Created)>();
        int Add(int[] members)
        {
            var node = new TreeNode(members, search.Best(members, (uint)nodes.Count));
            nodes.Add(node);

            // Gains that differ by rounding alone are ties.
            if (node.Split.Gain > 0)
                open.Enqueue(nodes.Count - 1, (-Math.Round(Math.Log(node.Split.Gain), 9), nodes.Count - 1));
            return nodes.Count - 1;
        }

        Add(drawn ?? [.. Enumerable.Range(0, sample.Rows)]);
        for (var leaves = 1; leaves < (options.Leaves ?? int.MaxValue) && open.TryDequeue(out var best, out _); leaves++)
        {
            var node = nodes[best];
            bool IsLeft(int i) => sample.Inputs[(i * sample.Features) + node.Split.Feature] <= node.Split.Threshold;
            node.Left = Add(Array.FindAll(node.Members, IsLeft));
            node.Right = Add(Array.FindAll(node.Members, i => !IsLeft(i)));
            node.Members = [];
        }

        var ends = new List<int[]>();
        foreach (var node in nodes.Where(node => node.Left < 0))
        {
            node.Leaf = ends.Count;
            ends.Add(node.Members);
        }

        return new RegressionTree(nodes, ends);
    }

    /// <summary>Number of the leaf of an input.</summary>
    public int LeafOf(ReadOnlySpan<double> x)
    {
        var node = nodes[0];
        while (node.Left >= 0)
            node = nodes[x[node.Split.Feature] <= node.Split.Threshold ? node.Left : node.Right];
        return node.Leaf;
    }

    /// <summary>Means of the targets in every leaf, leaves × outputs.</summary>
    public double[] Means(double[] targets, int outputs)
    {
        var means = new double[Leaves.Count * outputs];
        for (var leaf = 0; leaf < Leaves.Count; leaf++)
        {
            foreach (var i in Leaves[leaf])
            {
                for (var k = 0; k < outputs; k++)
                    means[(leaf * outputs) + k] += targets[(i * outputs) + k] / Leaves[leaf].Length;
            }
        }

        return means;
    }

    private sealed class TreeNode(int[] members, TreeSplit split)
    {
        public int[] Members { get; set; } = members;

        public TreeSplit Split { get; } = split;

        public int Left { get; set; } = -1;

        public int Right { get; set; } = -1;

        public int Leaf { get; set; }
    }
}
