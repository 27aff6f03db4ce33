using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Cli;

/// <summary>What <c>collapse</c> says of ladders below its tables.</summary>
internal static class LadderSentences
{
    public static IEnumerable<string> Of(LadderStudy study)
    {
        foreach (var ladder in study.Ladders)
        {
            var name = study.Ladders.Count > 1 ? LadderTables.Name(ladder.Schedule) + ": " : "";
            yield return name + ladder.Verdict.Sentence;
            foreach (var hint in ladder.Verdict.Hints)
                yield return $"{name}hint: {hint}";
            if (ladder.Fit is { Draws.Length: > 0 } fit)
                yield return $"{name}interval of L0: {fit.IntervalMethod}";
            yield return $"{name}interval of the drift: {ladder.Drift.IntervalMethod}";
            if (ladder.Error is { IsInconclusive: true })
                yield return $"{name}these runs say nothing of how far the horizon exponent is off: their shapes allow every one";
            else if (ladder.Error is { HasSize: true, IsTold: false } error)
                yield return DisplayText.Of($"{name}the shapes of these curves allow horizon exponents of {error.Used - error.Upper:0.###} to {error.Used - error.Lower:0.###}{(error.IsOffsetGiven ? " with L0 as given" : "")} (used: {error.Used:0.###})");
            if (ladder.Quality?.IsCoarse == true)
                yield return $"{name}S may be too large: x is coarse, and the curvature between its points counts";
        }

        // Said of several ladders alike, once.
        foreach (var group in study.Ladders.SelectMany(ladder => ladder.Notes.Select(note => (ladder.Schedule, Note: note))).GroupBy(pair => pair.Note, StringComparer.Ordinal))
            yield return study.Ladders.Count > 1 && group.Count() < study.Ladders.Count ? $"{string.Join(", ", group.Select(pair => LadderTables.Name(pair.Schedule)))}: {group.Key}" : group.Key;
        foreach (var horizon in study.Horizons)
        {
            foreach (var ladder in study.Ladders.Where(ladder => ladder.Schedule != horizon.Schedule))
            {
                if (Outside(ladder, horizon.Frontier?.Exponent, horizon.Frontier?.Lower, horizon.Frontier?.Upper, "frontier") is { } byFrontier)
                    yield return byFrontier;
                if (Outside(ladder, horizon.Collapse?.Exponent, horizon.Collapse?.Lower, horizon.Collapse?.Upper, "best collapse") is { } byCollapse)
                    yield return byCollapse;
            }

            foreach (var note in horizon.Notes)
                yield return $"{LadderTables.Name(horizon.Schedule)}: {note}";
        }

        foreach (var alpha in study.Alphas)
            yield return $"α of {LadderTables.Name(alpha.Schedule)}: {DisplayNumber.Of(alpha.Value, 3)} ({DisplayNumber.Range(alpha.Lower, alpha.Upper, 3)}, Student's t over {alpha.References} constant-rate runs; theory 0.25)";
        foreach (var note in study.Notes.Concat(study.Data.Notes))
            yield return note;
    }

    // Where the exponent that was used is not in the interval of one that was found.
    private static string? Outside(LadderAnalysis ladder, double? found, double? lower, double? upper, string how)
    {
        var used = ladder.Horizon.Exponent;
        return found is { } best && (used < lower || used > upper)
            ? $"{LadderTables.Name(ladder.Schedule)}: horizons grew with the exponent {DisplayNumber.Of(used, 3)}, too {(used > best ? "fast" : "slowly")} by the {how} of constant-rate runs: {DisplayNumber.Of(best, 3)} ({DisplayNumber.Range(lower!.Value, upper!.Value, 3)})"
            : null;
    }
}
