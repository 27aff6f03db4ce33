using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>Overlays the solutions of any system: labels, captions, colours, styles, ranges and legends are decided here, for all of them alike.</summary>
internal static class OverlayFigure
{
    // The decades below the last value that matters to a reader.
    private const double DecadesShown = 8;

    // Approximations may run away: this factor beyond the range of the others they are followed.
    private const double LargestExcursion = 100;

    /// <summary>The figure.</summary>
    /// <param name="overlay">What the system says.</param>
    /// <param name="methods">Its methods.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="solutions">Solutions of any of its methods and settings.</param>
    public static Figure Of(Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Parameter> parameters, IReadOnlyList<Solution> solutions)
    {
        var names = new SolutionNames(solutions, parameters);
        var styles = Styles(overlay, methods, solutions, names);
        Curve[] curves = [.. solutions.Select((solution, k) => new Curve(solution, names.Of(k), names.Color(k, styles), styles[k], IsApproximation(methods, solution.Method)))];
        var panels = overlay.Panels.Where(panel => solutions.Count >= panel.Solutions.Fewest && solutions.Count <= panel.Solutions.Most)
            .SelectMany(panel => panel is OwnPanel own ? curves.Select((curve, k) => Own(overlay, own, curve, solutions.Count)) : [Shared(overlay, panel, curves)]).ToArray();
        return new Figure
        {
            Id = "trajectory",
            Title = solutions.Count == 0 ? overlay.Title : $"{overlay.Title}: {string.Join(", ", names.Methods)}",
            Caption = Caption(overlay, solutions, names),
            Columns = panels.Length == 3 ? 3 : Math.Min(2, panels.Length),
            Panels = panels,
        };
    }

    // Where values have their colours, a second method of theory is told from the first by its line.
    private static SeriesStyle[] Styles(Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        SeriesStyle[] styles = [.. solutions.Select(solution => overlay.Style?.Invoke(solution, solutions) ?? Style(methods, solution.Method))];
        if (!names.HasValues || names.Methods.Count == 1)
            return styles;
        var free = new Queue<SeriesStyle>(((SeriesStyle[])[SeriesStyle.Line, SeriesStyle.Dotted, SeriesStyle.Dashed]).Except(styles));
        var taken = new Dictionary<SeriesStyle, string>();
        foreach (var method in names.Methods)
        {
            var own = Enumerable.Range(0, styles.Length).Where(k => string.Equals(solutions[k].Method, method, StringComparison.Ordinal)).ToArray();
            if (styles[own[0]] == SeriesStyle.Points || taken.TryAdd(styles[own[0]], method) || !free.TryDequeue(out var other))
                continue;
            foreach (var k in own)
                styles[k] = other;
        }

        return styles;
    }

    private static SeriesStyle Style(IReadOnlyList<MethodInfo> methods, string name) => Role(methods, name) switch
    {
        MethodRole.Theory => SeriesStyle.Line,
        MethodRole.Approximation => SeriesStyle.Dashed,
        _ => SeriesStyle.Points,
    };

    private static bool IsApproximation(IReadOnlyList<MethodInfo> methods, string name) => Role(methods, name) == MethodRole.Approximation;

    private static MethodRole Role(IReadOnlyList<MethodInfo> methods, string name) =>
        methods.FirstOrDefault(method => string.Equals(method.Name, name, StringComparison.Ordinal))?.Role ?? MethodRole.Theory;

    private static Panel Shared(Overlay overlay, OverlayPanel panel, Curve[] curves)
    {
        if (panel.OfOne is { } one && curves is [{ Solution.Rows: > 1 } alone])
            return one(alone.Solution);
        var series = new List<(Series Series, bool IsApproximation)>();
        foreach (var curve in curves.Where(curve => curve.Solution.Has(panel.Observable)))
        {
            // The mean over replicas is a random curve only where the column has a band.
            var style = curve.Style == SeriesStyle.Points && curve.Solution.Has("step") && !curve.Solution.Has(panel.Observable + ReplicaColumns.Low) && IsSampled(curve.Solution) ? SeriesStyle.Line : curve.Style;
            series.Add((SolutionSeries.Of(curve.Solution, panel.Observable, curve.Label, curve.Color, style, panel.Abscissa, panel.IsAbsolute, !panel.IsLogarithmicX), curve.IsApproximation));
            if (panel.Beside is var (observable, label) && curve.Solution.Has(observable))
                series.Add((SolutionSeries.Of(curve.Solution, observable, label, -1, SeriesStyle.Points, panel.Abscissa, panel.IsAbsolute, !panel.IsLogarithmicX), curve.IsApproximation));
        }

        return Framed(overlay, panel, panel.Title, series, [.. curves.Select(curve => curve.Solution)]);
    }

