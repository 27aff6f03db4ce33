namespace Eigenflow.Schedules;

/// <summary>The form of a learning-rate schedule, without its size: stretched over a <see cref="ScheduleSpan"/> it gives the learning rate of every step. Immutable; O(1) per step.</summary>
public abstract record ScheduleShape
{
    /// <summary>The text that <see cref="ScheduleText.Parse"/> reads, in its canonical form.</summary>
    public abstract string Text { get; }

    /// <summary>A text that two shapes share only if they give the same rates, also where <see cref="Text"/> names a file.</summary>
    public virtual string Identity => Text;

    /// <summary>The final rate b where none is given, as a part of the peak.</summary>
    public virtual double DefaultFinalFraction => 0;

    /// <summary>Whether the shape reads the final rate b.</summary>
    public virtual bool HasFinal => true;

    /// <summary>Whether the shape reads the decay steps K₂.</summary>
    public virtual bool HasDecaySteps => false;

    /// <summary>Whether the shape holds learning rates of its own, so that no peak is read.</summary>
    public virtual bool HasOwnRates => false;

    /// <summary>The learning rate η_k.</summary>
    /// <param name="span">Peak, final rate and lengths.</param>
    /// <param name="step">k, 0 ≤ k &lt; K.</param>
    public abstract double RateAt(in ScheduleSpan span, long step);

    /// <summary>Checks the span for what this shape needs beyond the ranges of <see cref="ScheduleSpan"/>.</summary>
    /// <param name="span">Peak, final rate and lengths.</param>
    /// <exception cref="ParameterException">The shape does not exist for these.</exception>
    public virtual void Validate(in ScheduleSpan span)
    {
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}
