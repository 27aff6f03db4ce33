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

    /// <summary>Whether the curve ends on its way down (−1) or up (1), so that the number is no value at which it stays but bounds that; 0 otherwise.</summary>
    public int Direction { get; init; }

    /// <summary>The relative difference of the measured number from the predicted one; not a number where that is zero, and of a bound.</summary>
    public double Difference => Predicted == 0 || Direction != 0 ? double.NaN : (Value / Predicted) - 1;

    /// <summary>The measured number, with its interval where it has one, such as <c>0.500 ± 0.002</c>; of a curve on its way <c>below 0.3235, still falling</c>.</summary>
    public string Text => Direction != 0 ? $"{(Direction < 0 ? "below" : "above")} {DisplayNumber.Of(Value)}, still {(Direction < 0 ? "falling" : "growing")}" : Half > SmallestPart * Math.Abs(Value) ? DisplayNumber.WithInterval(Value, Half) : DisplayNumber.Of(Value);
}
