using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Checks the claims of a study on every run, or on every fitted line, and sums each of them up by its worst case.</summary>
/// <param name="results">The runs.</param>
/// <param name="fits">The lines that the figures fit.</param>
/// <param name="unfitted">The groups with too few points for one.</param>
internal sealed class ClaimChecker(StudyResults results, IReadOnlyList<FittedSlope> fits, IReadOnlyList<UnfittedGroup> unfitted)
{
    private readonly Study study = results.Study;

    /// <summary>One claim per case, at least one; <c>Id</c> is that of the study file.</summary>
    public IReadOnlyList<(string Case, Claim Claim)> Cases(StudyClaim claim)
    {
        IReadOnlyList<(string, Claim)> cases = claim.SlopeOf is { } figure
            ?
            [
                .. fits.Where(fit => string.Equals(fit.Figure, figure, StringComparison.Ordinal)).Select(fit => (Name(fit.Panel, fit.Group), Slope(claim, fit))),
                .. unfitted.Where(group => string.Equals(group.Figure, figure, StringComparison.Ordinal)).Select(group => (
                    Name(group.Panel, group.Group),
                    Check(claim, group.Example, double.NaN, null) with { Lacks = group.Reason })),
            ]
            :
            [
                .. results.Runs.Where(run => run.Record is not null && run.Matches(claim.Only))
                    .Select(run => (run.Run.Id, Check(claim, run, claim.Measured!.Evaluate(run.Scalar), Half(claim, run)) with { Lacks = Lost(run) })),
            ];
        return cases.Count > 0 ? cases : [("", Untested(claim))];
    }

    /// <summary>The claim as a whole: its worst case, with the verdicts of all counted.</summary>
    public Claim Summary(StudyClaim claim, IReadOnlyList<(string Case, Claim Claim)> cases)
    {
        var worst = cases.OrderByDescending(one => VerdictWords.Rank(one.Claim.Verdict)).ThenByDescending(one => Deviation(claim, one.Claim)).First();
        var statement = claim.Statement.TrimEnd('.')
            + (cases.Count == 1 ? "" : $" ({VerdictWords.Sentence([.. cases.Select(one => one.Claim.Verdict)], claim.SlopeOf is null ? "run" : "fit")}; the worst is shown)");
        return worst.Claim with { Statement = statement, Obtained = worst.Claim.Obtained + (worst.Case.Length > 0 ? $", at {Describe(claim, worst.Case)}" : "") };
    }

    private static string Name(string panel, string group) => string.Join(", ", new[] { panel, group }.Where(text => text.Length > 0));

    // What the figure runs over was tested up to the end of the line.
    private Claim Slope(StudyClaim claim, FittedSlope fit)
    {
        var figure = study.Figures.First(one => string.Equals(one.Id, fit.Figure, StringComparison.Ordinal));
        var result = Check(claim, fit.Example, fit.Line.Slope, fit.Line.Half);
        return result with
        {
            Window = claim.Window.Length > 0 ? claim.Window : (figure.Only with { Ranges = [.. figure.Only.Ranges, (figure.X.Text, fit.From, fit.To)] }).ToString(),
            Scales = [.. result.Scales.Select(scale => string.Equals(scale.Quantity, figure.X.Text, StringComparison.Ordinal) ? scale with { Tested = fit.To } : scale), new ClaimScale("points", fit.Line.Points)],
        };
    }

    // A mean without the replicas that diverged is of those that a claim suits, and one that ends at the first of them has not come to its end: neither tests anything.
    private static string Lost(CollectedRun run) => string.Equals(run.Status, new SolveStatus(SolveOutcome.Diverged).Word, StringComparison.Ordinal) && run.Run.Setting["replicas"] is not null
        ? "replicas diverged: the means are those of the others, or end at the first one where all did" : "";

    // A negative width is none.
    private static double? Half(StudyClaim claim, CollectedRun run) => claim.Uncertainty is { } formula
        ? formula.Evaluate(run.Scalar) is var half and >= 0 ? half : double.NaN
        : run.Half(claim.Measured!);

    private static Claim Check(StudyClaim claim, CollectedRun run, double measured, double? half)
    {
        // What is compared with may be fitted as well.
        var bound = run.Half(claim.Predicted);
        var both = half is null ? bound : half + (bound ?? 0);
        var result = Claim.Of(claim.Test, claim.Id, claim.Statement, claim.Predicted.Evaluate(run.Scalar), measured, claim.Tolerance, claim.Source, Obtained(claim), claim.Kind, both) with
        {
            Window = claim.Window,
            Interval = bound is null ? Claim.UsualInterval : Claim.UsualInterval + "s of both values, added",

            // Theory that says nothing for a run cannot fail there, nor hold; the same condition decides as in predict.
            Outside = run.Outside(claim.Predicted) ?? "",
            Scales = [.. claim.Scales.Select(scale => new ClaimScale(scale.Name, run.Scalar(scale.Name), scale.Claimed))],
        };
        return claim.Horizon is { } horizon ? result with { Horizon = new ClaimHorizon(horizon.Column, run.Last.GetValueOrDefault(horizon.Column, double.NaN), horizon.Until, claim.IsForAllTimes) }
            : run.Last.TryGetValue(run.Axis, out var last) ? result.UpTo(last, run.Axis) : result;
    }

    private static string Obtained(StudyClaim claim) => claim.SlopeOf is { } figure ? $"slope fitted in {figure}" : $"{claim.Measured!.Text} of a run";

    private static Claim Untested(StudyClaim claim) => Claim.Of(
        claim.Test, claim.Id, claim.Statement, claim.Predicted.Evaluate(name => name is "pi" ? Math.PI : double.NaN), double.NaN, claim.Tolerance, claim.Source, Obtained(claim), claim.Kind, null) with
    {
        Window = claim.Window,
        Lacks = claim.SlopeOf is { } figure ? $"there is no run with data for {figure}" : "no run that is done is one of those that the claim is about",
    };

    private static double Deviation(StudyClaim claim, Claim one) => claim.Test switch
    {
        ClaimTest.Relative => Math.Abs((one.Measured / one.Predicted) - 1),
        ClaimTest.Absolute => Math.Abs(one.Measured - one.Predicted),
        ClaimTest.AtMost => one.Measured - one.Predicted,
        _ => one.Predicted - one.Measured,
    };

    private string Describe(StudyClaim claim, string name)
    {
        if (claim.SlopeOf is not null)
            return name;
        var varying = CsvText.Varying([.. study.Runs.Select(run => run.Setting)]);
        var run = study.Runs.First(candidate => string.Equals(candidate.Id, name, StringComparison.Ordinal));
        return string.Join(", ", varying.Where(parameter => run.Setting[parameter] is not null).Select(parameter => $"{parameter} = {Setting.Format(run.Setting[parameter])}").Prepend($"{run.Method} with")).Replace("with, ", "with ", StringComparison.Ordinal);
    }
}
