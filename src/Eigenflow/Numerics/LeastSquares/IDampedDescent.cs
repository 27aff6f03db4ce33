namespace Eigenflow.Numerics;

/// <summary>Where proposed parameters come from.</summary>
internal enum Proposal
{
    /// <summary>There is nothing to propose: the descent ends.</summary>
    None,

    /// <summary>The damped matrix is not positive definite: more damping is needed.</summary>
    Singular,

    /// <summary>A damped step: refused, the damping grows.</summary>
    Damped,

    /// <summary>Parameters that the damping has no part in.</summary>
    Undamped,
}

/// <summary>What <see cref="LevenbergMarquardt"/> minimises: a sum of squares, or of what is nearly squares, over a box. Holds values and slopes at the parameters of the moment and at the trial.</summary>
internal interface IDampedDescent
{
    /// <summary>Proposes parameters.</summary>
    /// <param name="theta">Those of the moment.</param>
    /// <param name="value">The sum there.</param>
    /// <param name="damping">Part of the diagonal that is added to it.</param>
    /// <param name="trial">Receives the proposal, within the box.</param>
    Proposal Propose(double[] theta, double value, double damping, double[] trial);

    /// <summary>The sum at the trial; infinite where it cannot be evaluated.</summary>
    /// <param name="trial">Parameters.</param>
    double Evaluate(double[] trial);

    /// <summary>The trial is lower: its values and slopes are those of the moment from now on.</summary>
    /// <param name="proposal">Where it came from.</param>
    void Accept(Proposal proposal);

    /// <summary>The trial is not lower.</summary>
    /// <param name="proposal">Where it came from.</param>
    void Refuse(Proposal proposal);
}
