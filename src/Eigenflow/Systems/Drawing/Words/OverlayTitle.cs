using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>What is to be seen in overlaid solutions, from their first shared panel: how near a simulation is to its theory, or where the curves go.</summary>
internal static class OverlayTitle
{
    private const int MostNamed = 3;

    // Grids that end at the same place by different sums.
    private const double SameEnd = 1.001;

    /// <summary>The sentence with a colon before it, or empty where nothing can be said.</summary>
    /// <param name="overlay">What the system says.</param>
    /// <param name="solutions">The solutions.</param>
    /// <param name="names">Their names.</param>
    /// <param name="panels">The panels as they are drawn.</param>
    public static string Of(Overlay overlay, IReadOnlyList<Solution> solutions, SolutionNames names, IReadOnlyList<DrawnPanel> panels)
    {
        if (overlay.SentenceOf?.Invoke(solutions) is { } own)
            return Headline.FirstThatFits($": {own}", "");
        if (solutions.Count == 0)
            return "";
        string[] methods = [.. names.Methods];
        var listed = $": {string.Join(", ", methods)}";
        var first = First(overlay, solutions);
        string[] diverged = [.. methods.Where(method => solutions.Any(solution => solution.Method == method && solution.Status.Outcome == SolveOutcome.Diverged))];
        if (diverged.Length > 0)
            return Headline.FirstThatFits($": {string.Join(", ", diverged)} diverged{(diverged.Length < methods.Length ? "" : By(first, solutions))}", $": {diverged.Length} of {methods.Length} methods diverged");
        if (first is null)
            return listed;
        Panel[] shown = [.. panels.Where(panel => ReferenceEquals(panel.Shown, first)).Select(panel => panel.Panel)];
        if (Departures(first, solutions, shown) is { Length: > 0 } departures)
            return Headline.FirstThatFits($": {departures}", listed);
        return Headline.FirstThatFits([.. (Numbers(overlay, solutions, names) is { } numbers ? [numbers] : Ends(first, solutions, names, shown)).Select(sentence => $": {sentence}"), listed]);
    }

    // How far the curves with a theory are from it. What is sampled is named: what is followed without chance beside it is not meant.
    private static string Departures(OverlayPanel panel, IReadOnlyList<Solution> solutions, IReadOnlyList<Panel> shown)
    {
        var compared = solutions.Select(solution => SubjectCurve.Of(SubjectOf(panel), solution)?.In(shown).Curve).OfType<SubjectCurve>().Select(curve => (curve.Solution.Method, IsSampled: curve.Series.Lower is not null, Departure: curve.Series.LargestDeparture())).Where(one => double.IsFinite(one.Departure)).ToArray();
        if (compared.Any(one => one.IsSampled))
            compared = [.. compared.Where(one => one.IsSampled)];
        string[] methods = [.. compared.Select(one => one.Method).Distinct(StringComparer.Ordinal)];
        return methods.Length == 0 ? "" : Headline.Departure($"{Words(panel)} of {string.Join(", ", methods)}", methods.Length == 1 ? "its theory" : "their theory", compared.Max(one => one.Departure));
    }

    /// <summary>What given solutions are spoken of by, or null where the system says nothing.</summary>
    /// <param name="overlay">What the system says.</param>
    /// <param name="solutions">The solutions.</param>
    public static DrawnSubject? Subject(Overlay overlay, IReadOnlyList<Solution> solutions)
    {
        var sentence = overlay.SentenceOf?.Invoke(solutions) ?? "";
        return First(overlay, solutions) is { } panel ? SubjectOf(panel) with { Sentence = sentence } : sentence.Length > 0 ? new DrawnSubject("", "", "", sentence) : null;
    }

    private static DrawnSubject SubjectOf(OverlayPanel panel) => new(panel.Observable, Words(panel), panel.Abscissa ?? "", "") { IsAbsolute = panel.IsAbsolute };

    // The panel of the subject, otherwise the first one that draws a column of all solutions as it is.
    private static OverlayPanel? First(Overlay overlay, IReadOnlyList<Solution> solutions)
    {
        var subject = overlay.SubjectOf?.Invoke(solutions) ?? overlay.Subject;
        OverlayPanel[] shared = [.. overlay.Panels.Where(panel => panel is not OwnPanel && !panel.Folds && solutions.Count > 0 && solutions.All(panel.IsIn))];
        return shared.FirstOrDefault(panel => string.Equals(panel.Observable, subject, StringComparison.Ordinal)) ?? shared.FirstOrDefault(panel => panel.OfOne is null && solutions.Count >= panel.Solutions.Fewest && solutions.Count <= panel.Solutions.Most);
    }