    private static Panel Own(Overlay overlay, OwnPanel panel, Curve curve, int count) => Framed(
        overlay, panel, count == 1 ? panel.Title : curve.Label,
        [.. panel.Observables.Select((pair, k) => (SolutionSeries.Of(curve.Solution, pair.Observable, pair.Label, k, curve.Style, panel.Abscissa, panel.IsAbsolute), false))], [curve.Solution]);

    private static Panel Framed(Overlay overlay, OverlayPanel panel, string title, IReadOnlyList<(Series Series, bool IsApproximation)> curves, IReadOnlyList<Solution> solutions)
    {
        var last = curves.SelectMany(curve => curve.Series.X).DefaultIfEmpty(1).Max();
        if (overlay.End?.Invoke(solutions) is { } end && end < last)
        {
            last = end;
            curves = [.. curves.Select(curve => (curve.Series.Where((x, _) => x <= last), curve.IsApproximation))];
        }

        var first = curves.SelectMany(curve => curve.Series.X).DefaultIfEmpty(last).Min();
        var label = panel.AbscissaLabel.Length > 0 ? panel.AbscissaLabel : solutions.Count > 0 ? solutions[0].Axis.Symbol : "";
        return new Panel
        {
            Title = title,
            X = panel.IsLogarithmicX && last > first ? new Axis(label, true, first, last) : new Axis(label, panel.IsLogarithmicX),
            Y = Ordinate(panel, curves),
            Series = [.. curves.Select(curve => curve.Series)],
            Regions = overlay.Regions is { } regions && solutions is [{ Rows: > 1 } alone] && last > first ? regions(alone, first, last) : [],
        };
    }

    private static Axis Ordinate(OverlayPanel panel, IReadOnlyList<(Series Series, bool IsApproximation)> curves)
    {
        if (!panel.IsLogarithmicY)
            return new Axis(panel.Label, false, 0, null);
        double[] Positive(bool approximations) => [.. curves.Where(curve => curve.IsApproximation == approximations).SelectMany(curve => curve.Series.Y).Where(value => value > 0 && double.IsFinite(value))];
        double[] framing = Positive(false), others = Positive(true);
        if (framing.Length == 0)
            (framing, others) = (others, []);
        if (framing.Length == 0)
            return new Axis(panel.Label, true);
        var (low, high) = (framing.Min(), framing.Max());
        high = Math.Max(high, others.Where(value => value <= LargestExcursion * high).DefaultIfEmpty(high).Max());
        low = Math.Min(low, others.Where(value => value >= low / LargestExcursion).DefaultIfEmpty(low).Min());
        return new Axis(panel.Label, true, Math.Max(low, high * Math.Pow(10, -DecadesShown)) * 0.7, high * 1.6);
    }

    private static string Caption(Overlay overlay, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        var bands = solutions.Any(IsSampled) ? "Dots: mean over runs; bands: 10 to 90 % of them." : "";
        var phases = solutions.Count == 1 && overlay.Regions is not null ? overlay.RegionsDescription : "";
        var shared = solutions.Count == 0 ? "" : names.Shared(overlay.Caption);
        var fewer = Fewer(SolveOutcome.Diverged, "Without the runs that diverged, or up to the first of them where all did") + Fewer(SolveOutcome.Cancelled, "Interrupted");
        return string.Join(" ", new[] { overlay.Description, overlay.Remark?.Invoke(solutions) ?? bands, fewer.Trim(), phases, shared.Length > 0 ? shared + "." : "" }.Where(part => part.Length > 0));

        // A mean over fewer runs than the number of replicas says is no mean over them.
        string Fewer(SolveOutcome outcome, string words)
        {
            var concerned = Enumerable.Range(0, solutions.Count).Where(k => IsSampled(solutions[k]) && solutions[k].Status.Outcome == outcome).ToArray();
            return concerned.Length == 0 ? "" : solutions.Count == 1 ? $"{words}. " : $"{words}: {string.Join(", ", concerned.Select(names.Of).Distinct(StringComparer.Ordinal))}. ";
        }
    }

    private static bool IsSampled(Solution solution) => solution.Observables.Any(column => column.Name.EndsWith(ReplicaColumns.Low, StringComparison.Ordinal));

    private sealed record Curve(Solution Solution, string Label, int Color, SeriesStyle Style, bool IsApproximation);
}
