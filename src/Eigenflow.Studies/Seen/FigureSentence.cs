using System.Text.RegularExpressions;
using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What is seen in a figure of solutions, in a sentence for people who read it and who hear it: the events of each, where the first curve has its extremes and where it ends, how far a simulation is from its theory, and fitted exponents.</summary>
public static partial class FigureSentence
{
    private const int MostSolutions = 3;
    private const int MostEvents = 6;
    private const int MostNumbers = 2;
    private const int MostExtremes = 3;

    // A maximum stands out by this part.
    private const double Prominence = 0.05;
    private const double Still = 1e-3;

    // Farther beyond its last point a curve does not reach the end of a window.
    private const double Beyond = 1.5;

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
        var drawn = panel?.Series.Where(series => series.X.Length > 0 && series.Role != SeriesRole.Guide).ToArray() ?? [];
        var parts = new List<string>();
        for (var k = 0; k < Math.Min(solutions.Count, MostSolutions); k++)
        {
            // The panel tells whose curve is whose only where each solution has one.
            var departure = drawn.Length == solutions.Count && drawn[k].Expected is not null ? drawn[k].LargestDeparture() : double.NaN;
            if (Of(system, solutions[k], departure, isRunning?.Invoke(k) == true) is { Length: > 0 } said)
                parts.Add(solutions.Count == 1 ? said : $"{names.Of(k)}: {said}");
        }

        // What has no subject, such as a density, is told by its first curve.
        if (parts.Count == 0)
            parts.Add(solutions.Count == 1 && drawn.Length == 1 && panel!.Title.Length > 0 ? Course(Capital(panel.Title), Abscissa(panel), drawn[0]) : figure.Title);
        if (solutions.Count > MostSolutions)
            parts.Add($"{solutions.Count - MostSolutions} more {(solutions.Count == MostSolutions + 1 ? "curve is" : "curves are")} drawn");
        if (fits is { Count: > 0 })
        {
            // The window that was chosen, but no farther than the curves go.
            var (first, last) = (fits.Min(fit => fit.Fit.WindowStart), fits.Max(fit => fit.Fit.WindowEnd));
            var (from, to) = window is var (low, high) ? (low > first / Beyond ? low : first, high < last * Beyond ? high : last) : (first, last);
            var more = fits.Count - MostSolutions;
            var said = string.Join(", ", fits.Take(MostSolutions).Select(fit => (fits.Count > 1 && fit.Label.Length > 0 ? fit.Label + ": " : "") + fit.Text)) + (more > 0 ? $" and {more} more" : "");
            parts.Add($"{said} between {Abscissa(fitted ?? panel)} = {DisplayNumber.Of(from, 3)} and {DisplayNumber.Of(to, 3)}");
        }
        else if (fits is not null && window is not null)
        {
            parts.Add("no curve has three positive points to fit there");
        }

