namespace Eigenflow.Dynamics;

/// <summary>
/// A learning rate γ(t, risk, state): schedules, adaptive steps and rules of users are this one thing, which theory and simulation evaluate alike. Immutable and safe to share between threads.
/// Derive from it for a rule of your own: the rate, and what it accumulates.
/// </summary>
public abstract record LearningRateRule
{
    /// <summary>The rule as it is written, such as <c>adagrad-norm:1:1</c>.</summary>
    public abstract string Text { get; }

    /// <summary>A text that two rules share only if they give the same rates in the same states, also where <see cref="Text"/> names a file.</summary>
    public virtual string Identity => Text;

    /// <summary>Whether the rate depends on anything but the time.</summary>
    public virtual bool IsAdaptive => true;

    /// <summary>Whether the rate is the same at all times and in all states.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Whether the rate depends on the risk or its gradients in the state at hand, and not only on the time and on what was accumulated; a simulation evaluates them before every step then.</summary>
    public virtual bool SeesState => IsAdaptive;

    /// <summary>The learning rate γ ≥ 0 in a state.</summary>
    /// <param name="view">The state.</param>
    public abstract double Rate(in RateView view);

    /// <summary>What <see cref="RateView.Accumulated"/> grows by per unit time; 0 for rules without memory.</summary>
    /// <param name="view">The state.</param>
    public virtual double Growth(in RateView view) => 0;

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}
