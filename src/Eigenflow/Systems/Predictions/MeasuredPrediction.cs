namespace Eigenflow.Systems;

/// <summary>What a learning curve shows of a prediction that is marked on it.</summary>
/// <param name="Name">Name of the prediction.</param>
/// <param name="Predicted">What the measured number is compared with: the prediction, or the exponent of the law of which it is the constant.</param>
/// <param name="Value">The measured number.</param>
/// <param name="Half">Half-width of its interval, 0 where it has none.</param>
/// <param name="Place">What was measured and where, a few words.</param>
public sealed record MeasuredPrediction(string Name, double Predicted, double Value, double Half, string Place)
{
    // Curves without noise have intervals of any smallness, which say nothing.
    private const double SmallestPart = 1e-3;

    // Ends of intervals are sums.
    private const double Rounding = 1e-9;

    /// <summary>Whether the curve ends on its way down (−1) or up (1), so that the number is no value at which it stays but bounds that; 0 otherwise.</summary>
    public int Direction { get; init; }

    /// <summary>Whether a predicted time was past when the curve began: then there is no time to compare.</summary>
    public bool IsAtStart { get; init; }

    /// <summary>Of the slope of a law whether the curve is a power law where it was measured; null of anything else.</summary>
    public bool? IsPowerLaw { get; init; }

    /// <summary>The relative difference of the measured number from the predicted one; not a number where that is zero, of a bound, of what was past at the start, within the interval of the measured number, and where the curve is no power law.</summary>
    public double Difference => Predicted == 0 || Direction != 0 || IsAtStart || IsPowerLaw == false || (Half > 0 && Math.Abs(Value - Predicted) <= Half * (1 + Rounding)) ? double.NaN : (Value / Predicted) - 1;

    /// <summary>What the measured number says beside the predicted one, where there is no difference to tell; empty where there is.</summary>
    public string Verdict => IsPowerLaw == false ? "no power law there" : Half > 0 && double.IsNaN(Difference) && Predicted != 0 && !IsAtStart ? "agrees" : "";

    /// <summary>The measured number, with its interval where it has one, such as <c>0.500 ± 0.002</c>; of a curve on its way <c>below 0.3235, still falling</c>; of what was past when it began <c>is past it at the start</c>.</summary>
    public string Text => IsAtStart ? "is past it at the start" : Direction != 0 ? $"{(Direction < 0 ? "below" : "above")} {DisplayNumber.Of(Value)}, still {(Direction < 0 ? "falling" : "growing")}" : Half > SmallestPart * Math.Abs(Value) ? DisplayNumber.WithInterval(Value, Half) : DisplayNumber.Of(Value);
}
