using Eigenflow.Explorer.Maps;

namespace Eigenflow.Explorer.Contracts;

/// <summary>What is exported: the curves of a drawing, and how its picture looks.</summary>
/// <param name="Runs">The curves that are solved.</param>
/// <param name="Kept">Simulations, drawn as far as they have come.</param>
/// <param name="Views">By the index of the panel: what was chosen in place of the scales and ranges of the figure. Scales and ranges are those of pictures alone; windows of fitted slopes are in figures and in JSON.</param>
/// <param name="Picture">How pictures look.</param>
/// <param name="Marks">Whether what is predicted of the curves is marked in figures.</param>
/// <param name="Map">A map that is exported in place of curves.</param>
internal sealed record ExportRequest(
    IReadOnlyList<RunRequest>? Runs, IReadOnlyList<RunRequest>? Kept = null, IReadOnlyDictionary<int, PanelViewRequest>? Views = null, PictureRequest? Picture = null, bool Marks = false, MapRequest? Map = null);

/// <summary>What was chosen for a panel.</summary>
/// <param name="XScale"><c>log</c> or <c>linear</c>.</param>
/// <param name="YScale">The same.</param>
/// <param name="XRange">The part that is zoomed to, from and to.</param>
/// <param name="YRange">The same.</param>
/// <param name="Window">The window of a fitted slope, from and to.</param>
internal sealed record PanelViewRequest(string? XScale = null, string? YScale = null, double[]? XRange = null, double[]? YRange = null, double[]? Window = null);

/// <summary>How a picture looks; as the options of <c>eigenflow run</c>.</summary>
/// <param name="Theme"><c>light</c> or <c>dark</c>.</param>
/// <param name="Size"><c>screen</c>, <c>column</c>, <c>double</c> or <c>slide</c>.</param>
/// <param name="Scale">Device pixels per pixel of a PNG for screens, 0.5 to 8.</param>
/// <param name="SvgText">Whether an SVG has text that can be edited.</param>
internal sealed record PictureRequest(string? Theme = null, string? Size = null, double? Scale = null, bool SvgText = false);
