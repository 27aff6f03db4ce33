using Eigenflow.Solutions;

namespace Eigenflow.Tests;

/// <summary>Keeps every state in memory.</summary>
internal sealed class MemoryStore : ICheckpointStore
{
    private readonly Lock gate = new();

    public Dictionary<string, byte[]> States { get; init; } = new(StringComparer.Ordinal);

    public List<string> Continued { get; } = [];

    public byte[]? Load(string part)
    {
        lock (gate)
            return States.GetValueOrDefault(part);
    }

    /// <summary>Whether states are only kept at the end.</summary>
    public bool IsSlow { get; init; }

    public bool IsDue(string part) => !IsSlow;

    public void Save(string part, ReadOnlyMemory<byte> state)
    {
        lock (gate)
            States[part] = state.ToArray();
    }

    public void Continue(string part, long step)
    {
        lock (gate)
            Continued.Add(part);
    }
}
