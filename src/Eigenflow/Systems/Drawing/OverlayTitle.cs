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
    public static string Of(Overlay overlay, IReadOnlyList<Solution> solutions, SolutionNames names, IReadOnlyList<Panel> panels)
    {
        if (overlay.SentenceOf?.Invoke(solutions) is { } own)
            return Headline.FirstThatFits($": {own}", "");
        if (First(overlay, solutions) is not { } first || solutions.Count == 0)
            return "";
        string[] methods = [.. names.Methods];
        string[] diverged = [.. methods.Where(method => solutions.Any(solution => solution.Method == method && solution.Status.Outcome == SolveOutcome.Diverged))];
        if (diverged.Length > 0)
            return Headline.FirstThatFits($": {string.Join(", ", diverged)} diverged{(diverged.Length < methods.Length ? "" : At(solutions))}", $": {diverged.Length} of {methods.Length} methods diverged");
        var drawn = panels.Where(panel => string.Equals(panel.Title, first.Title, StringComparison.Ordinal)).SelectMany(panel => panel.Series).Where(series => series.Expected is not null).ToArray();

        // The sentence names what is sampled: what is followed without chance beside it is not meant.
        var isSampled = Array.Exists(drawn, series => series.Lower is not null);
        var compared = drawn.Where(series => !isSampled || series.Lower is not null).Select(series => series.LargestDeparture()).Where(double.IsFinite).ToArray();
        var sentence = compared.Length > 0 ? Headline.Departure($"{Words(first)} of {methods.FirstOrDefault(method => solutions.Any(solution => solution.Method == method && IsSampled(solution))) ?? methods[0]}", "its theory", compared.Max())
            : Numbers(overlay.SubjectNumber, solutions, names) ?? Ends(first, solutions, names);
        return sentence.Length == 0 ? $": {string.Join(", ", methods)}" : Headline.FirstThatFits($": {sentence}", $": {string.Join(", ", methods)}");
    }

    /// <summary>What given solutions are spoken of by, or null where the system says nothing.</summary>
    /// <param name="overlay">What the system says.</param>
    /// <param name="solutions">The solutions.</param>
    public static DrawnSubject? Subject(Overlay overlay, IReadOnlyList<Solution> solutions)
    {
        var sentence = overlay.SentenceOf?.Invoke(solutions) ?? "";
        return First(overlay, solutions) is { } panel ? new DrawnSubject(panel.Observable, Words(panel), panel.Abscissa ?? "", sentence) : sentence.Length > 0 ? new DrawnSubject("", "", "", sentence) : null;
    }

    private static OverlayPanel? First(Overlay overlay, IReadOnlyList<Solution> solutions)
    {
        var subject = overlay.SubjectOf?.Invoke(solutions) ?? overlay.Subject;
        return overlay.Panels.FirstOrDefault(panel => panel is not OwnPanel && (subject is null || string.Equals(panel.Observable, subject, StringComparison.Ordinal)));
    }

    // Where all diverged, the last saved abscissa of all.
    private static string At(IReadOnlyList<Solution> solutions) => solutions.All(solution => solution.Rows > 0)
        ? $" by {solutions[0].Axis.Symbol} = {DisplayNumber.Of(solutions.Max(solution => solution.Axis.Values[^1]), 3)}" : "";

    private static bool IsSampled(Solution solution) => solution.Observables.Any(column => column.Name.EndsWith(ReplicaColumns.Low, StringComparison.Ordinal));

    private static string? Numbers(string? name, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        if (name is null || solutions.Any(solution => solution.SummaryOf(name) is null))
            return null;
        var numbers = solutions.Select((solution, k) => (Name: names.Of(k), Number: solution.Summary.First(number => string.Equals(number.Name, name, StringComparison.Ordinal)))).ToArray();
        return $"{numbers[0].Number.Symbol} " + (numbers.Length == 1 ? DisplayNumber.Of(numbers[0].Number.Value, 2) : Headline.Ascending(numbers.Take(MostNamed + 1).Select(one => (one.Name, one.Number.Value))));
    }

    private static string Ends(OverlayPanel panel, IReadOnlyList<Solution> solutions, SolutionNames names)
    {
        var ends = solutions.Select((solution, k) => (Name: names.Of(k), Solution: solution)).Where(pair => pair.Solution.Rows > 0 && pair.Solution.Has(panel.Observable))
            .Select(pair => (pair.Name, Start: Shown(pair.Solution[panel.Observable][0], panel), Value: Shown(pair.Solution[panel.Observable][^1], panel), Axis: pair.Solution.Axis)).Where(end => double.IsFinite(end.Value)).ToArray();

        // Ends along different axes are not compared, and those at different places not without a word.
        if (ends.Select(end => end.Axis.Name).Distinct(StringComparer.Ordinal).Skip(1).Any())
            return "";
        var own = ends.Length > 1 && ends.Max(end => end.Axis.Values[^1]) > SameEnd * ends.Min(end => end.Axis.Values[^1]) ? ", each at its own end" : "";
        return ends switch
        {
            [] => "",
            [var (_, start, value, axis)] => axis.Values.Length == 1 ? $"{Words(panel)} {DisplayNumber.Of(value, 3)} at {axis.Symbol} = {DisplayNumber.Of(axis.Values[0], 3)}"
                : $"{Words(panel)} {Course(start, value)} at {axis.Symbol} = {DisplayNumber.Of(axis.Values[^1], 3)}",
            { Length: <= MostNamed } => $"final {Words(panel)} {Headline.Ascending(ends.Select(end => (end.Name, end.Value)))}{own}",
            _ => $"final {Words(panel)} from {Word(ends.MinBy(end => end.Value))} to {Word(ends.MaxBy(end => end.Value))}{own}",
        };

        static string Word((string Name, double Start, double Value, Observable Axis) end) => $"{DisplayNumber.Of(end.Value, 2)} ({end.Name})";
    }

    // What reads the same has not moved.
    private static string Course(double start, double end) => DisplayNumber.Of(start, 3) is var from && DisplayNumber.Of(end, 3) is var to && string.Equals(from, to, StringComparison.Ordinal)
        ? $"still {to}" : $"{(end < start ? "falls" : "grows")} from {from} to {to}";

    // A name with indices, such as cov-11, is a name of a column and no word.
    private static string Words(OverlayPanel panel) => panel.Observable.Any(char.IsAsciiDigit) ? panel.Label : panel.Observable.Replace('-', ' ');

    private static double Shown(double value, OverlayPanel panel) => panel.IsAbsolute ? Math.Abs(value) : value;
}
