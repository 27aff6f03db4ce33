using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>A series of a drawn panel that is a column of a solution.</summary>
/// <param name="Number">Its number in the panel.</param>
/// <param name="Solution">The solution.</param>
/// <param name="Column">The column as a panel of its own would show it.</param>
internal sealed record DrawnCurve(int Number, Solution Solution, OverlayPanel Column)
{
    /// <summary>The series of a panel that draws several columns of one solution.</summary>
    /// <param name="shown">The columns that it draws.</param>
    /// <param name="solution">The solution.</param>
    public static IReadOnlyList<DrawnCurve> OfColumns((OverlayPanel Column, int Number)[] shown, Solution solution) => [.. shown.Select((pair, k) => new DrawnCurve(k, solution, pair.Column))];

    /// <summary>The series of a panel that draws one column of every solution, with what may stand beside it; of one that turns back there are pieces, and none of them is a curve.</summary>
    /// <param name="panel">What is drawn.</param>
    /// <param name="solutions">Those that have it, in their order.</param>
    public static IReadOnlyList<DrawnCurve> Of(OverlayPanel panel, IReadOnlyList<Solution> solutions)
    {
        var curves = new List<DrawnCurve>();
        var number = 0;
        foreach (var solution in panel.Folds ? [] : solutions)
        {
            curves.Add(new DrawnCurve(number, solution, panel));
            number += panel.Beside is var (beside, _) && solution.Has(beside) ? 2 : 1;
        }

        return curves;
    }

    /// <summary>The series of a panel that a system draws of a solution in its own way, as far as they are columns of it against each other.</summary>
    /// <param name="panel">What asked for it.</param>
    /// <param name="drawn">The panel.</param>
    /// <param name="solution">The solution.</param>
    public static IReadOnlyList<DrawnCurve> Found(OverlayPanel panel, Panel drawn, Solution solution)
    {
        var found = new List<DrawnCurve>();
        foreach (var (number, series) in drawn.Series.Index())
        {
            var column = solution.Observables.Where(along => along.Values.Length >= series.X.Length && series.X.Length > 1)
                .SelectMany(along => solution.Observables.Where(other => !ReferenceEquals(other, along)).Select(other => panel with { Observable = other.Name, Abscissa = along.Name, Label = other.Symbol, IsAbsolute = false, IsLogarithmicX = drawn.X.IsLogarithmic, IsLogarithmicY = drawn.Y.IsLogarithmic, OfOne = null }))
                .FirstOrDefault(candidate => IsIt(candidate, solution, series));
            if (column is not null)
                found.Add(new DrawnCurve(number, solution, column));
        }

        return found;
    }

    // The ends tell most columns apart.
    private static bool IsIt(OverlayPanel column, Solution solution, Series series)
    {
        double[] x = solution[column.Abscissa!], y = solution[column.Observable];
        if (!(x[^1] == series.X[^1] && y[^1].Equals(series.Y[^1])) && !(x[0] == series.X[^1] && y[0].Equals(series.Y[^1])))
            return false;
        var own = SolutionSeries.Of(solution, column.Observable, "", 0, abscissa: column.Abscissa, keepsZero: !column.IsLogarithmicX);
        return own.X.AsSpan().SequenceEqual(series.X) && own.Y.AsSpan().SequenceEqual(series.Y);
    }
}
