using System.Text.RegularExpressions;
using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What is seen in a figure of solutions, in a sentence for people who read it and who hear it: the events of each, where the first curve has its extremes and where it ends, how far a simulation is from its theory, and fitted exponents.</summary>
public static partial class FigureSentence
{
    private const int MostSolutions = 3;
    private const int MostNumbers = 2;
    private static readonly string[] Uncertain = ["-low", "-high", "-accuracy", "-spread", "-resolution"];

    /// <summary>The sentence; it has no marks for raised characters.</summary>
    /// <param name="system">The system.</param>
    /// <param name="solutions">The solutions as they are drawn.</param>
    /// <param name="figure">Their figure.</param>
    /// <param name="isRunning">Whether a solution is of a run that goes on.</param>
    /// <param name="fits">The exponents on the window that was chosen.</param>
    /// <param name="window">The window.</param>
    /// <param name="fitted">The panel of the window; null takes the first.</param>
    public static string Of(ISystem system, IReadOnlyList<Solution> solutions, Figure figure, Func<int, bool>? isRunning = null, IReadOnlyList<WindowFit>? fits = null, (double From, double To)? window = null, Panel? fitted = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(solutions);
        ArgumentNullException.ThrowIfNull(figure);
        var names = new SolutionNames(solutions, system.Parameters);
        var panel = figure.Panels.Count > 0 ? figure.Panels[0] : null;
        var parts = new List<string>();
        for (var k = 0; k < Math.Min(solutions.Count, MostSolutions); k++)
        {
            if (Of(system, solutions[k], figure, isRunning?.Invoke(k) == true) is { Length: > 0 } said)
                parts.Add(solutions.Count == 1 ? said : $"{names.Of(k)}: {said}");
        }

        // What has no subject is told by its only curve.
        if (parts.Count == 0)
            parts.Add(solutions.Count == 1 && panel?.Series.Where(series => series.X.Length > 0 && series.Role != SeriesRole.Guide).ToArray() is [var only] ? new CurveCourse(panel.Y.Label, WindowWords.Abscissa(panel), only, panel.Y).Full(hasMaxima: false) : figure.Title);
        if (solutions.Count > MostSolutions)
            parts.Add($"{solutions.Count - MostSolutions} more {(solutions.Count == MostSolutions + 1 ? "curve is" : "curves are")} drawn");
        if (fits is not null && window is not null)
            parts.Add(WindowWords.Of(fits, fitted ?? panel, MostSolutions));

        // Names of methods are typed as they are.
        return Spoken(string.Join(". ", parts.Select(part => solutions.Count > 1 && names.Methods.Any(method => part.StartsWith(method, StringComparison.Ordinal)) ? part : Capital(part))) + ".");
    }

    private static string Of(ISystem system, Solution solution, Figure figure, bool isRunning)
    {
        if (solution.Rows == 0)
            return solution.Status.Message;

        // One abscissa for all that is said: that on which the curve that is spoken of is drawn.
        var subject = system.Subject([solution]);
        var along = SubjectCurve.AlongOf(solution, subject?.Abscissa ?? "");
        var parts = new List<string>(EventWords.Of(system, solution, along));
        var (curve, panel) = subject is null || SubjectCurve.Of(subject, solution) is not { } own ? (null, null) : own.In(figure.Panels);
        var course = curve is null ? null : new CurveCourse(curve.Words, curve.Symbol, curve.Series, panel?.Y);
        if (subject?.Sentence.Length > 0)
            parts.Add(subject.Sentence);
        else if (!parts.Exists(part => part.Contains(" at ", StringComparison.Ordinal)) && course?.Full(hasMaxima: !IsRandom(system, solution)) is { Length: > 0 } full)
            parts.Add(full);
        else if (course?.Divergence.Length > 0)
            parts.Add($"{course.Words} {course.Divergence}");
        if (curve?.Series.LargestDeparture() is { } departure && double.IsFinite(departure))
            parts.Add(Headline.Departure(curve.Words, "its theory", departure));
        if (parts.Count < 2)
            parts.AddRange(Numbers(system, solution).Take(MostNumbers));
        if (isRunning || solution.Status.Outcome == SolveOutcome.Cancelled)
            parts.Insert(0, $"{(isRunning ? "so far" : "interrupted")} up to {SubjectCurve.SymbolOf(along)} = {DisplayNumber.Of(along.Values[^1], 3)}");
        else if (solution.Status.Outcome is SolveOutcome.Diverged or SolveOutcome.Failed)
            parts.Add(solution.Status.Message);
        return string.Join("; ", parts);
    }

    // The maxima of a random curve, of one run or the mean of several, are its noise.
    private static bool IsRandom(ISystem system, Solution solution) => system.Methods.FirstOrDefault(method => string.Equals(method.Name, solution.Method, StringComparison.Ordinal)) is { } method
        && (method.Role == MethodRole.Ensemble || (method.Role == MethodRole.Simulation && system.IsRead(method, "seed")));

    // What only says how well another number is known, belongs to an event, or is named by indices, such as a variance that would be taken for a value of its column, says nothing by itself.
    private static IEnumerable<string> Numbers(ISystem system, Solution solution) => solution.Summary
        .Where(number => double.IsFinite(number.Value) && number.Value != 0 && !ReplicaColumns.IsSpread(number.Name) && !Uncertain.Any(ending => number.Name.EndsWith(ending, StringComparison.Ordinal))
            && !system.Events.Any(quantity => number.Name.StartsWith(quantity.Name + "-", StringComparison.Ordinal))
            && !number.Name.Any(char.IsAsciiDigit)
            && !solution.Observables.Any(column => string.Equals(column.Name, number.Name, StringComparison.Ordinal) || (column.Symbol.Length > 0 && string.Equals(column.Symbol, number.Symbol, StringComparison.Ordinal))))
        .Select(number => $"{number.Words} {DisplayNumber.Of(number.Value, 3)}");

    // Symbols keep their case, and what is no longer than one.
    private static string Capital(string text) => text.Length > 2 && char.IsAsciiLetterLower(text[0]) && char.IsAsciiLetter(text[1]) && (char.IsAsciiLetter(text[2]) || text.StartsWith("no ", StringComparison.Ordinal)) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    // Voices and plain texts have no raised and lowered parts: they are written with the characters that there are.
    private static string Spoken(string text) => Lowered().Replace(
        Raised().Replace(text, match => string.Concat(match.Groups["power"].Value.Select(letter => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"["0123456789−".IndexOf(letter, StringComparison.Ordinal)]))),
        match => string.Concat(match.Groups["index"].Value.Select(letter => (char)('₀' + (letter - '0')))));

    [GeneratedRegex(@"\^\{(?<power>[0-9−]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raised();

    [GeneratedRegex(@"(?<=[\p{L}*])_\{?(?<index>[0-9]+)\}?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lowered();
}
