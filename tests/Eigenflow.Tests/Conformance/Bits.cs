using System.Text;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Conformance;

/// <summary>Solutions bit by bit, without the wall time.</summary>
internal static class Bits
{
    /// <summary>All that a solution says, as text: equal texts are equal bits.</summary>
    public static string Of(Solution solution, int? rows = null)
    {
        var text = new StringBuilder();
        foreach (var column in solution.Observables)
            text.Append(column.Name).Append(':').AppendJoin(' ', column.Values.Take(rows ?? column.Values.Length).Select(BitConverter.DoubleToInt64Bits)).Append('\n');
        return text.ToString();
    }

    /// <summary>The same with events, summary and status.</summary>
    public static string OfAll(Solution solution) => Of(solution) + solution.Status
        + string.Join(' ', solution.Events.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={(pair.Value is { } time ? BitConverter.DoubleToInt64Bits(time) : null)}"))
        + string.Join(' ', solution.Summary.Select(number => $"{number.Name}={BitConverter.DoubleToInt64Bits(number.Value)}"));
}

/// <summary>Cancels at a report, or only counts them.</summary>
internal sealed class Stop(CancellationTokenSource source, int at) : IProgress<Progress>
{
    private int count;

    public int Count => count;

    public void Report(Progress value)
    {
        if (Interlocked.Increment(ref count) == at)
            source.Cancel();
    }
}
