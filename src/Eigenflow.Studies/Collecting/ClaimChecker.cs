using System.Globalization;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Checks the claims of a study on every run, or on every fitted line, and sums each of them up by its worst case.</summary>
internal sealed class ClaimChecker(StudyResults results, IReadOnlyList<FittedSlope> fits)
{
    private readonly Study study = results.Study;

    /// <summary>One claim per case; <c>Id</c> is that of the study file.</summary>
    public IReadOnlyList<(string Case, Claim Claim)> Cases(StudyClaim claim) => claim.SlopeOf is { } figure
        ?
        [
            .. fits.Where(fit => string.Equals(fit.Figure, figure, StringComparison.Ordinal)).Select(fit => (
                string.Join(", ", new[] { fit.Panel, fit.Group }.Where(text => text.Length > 0)),
                Check(claim, fit.Example, fit.Line.Slope, fit.Line.Half))),
        ]
        :
        [
            .. results.Runs.Where(run => run.Record is not null && run.Matches(claim.Only))
                .Select(run => (run.Run.Id, Check(claim, run, claim.Measured!.Evaluate(run.Scalar), null))),
        ];

    /// <summary>The claim as a whole: it fails when one case fails, and shows the worst.</summary>
    public Claim? Summary(StudyClaim claim, IReadOnlyList<(string Case, Claim Claim)> cases)
    {
        if (cases.Count == 0)
            return null;
        var worst = cases.OrderByDescending(one => one.Claim.Verdict switch { Verdict.Fails => 2, Verdict.Holds => 1, _ => 0 })
            .ThenByDescending(one => Deviation(claim, one.Claim)).First();
        var counted = cases.Where(one => one.Claim.Verdict != Verdict.OutOfWindow).ToArray();
        var failed = counted.Count(one => one.Claim.Verdict == Verdict.Fails);
        var what = claim.SlopeOf is null ? "runs" : "fits";
        var statement = claim.Statement.TrimEnd('.') + (cases.Count == 1 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" ({(failed > 0 ? $"fails in {failed} of {counted.Length} {what}" : $"{counted.Length} {what}")}{(counted.Length < cases.Count ? $", {cases.Count - counted.Length} out of window" : "")}; the worst is shown)"));
        return worst.Claim with { Statement = statement, Obtained = worst.Claim.Obtained + (worst.Case.Length > 0 ? $", at {Describe(claim, worst.Case)}" : "") };
    }

    private static Claim Check(StudyClaim claim, CollectedRun run, double measured, double? half)
    {
        var predicted = claim.Predicted.Evaluate(run.Scalar);
        var obtained = claim.SlopeOf is { } figure ? $"slope fitted in {figure}, ± its 95 % interval" : $"{claim.Measured!.Text} of a run";
        var checkedClaim = claim.Test switch
        {
            ClaimTest.Relative => Claim.Relative(claim.Id, claim.Statement, predicted, measured, claim.Tolerance, claim.Source, obtained, claim.Kind, half),
            ClaimTest.Absolute => Claim.Absolute(claim.Id, claim.Statement, predicted, measured, claim.Tolerance, claim.Source, obtained, claim.Kind, half),
            ClaimTest.AtMost => Claim.AtMost(claim.Id, claim.Statement, predicted, measured, claim.Source, obtained, claim.Kind, half),
            _ => Claim.AtLeast(claim.Id, claim.Statement, predicted, measured, claim.Source, obtained, claim.Kind, half),
        };

        // Theory that says nothing for a run cannot fail there, nor hold; the same condition decides as in predict.
        if (run.Outside(claim.Predicted) is { } reason)
            return checkedClaim with { Verdict = Verdict.OutOfWindow, Obtained = $"{obtained}; out of window: {reason}" };
        return double.IsNaN(predicted) ? checkedClaim with { Verdict = Verdict.OutOfWindow } : checkedClaim;
    }

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
