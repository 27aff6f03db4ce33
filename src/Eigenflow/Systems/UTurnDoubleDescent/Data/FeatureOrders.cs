using System.Runtime.CompilerServices;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The rows of a sample in the order of each feature, sorted once for all trees that are grown on it. Memory: as many whole numbers as there are inputs, for features that are asked for.</summary>
internal sealed class FeatureOrders
{
    private static readonly ConditionalWeakTable<double[], FeatureOrders> Known = [];

    private readonly int[]?[] orders;

    private FeatureOrders(int features) => orders = new int[features][];

    /// <summary>Those of a sample.</summary>
    /// <param name="sample">The sample; those with the same inputs share them.</param>
    public static FeatureOrders Of(LabelledSample sample) => Known.GetValue(sample.Inputs, _ => new FeatureOrders(sample.Features));

    /// <summary>The rows from the smallest value on.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="feature">The feature.</param>
    public int[] By(LabelledSample sample, int feature)
    {
        // Two threads may sort the same: either order is as good.
        if (orders[feature] is { } known)
            return known;
        var rows = Enumerable.Range(0, sample.Rows).ToArray();
        Array.Sort(Array.ConvertAll(rows, row => sample.Inputs[(row * sample.Features) + feature]), rows);
        return orders[feature] = rows;
    }
}
