using Eigenflow.Scaling.Noise;

namespace Eigenflow.Scaling;

/// <summary>
/// The longest range on which a power law describes a curve by the one test of laws (<see cref="LawTest"/>), or approximates it with a local exponent that changes by no more than the largest drift.
/// Ranges begin and end at points of the curve and span the fewest decades in x that were measured.
/// </summary>
internal static class PowerLawWindow
{
    private const int Candidates = 25;
    private const int FewestPoints = 6;
    private const int FewestForDrift = 5;

    // Where points are too few for a test and so noisy that even this change of the exponent is not significant, nothing can be said of a power law.
    private const double LargestExcess = 10;

    // A range of a decade whose ends are decimal fractions is one.
    private const double Slack = 1e-9;

    /// <summary>Finds it; null if there is none.</summary>
    public static LogPoints? Longest(LogPoints points, double largestDrift, double decades)
    {
        var ends = Ends(points);
        var ranges = new List<(int Start, int End, double Decades)>();
        for (var left = 0; left < ends.Length; left++)
        {
            for (var right = left + 1; right < ends.Length; right++)
            {
                var length = Decades(points, ends[left], ends[right]);
                if (length >= decades - Slack && ends[right] - ends[left] + 1 >= FewestPoints)
                    ranges.Add((ends[left], ends[right] + 1, length));
            }
        }

        foreach (var (start, end, _) in ranges.OrderByDescending(range => Math.Round(range.Decades, 9)).ThenBy(range => range.Start))
        {
            var window = points.Slice(start, end);
            if (window.Span > 0 && Holds(window, largestDrift, isSearch: window.Count < points.Count))
                return window;
        }

        return null;
    }

    /// <summary>Whether a power law holds on all of some points.</summary>
    public static bool Holds(LogPoints window, double largestDrift, bool isSearch = false) => Standing(window, largestDrift, isSearch) != LawStanding.Departs;

    /// <summary>How a power law stands to all of some points; windows of fewer points than the test needs are held by their drift: where that may be noise they are untested.</summary>
    public static LawStanding Standing(LogPoints window, double largestDrift, bool isSearch = false)
    {
        var standing = LawTest.OfLine(window, largestDrift, isSearch);
        if (standing != LawStanding.Untested || window.Count < FewestForDrift)
            return standing;
        var (drift, error) = window.Drift();
        return drift <= Math.Min(2 * error, LargestExcess * largestDrift) ? LawStanding.Untested
            : drift <= LawTest.AllowedDrift(largestDrift, window.Line().Slope) ? LawStanding.Approximates : LawStanding.Departs;
    }

    private static double Decades(LogPoints points, int start, int end) => points.Slice(start, end + 1).Decades;

    // The points nearest to 26 even places; all of them on short curves.
    private static int[] Ends(LogPoints points)
    {
        if (points.Count <= Candidates + 1)
            return [.. Enumerable.Range(0, points.Count)];
        var ends = new SortedSet<int>();
        var at = 0;
        for (var place = 0; place <= Candidates; place++)
        {
            var wanted = points.First + (points.Span * place / Candidates);
            while (at < points.Count - 1 && Math.Abs(points.U[at + 1] - wanted) < Math.Abs(points.U[at] - wanted))
                at++;
            ends.Add(at);
        }

        return [.. ends];
    }
}
