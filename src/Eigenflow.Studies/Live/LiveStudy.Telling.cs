namespace Eigenflow.Studies;

/// <content>Where the sweep stands.</content>
public sealed partial class LiveStudy
{
    private const int MostNotes = 20;

    private StudyProgress Progress()
    {
        var running = listing.Running;
        var missing = Math.Max(0, runs.Length - presentCount - failures.Count);
        var perSecond = running > 0 ? rate.PerSecond : null;
        return new StudyProgress
        {
            Planned = runs.Length,
            Done = presentCount - damaged.Count,
            Failed = failures.Count,
            Running = Math.Min(running, missing),
            Damaged = damaged.Count,
            Diverged = diverged,
            Read = read,
            Strangers = strangers,
            PerSecond = perSecond,
            SecondsLeft = perSecond is > 0 && missing > 0 ? missing / perSecond : null,
            Changed = listing.Changed,
            Version = version,
            Notes = [.. Notes()],
        };
    }

    private IEnumerable<string> Notes()
    {
        if (listing.HasLinkedRuns)
            yield return "The folder runs is a link, which is not followed: open the folder that it leads to.";
        if (strangers > 0)
            yield return FormattableString.Invariant($"{strangers} {(strangers == 1 ? "file is that of a run" : "files are those of runs")} that the study file does not have: of an earlier study file, or of another version of eigenflow.");
        foreach (var (place, (_, reason)) in damaged.OrderBy(pair => pair.Key).Take(MostNotes))
            yield return $"{Path.GetRelativePath(folder, store.PathOf(study!.Runs[place].Id))}: {reason.TrimEnd('.')}. eigenflow sweep --verify sets it aside and computes the run again.";
        if (damaged.Count > MostNotes)
            yield return FormattableString.Invariant($"… and {damaged.Count - MostNotes} more files that cannot be read.");
    }
}
