using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>What a tree may do.</summary>
internal sealed record TreeOptions
{
    /// <summary>Most leaves, ≥ 1 (1 is the mean); null grows until no split gains anything.</summary>
    public int? Leaves { get; init; }

    /// <summary>Features that every node looks at, drawn anew for each; null for all.</summary>
    public int? Candidates { get; init; }

    /// <summary>The columns that the tree may use; null for all.</summary>
    public IReadOnlyList<int>? Columns { get; init; }

    /// <summary>Seed of the candidates.</summary>
    public ulong Seed { get; init; }

    /// <summary>Number of the tree, which draws its own candidates.</summary>
    public uint Tree { get; init; }
}

/// <summary>
/// A regression tree grown best first: the leaf whose split lowers the squared error (summed over outputs) most is split next, between distinct values at their midpoint.
/// Ties go to the lowest feature, then the lowest threshold, then the leaf made first. Work O(d n log n) per level.
/// </summary>
internal sealed class RegressionTree
{
    private const double SmallestGain = 1e-10;

    private readonly List<Node> nodes = [];

    private RegressionTree()
    {
    }

    /// <summary>Training points of every leaf, as often as they were drawn.</summary>
    public List<int[]> Leaves { get; } = [];

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
        var tree = new RegressionTree();
        var open = new PriorityQueue<int, (double NegativeGain, int Created)>();
        int Add(int[] members)
        {
            var node = Node.Of(sample, targets, members, options, (uint)tree.nodes.Count);
            tree.nodes.Add(node);
            if (node.Gain > SmallestGain)
                open.Enqueue(tree.nodes.Count - 1, (-node.Gain, tree.nodes.Count - 1));
            return tree.nodes.Count - 1;
        }

        Add(drawn ?? [.. Enumerable.Range(0, sample.Rows)]);
        for (var leaves = 1; leaves < (options.Leaves ?? int.MaxValue) && open.TryDequeue(out var best, out _); leaves++)
        {
            var node = tree.nodes[best];
            bool IsLeft(int i) => sample.Inputs[(i * sample.Features) + node.Feature] <= node.Threshold;
            node.Left = Add([.. node.Members.Where(IsLeft)]);
            node.Right = Add([.. node.Members.Where(i => !IsLeft(i))]);
            node.Members = [];
        }

        foreach (var node in tree.nodes.Where(node => node.Left < 0))
        {
            node.Leaf = tree.Leaves.Count;
            tree.Leaves.Add(node.Members);
        }

        return tree;
    }

    /// <summary>Number of the leaf of an input.</summary>
    public int LeafOf(ReadOnlySpan<double> x)
    {
        var node = nodes[0];
        while (node.Left >= 0)
            node = nodes[x[node.Feature] <= node.Threshold ? node.Left : node.Right];
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

    private sealed class Node
    {
        public int[] Members { get; set; } = [];

        public int Feature { get; private set; }

        public double Threshold { get; private set; }

        public double Gain { get; private set; }

        public int Left { get; set; } = -1;

        public int Right { get; set; } = -1;

        public int Leaf { get; set; }

        public static Node Of(LabelledSample sample, double[] targets, int[] members, TreeOptions options, uint number)
        {
            var node = new Node { Members = members };
            var outputs = targets.Length / sample.Rows;
            double[] all = new double[outputs], left = new double[outputs];
            foreach (var i in members)
            {
                for (var k = 0; k < outputs; k++)
                    all[k] += targets[(i * outputs) + k];
            }

            var whole = all.Sum(sum => sum * sum) / members.Length;
            var keys = new double[members.Length];
            foreach (var feature in Candidates(sample.Features, options, number))
            {
                int[] order = [.. members];
                for (var i = 0; i < keys.Length; i++)
                    keys[i] = sample.Inputs[(order[i] * sample.Features) + feature];
                Array.Sort(keys, order);
                Array.Clear(left);
                for (var i = 0; i + 1 < keys.Length; i++)
                {
                    var target = targets.AsSpan(order[i] * outputs, outputs);
                    for (var k = 0; k < outputs; k++)
                        left[k] += target[k];
                    if (keys[i] == keys[i + 1])
                        continue;
                    double below = 0, above = 0;
                    for (var k = 0; k < outputs; k++)
                    {
                        below += left[k] * left[k];
                        above += (all[k] - left[k]) * (all[k] - left[k]);
                    }

                    var gain = (below / (i + 1)) + (above / (keys.Length - i - 1)) - whole;
                    if (gain <= node.Gain)
                        continue;

                    // The midpoint of neighbouring numbers may round up to the larger one.
                    var middle = keys[i] + ((keys[i + 1] - keys[i]) / 2);
                    (node.Gain, node.Feature, node.Threshold) = (gain, feature, middle < keys[i + 1] ? middle : keys[i]);
                }
            }

            return node;
        }

        private static int[] Candidates(int features, TreeOptions options, uint node)
        {
            int[] columns = options.Columns is { } given ? [.. given] : [.. Enumerable.Range(0, features)];
            if (options.Candidates is not { } count || count >= columns.Length)
                return columns;
            for (var k = 0; k < count; k++)
            {
                var word = Philox.Block(((uint)k, node, options.Tree, 0x54524545), ((uint)options.Seed, (uint)(options.Seed >> 32))).Word0;
                var other = k + (int)(((ulong)word * (ulong)(columns.Length - k)) >> 32);
                (columns[k], columns[other]) = (columns[other], columns[k]);
            }

            return [.. columns[..count].Order()];
        }
    }
}