        // Names of methods are typed as they are.
        return Spoken(string.Join(". ", parts.Select(part => solutions.Count > 1 && names.Methods.Any(method => part.StartsWith(method, StringComparison.Ordinal)) ? part : Capital(part))) + ".");
    }

    private static string Of(ISystem system, Solution solution, double departure, bool isRunning)
    {
        var axis = solution.Axis;
        if (solution.Rows == 0)
            return solution.Status.Message;
        var parts = new List<string>(Events(system, solution));
        var subject = system.Subject([solution]);
        if (subject?.Sentence.Length > 0)
            parts.Add(subject.Sentence);
        else if (subject is not null && !parts.Exists(part => part.Contains(" at ", StringComparison.Ordinal)) && Course(system, solution, subject) is { Length: > 0 } course)
            parts.Add(course);
        if (double.IsFinite(departure))
            parts.Add(Headline.Departure(subject?.Words ?? "the curve", "its theory", departure));
        if (parts.Count < 2)
            parts.AddRange(Numbers(system, solution).Take(MostNumbers));
        if (isRunning || solution.Status.Outcome == SolveOutcome.Cancelled)
            parts.Insert(0, $"{(isRunning ? "so far" : "interrupted")} up to {axis.Symbol} = {DisplayNumber.Of(axis.Values[^1], 3)}");
        else if (solution.Status.Outcome is SolveOutcome.Diverged or SolveOutcome.Failed)
            parts.Add(solution.Status.Message);
        return string.Join("; ", parts);
    }

    private static IEnumerable<string> Events(ISystem system, Solution solution)
    {
        var axis = solution.Axis;

        // Events are counted in what is drawn below the curves where their axis is another one, such as a ridge in place of the time.
        var symbol = system.Subject([solution]) is { Abscissa.Length: > 0 } subject && axis.Name is not ("t" or "step") && solution.Has(subject.Abscissa)
            ? solution.Observables.First(column => string.Equals(column.Name, subject.Abscissa, StringComparison.Ordinal)).Symbol : axis.Symbol;

        // What lies beyond the rows of an interrupted run has not been seen.
        var isCut = solution.Status.Outcome == SolveOutcome.Cancelled && axis.Name is "t" or "step";
        var told = system.Events.Where(quantity => quantity.IsTold && solution.Events.ContainsKey(quantity.Name)).ToArray();
        var reached = told.Where(quantity => solution.Events[quantity.Name] is { } time && !(isCut && quantity.Counted is null && time > axis.Values[^1])).ToArray();
        foreach (var quantity in reached.Where(quantity => quantity.Counted is not null || !IsOfNone(quantity)).OrderBy(quantity => quantity.Counted is null ? solution.Events[quantity.Name]!.Value : double.NegativeInfinity).Take(MostEvents))
        {
            var value = solution.Events[quantity.Name]!.Value;
            yield return quantity.Counted is var (one, several)
                ? value == 0 ? $"no {one}" : value == 1 ? $"one {one}" : $"{DisplayNumber.Of(value)} {several}"
                : $"{Words(quantity.Name)} at {symbol} = {DisplayNumber.Of(value, 3)}";
        }

        // What the first of them would be has not come.
        if (reached.Length == 0 && told.FirstOrDefault(quantity => quantity.Counted is null) is { } first)
            yield return $"no {Words(first.Name)} up to {axis.Symbol} = {DisplayNumber.Of(axis.Values[^1], 3)}";

        bool IsOfNone(NamedQuantity quantity) => !double.IsFinite(solution.Events[quantity.Name]!.Value);
    }

    private static string Course(ISystem system, Solution solution, DrawnSubject subject)
    {
        if (!solution.Has(subject.Observable) || (subject.Abscissa.Length > 0 && !solution.Has(subject.Abscissa)))
            return "";
        var series = SolutionSeries.Of(solution, subject.Observable, "", 0, abscissa: subject.Abscissa.Length > 0 ? subject.Abscissa : null, keepsZero: true);
        var symbol = subject.Abscissa.Length > 0 ? solution.Observables.First(column => string.Equals(column.Name, subject.Abscissa, StringComparison.Ordinal)).Symbol : solution.Axis.Symbol;

        // The peaks of a random curve are its noise.
        return Course(subject.Words, symbol, series, isRandom: system.Methods.FirstOrDefault(method => string.Equals(method.Name, solution.Method, StringComparison.Ordinal))?.Role == MethodRole.Ensemble);
    }

    private static string Course(string words, string symbol, Series series, bool isRandom = false)
    {
        int[] rows = [.. Enumerable.Range(0, series.X.Length).Where(row => double.IsFinite(series.Y[row]))];
        if (rows.Length == 0)
            return "";
        double[] x = [.. rows.Select(row => series.X[row])], y = [.. rows.Select(row => series.Y[row])];
        string At(int row) => $"{DisplayNumber.Of(y[row], 3)} at {symbol} = {DisplayNumber.Of(x[row], 3)}";
        if (y.Length == 1)
            return $"{words} {At(0)}";
        var (from, to) = (DisplayNumber.Of(y[0], 3), DisplayNumber.Of(y[^1], 3));
        var extremes = new List<string>();
        if (!isRandom && y.All(value => value >= 0))
        {
            extremes.AddRange(InteriorMaxima.Of(y, Prominence).Take(MostExtremes).Select(row => $"maximum {At(row)}"));
            var low = Array.IndexOf(y, y.Min());
            if (low > 0 && low < y.Length - 1 && y[low] < Math.Min(y[0], y[^1]) * (1 - Prominence))
                extremes.Add($"smallest {At(low)}");
        }

        var course = y.Max() - y.Min() <= Still * Math.Abs(y.Max()) ? $"{words} stays at {to}"
            : from == to ? $"{words} ends where it began, at {to}"
            : $"{words} {(y[^1] < y[0] ? "falls" : "grows")} from {from} to {At(y.Length - 1)}";
        return string.Join(", ", extremes.Prepend(course));
    }

    // What only says how well another number is known, or belongs to an event, says nothing by itself.
    private static IEnumerable<string> Numbers(ISystem system, Solution solution) => solution.Summary
        .Where(number => double.IsFinite(number.Value) && number.Value != 0 && !ReplicaColumns.IsSpread(number.Name) && !number.Name.EndsWith("-low", StringComparison.Ordinal) && !number.Name.EndsWith("-high", StringComparison.Ordinal)
            && !system.Events.Any(quantity => number.Name.StartsWith(quantity.Name + "-", StringComparison.Ordinal)))
        .Select(number => $"{(number.Name.Any(char.IsAsciiDigit) ? number.Symbol + " =" : Words(number.Name))} {DisplayNumber.Of(number.Value, 3)}");

    private static string Words(string name) => name.Replace('-', ' ');

    // Labels end with the symbol: flow time t.
    private static string Abscissa(Panel? panel) => panel is null || panel.X.Label.Length == 0 ? "x" : panel.X.Label[(panel.X.Label.LastIndexOf(' ') + 1)..];

    // Symbols keep their case.
    private static string Capital(string text) => text.Length > 1 && char.IsAsciiLetterLower(text[0]) && char.IsAsciiLetter(text[1]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    // Voices and plain texts have no raised and lowered parts: they are written with the characters that there are.
    private static string Spoken(string text) => Lowered().Replace(
        Raised().Replace(text, match => string.Concat(match.Groups["power"].Value.Select(letter => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"["0123456789−".IndexOf(letter, StringComparison.Ordinal)]))),
        match => string.Concat(match.Groups["index"].Value.Select(letter => (char)('₀' + (letter - '0')))));

    [GeneratedRegex(@"\^\{(?<power>[0-9−]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raised();

    [GeneratedRegex(@"(?<=[\p{L}*])_\{?(?<index>[0-9]+)\}?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lowered();
}
