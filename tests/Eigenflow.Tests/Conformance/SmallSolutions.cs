using System.Collections.Concurrent;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Conformance;

/// <summary>The solution of every method's smallest setting, solved once.</summary>
internal static class SmallSolutions
{
    private static readonly ConcurrentDictionary<(string, string), Solution> Solved = new();

    public static Solution Of(string id, string method) => Solved.GetOrAdd((id, method), _ => TestedSystems.Find(id) is var system ? system.Solve(system.Smallest(method)) : null!);
}
