using Eigenflow.Studies;

namespace Eigenflow.Explorer.Shapes;

/// <summary>The results of sweeps below the folder of the explorer, which is absent where it was started without one.</summary>
internal sealed record StudyListShape(bool IsWhole, StudyEntryShape[] Studies, string? Folder = null);

/// <summary>A folder with the results of a study; where it cannot be read only with the reason.</summary>
internal sealed record StudyEntryShape(string Path, string? Error = null, string? Title = null, string? System = null, StudyProgressShape? Progress = null);

/// <summary>Where a sweep stands. Words: done, running, failed, empty, stopped.</summary>
internal sealed record StudyProgressShape(
    string Word, int Planned, int Done, int Failed, int Running, int Damaged, int Diverged, int Missing, int Read, long Version, string[] Notes, double? PerSecond = null, double? SecondsLeft = null, string? Changed = null);

/// <summary>Events of a study: its progress, or what keeps it from being read.</summary>
internal sealed record StudyEventsShape(StudyProgressShape? Progress = null, string? Trouble = null);

/// <summary>What can be shown of a study, where it stands, and the runs that failed.</summary>
internal sealed record StudyShape(
    string Path, string Name, string Title, string Description, string System, string SystemTitle, string[] Methods, StudyColumn[] Columns, StudyFixedShape[] Fixed, StudyQuantity[] Observables, StudyQuantity[] Numbers,
    StudyFigureRequest[] Figures, string Sweep, StudyProgressShape Progress, StudyFailure[] Failures);

/// <summary>A value that all runs share.</summary>
internal sealed record StudyFixedShape(string Label, string Value);

/// <summary>A figure of a study; without one no run has anything to show in it.</summary>
internal sealed record StudyDrawingShape(int Runs, string Toml, StudyFitShape[] Fits, StudyWithoutFit[] Unfitted, FigureShape? Figure = null);

/// <summary>A fit; an end of its interval that does not exist is absent.</summary>
internal sealed record StudyFitShape(
    string Panel, string Group, string Quantity, int Points, string Text, string Interval, string Window, string Verdict, double? Slope = null, double? Lower = null, double? Upper = null, double? From = null, double? To = null);
