namespace Eigenflow.Explorer.Shapes;

/// <summary>A run beside its curves: its canonical setting as it is typed, how it ended, its events and numbers, and of curves that are no drafts the parameters that it may not have. Statuses: completed, diverged, failed, cancelled.</summary>
internal sealed record RunShape(
    string Method, IReadOnlyDictionary<string, string> Setting, string Status, string Message, string[] Warnings, EventShape[] Events, NumberShape[] Summary, int Rows, double WallSeconds, string[]? LeftOut = null);

/// <summary>An event; without a time it was not reached.</summary>
internal sealed record EventShape(string Name, double? Time = null);

/// <summary>A number with a name.</summary>
internal sealed record NumberShape(string Name, double Value);

/// <summary>A figure of runs; kept are those that the server had, missing the numbers of those that it had not.</summary>
internal sealed record DrawShape(double Seconds, RunShape[] Runs, RunShape[] Kept, int[] Missing, bool IsDraft, string Sentence, FigureShape Figure);

/// <summary>Events of a simulation: progress, partial (more points to draw), done, error.</summary>
internal sealed record RunEventsShape(ProgressShape? Progress = null, PartialShape? Partial = null, RunDoneShape? Done = null, RefusalShape? Error = null);

/// <summary>How far work has come, from 0 to 1.</summary>
internal sealed record ProgressShape(double Fraction, string Activity, double? SecondsLeft = null);

/// <summary>Rows that there are.</summary>
internal sealed record PartialShape(int Rows);

/// <summary>A run that has ended.</summary>
internal sealed record RunDoneShape(RunShape Run);

/// <summary>Events of a map: partial and done, with the figure as far as it has come; error.</summary>
internal sealed record MapEventsShape(MapShape? Partial = null, MapShape? Done = null, RefusalShape? Error = null);

/// <summary>A map as far as it has come, with the quantity that it shows, what all cells have beside what was asked for, and of one that ended before all cells were there how to read it.</summary>
internal sealed record MapShape(int Done, int Cells, string Quantity, FigureShape Figure, Dictionary<string, string>? Added = null, string? Stopped = null);

/// <summary>What a map can show, and the map that is shown where none is asked for.</summary>
internal sealed record MapMenuShape(OfferShape[] Quantities, MapChoiceShape? Map = null);

/// <summary>A quantity that a map can show.</summary>
internal sealed record OfferShape(string Value, string Group, string Words, string Meaning);

/// <summary>Two parameters and a quantity.</summary>
internal sealed record MapChoiceShape(string X, string Y, string Quantity);

/// <summary>The slopes of curves on a window.</summary>
internal sealed record FitsShape(FitShape[] Fits, string Sentence);

/// <summary>The exponent of a curve on a window, with its interval.</summary>
internal sealed record FitShape(int Series, string Label, double Exponent, double Lower, double Upper, int Points, bool IsPowerLaw, string Verdict, string Text, SlopeShape Guide);
