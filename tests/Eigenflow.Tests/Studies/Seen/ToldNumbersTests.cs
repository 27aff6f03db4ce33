using System.Text.RegularExpressions;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Eigenflow.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>Over all systems and methods: what sentences and titles tell is on the curves that are drawn, at the place that is told, to the digits that are told.</summary>
public sealed partial class ToldNumbersTests
{
    private const double Prominence = 0.05;

    public static TheoryData<string, string> Methods() => TestedSystems.Methods();

    public static TheoryData<string> Systems() => TestedSystems.Ids();

    [Theory]
    [MemberData(nameof(Methods))]
    public void ASentenceHasOneAbscissa(string id, string method)
    {
        foreach (var (system, solution) in Solutions(id, method))
        {
            var told = system.Subject([solution]) is { } subject ? SubjectCurve.SymbolOf(SubjectCurve.AlongOf(solution, subject.Abscissa)) : null;
            foreach (var isRunning in (bool[])[false, true])
            {
                var sentence = FigureSentence.Of(system, [solution], system.Draw([solution]), _ => isRunning);
                string[] symbols = [.. Places().Matches(sentence).Select(place => place.Groups["symbol"].Value).Distinct()];
                symbols.Length.ShouldBeLessThanOrEqualTo(1, sentence);
                if (told is not null && symbols is [var symbol])
                    symbol.ShouldBe(told, sentence);
                foreach (var wrong in (string[])["NaN", "∞", "not a number", "{", "  "])
                    sentence.ShouldNotContain(wrong);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void NumbersAreOnTheCurve(string id, string method)
    {
        foreach (var (system, solution) in Solutions(id, method))
        {
            if (system.Subject([solution]) is not { } subject || SubjectCurve.Of(subject, solution) is not { } own)
                continue;
            var figure = system.Draw([solution]);
            var (curve, panel) = own.In(figure.Panels);
            var course = new CurveCourse(curve.Words, curve.Symbol, curve.Series, panel?.Y);
            foreach (var text in (string[])[course.Full(hasMaxima: true), course.Short])
            {
                foreach (Match told in Values().Matches(text))
                    Rows(curve.Series, told.Groups["place"].Value).Any(row => DisplayNumber.Of(curve.Series.Y[row], 3) == told.Groups["value"].Value || text.Contains("below " + told.Groups["value"].Value, StringComparison.Ordinal)).ShouldBeTrue($"{text} | {told.Value}");
            }

            LargestIsTold(curve.Series, course.Full(hasMaxima: true));
            if (panel is not null)
                panel.X.Label.ShouldContain(curve.Symbol);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void EventsAreWithinTheCurve(string id, string method)
    {
        foreach (var (system, solution) in Solutions(id, method))
        {
            var along = SubjectCurve.AlongOf(solution, system.Subject([solution])?.Abscissa ?? "");
            foreach (var quantity in system.Events.Where(quantity => quantity.Counted is null && solution.Events.GetValueOrDefault(quantity.Name) is not null))
            {
                if (SubjectCurve.PlaceOf(solution, along, solution.Events[quantity.Name]!.Value) is { Place: var place })
                    place.ShouldBeLessThanOrEqualTo(along.Values.Max() * (1 + 1e-9), quantity.Name);
            }

            // Of half of the rows no event is told that lies beyond them.
            var half = solution with { Observables = [.. solution.Observables.Select(column => column with { Values = column.Values[..((solution.Rows / 2) + 1)] })], Interpolant = null, Status = new SolveStatus(SolveOutcome.Cancelled, "Cancelled.") };
            foreach (Match told in EventPlaces().Matches(string.Join("; ", EventWords.Of(system, half, SubjectCurve.AlongOf(half, along.Name)))))
                Read(told.Groups["place"].Value).ShouldBeLessThanOrEqualTo(SubjectCurve.AlongOf(half, along.Name).Values.Max() * 1.006, told.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void TitlesOfTwoSolutionsCompareWhatIsAtOnePlace(string id)
    {
        var system = TestedSystems.Find(id);
        Solution[] all = [.. system.Methods.Select(method => SmallSolutions.Of(id, method.Name))];
        foreach (var one in all)
        {
            foreach (var other in all.Where(other => !ReferenceEquals(other, one)))
            {
                var figure = system.Draw([one, other]);
                figure.Title.ShouldNotContain("∞");
                figure.Title.ShouldNotContain("NaN");
                if (figure.Title.Contains("final ", StringComparison.Ordinal) && !figure.Title.Contains("each at its own end", StringComparison.Ordinal))
                {
                    var subject = system.Subject([one, other])!;
                    var ends = new[] { one, other }.Select(solution => SubjectCurve.Of(subject, solution)!).Select(curve => (curve.Symbol, End: curve.Series.X[^1])).ToArray();
                    ends[0].Symbol.ShouldBe(ends[1].Symbol, figure.Title);
                    ends[0].End.ShouldBe(ends[1].End, 1e-3 * ends[1].End, figure.Title);
                }

                // A panel that draws the columns of both as they are, each against its own axis, draws one of them.
                if (one.Axis.Name != other.Axis.Name && system.Subject([one, other]) is { Abscissa: "" } shared)
                    figure.Panels.Count(panel => panel.X.Label.EndsWith(one.Axis.Symbol, StringComparison.Ordinal) || panel.X.Label.EndsWith(other.Axis.Symbol, StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(2, shared.Words);
            }
        }
    }

    // A small solution of every method, and that of the usual setting of theories, which take milliseconds.
    private static IEnumerable<(ISystem System, Solution Solution)> Solutions(string id, string method)
    {
        var system = TestedSystems.Find(id);
        yield return (system, SmallSolutions.Of(id, method));
        if (system.LearningCurves.Contains(method, StringComparer.Ordinal))
            yield return (system, system.Solve(system.Complete(method, new Setting([]))));
    }

    // The largest row that has a lower one, by more than is told, on both sides.
    private static void LargestIsTold(Series series, string text)
    {
        double[] y = [.. series.Y.Where(value => !double.IsNaN(value) && !double.IsNegativeInfinity(value))];
        if (y.Length < 3 || y.Any(value => value < 0) || Array.Exists(y, double.IsPositiveInfinity))
            return;
        var largest = Enumerable.Range(1, y.Length - 2).Where(row => y[..row].Min() < y[row] * (1 - Prominence) && y[(row + 1)..].Min() < y[row] * (1 - Prominence)).Select(row => y[row]).DefaultIfEmpty(double.NaN).Max();
        if (y.Max() - y.Min() <= 1e-3 * y.Max() || !text.Contains("maxim", StringComparison.Ordinal))
            return;
        Values().Matches(text[text.IndexOf("maxim", StringComparison.Ordinal)..]).Select(match => match.Groups["value"].Value).ShouldContain(DisplayNumber.Of(largest, 3), text);
    }

    private static IEnumerable<int> Rows(Series series, string place) => Enumerable.Range(0, series.X.Length).Where(row => DisplayNumber.Of(series.X[row], 3) == place);

    private static double Read(string number) => double.Parse(DisplayNumber.Plain(number), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(at|about|up to|from|between) (?<symbol>[^\s=;,.]+) = [−0-9]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();

    [GeneratedRegex(@"(?<value>[−0-9.×^{}]+) at \S+ = (?<place>[−0-9.×^{}]*[0-9}])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Values();

    [GeneratedRegex(@" at (about )?\S+ = (?<place>[−0-9.×^{}]*[0-9}])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventPlaces();
}
