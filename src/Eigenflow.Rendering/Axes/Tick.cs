namespace Eigenflow.Rendering.Axes;

/// <summary>A labelled tick.</summary>
/// <param name="Value">Position in data units.</param>
/// <param name="Label">Label as rich text, such as <c>10^{−3}</c>.</param>
internal readonly record struct Tick(double Value, string Label);

/// <summary>The ticks of an axis.</summary>
/// <param name="Major">Labelled ticks, ascending.</param>
/// <param name="Minor">Values of the ticks without label, ascending.</param>
/// <param name="Multiplier">Common factor of the labels, such as <c>× 10^{−5}</c>, or empty.</param>
internal sealed record TickSet(IReadOnlyList<Tick> Major, IReadOnlyList<double> Minor, string Multiplier = "");
