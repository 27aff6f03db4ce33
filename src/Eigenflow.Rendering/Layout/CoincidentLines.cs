using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Lines that lie on each other take turns along their way, so that none of them is hidden by the others.</summary>
internal static class CoincidentLines
{
    // Closer than this part of the axis two lines are one.
    private const double Same = 0.004;

    /// <summary>The turns of the lines of a panel; lines alone have none.</summary>
    /// <param name="frame">The panel, whose place is settled.</param>
    public static Dictionary<Series, DashTurn> Turns(PanelFrame frame)
    {
        var groups = new List<List<Series>>();
        foreach (var series in frame.Panel.Series.Where(series => series.Style == SeriesStyle.Line && series.X.Length > 1))
        {
            if (groups.Find(group => AreSame(frame, group[0], series)) is { } found)
                found.Add(series);
            else
                groups.Add([series]);
        }

        var turns = new Dictionary<Series, DashTurn>(ReferenceEqualityComparer.Instance);
        foreach (var group in groups.Where(group => group.Select(series => series.Label).Distinct(StringComparer.Ordinal).Count() > 1))
        {
            for (var k = 0; k < group.Count; k++)
                turns[group[k]] = new DashTurn(k, group.Count);
        }

        return turns;
    }

    private static bool AreSame(PanelFrame frame, Series one, Series other)
    {
        if (!one.X.AsSpan().SequenceEqual(other.X))
            return false;
        for (var i = 0; i < one.X.Length; i++)
        {
            var (a, b) = (frame.Map(one.X[i], one.Y[i]).Y, frame.Map(other.X[i], other.Y[i]).Y);
            if (double.IsNaN(a) != double.IsNaN(b) || Math.Abs(a - b) > Same * frame.Plot.Height)
                return false;
        }

        return true;
    }
}
