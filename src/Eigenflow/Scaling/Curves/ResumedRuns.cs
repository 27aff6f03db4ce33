using Eigenflow.Numerics;

namespace Eigenflow.Scaling;

/// <summary>
/// Finds out whether the rows of a table are those of a run that was resumed from a checkpoint, so that later rows stand for earlier ones.
/// <para>x goes back and ascends again (a table in descending order is merely turned round). That is a resumed run if the file ascends in long runs (at least ten rows each in the mean; shuffled tables have two), x does not go back to the beginning (that is another curve,
/// or another attempt, and both count), and y goes on about where it was. A single late row is inserted and repeats nothing.</para>
/// </summary>
internal sealed class ResumedRuns
{
    private const double ShortestRuns = 10;
    private const int Compared = 3;
    private const double LargestNoise = 6;
    private const double LargestPart = 0.2;

    private ResumedRuns(int[] superseded, int returns, bool isUnordered, int? discontinuity) =>
        (Superseded, Returns, IsUnordered, Discontinuity) = (superseded, returns, isUnordered, discontinuity);

    /// <summary>Indices that later rows stand for.</summary>
    public int[] Superseded { get; }

    /// <summary>How often x goes back.</summary>
    public int Returns { get; }

    /// <summary>Whether any row is superseded.</summary>
    public bool IsResumed => Superseded.Length > 0;

    /// <summary>Whether x goes back and the order means nothing.</summary>
    public bool IsUnordered { get; }

    /// <summary>First index of a long run that does not go on where the one before it was; null where runs are short.</summary>
    public int? Discontinuity { get; }

    /// <summary>Looks.</summary>
    /// <param name="u">x or ln x in the order of the file, finite.</param>
    /// <param name="v">y or ln y, as many.</param>
    public static ResumedRuns Of(double[] u, double[] v)
    {
        int[] starts = [.. Enumerable.Range(1, Math.Max(0, u.Length - 1)).Where(row => u[row] < u[row - 1])];
        if (starts.Length == 0 || !Enumerable.Range(1, u.Length - 1).Any(row => u[row] > u[row - 1]))
            return new ResumedRuns([], 0, false, null);
        if (u.Length < ShortestRuns * (starts.Length + 1))
            return new ResumedRuns([], starts.Length, true, null);
        var kept = Enumerable.Range(0, starts[0]).ToList();
        var superseded = new List<int>();
        for (var run = 0; run < starts.Length; run++)
        {
            int first = starts[run], end = run + 1 < starts.Length ? starts[run + 1] : u.Length;
            var place = kept.FindIndex(row => u[row] >= u[first]);
            var isLate = (first + 1 == end || u[first + 1] > u[kept[^1]]) && u[kept[place]] > u[first];
            if (isLate)
            {
                kept.Insert(place, first);
                first++;
            }
            else
            {
                if (place == 0 || !GoesOn(v, kept, place, first, end))
                    return new ResumedRuns([], starts.Length, true, first);
                superseded.AddRange(kept[place..]);
                kept.RemoveRange(place, kept.Count - place);
            }

            // A late row alone can be followed by one that is late as well.
            kept.AddRange(Enumerable.Range(first, end - first));
        }

        superseded.Sort();
        return new ResumedRuns([.. superseded], starts.Length, superseded.Count == 0, null);
    }

    // The first values of the new run beside the last before it: within the noise, or a fifth of the range of the curve.
    private static bool GoesOn(double[] v, List<int> kept, int place, int first, int end)
    {
        var before = Quantile.Median([.. kept[Math.Max(0, place - Compared)..place].Select(row => v[row])]);
        var after = Quantile.Median(v.AsSpan(first, Math.Min(end, first + Compared) - first));
        double[] earlier = [.. kept[..place].Select(row => v[row])], steps = [.. earlier.Skip(1).Zip(earlier, (b, a) => Math.Abs(b - a))];
        var noise = steps.Length == 0 ? 0 : Quantile.Median(steps);
        return Math.Abs(after - before) <= Math.Max(LargestNoise * noise, LargestPart * (earlier.Max() - earlier.Min()));
    }
}
