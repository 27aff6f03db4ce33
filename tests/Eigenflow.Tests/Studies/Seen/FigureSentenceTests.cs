using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>What is said of figures, over all systems: it is of the numbers that are drawn and can be read out.</summary>
public sealed class FigureSentenceTests
{
    private const int Longest = 420;

    public static TheoryData<string, string> Methods() => TestedSystems.Methods();

    [Theory]
    [MemberData(nameof(Methods))]
    public void EveryMethodHasASentence(string id, string method)
    {
        var (system, solution) = (TestedSystems.Find(id), SmallSolutions.Of(id, method));
        var sentence = FigureSentence.Of(system, [solution], system.Draw([solution]));
        sentence.Length.ShouldBeInRange(8, Longest, sentence);
        sentence.ShouldEndWith(".");
        foreach (var mark in (string[])["{", "}", "NaN", "^", "..", "; ;", " ."])
            sentence.ShouldNotContain(mark);
        FigureSentence.Of(system, [solution], system.Draw([solution]), _ => true).ShouldContain($"o far up to {SubjectCurve.SymbolOf(SubjectCurve.AlongOf(solution, system.Subject([solution])?.Abscissa ?? ""))} = ");
    }

    [Fact]
    public void EventsAreToldInTheirOrder() =>
        Sentence("phase-retrieval", "flow").ShouldBe("Escape at t = 1.21; crossing at t = 1.83; convergence at t = 121.");

    [Fact]
    public void WhatWasNotReachedIsSaid() =>
        Sentence("phase-retrieval", "flow", ("until", "1")).ShouldStartWith("No escape, crossing or convergence up to t = 1; loss ");

    [Fact]
    public void AnEventThatHasNotComeIsToldBesideThoseThatHave() =>
        Sentence("phase-retrieval", "flow", ("until", "1.5")).ShouldBe("Escape at t = 1.21; no crossing or convergence up to t = 1.5.");

    // Where s comes to s*/3 and stays, which side of it the solver's error puts it on is no crossing.
    [Fact]
    public void WaitingAtTheSaddleIsToldAsNoCrossing() =>
        Sentence("phase-retrieval", "flow", ("source-exponent", "-20")).ShouldStartWith("No escape, crossing or convergence up to t = 10⁶; loss ");

    [Fact]
    public void EventsCountInWhatIsDrawnBelow()
    {
        // Sums of learning rates there, steps here; of more than seven the number that is left out is told.
        Sentence("spectral-descent", "spectral", ("steps", "10")).ShouldBe("No escape, spike surface or 5 other events up to k = 10; loss falls from 0.75 to 0.724 at k = 10.");
        Sentence("spectral-descent", "gd").ShouldStartWith("Escape at k = 22; spike surface at k = 28; aligned at k = 84; half at k = 104; contraction at k = 122; bulk surface at ");
        Sentence("spectral-descent", "gd").ShouldContain("; target at ");
        Sentence("multiscale-double-descent", "ridge", ("samples", "1000000")).ShouldStartWith("No first minimum, maximum or 2 other events up to t = 1; error falls from 0.493 ");
    }

    [Fact]
    public void WhatIsInfiniteIsToldWhereItIs()
    {
        Sentence("u-turn-double-descent", "theory").ShouldContain(", diverges at P_φ = 400");
        Sentence("u-turn-double-descent", "theory", ("samples", "10")).ShouldBe("Test error grows from 0.04 to 0.0615 at P_φ = 100, diverges at P_φ = 10.");
        Sentence("u-turn-double-descent", "theory", ("along", "samples")).ShouldContain(", diverges at n = 4000");
        Sentence("scaling-renormalization", "theory", ("ridge", "0")).ShouldContain("diverges at P = 1000");
    }

    [Fact]
    public void ADensityIsToldAsOne()
    {
        Sentence("scaling-renormalization", "density").ShouldBe("Density ends where it began, at 0, maxima 300 at l = 0.00115, at least 0.436 at l = 0.0917 and 0.289 at l = 0.126, and 3 smaller.");
        Sentence("scaling-renormalization", "density", ("at", "1e5,1e6,1e7")).ShouldBe("Density is 0 at all rows shown.");
    }

    [Fact]
    public void ANumberWithTheSymbolOfTheCurveIsLeftOut() => Sentence("in-and-out-of-equilibrium", "theory").ShouldNotContain("Σ₁₁ =");

    [Fact]
    public void RowsWithoutAValueAreToldByThePlaceOfTheFirst() =>
        Sentence("rao-blackwell-diffusion", "variance", ("group", "cyclic")).ShouldBe("Orbit noise grows from 0.0273 at σ = 0.397 to 6.36 at σ = 17.8.");

    [Theory]
    [InlineData("scaling-renormalization", "theory", "ridge", "1e-9", "One interior maximum of the test error; peak 1 at about P = 1005")]
    [InlineData("u-turn-double-descent", "theory", "ridge", "1", ", maximum 0.0243 at P_φ = 371")]
    public void AlongAnAxisPeaksAreTold(string id, string method, string name, string value, string words) =>
        Sentence(id, method, (name, value)).ShouldContain(words);

