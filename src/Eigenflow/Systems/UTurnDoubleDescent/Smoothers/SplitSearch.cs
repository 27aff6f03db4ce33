using System.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>A split of a node.</summary>
/// <param name="Gain">By how much it lowers the squared error; 0 where no split does.</param>
/// <param name="Feature">The feature.</param>
/// <param name="Threshold">Points at or below it go left.</param>
internal readonly record struct TreeSplit(double Gain, int Feature, double Threshold);

/// <summary>
/// Finds the best split of a node among the features that it may look at. Gains are compared up to rounding, so that ties do not depend on the order of the rows: sums about the mean of the node, differences below
/// 1e-10 of its squared error are none. What gains less than 1e-10 of the mean squared deviation of the labels is not split, in any unit of the labels.
/// </summary>
internal sealed class SplitSearch
{
    private const double SmallestGain = 1e-10;
    private const double Rounding = 1e-10;
    private const uint Purpose = 0x54524545;

    private readonly LabelledSample sample;
    private readonly double[] targets;
    private readonly TreeOptions options;
    private readonly int outputs;
    private readonly double least;
    private readonly double[] keys;
    private readonly int[] order;
    private readonly double[] mean;
    private readonly double[] left;
    private readonly int[] columns;
    private readonly int[] repetitions;
    private readonly FeatureOrders orders;

    /// <param name="sample">The inputs, and the labels that give the unit of gains.</param>
    /// <param name="targets">What is fitted, n × outputs.</param>
    /// <param name="options">What the tree may do.</param>
    public SplitSearch(LabelledSample sample, double[] targets, TreeOptions options)
    {
        (this.sample, this.targets, this.options) = (sample, targets, options);
        outputs = targets.Length / sample.Rows;
        least = SmallestGain * sample.LabelVariance;
        (mean, left) = (new double[outputs], new double[outputs]);
        (keys, order) = (new double[sample.Rows], new int[sample.Rows]);
        (repetitions, orders) = (new int[sample.Rows], FeatureOrders.Of(sample));
        columns = options.Columns is { } given ? [.. given] : [.. Enumerable.Range(0, sample.Features)];
    }

    /// <summary>The best split.</summary>
    /// <param name="members">Training points of the node.</param>
    /// <param name="number">Number of the node, which draws its own features.</param>
    public TreeSplit Best(int[] members, uint number)
    {
        var size = members.Length;
        if (size < 2 || least == 0)
            return default;
        Array.Clear(mean);
        foreach (var i in members)
        {
            for (var k = 0; k < outputs; k++)
                mean[k] += targets[(i * outputs) + k] / size;
        }

        var scatter = 0.0;
        foreach (var i in members)
        {
            for (var k = 0; k < outputs; k++)
                scatter += (targets[(i * outputs) + k] - mean[k]) * (targets[(i * outputs) + k] - mean[k]);
        }

        if (scatter <= least)
            return default;
        Array.Clear(repetitions);
        foreach (var i in members)
            repetitions[i]++;
        var best = new TreeSplit(least, -1, 0);
        int[] drawn = [.. columns];
        var count = Math.Min(options.Candidates ?? columns.Length, columns.Length);
        if (count < columns.Length)
            Draw(drawn, 0, count, number);
        Array.Sort(drawn, 0, count);
        foreach (var feature in drawn.AsSpan(0, count))
            best = Better(best, members, feature, Rounding * scatter);

        // Of pixels or marks most may be equal on all points of a node: others are drawn one by one, until one of them splits it.
        for (var next = count; best.Feature < 0 && next < drawn.Length; next++)
        {
            Draw(drawn, next, next + 1, number);
            best = Better(best, members, drawn[next], Rounding * scatter);
        }

        return best.Feature < 0 ? default : best;
    }

    // With sums L about the mean of the node, the gain of a split is |L|² (1/n_left + 1/n_right).
    private TreeSplit Better(TreeSplit best, int[] members, int feature, double rounding)
    {
        var size = members.Length;
        if (!TakesOrder(size, feature))
        {
            for (var i = 0; i < size; i++)
                (keys[i], order[i]) = (sample.Inputs[(members[i] * sample.Features) + feature], members[i]);
            Array.Sort(keys, order, 0, size);
        }

        Array.Clear(left);
        for (var i = 0; i + 1 < size; i++)
        {
            var at = order[i] * outputs;
            for (var k = 0; k < outputs; k++)
                left[k] += targets[at + k] - mean[k];
            if (keys[i] == keys[i + 1])
                continue;
            var square = 0.0;
            for (var k = 0; k < outputs; k++)
                square += left[k] * left[k];
            var gain = square * ((1.0 / (i + 1)) + (1.0 / (size - i - 1)));
            if (gain <= best.Gain + (best.Feature < 0 ? 0 : rounding))
                continue;

            // The midpoint of neighbouring numbers may round up to the larger one.
            var middle = keys[i] + ((keys[i + 1] - keys[i]) / 2);
            best = new TreeSplit(gain, feature, middle < keys[i + 1] ? middle : keys[i]);
        }

        return best;
    }

    // From the order of all rows, where that is less work than sorting and no two rows are equal, so that there is one order alone.
    private bool TakesOrder(int size, int feature)
    {
        if ((long)size * BitOperations.Log2((uint)size) < sample.Rows)
            return false;
        var next = 0;
        foreach (var row in orders.By(sample, feature))
        {
            if (repetitions[row] == 0)
                continue;
            var key = sample.Inputs[(row * sample.Features) + feature];
            if (next > 0 && keys[next - 1] == key)
                return false;
            for (var count = repetitions[row]; count > 0; count--)
                (keys[next], order[next++]) = (key, row);
        }

        return true;
    }

    // Places from one to another of a random order of the features.
    private void Draw(int[] drawn, int from, int to, uint node) =>
        Shuffle.Places(drawn, from, to, k => Philox.Block(((uint)k, node, options.Tree, Purpose), ((uint)options.Seed, (uint)(options.Seed >> 32))).Word0);
}
