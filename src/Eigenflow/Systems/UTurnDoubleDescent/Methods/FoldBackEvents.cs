using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The score of a sweep as events of its solution.</summary>
internal static class FoldBackEvents
{
    /// <summary>All events.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All =
    [
        new("switch", "P_*", "Place on the path at which it turns to its second axis.") { IsIncidental = true },
        new("largest-p-test", "P_max", "Place on the axis of the largest p_test.") { Words = "largest effective parameters" },
        new("maxima", "m", "Interior maxima of the mean test error along the axis, from which it falls by 10 % on both sides.") { Counted = ("maximum of the test error", "maxima of the test error") },
        new("maxima-low", "m_low", "2.5 % quantile of maxima over bootstrapped replicas.") { IsTold = false },
        new("maxima-high", "m_high", "97.5 % quantile of maxima over bootstrapped replicas.") { IsTold = false },
        new("folded-maxima", "m_p", "The same against p_test, before and after the switch.") { Counted = ("maximum against p_test", "maxima against p_test") },
        new("folded-maxima-low", "m_p,low", "2.5 % quantile of folded-maxima over bootstrapped replicas.") { IsTold = false },
        new("folded-maxima-high", "m_p,high", "97.5 % quantile of folded-maxima over bootstrapped replicas.") { IsTold = false },
        new("folded-excess", "e", "Largest ratio of the test error after the switch to that before it at the same p_test.") { IsTold = false },
        new("folded-excess-low", "e_low", "2.5 % quantile of folded-excess over bootstrapped replicas.") { IsTold = false },
        new("folded-excess-high", "e_high", "97.5 % quantile of folded-excess over bootstrapped replicas.") { IsTold = false },
    ];

    /// <summary>Their values; those that do not exist are left out as nulls.</summary>
    /// <param name="score">The score.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="place">Where a path turns.</param>
    public static IReadOnlyDictionary<string, double?> Of(FoldBack score, double[] axis, double? place)
    {
        double?[] values =
        [
            place, score.Turn < 0 ? null : axis[score.Turn], score.Maxima.Value, score.Maxima.Low, score.Maxima.High, score.Folded.Value, score.Folded.Low, score.Folded.High,
            score.Excess.Value, score.Excess.Low, score.Excess.High,
        ];
        return All.Select((quantity, k) => (quantity.Name, Value: values[k] is { } value && double.IsNaN(value) ? null : values[k])).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
    }
}