    [Fact]
    public void SeveralCurvesAreNamed()
    {
        var system = TestedSystems.Find("phase-retrieval");
        Solution[] solutions = [.. ((string[])["2", "2.5", "3", "3.5"]).Select(exponent => system.Solve(system.Complete("flow", Given(system, ("exponent", exponent)))))];
        var sentence = FigureSentence.Of(system, solutions, system.Draw(solutions));
        sentence.ShouldStartWith("a = 2: escape at t = 1.21");
        sentence.ShouldEndWith(". 1 more curve is drawn.");
    }

    [Fact]
    public void FittedExponentsAreTold()
    {
        var system = TestedSystems.Find("phase-retrieval");
        var solution = system.Solve(system.Complete("flow", new Setting([])));
        var figure = system.Draw([solution]);
        var fits = WindowFit.Of(figure.Panels[0], 10, 100);
        fits.Single().Text.ShouldMatch(@"^exponent −0\.\d+ ± 0\.\d+ \(local exponents; (a|no) power law\)$");
        FigureSentence.Of(system, [solution], figure, null, fits, (10, 100)).ShouldEndWith($". E{fits[0].Text[1..]} between t = 10 and 100.");
    }

    [Fact]
    public void AWindowIsFittedOnEveryCurveInIt()
    {
        double[] x = [.. Enumerable.Range(0, 41).Select(k => Math.Pow(10, k / 10.0))];
        var panel = new Panel
        {
            X = new Axis("t", true),
            Y = new Axis("y", true),
            Series =
            [
                new Series { Label = "law", X = x, Y = [.. x.Select(at => 3 * Math.Pow(at, -0.5))] },
                new Series { Label = "short", X = [1, 2, 3], Y = [1, 2, 3] },
                new Series { Label = "guide", X = x, Y = x, Role = SeriesRole.Guide },
                new Series { Label = "negative", X = x, Y = [.. x.Select(_ => -1.0)] },
            ],
        };
        var fit = WindowFit.Of(panel, 10, 1000).ShouldHaveSingleItem();
        fit.Series.ShouldBe(0);
        fit.Fit.Exponent.ShouldBe(-0.5, 1e-12);
        var guide = fit.Guide(isOneOfSeveral: false);
        guide.StartX.ShouldBe(10, 1e-9);
        guide.StartY.ShouldBe(3 / Math.Sqrt(10), 1e-9);
        guide.Series.ShouldBe(0);
        guide.Label.ShouldNotContain("law");
        fit.Guide(isOneOfSeveral: true).Label.ShouldBe("law: " + guide.Label);
        fit.Text.ShouldEndWith("(a power law)");
        WindowWords.Of([fit], panel, 3).ShouldBe("exponent −0.500 ± 0.002 (a power law) between t = 10 and 1000");
        WindowWords.Of([], panel, 3).ShouldBe("no curve has three positive points to fit there");
        WindowWords.Of(WindowFit.Of(panel, 1e-300, 1e300), panel, 3).ShouldBe("law: exponent −0.500 ± 0.002 (a power law) between t = 1 and 10^{4}, short: exponent 1.000 ± 0.002 (a power law) between t = 1 and 3");
        WindowWords.Of([fit, fit, fit, fit], panel, 3).ShouldEndWith("between t = 10 and 1000; 1 more curve is fitted");
        WindowWords.Abscissa(panel with { X = new Axis("flow time t (1/λ of a ridge)") }).ShouldBe("t");
        WindowWords.Abscissa(panel with { X = new Axis("time t = step/d") }).ShouldBe("t");

        // Across the corner between two laws there is none.
        panel = panel with { Series = [new Series { Label = "bent", X = x, Y = [.. x.Select(at => 1 / (1 + at))] }] };
        var bent = WindowFit.Of(panel, 0.1, 100).ShouldHaveSingleItem();
        bent.Text.ShouldEndWith("no power law)");
        bent.Guide(isOneOfSeveral: false).Label.ShouldEndWith("\nno power law");
        WindowFit.Of(panel, 1e5, 1e6).ShouldBeEmpty();
        Should.Throw<ParameterException>(() => WindowFit.Of(panel, 10, 10)).Parameter.ShouldBe("window");
        Should.Throw<ParameterException>(() => WindowFit.Of(panel, double.NaN, 10));
    }

    private static string Sentence(string id, string method, params IReadOnlyList<(string, string)> given)
    {
        var system = TestedSystems.Find(id);
        var solution = system.Solve(system.Complete(method, Given(system, given)));
        return FigureSentence.Of(system, [solution], system.Draw([solution]));
    }

    private static Setting Given(ISystem system, params IReadOnlyList<(string Name, string Value)> given) => new(given.Select(pair => KeyValuePair.Create(pair.Name, system.Parameter(pair.Name)!.Parse(pair.Value))));
}
