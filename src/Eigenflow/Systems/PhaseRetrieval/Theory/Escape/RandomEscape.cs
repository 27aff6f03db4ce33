namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The linear escape over random starts w(0) ~ N(0, I/d), and on the unit sphere up to O(1/d): C √(8dD′) is standard normal, so that T₁ = ln(δs*/|C|)/ρ is known in law (derived;
/// docs/systems/phase-retrieval.md, section 5). With N normal, E ln|N| = −(γ + ln 2)/2, the median of |N| is 0.6745, and ln|N| has the standard deviation π/(2√2).
/// </summary>
/// <param name="Mean">Mean of T₁.</param>
/// <param name="Median">Median of T₁.</param>
/// <param name="Deviation">Standard deviation of T₁.</param>
/// <param name="SignChange">
/// Probability that the final sign of u is not that of u(0): arccos(r)/π with r the cosine between (λ_i w*_i) and (λ_i w*_i/(ρ − 4λ_i s*)), that is r = 1/√(8s*⁽²⁾D′).
/// </param>
public sealed record RandomEscape(double Mean, double Median, double Deviation, double SignChange)
{
    private const double MeanLogarithm = 0.6351814227307391, MedianLogarithm = 0.39379879960089115, LogarithmDeviation = 1.1107207345395915;

    /// <summary>The law of a problem; its start does not matter.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="level">The level δ s* of |u|.</param>
    public static RandomEscape Of(WeightedModes modes, double level)
    {
        var escape = EscapeTheory.Of(modes);
        var typical = Math.Log(level * Math.Sqrt(8 * modes.Dimension * escape.Slope));
        var cosine = 1 / Math.Sqrt(8 * modes.Moments(2).Teacher * escape.Slope);
        return new RandomEscape((typical + MeanLogarithm) / escape.Rate, (typical + MedianLogarithm) / escape.Rate, LogarithmDeviation / escape.Rate, Math.Acos(Math.Min(1, cosine)) / Math.PI);
    }

    /// <summary>Standard deviation of u(0) over such starts, √(s*⁽²⁾/d).</summary>
    /// <param name="modes">The modes.</param>
    public static double StartDeviation(WeightedModes modes) => Math.Sqrt(modes.Moments(2).Teacher / modes.Dimension);
}
