using System.Globalization;

namespace Eigenflow.Studies;

/// <summary>Every n-th run of a plan, beginning with one of them: the part of one task of a job array. It depends on the study alone, not on what is finished.</summary>
/// <param name="Index">0-based number of the task.</param>
/// <param name="Count">Number of tasks.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>All runs.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Reads <c>K/N</c> with K from 0 to N − 1.</summary>
    /// <exception cref="ParameterException">Anything else.</exception>
    public static Shard Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= 100_000 && index < count
            ? new Shard(index, count)
            : throw new ParameterException("shard", text, "K/N with whole numbers, N from 1 to 100000 and K from 0 to N - 1, such as 0/64");
    }

    /// <summary>The runs of the part, in the order of the plan.</summary>
    /// <param name="runs">The plan.</param>
    public IReadOnlyList<StudyRun> Of(IReadOnlyList<StudyRun> runs) => Count == 1 ? runs : [.. runs.Where((_, position) => position % Count == Index)];
}