    // Where all diverged, the last saved abscissa of all.
    private static string By(OverlayPanel? panel, IReadOnlyList<Solution> solutions)
    {
        if (solutions.Any(solution => solution.Rows == 0))
            return "";
        Observable[] along = [.. solutions.Select(solution => SubjectCurve.AlongOf(solution, panel?.Abscissa ?? ""))];
        return along.All(column => column.Name == along[0].Name) ? $" by {SubjectCurve.SymbolOf(along[0])} = {DisplayNumber.Of(along.Max(column => column.Values[^1]), 3)}" : "";
    }

    private static string? Numbers(Overlay overlay, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        if (overlay.SubjectNumber is not (var name, var words) || solutions.Any(solution => solution.SummaryOf(name) is null))
            return null;
        var numbers = solutions.Select((solution, k) => (Name: names.Of(k), Number: (solution.SummaryOf(name + overlay.ExactEnding) ?? solution.SummaryOf(name))!.Value)).ToArray();
        return $"{words} " + (numbers.Length == 1 ? DisplayNumber.Of(numbers[0].Number, 2) : Headline.Ascending(numbers.Take(MostNamed + 1)));
    }

    // From the most to the least telling. A number of several curves is common to them only at one place of one abscissa: otherwise each has its own place.
    private static IEnumerable<string> Ends(OverlayPanel panel, IReadOnlyList<Solution> solutions, SolutionNames names, IReadOnlyList<Panel> shown)
    {
        var words = Words(panel);
        var curves = solutions.Where(solution => solution.Rows > 0).Select(solution => SubjectCurve.Of(SubjectOf(panel), solution)).OfType<SubjectCurve>().Select(curve => curve.In(shown)).Select(pair => (pair.Curve, Course: new CurveCourse(words, pair.Curve.Symbol, pair.Curve.Series, pair.Panel?.Y))).ToArray();
        if (solutions.Count == 1)
            return curves is [{ Course.Short: { Length: > 0 } alone }] ? [alone] : [];
        End[] ends = [.. curves.Where(curve => curve.Course.End is not null).Select(curve => new End(names.Of(IndexOf(curve.Curve.Solution)), curve.Curve.Solution.Method, curve.Curve.Symbol, curve.Course.End!.Value.X, curve.Course.End!.Value.Value, curve.Course.End!.Value.Text)).OrderBy(end => end.Value)];
        if (ends.Length == 0)
            return [];
        var isOneAxis = Array.TrueForAll(ends, end => string.Equals(end.Symbol, ends[0].Symbol, StringComparison.Ordinal));
        var isOnePlace = isOneAxis && ends.Max(end => end.X) <= SameEnd * ends.Min(end => end.X);
        if (ends.Length > MostNamed)
        {
            var each = isOnePlace ? "" : ", each at its own end";
            var most = ends.MaxBy(end => end.Value)!;
            return isOneAxis ? [$"final {words} from {ends[0].Named} to {most.Named}{each}", $"final {words} from {ends[0].Text} to {most.Text}{each}"] : [];
        }

        // Names may be long: methods alone tell solutions apart where there is one of each.
        string[] placed = isOnePlace ? [] : [$"{words} {string.Join(", ", ends.Select(end => end.Placed(end.Name)))}", .. names.Methods.Count == solutions.Count ? [$"{words} {string.Join(", ", ends.Select(end => end.Placed(end.Method)))}"] : (string[])[]];
        return [.. placed, .. isOneAxis ? [$"final {words} {string.Join(", ", ends.Select(end => end.Named))}{(isOnePlace ? "" : ", each at its own end")}"] : (string[])[]];

        int IndexOf(Solution solution) => Enumerable.Range(0, solutions.Count).First(k => ReferenceEquals(solutions[k], solution));
    }

    private sealed record End(string Name, string Method, string Symbol, double X, double Value, string Text)
    {
        public string Named => $"{Text} ({Name})";

        public string Placed(string name) => $"{Text} at {Symbol} = {DisplayNumber.Of(X, 2)} ({name})";
    }

    /// <summary>What the column of a panel is called: a name with indices, such as cov-11, is no word.</summary>
    /// <param name="panel">The panel.</param>
    public static string Words(OverlayPanel panel) => panel.Observable.Any(char.IsAsciiDigit) ? panel.Label : panel.Names?.Invoke(panel.Observable) ?? QuantityWords.Of(panel.Observable);
}
