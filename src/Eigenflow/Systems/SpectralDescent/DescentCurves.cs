using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Shared pieces of this system's figures.</summary>
internal static class DescentCurves
{
    public const string Paper = "arXiv:2601.22652";

    public const string Derived = "derived (docs/systems/spectral-descent.md)";

    /// <summary>The size of a solved column against the step (or another column); rows at zero are left out, since axes are logarithmic.</summary>
    public static Series Of(Solution solution, string observable, string label, int color, SeriesStyle style = SeriesStyle.Line, string abscissa = "step")
    {
        var x = solution[abscissa];
        var rows = Enumerable.Range(0, x.Length).Where(row => x[row] > 0).ToArray();
        double[] Pick(double[] column) => [.. rows.Select(row => Math.Abs(column[row]))];
        var hasBand = solution.Has(observable + "-q10");
        return new Series
        {
            Label = label,
            X = [.. rows.Select(row => x[row])],
            Y = Pick(solution[observable]),
            Lower = hasBand ? Pick(solution[observable + "-q10"]) : null,
            Upper = hasBand ? Pick(solution[observable + "-q90"]) : null,
            Style = style,
            Color = color,
        };
    }

    /// <summary>The phases of a trajectory in steps; those that are not reached are left out.</summary>
    public static IReadOnlyList<Region> Phases(Solution solution)
    {
        if (solution.Times.Length < 2 || solution.Times[^1] <= 0)
            return [];
        var isSpectral = solution.Method is "spectral" or "full-spectral" or "spectral-sgd" or "muon" or "muon-population" or "full-muon";
        var last = solution["step"][^1];
        (string Name, string? End)[] phases = isSpectral
            ? [("additive", PhaseTracker.SpikeSurface), ("", PhaseTracker.BulkSurface), ("sliding", PhaseTracker.Contraction), ("finish", null)]
            : [("escape", PhaseTracker.SpikeSurface), ("plateau", PhaseTracker.Half), ("growth", PhaseTracker.Contraction), ("contraction", null)];
        var regions = new List<Region>();
        var start = 1.0;
        foreach (var (name, ends) in phases)
        {
            var end = ends is null ? last : solution.Events[ends] is { } time ? StepOf(solution, time) : last;
            if (end > start)
            {
                regions.Add(new Region(start, end, name));
                start = end;
            }

            if (start >= last)
                break;
        }

        return regions;
    }

    /// <summary>A legend entry that explains a line style or dots for all colours.</summary>
    public static Series Key(string label, SeriesStyle style) => new() { Label = label, X = [], Y = [], Style = style, Color = -1 };

    /// <summary>A function on given abscissae.</summary>
    public static Series Function(IEnumerable<double> x, Func<double, double> function, string label, int color, SeriesStyle style = SeriesStyle.Dashed)
    {
        var abscissae = x.ToArray();
        return new Series { Label = label, X = abscissae, Y = [.. abscissae.Select(function)], Color = color, Style = style };
    }

    /// <summary>Means of neighbouring rows: the chatter of spectral descent has period two.</summary>
    public static Series Smoothed(this Series series) => series with
    {
        X = [.. series.X.Skip(1)],
        Y = [.. Enumerable.Range(1, Math.Max(0, series.Y.Length - 1)).Select(row => (series.Y[row] + series.Y[row - 1]) / 2)],
        Lower = null,
        Upper = null,
    };

    /// <summary>The rows of a series that a test of abscissa and row keeps.</summary>
    public static Series Where(this Series series, Func<double, int, bool> keep)
    {
        double[]? Pick(double[]? column) => column is null ? null : [.. column.Where((_, row) => keep(series.X[row], row))];
        return series with { X = Pick(series.X)!, Y = Pick(series.Y)!, Lower = Pick(series.Lower), Upper = Pick(series.Upper) };
    }

    /// <summary>A number in a label.</summary>
    public static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A number in a table.</summary>
    public static string Cell(double value, int digits = 5) => value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');

    // The first saved step at or after a time.
    private static double StepOf(Solution solution, double time)
    {
        var row = Array.FindIndex(solution.Times, value => value >= time * (1 - 1e-12));
        return row < 0 ? solution["step"][^1] : solution["step"][row];
    }
}
