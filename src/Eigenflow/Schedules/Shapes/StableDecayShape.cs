namespace Eigenflow.Schedules;

/// <summary>How the learning rate falls in the last part of <see cref="StableDecayShape"/>.</summary>
public enum DecayKind
{
    /// <summary>a (b/a)^x over the decay, x from 0 to 1.</summary>
    Exponential,

    /// <summary>a + (b − a) x.</summary>
    Linear,

    /// <summary>a + (b − a) √x: fast at first.</summary>
    SquareRoot,
}

/// <summary>Warm-up–stable–decay without the warm-up: η_k = a for k ≤ K − K₂, then it falls to b over K₂ steps.</summary>
/// <param name="Decay">How it falls.</param>
public sealed record StableDecayShape(DecayKind Decay) : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => Decay switch
    {
        DecayKind.Linear => "wsd:linear",
        DecayKind.SquareRoot => "wsd:square-root",
        _ => "wsd",
    };

    /// <inheritdoc/>
    public override double DefaultFinalFraction => Decay == DecayKind.Exponential ? 0.01 : 0;

    /// <inheritdoc/>
    public override bool HasDecaySteps => true;

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        var since = step - (span.Steps - span.DecaySteps);
        if (since <= 0)
            return span.Peak;
        var part = Math.Min(1, (double)since / span.DecaySteps);

        // What is left of the decay, counted from its end, so that it keeps its digits there; 1 − √x = (1 − x)/(1 + √x).
        var left = Math.Max(0, (double)(span.Steps - step) / span.DecaySteps);
        return Decay switch
        {
            DecayKind.Linear => span.Final + ((span.Peak - span.Final) * left),
            DecayKind.SquareRoot => span.Final + ((span.Peak - span.Final) * left / (1 + Math.Sqrt(part))),
            _ => span.Peak * Math.Pow(span.Final / span.Peak, part),
        };
    }

    /// <inheritdoc/>
    public override void Validate(in ScheduleSpan span)
    {
        if (Decay == DecayKind.Exponential && !(span.Final > 0))
            throw new ParameterException("final", span.Final, FormattableString.Invariant($"0 < final <= {span.Peak:R} for the schedule {Text}"), "an exponential decay never reaches zero; give a small final rate, or use the schedule wsd:linear");
    }
}
