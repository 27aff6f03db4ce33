namespace Eigenflow.Solutions;

/// <summary>
/// Where a long solve keeps its state, so that it continues exactly after an interruption: one entry per independent part (such as an SGD replica).
/// Members are called from several threads, never twice at once for one part.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>The last state of a part, or null when there is none that can be used.</summary>
    /// <param name="part">Name of the part, a file name.</param>
    byte[]? Load(string part);

    /// <summary>Whether the state of a part should be kept now. Asked about ten times a second; answers true every so many seconds.</summary>
    /// <param name="part">Name of the part.</param>
    bool IsDue(string part);

    /// <summary>Keeps the state of a part in place of the one before.</summary>
    /// <param name="part">Name of the part.</param>
    /// <param name="state">The state.</param>
    void Save(string part, ReadOnlyMemory<byte> state);

    /// <summary>Called when a part continues from its loaded state; not when that is damaged or belongs to another run, and the part begins again.</summary>
    /// <param name="part">Name of the part.</param>
    /// <param name="step">The step it continues from.</param>
    void Continue(string part, long step)
    {
    }
}
