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

    // Approximations and runs that diverged may run away: this factor beyond the range of the others they are followed.
    private const double LargestExcursion = 100;

    /// <summary>The figure.</summary>
    /// <param name="overlay">What the system says.</param>
    /// <param name="methods">Its methods.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="solutions">Solutions of any of its methods and settings.</param>
    public static Figure Of(Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Parameter> parameters, IReadOnlyList<Solution> solutions) => Drawn(overlay, methods, parameters, solutions).Figure;

    /// <summary>The figure, and what asked for each of its panels.</summary>
    /// <param name="overlay">What the system says.</param>
    /// <param name="methods">Its methods.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="solutions">Solutions of any of its methods and settings.</param>
    public static (Figure Figure, IReadOnlyList<DrawnPanel> Panels) Drawn(Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Parameter> parameters, IReadOnlyList<Solution> solutions)
    {
        var names = new SolutionNames(solutions, parameters);
        var styles = Styles(overlay, methods, solutions, names);
        string[] known = [.. methods.Select(method => method.Name)];
        var scale = names.AreTold(styles) ? names.Scale : null;
        Curve[] curves =
        [
            .. solutions.Select((solution, k) => new Curve(
                solution, names.OfCurve(k, styles), names.Color(k, styles, known), styles[k], IsApproximation(methods, solution.Method), scale is null ? null : names.ValueOf(k), Expectation(overlay, methods, solutions, names, styles, k))),
        ];
        Series[] keys = names.AreTold(styles) && names.Methods.Count > 1 ? [.. names.Methods.Select(method => SolutionSeries.Key(method, styles[solutions.Select((solution, k) => (solution.Method, k)).First(pair => pair.Method == method).k]))] : [];
        var panels = overlay.Panels.Where(panel => ((solutions.Count >= panel.Solutions.Fewest && solutions.Count <= panel.Solutions.Most) || IsEach(panel, solutions)) && (solutions.Count == 0 || solutions.Any(panel.IsIn)))
            .SelectMany(panel => IsEach(panel, solutions) ? Each(panel, solutions, names) : panel is OwnPanel own
                ? curves.Select((curve, k) => (curve, k)).Where(pair => own.IsIn(pair.curve.Solution)).Select(pair => new DrawnPanel(own, Own(overlay, own, pair.curve, names.Of(pair.k), solutions.Count), [pair.curve.Solution]) { Curves = () => DrawnCurve.OfColumns(own.Shown(pair.curve.Solution), pair.curve.Solution) })
                : Shared(overlay, panel, curves, keys)).ToArray();
        var figure = new Figure
        {
            Id = "trajectory",
            Title = $"{overlay.Title}{OverlayTitle.Of(overlay, solutions, names, panels)}",
            Caption = Caption(overlay, solutions, names),
            Panels = [.. panels.Select(panel => panel.Panel)],
            Scale = scale,
        };
        return (figure, panels);
    }

    private static bool IsEach(OverlayPanel panel, IReadOnlyList<Solution> solutions) => panel.OfOne is not null && solutions.Count > 1 && solutions.Count(solution => panel.IsIn(solution) && solution.Rows > 1) is var count && count > 0 && count <= panel.MostApart;

    private static IEnumerable<DrawnPanel> Each(OverlayPanel panel, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        int[] own = [.. Enumerable.Range(0, solutions.Count).Where(k => panel.IsIn(solutions[k]) && solutions[k].Rows > 1)];
        return own.Select(k => new DrawnPanel(panel, panel.OfOne!(solutions[k]) is var one && own.Length > 1 ? one with { Title = $"{one.Title}: {names.Of(k)}" } : one, [solutions[k]]) { Curves = () => DrawnCurve.Found(panel, one, solutions[k]) });
    }

    // Lines of several methods differ, so that both are seen where they coincide; where values have the colours, dots of several methods cannot be told apart, and stay as they are.
    private static SeriesStyle[] Styles(Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        SeriesStyle[] styles = [.. solutions.Select(solution => overlay.Style?.Invoke(solution, solutions) ?? Style(methods, solution.Method))];
        if (names.Methods.Count == 1)
            return styles;
        var free = new Queue<SeriesStyle>(((SeriesStyle[])[SeriesStyle.Line, SeriesStyle.Dashed, SeriesStyle.Dotted]).Except(styles));
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

    // What a sampled solution is compared with: the theory with the same values, that which counts steps like it before others.
    private static Solution? Expectation(Overlay overlay, IReadOnlyList<MethodInfo> methods, IReadOnlyList<Solution> solutions, SolutionNames names, SeriesStyle[] styles, int solution) => styles[solution] != SeriesStyle.Points
        ? null
        : Enumerable.Range(0, solutions.Count).Where(k => k != solution && names.AreAlike(k, solution) && Role(methods, solutions[k].Method) == MethodRole.Theory && solutions[k].Rows > 1 && overlay.IsTheoryOf?.Invoke(solutions[k], solutions[solution]) != false)
            .OrderBy(k => solutions[k].Has("step") == solutions[solution].Has("step") ? 0 : 1).Select(k => solutions[k]).FirstOrDefault();

    private static SeriesStyle Style(IReadOnlyList<MethodInfo> methods, string name) => Role(methods, name) switch
    {
        MethodRole.Theory => SeriesStyle.Line,
        MethodRole.Approximation => SeriesStyle.Dashed,
        _ => SeriesStyle.Points,
    };

    private static bool IsApproximation(IReadOnlyList<MethodInfo> methods, string name) => Role(methods, name) == MethodRole.Approximation;

    private static MethodRole Role(IReadOnlyList<MethodInfo> methods, string name) =>
        methods.FirstOrDefault(method => string.Equals(method.Name, name, StringComparison.Ordinal))?.Role ?? MethodRole.Theory;

    // Curves along different axes have no abscissa in common: a panel per axis, which then bears its name.
    private static IEnumerable<DrawnPanel> Shared(Overlay overlay, OverlayPanel panel, Curve[] curves, Series[] keys)
    {
        if (panel.OfOne is { } one && curves is [{ Solution.Rows: > 1 } alone])
            return one(alone.Solution) is var drawn ? [new DrawnPanel(panel, drawn, [alone.Solution]) { Curves = () => DrawnCurve.Found(panel, drawn, alone.Solution) }] : [];
        var groups = curves.Where(curve => panel.IsIn(curve.Solution)).GroupBy(curve => panel.Abscissa ?? curve.Solution.Axis.Name, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        Solution[] all = [.. curves.Select(curve => curve.Solution)];
        return groups is []
            ? [new DrawnPanel(panel, Shared(overlay, panel, [], keys, all), [])]
            : groups.Select(group => new DrawnPanel(panel, Shared(overlay, groups is [_] ? panel : Along(panel, group), group, groups is [_] ? keys : [.. keys.Where(key => Array.Exists(group, curve => string.Equals(curve.Solution.Method, key.Label, StringComparison.Ordinal)))], all), [.. group.Select(curve => curve.Solution)]) { Curves = () => DrawnCurve.Of(panel, [.. group.Select(curve => curve.Solution)]) });
    }

    private static OverlayPanel Along(OverlayPanel panel, Curve[] group) => AxisLabel(group[0].Solution.Axis) is var label ? panel with { Title = $"{panel.Title} against {label}", AbscissaLabel = label } : panel;

    private static Panel Shared(Overlay overlay, OverlayPanel panel, Curve[] curves, Series[] keys, IReadOnlyList<Solution> all)
    {
        var series = new List<(Series Series, bool MayRunAway)>();
        foreach (var curve in curves)
        {
            // The mean over replicas is a random curve only where the column has a band.
            var isSampled = curve.Style == SeriesStyle.Points && IsSampled(curve.Solution);
            var style = isSampled && curve.Solution.Has("step") && !curve.Solution.Has(panel.Observable + ReplicaColumns.Low) ? SeriesStyle.Line : curve.Style;
            if (panel.Folds)
            {
                series.AddRange(SolutionSeries.Folded(curve.Solution, panel.Observable, curve.Label, curve.Color, panel.Abscissa!, style).Select(piece => (piece with { Value = curve.Value }, curve.MayRunAway)));
                continue;
            }

            var drawn = SolutionSeries.Of(curve.Solution, panel.Observable, curve.Label, curve.Color, style, panel.Abscissa, panel.IsAbsolute, !panel.IsLogarithmicX) with { Value = curve.Value };
            if (panel.HasErrors)
                drawn = drawn.WithErrors(curve.Solution, panel.Observable);
            if (isSampled)
                drawn = drawn with { Role = SeriesRole.Simulation };
            if (style == SeriesStyle.Points && curve.Expectation is { } theory && theory.Has(panel.Observable))
                drawn = drawn.Against(theory, panel.Observable, string.Equals(panel.Abscissa, theory.Axis.Name, StringComparison.Ordinal) ? null : panel.Abscissa, panel.IsAbsolute);
            series.Add((drawn.Expected?.Any(double.IsFinite) == true ? drawn : drawn with { Expected = null }, curve.MayRunAway));
            if (panel.Beside is var (observable, label) && curve.Solution.Has(observable))
                series.Add((SolutionSeries.Of(curve.Solution, observable, label, -1, SeriesStyle.Points, panel.Abscissa, panel.IsAbsolute, !panel.IsLogarithmicX), curve.MayRunAway));
        }

        var framed = Framed(overlay, panel, panel.Title, series, all);
        return framed with { Series = [.. framed.Series, .. keys] };
    }

    private static Panel Own(Overlay overlay, OwnPanel panel, Curve curve, string name, int count) => Framed(
        overlay, panel, count == 1 ? panel.Title : name,
        [.. panel.Shown(curve.Solution).Select(item => (SolutionSeries.Of(curve.Solution, item.Column.Observable, item.Column.Label, item.Number, SeriesStyle.Line, panel.Abscissa, panel.IsAbsolute), false))], [curve.Solution]);

    private static Panel Framed(Overlay overlay, OverlayPanel panel, string title, IReadOnlyList<(Series Series, bool MayRunAway)> curves, IReadOnlyList<Solution> solutions)
    {
        var last = curves.SelectMany(curve => curve.Series.X).DefaultIfEmpty(1).Max();
        if (overlay.End?.Invoke(solutions) is { } end && end < last)
        {
            last = end;
            curves = [.. curves.Select(curve => (curve.Series.Where((x, _) => x <= last), curve.MayRunAway))];
        }

        var first = curves.SelectMany(curve => curve.Series.X).DefaultIfEmpty(last).Min();
        var label = panel.AbscissaLabel.Length > 0 ? panel.AbscissaLabel : (solutions.FirstOrDefault(solution => solution.Has(panel.Observable)) ?? (solutions.Count > 0 ? solutions[0] : null)) is { } shown ? AxisLabel(shown.Axis) : "";
        var isNothing = !panel.IsLogarithmicY && IsNothing(curves);
        return new Panel
        {
            Title = title,
            X = panel.IsLogarithmicX && last > first ? new Axis(label, true, first, last) : new Axis(label, panel.IsLogarithmicX),
            Y = isNothing ? new Axis(panel.Label, false, -1, 1) : Ordinate(panel, curves),
            Annotations = isNothing ? [new Annotation(panel.IsLogarithmicX && first > 0 ? Math.Sqrt(first * last) : (first + last) / 2, 0, "0 throughout")] : [],
            Series = [.. curves.Select(curve => curve.Series)],
            Lines = panel.Lines,
            Regions = overlay.Regions is { } regions && solutions is [{ Rows: > 1 } alone] && last > first ? regions(alone, first, last) : [],
        };
    }

    // What is zero at all rows has no scale of its own.
    private static bool IsNothing(IReadOnlyList<(Series Series, bool MayRunAway)> curves) =>
        curves.Any(curve => curve.Series.Y.Length > 0) && curves.All(curve => curve.Series.Y.Concat(curve.Series.Lower ?? []).Concat(curve.Series.Upper ?? []).All(value => value == 0));

    private static string AxisLabel(Observable axis) => axis.Symbol.Length == 0 ? axis.Name : axis.Name == axis.Symbol ? axis.Symbol : $"{axis.Name} {axis.Symbol}";

    private static Axis Ordinate(OverlayPanel panel, IReadOnlyList<(Series Series, bool MayRunAway)> curves)
    {
        if (!panel.IsLogarithmicY)
        {
            bool Any(Func<double, bool> isBeyond) => curves.Any(curve => curve.Series.Y.Concat(curve.Series.Lower ?? []).Concat(curve.Series.Upper ?? []).Any(isBeyond));
            return new Axis(panel.Label, false, curves.All(curve => curve.Series.Y.All(value => !(value < 0))) ? 0 : Any(value => value < panel.Range.Low) ? panel.Range.Low : null, Any(value => value > panel.Range.High) ? panel.Range.High : null);
        }

        double[] Positive(bool runaways) => [.. curves.Where(curve => curve.MayRunAway == runaways).SelectMany(curve => curve.Series.Y).Where(value => value > 0 && double.IsFinite(value))];
        double[] framing = Positive(false), others = Positive(true);
        if (framing.Length == 0)
            (framing, others) = (others, []);
        if (framing.Length == 0)
            return new Axis(panel.Label, true);
        // Limits only where something is cut off: otherwise the data fill the frame.
        var (low, high) = (framing.Min(), framing.Max());
        var (most, least) = (LargestExcursion * high, Math.Max(low / LargestExcursion, high * Math.Pow(10, -DecadesShown)));
        var isCutBelow = Math.Min(low, others.DefaultIfEmpty(low).Min()) < least;
        return new Axis(panel.Label, true, isCutBelow ? Math.Min(0.7 * Math.Max(low, least), 0.7 * high) : null, others.Any(value => value > most) ? 1.6 * high : null);
    }

    private static string Caption(Overlay overlay, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        var bands = solutions.Any(IsSampled) ? "Dots: mean over runs; bands and bars: 10 to 90 % of them." : "";
        var phases = solutions.Count == 1 && overlay.Regions is not null ? overlay.RegionsDescription : "";
        var shared = solutions.Count == 0 ? "" : names.Shared(overlay.CaptionOf?.Invoke(solutions) ?? overlay.Caption);
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

    private sealed record Curve(Solution Solution, string Label, int Color, SeriesStyle Style, bool IsApproximation, double? Value, Solution? Expectation)
    {
        public bool MayRunAway => IsApproximation || Solution.Status.Outcome == SolveOutcome.Diverged;
    }
}
