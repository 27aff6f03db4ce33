namespace Eigenflow.Numerics.Ode;

/// <summary>
/// A system y' = f(t, y) of n equations whose Jacobian is diagonal plus low rank, J = diag(D) + Σ_{r &lt; R} U_r V_rᵀ.
/// The solver never forms J; each stage costs O(nR).
/// </summary>
public interface ILowRankSystem : IOdeSystem
{
    /// <summary>Rank R of the part of the Jacobian beside its diagonal.</summary>
    int Rank { get; }

    /// <summary>Whether f does not depend on t.</summary>
    bool IsAutonomous { get; }

    /// <summary>Evaluates ∂f/∂t; called only when the system is not autonomous.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">y, length n.</param>
    /// <param name="derivative">Receives ∂f/∂t, length n.</param>
    void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative);

    /// <summary>Writes D, U and V of the Jacobian at (t, y); every entry must be written.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">y, length n.</param>
    /// <param name="jacobian">Receives the parts.</param>
    void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian);
}
