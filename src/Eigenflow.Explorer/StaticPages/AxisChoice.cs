using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Chooses the sliders of an exported page where the user does not: the first numbers of the parameter table that change the curves.</summary>
internal static class AxisChoice
{
    /// <summary>Sliders where nobody says how many.</summary>
    public const int Count = 2;

    // A change of a curve by less is not seen.
    private const double Seen = 0.02;
    private const int Places = 64;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // They say where a curve ends, how many points it has, or which draw it is, and not what is seen.
    private static readonly HashSet<string> Dull = new(StringComparer.Ordinal) { "seed", "points", "until", "from", "to", "steps", "replicas", "draws", "test-samples" };

    /// <summary>How many values a slider has, so that a grid stays small.</summary>
    public static int Values(int axes) => axes switch { 1 => 31, 2 => 11, 3 => 7, _ => 5 };

    /// <summary>The parameters.</summary>
    public static IReadOnlyList<Parameter> Of(ISystem system, IReadOnlyList<string> methods, Setting given, GridSolver solver, CancellationToken cancellation)
    {
        var chosen = new List<Parameter>();
        if (Try(solver, given, cancellation) is not { } middle)
            return chosen;
        foreach (var parameter in system.Parameters)
        {
            if (chosen.Count == Count)
                break;
            if (Dull.Contains(parameter.Name) || given[parameter.Name] is not null || !methods.All(method => system.IsRead(system.Method(method), parameter.Name)) || PageAxis.Over(parameter, Values(Count)) is not { } axis)
                continue;
            int[] places = [axis.Values.Count / 4, 3 * axis.Values.Count / 4];
            var tried = Array.ConvertAll(places, place => Try(solver, given.With(parameter.Name, axis.Value(axis.Values[place])), cancellation));
            if (tried.All(figure => figure is not null) && tried.Any(figure => Differs(middle, figure!)))
                chosen.Add(parameter);
        }

        return chosen;
    }

    private static PageFigure? Try(GridSolver solver, Setting setting, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            return solver.Solve(setting, limit.Token).Figure;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    // At the same parts of the way along the curves.
    private static bool Differs(PageFigure one, PageFigure other)
    {
        if (!string.Equals(one.Likeness, other.Likeness, StringComparison.Ordinal))
            return true;
        return one.Rows.Zip(other.Rows).Any(pair =>
        {
            var (first, second) = pair;
            if (first.X.Length == 0 || second.X.Length == 0)
                return first.X.Length != second.X.Length;
            double[] all = [.. first.Y.Concat(second.Y).Where(double.IsFinite)];
            var range = all.Length == 0 ? 0 : all.Max() - all.Min();
            return range > 0 && Enumerable.Range(0, Places).Any(k => Math.Abs(At(first, k) - At(second, k)) > Seen * range);
        });
    }

    private static double At(RowCurve curve, int place) => RowCurve.At(curve.X, curve.Y, curve.X[0] + ((curve.X[^1] - curve.X[0]) * place / (Places - 1)));
}
