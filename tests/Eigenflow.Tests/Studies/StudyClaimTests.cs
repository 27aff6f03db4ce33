using Eigenflow.Figures;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>Claims of study files get their words by the same rule as those of papers.</summary>
public sealed class StudyClaimTests : IDisposable
{
    private static readonly Selection All = new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), []);
    private static readonly Selection None = new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["rate"] = ["99"] }, []);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void EveryWordOfAStudy()
    {
        // Runs to t = 8 with rate 1; (1 + t)^(−1) is no power of t, so that the interval of its exponent has a width.
        (StudyClaim Claim, Verdict Expected)[] cases =
        [
            (Claim("half", "0.7", ClaimTest.Relative, 0.1), Verdict.Holds),
            (Claim("half", "0.7", ClaimTest.Relative, 0.001), Verdict.Fails),
            (Claim("never", "0.7", ClaimTest.Relative, 0.1), Verdict.Inconclusive),
            (Claim("half", "never", ClaimTest.Relative, 0.1), Verdict.OutOfWindow),
            (Claim("half", "0.7", ClaimTest.Relative, 0.1) with { Only = None }, Verdict.Inconclusive),

            // Intervals: given, of a fit, and carried through formulas, of both sides.
            (Claim("half", "0.7", ClaimTest.AtMost) with { Uncertainty = Formula.Parse("0.001") }, Verdict.Holds),
            (Claim("half", "0.7", ClaimTest.AtMost) with { Uncertainty = Formula.Parse("0.01") }, Verdict.Inconclusive),
            (Claim("half", "0.7", ClaimTest.AtMost) with { Uncertainty = Formula.Parse("-0.001") }, Verdict.Inconclusive),
            (Claim("slope", "slope-lower - 1e-6", ClaimTest.AtLeast), Verdict.Holds),
            (Claim("slope", "slope-lower + 1e-6", ClaimTest.AtLeast), Verdict.Inconclusive),
            (Claim("slope", "slope-upper + 1e-6", ClaimTest.AtLeast), Verdict.Fails),
            (Claim("twice", "2 * slope-lower - 1e-6", ClaimTest.AtLeast), Verdict.Holds),
            (Claim("twice", "2 * slope-lower + 1e-6", ClaimTest.AtLeast), Verdict.Inconclusive),
            (Claim("-slope", "-slope-lower + 1e-6", ClaimTest.AtMost), Verdict.Holds),
            (Claim("-slope", "-slope-lower - 1e-6", ClaimTest.AtMost), Verdict.Inconclusive),
            (Claim("half", "half", ClaimTest.Absolute, 1e-9), Verdict.Holds),
            (Claim("slope", "slope", ClaimTest.Absolute, 1e-9), Verdict.Inconclusive),

            // How far the run went, and how large it was.
            (Claim("half", "1", ClaimTest.AtMost) with { Horizon = ("t", 8) }, Verdict.Holds),
            (Claim("half", "1", ClaimTest.AtMost) with { Horizon = ("t", 9) }, Verdict.Inconclusive),
            (Claim("half", "1", ClaimTest.AtMost) with { Horizon = ("t", 0.8), IsForAllTimes = true }, Verdict.Holds),
            (Claim("half", "1", ClaimTest.AtMost) with { Horizon = ("t", 1), IsForAllTimes = true }, Verdict.Inconclusive),
            (Claim("half", "0.1", ClaimTest.AtMost) with { Horizon = ("t", 1), IsForAllTimes = true }, Verdict.Fails),
            (Claim("half", "1", ClaimTest.AtMost) with { Scales = [("rate", 9)] }, Verdict.Holds),
            (Claim("half", "1", ClaimTest.AtMost) with { Scales = [("rate", 10)] }, Verdict.Reduced),
            (Claim("half", "0.1", ClaimTest.AtMost) with { Scales = [("rate", 10)] }, Verdict.Fails),
            (Claim("half", "0.1", ClaimTest.AtMost) with { Scales = [("rate", 10)], Kind = PredictionKind.Asymptotic }, Verdict.Inconclusive),

            // A line through one point, and one of a figure without data.
            (Claim("half", "-1", ClaimTest.Absolute, 1) with { Measured = null, SlopeOf = "few" }, Verdict.Inconclusive),
            (Claim("half", "-1", ClaimTest.Absolute, 1) with { Measured = null, SlopeOf = "empty" }, Verdict.Inconclusive),
        ];
        var claims = Report([.. cases.Select((one, index) => one.Claim with { Id = $"c{index}" })], 1.0).Claims;
        claims.Select(claim => claim.Verdict).ShouldBe(cases.Select(one => one.Expected), string.Join('\n', claims));
        claims.ShouldAllBe(claim => (claim.Reason.Length == 0) == (claim.Verdict == Verdict.Holds || claim.Verdict == Verdict.Fails));
        claims[^2].Reason.ShouldContain("a line needs 3 points that differ, there are 1");
        claims[4].Reason.ShouldContain("no run that is done");
        claims[0].Tested.ShouldBe("up to t = 8; window: everywhere");

        var lines = File.ReadAllLines(folder.Path("out/claims.csv"));
        lines[0].ShouldBe("claim,case,verdict,predicted,measured,uncertainty,tolerance,kind,source,statement,obtained,interval,window,horizon,claimed-horizon,all-times,scale,claimed-scale,reason");
        lines.ShouldContain(line => line.StartsWith("c23,", StringComparison.Ordinal) && line.Contains(",everywhere,t=8,,,rate=1,rate=10,", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("c20,", StringComparison.Ordinal) && line.Contains(",t=8,t=1,yes,", StringComparison.Ordinal));
    }

    [Fact]
    public void TheWorstRunDecidesAndAllAreCounted()
    {
        // ln 2/rate against a bound that the third run breaks by less than its interval.
        var claim = Claim("half", "0.4", ClaimTest.AtMost) with { Uncertainty = Formula.Parse("0.05"), Id = "c" };
        var told = Report([claim], 4, 2, 1.7).Claims.Single();
        told.Verdict.ShouldBe(Verdict.Inconclusive);
        told.Statement.ShouldEndWith("(3 runs: 2 hold, 0 fail, 1 inconclusive; the worst is shown)");
        told.Obtained.ShouldContain("rate = 1.7");
        Report([claim], 4, 1.7, 1).Claims.Single().Statement.ShouldEndWith("(3 runs: 1 holds, 1 fails, 1 inconclusive; the worst is shown)");
    }

    [Fact]
    public void ASlopeIsTestedUpToTheEndOfItsLine()
    {
        // ln 2/rate: a power with the exponent −1, without noise.
        var claim = Claim("half", "-1", ClaimTest.Absolute, 1e-6) with { Measured = null, SlopeOf = "few", Scales = [("rate", 39)] };
        var told = Report([claim, claim with { Id = "d", Scales = [("rate", 40)] }], 1, 2, 4).Claims;
        told.Select(one => one.Verdict).ShouldBe([Verdict.Holds, Verdict.Reduced]);
        told[0].Tested.ShouldBe("up to t = 8; at rate = 4 (claimed: 39), points = 3; window: rate from 1 to 4");
    }

    public void Dispose() => folder.Dispose();

    private StudyReportOutcome Report(StudyClaim[] claims, params double[] rates)
    {
        var system = new TinySystem();
        var study = TinySystem.Study(system, [.. rates.Select(rate => TinySystem.Run(system, rate, 1))]) with
        {
            Given = ["rate"],
            Derived =
            [
                new() { Name = "half", Kind = DerivedKind.Event, Subject = "half" },
                new() { Name = "never", Kind = DerivedKind.Crossing, Subject = "e", Level = Formula.Parse("1e-30") },
                new() { Name = "slope", Kind = DerivedKind.Fit, Subject = "power", From = Formula.Parse("2") },
                new() { Name = "twice", Kind = DerivedKind.Formula, Formula = Formula.Parse("2 * slope") },
            ],
            Figures = [Figure("few", All), Figure("empty", None)],
            Claims = claims,
        };
        new SweepRunner { Study = study, Folder = folder.Path("out"), Workers = 1 }.Run();
        return StudyReport.Write(StudyResults.Read(study, folder.Path("out")));
    }

    private static StudyFigure Figure(string id, Selection only) => new()
    {
        Id = id,
        Title = id,
        X = Formula.Parse("rate"),
        Y = [Formula.Parse("half")],
        HasFit = true,
        Only = only,
    };

    private static StudyClaim Claim(string measured, string predicted, ClaimTest test, double tolerance = 0) => new()
    {
        Id = "c",
        Statement = "it holds",
        Measured = Formula.Parse(measured),
        Predicted = Formula.Parse(predicted),
        Test = test,
        Tolerance = tolerance,
        Kind = PredictionKind.Exact,
        Source = "here",
        Only = All,
    };
}
