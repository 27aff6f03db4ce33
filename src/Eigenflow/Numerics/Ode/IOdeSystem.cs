namespace Eigenflow.Numerics.Ode;

/// <summary>A system y' = f(t, y) of n equations, which says itself what an error is measured against.</summary>
public interface IOdeSystem
{
    /// <summary>Number of equations n.</summary>
    int Size { get; }

    /// <summary>Evaluates f.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">y, length n.</param>
    /// <param name="derivative">Receives f(t, y), length n.</param>
    void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative);

    /// <summary>The size of an error in units in which 1 is exactly at the tolerance. The system decides what must be accurate.</summary>
    /// <param name="before">State at the beginning of the step.</param>
    /// <param name="after">State at its end.</param>
    /// <param name="error">Estimated error, length n.</param>
    /// <param name="relativeTolerance">The tolerance.</param>
    double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance);
}
