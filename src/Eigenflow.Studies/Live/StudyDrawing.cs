using Eigenflow.Figures;

namespace Eigenflow.Studies;

/// <summary>A line or a power law that a figure of a study has fitted.</summary>
/// <param name="Panel">What the panel shows, or empty.</param>
/// <param name="Group">Values of the group, or empty.</param>
/// <param name="Quantity">The fitted ordinate.</param>
/// <param name="Slope">The slope in the displayed axes; an exponent on two logarithmic ones.</param>
/// <param name="Lower">Lower end of its interval: 95 %, or the local exponents of a curve that bends; not a number where there is none.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Points">Number of points.</param>
/// <param name="From">First abscissa.</param>
/// <param name="To">Last abscissa.</param>
/// <param name="Text">Slope with interval, as people read it.</param>
/// <param name="Interval">Ends of the interval, as people read them; empty where there is none.</param>
/// <param name="Window">First and last abscissa, as people read them.</param>
/// <param name="Verdict">Of a curve whether a power law describes it; empty for dots.</param>
public sealed record StudyFit(string Panel, string Group, string Quantity, double Slope, double Lower, double Upper, int Points, double From, double To, string Text, string Interval, string Window, string Verdict);

/// <summary>A group of runs through which no line could be fitted.</summary>
/// <param name="Panel">What the panel shows, or empty.</param>
/// <param name="Group">Values of the group, or empty.</param>
/// <param name="Reason">Why.</param>
public sealed record StudyWithoutFit(string Panel, string Group, string Reason);

/// <summary>What a request for a figure gives.</summary>
/// <param name="Figure">The figure; null when no run has anything to show in it.</param>
/// <param name="Fits">What was fitted.</param>
/// <param name="Unfitted">What could not be.</param>
/// <param name="Runs">How many runs the selection leaves that have been read.</param>
/// <param name="Toml">The figure as it stands in a study file.</param>
public sealed record StudyDrawing(Figure? Figure, IReadOnlyList<StudyFit> Fits, IReadOnlyList<StudyWithoutFit> Unfitted, int Runs, string Toml);
