namespace Eigenflow.Systems.SpectralDescent;

/// <summary>A trajectory that can be advanced and observed.</summary>
internal interface IDescentEngine
{
    /// <summary>Steps done.</summary>
    long Step { get; }

    /// <summary>About the number of elementary operations of a step, for the size of the pieces between two looks at cancellation.</summary>
    double StepWork { get; }

    /// <summary>Does steps; false once the state is no longer finite, with <see cref="Step"/> at the step that made it so.</summary>
    bool Advance(long count);

    /// <summary>The state now.</summary>
    Observation Observe();
}
