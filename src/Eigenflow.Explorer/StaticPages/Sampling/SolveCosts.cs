namespace Eigenflow.Explorer.StaticPages;

/// <summary>What the settings of a grid cost to solve, from those at its corners, the largest among them: the logarithm of the work is mixed between them along every slider, exact for work that is a power of the values.</summary>
internal sealed class SolveCosts
{
    // A clock does not tell less.
    private const double Least = 1e-6;

    private readonly IReadOnlyList<PageAxis> ends;
    private readonly double[] logarithms;
    private readonly double factor = 1;

    /// <param name="axes">The sliders.</param>
    /// <param name="seconds">What the settings at the corners took.</param>
    /// <param name="measured">What settings inside took: all costs are scaled so that these are right together.</param>
    public SolveCosts(IReadOnlyList<PageAxis> axes, Func<double[], double> seconds, IReadOnlyList<(double[] Values, double Seconds)> measured)
    {
        ends = Ends(axes);
        logarithms = [.. GridSolver.Nodes(ends).Select(values => Math.Log(Math.Max(Least, seconds(values))))];
        var expected = Sum(measured.Select(one => one.Values));
        if (expected > 0)
            factor = measured.Sum(one => Math.Max(Least, one.Seconds)) / expected;
    }

    /// <summary>The sliders with their ends alone.</summary>
    public static IReadOnlyList<PageAxis> Ends(IReadOnlyList<PageAxis> axes) => [.. axes.Select(axis => axis.Ends())];

    /// <summary>The cost of settings, one after the other.</summary>
    /// <param name="points">Their values.</param>
    public double Sum(IEnumerable<double[]> points) => points.Sum(values => factor * Math.Exp(Mixture.Nodes(ends, values, isCubic: false).Sum(part => part.Weight * logarithms[part.Node])));
}
