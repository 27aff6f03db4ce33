using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Shared pieces of this system's figures.</summary>
internal static class Curves
{
    public const string Paper = "arXiv:2511.18661";

    public const string Derived = "derived (docs/systems/phase-retrieval.md)";

    /// <summary>A solved column against time or step; points at zero are left out, since axes are logarithmic.</summary>
    public static Series Of(Solution solution, string observable, string label, int color, SeriesStyle style = SeriesStyle.Line, string abscissa = "t", bool absolute = false)
    {
        var x = solution[abscissa];
        var y = solution[observable];
        var rows = Enumerable.Range(0, x.Length).Where(row => x[row] > 0).ToArray();
        double[] Pick(double[] column) => [.. rows.Select(row => absolute ? Math.Abs(column[row]) : column[row])];
        var hasBand = solution.Has(observable + "-q10");
        return new Series
        {
            Label = label,
            X = [.. rows.Select(row => x[row])],
            Y = Pick(y),
            Lower = hasBand ? Pick(solution[observable + "-q10"]) : null,
            Upper = hasBand ? Pick(solution[observable + "-q90"]) : null,
            Style = style,
            Color = color,
        };
    }

    /// <summary>A function on given abscissae.</summary>
    public static Series Function(IEnumerable<double> x, Func<double, double> function, string label, int color, SeriesStyle style = SeriesStyle.Dashed)
    {
        var abscissae = x.ToArray();
        return new Series { Label = label, X = abscissae, Y = [.. abscissae.Select(function)], Color = color, Style = style };
    }

    /// <summary>The shaded phases of a trajectory between two times; phases that are not reached are left out.</summary>
    public static IReadOnlyList<Region> Phases(Solution solution, double first, double last)
    {
        var names = new[] { "I", "IIa", "IIb", "III" };
        var ends = new[] { solution.Events[PhaseEvents.Escape], solution.Events[PhaseEvents.Crossing], solution.Events[PhaseEvents.Convergence], last };
        var regions = new List<Region>();
        var start = first;
        for (var k = 0; k < names.Length; k++)
        {
            var end = Math.Min(ends[k] ?? last, last);
            if (end > start)
            {
                regions.Add(new Region(start, end, names[k]));
                start = end;
            }

            if (ends[k] is null)
                break;
        }

        return regions;
    }

    /// <summary>A number in a label.</summary>
    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A number in a table.</summary>
    public static string Cell(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
