namespace Eigenflow.Dynamics;

/// <summary>An update rule whose state is a vector of numbers: all that a system says of it. Steps, schedules, replicas, saved states and columns are done by <see cref="RuleMethod{TProblem}"/> and <see cref="SampledRuleMethod{TProblem}"/>.</summary>
/// <param name="state">The state at step 0, which the updates change.</param>
internal abstract class StateRule(double[] state)
{
    /// <summary>The state.</summary>
    public double[] State { get; } = state;

    /// <summary>A first quantity beyond this is on its way to infinity.</summary>
    public abstract double Bound { get; }

    /// <summary>One update.</summary>
    /// <param name="step">Number of the step, from 0. Random numbers are addressed by it, so that the state is all there is to keep.</param>
    /// <param name="rate">Its learning rate.</param>
    public abstract void Update(long step, double rate);

    /// <summary>Writes the quantities of the state.</summary>
    /// <param name="row">One number per quantity of the method; the first is compared with <see cref="Bound"/>.</param>
    public abstract void Observe(Span<double> row);
}
