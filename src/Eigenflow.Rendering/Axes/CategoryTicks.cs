namespace Eigenflow.Rendering.Axes;

/// <summary>Ticks of axes of names: one at every whole number, or at every second, third, … where there is no room for all.</summary>
internal static class CategoryTicks
{
    /// <summary>The range of an axis of names on which the first stands at the lower end.</summary>
    /// <param name="count">Number of names.</param>
    public static AxisRange Ascending(int count) => new(false, 0.5, count + 0.5);

    /// <summary>The range of an axis of names on which the first stands at the upper end.</summary>
    /// <param name="count">Number of names.</param>
    public static AxisRange Descending(int count) => new(false, count + 0.5, 0.5);

    /// <summary>Finds the ticks.</summary>
    /// <param name="names">The names.</param>
    /// <param name="length">Length of the axis.</param>
    /// <param name="spacing">Least distance of labels in the same unit.</param>
    public static TickSet Find(IReadOnlyList<string> names, double length, double spacing)
    {
        var every = Math.Max(1, (int)Math.Ceiling((names.Count * spacing / length) - 1e-9));
        return new TickSet([.. Enumerable.Range(0, names.Count).Where(number => number % every == 0).Select(number => new Tick(number + 1, names[number]))], []);
    }
}
