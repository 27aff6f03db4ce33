using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>
/// The learning rate is divided by a factor at given parts of the run: η_k = a / f^(number of parts q with k ≥ qK).
/// 8-1-1 is the factor √10 at 0.8 and 0.9: a, a/√10, a/10.
/// </summary>
/// <param name="Factor">f &gt; 1.</param>
/// <param name="First">The first part, 0 &lt; q &lt; 1.</param>
/// <param name="Second">The second part, or 1 for none.</param>
public sealed record StepDecayShape(double Factor, double First, double Second) : ScheduleShape
{
    /// <summary>8-1-1: a for 80 % of the steps, a/√10 for 10 %, a/10 for the rest.</summary>
    public static StepDecayShape EightOneOne { get; } = new(Math.Sqrt(10), 0.8, 0.9);

    /// <inheritdoc/>
    public override string Text => this == EightOneOne
        ? "8-1-1"
        : string.Create(CultureInfo.InvariantCulture, $"step-decay:{Factor:R}:{First:R}{(Second < 1 ? $":{Second.ToString("R", CultureInfo.InvariantCulture)}" : "")}");

    /// <inheritdoc/>
    public override bool HasFinal => false;

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        // 8-1-1 ends at a/10 exactly.
        if (step < SchedulePart.FirstStep(First, span.Steps))
            return span.Peak;
        return Second >= 1 || step < SchedulePart.FirstStep(Second, span.Steps) ? span.Peak / Factor : this == EightOneOne ? span.Peak / 10 : span.Peak / (Factor * Factor);
    }
}
