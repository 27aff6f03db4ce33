using System.Globalization;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>What is known of the learning rate before its first logged row: it rises linearly from a rate to that of the first row, which then holds until the first row.</summary>
/// <param name="Steps">Steps of the rise, ≥ 0; zero states that there was no warm-up.</param>
/// <param name="From">Rate from which it rises, ≥ 0.</param>
public sealed record WarmUp(long Steps, double From = 0)
{
    /// <summary>Reads <c>STEPS</c> or <c>STEPS:RATE</c>.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="ParameterException">It is neither.</exception>
    public static WarmUp Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length <= 2 && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var steps) && steps >= 0 && steps == Math.Floor(steps) && steps <= StepRates.LargestSteps
            && (parts.Length == 1 || double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            && (parts.Length == 1 ? 0 : double.Parse(parts[1], CultureInfo.InvariantCulture)) is var from && from is >= 0 and <= Settings.Parameter.LargestNumber
            ? new WarmUp((long)steps, from)
            : throw new ParameterException("warmup", text, $"STEPS or STEPS:RATE, whole steps >= 0 and <= {StepRates.LargestSteps} and the rate >= 0 and <= 1e300 from which it rises, such as 2000 or 2000:1e-6");
    }

    /// <summary>Writes the rates of the steps before the first logged row; η_k = from + (rate − from)(k + 1)/steps, the convention of <c>warmup:STEPS+SHAPE</c>.</summary>
    /// <param name="rates">Rates of every step; those before the first row are replaced.</param>
    /// <param name="first">Step of the first logged row.</param>
    /// <param name="rate">Its rate.</param>
    internal void Fill(double[] rates, int first, double rate)
    {
        // A warm-up that lasts beyond the first row has reached its rate there.
        var steps = Math.Min(Steps, first);
        for (var k = 0; k < Math.Min(first, rates.Length); k++)
            rates[k] = k < steps ? From + ((rate - From) * ((k + 1.0) / steps)) : rate;
    }
}
