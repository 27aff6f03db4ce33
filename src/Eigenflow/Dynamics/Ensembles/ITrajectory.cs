using System.Buffers;

namespace Eigenflow.Dynamics;

/// <summary>One replica of a random trajectory: everything that an ensemble needs of it. Random numbers are addressed by the step, so that a state is all there is to keep.</summary>
internal interface ITrajectory
{
    /// <summary>Steps done.</summary>
    long Step { get; }

    /// <summary>Does steps; false once the state has left every bound, with <see cref="Step"/> at the step that made it so.</summary>
    bool Advance(long count);

    /// <summary>Writes the statistics of the state.</summary>
    /// <param name="row">As long as the ensemble's width.</param>
    /// <param name="isSaved">Whether the row is a saved one; others need only what events look at.</param>
    void Observe(Span<double> row, bool isSaved);

    /// <summary>Writes the state.</summary>
    void Write(IBufferWriter<byte> to);

    /// <summary>Goes on from a state.</summary>
    void Read(ReadOnlySpan<byte> from);
}

/// <summary>Looks for the events of rows that are told one after another.</summary>
internal interface IEventWatch
{
    /// <summary>Whether every event has happened.</summary>
    bool AreComplete { get; }

    /// <summary>The first row, at time zero.</summary>
    void Begin(ReadOnlySpan<double> row);

    /// <summary>Whether an event that has not happened yet happens in a row.</summary>
    bool Happens(ReadOnlySpan<double> row);

    /// <summary>The row at a time: what has not happened before and holds in it happens then.</summary>
    void Mark(ReadOnlySpan<double> row, double time);

    /// <summary>The times by name; null for events that have not happened.</summary>
    IReadOnlyDictionary<string, double?> ToDictionary();
}
