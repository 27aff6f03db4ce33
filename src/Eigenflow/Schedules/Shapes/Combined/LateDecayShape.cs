using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>The peak at first, then another shape over the last part of the run: η_k = a for x = k/K below 1 − f, then the shape at u = (x − 1 + f)/f (arXiv 2507.02119, the decay fraction f). The decay begins at the first step of that part.</summary>
/// <param name="Part">f, 0 &lt; f ≤ 1.</param>
/// <param name="Rest">The shape of the decay.</param>
public sealed record LateDecayShape(double Part, ScheduleShape Rest) : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => string.Create(CultureInfo.InvariantCulture, $"decay:{Part:R}+{Rest.Text}");

    /// <inheritdoc/>
    public override double DefaultFinalFraction => Rest.DefaultFinalFraction;

    /// <inheritdoc/>
    public override bool HasFinal => Rest.HasFinal;

    /// <summary>Whether a shape can be that of a late decay: it begins at its peak and has no stable part, warm-up or rates of its own.</summary>
    /// <param name="shape">The shape.</param>
    public static bool Allows(ScheduleShape shape) => shape is PowerShape or CosineShape or ExponentialShape or QuadraticShape;

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        var first = FirstStep(span.Steps);
        return step < first ? span.Peak : Rest.RateAt(span with { Steps = span.Steps - first }, step - first);
    }

    /// <inheritdoc/>
    public override void Validate(in ScheduleSpan span) => Rest.Validate(span with { Steps = span.Steps - FirstStep(span.Steps) });

    // At least one step decays.
    private long FirstStep(long steps) => Math.Min(steps - 1, SchedulePart.FirstStep(1 - Part, steps));
}
