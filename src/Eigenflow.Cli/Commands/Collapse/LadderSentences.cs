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
            if (ladder.Quality?.IsCoarse == true)
                yield return $"{name}S may be too large: x is coarse, and the curvature between its points counts";
        }

        // Said of several ladders alike, once.
        foreach (var group in study.Ladders.SelectMany(ladder => ladder.Notes.Select(note => (ladder.Schedule, Note: note))).GroupBy(pair => pair.Note, StringComparer.Ordinal))
            yield return study.Ladders.Count > 1 && group.Count() < study.Ladders.Count ? $"{string.Join(", ", group.Select(pair => LadderTables.Name(pair.Schedule)))}: {group.Key}" : group.Key;
        foreach (var horizon in study.Horizons)
        {
            foreach (var note in horizon.Notes)
                yield return $"{LadderTables.Name(horizon.Schedule)}: {note}";
        }

        foreach (var note in study.Notes.Concat(study.Data.Notes))
            yield return note;
    }
}
