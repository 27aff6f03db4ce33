namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Central differences.</summary>
internal static class Slopes
{
    /// <summary>The gradient of a function.</summary>
    public static double[] Gradient(Func<double[], double> function, double[] point, double step = 1e-5) =>
        [.. point.Select((_, i) => (function(Moved(point, i, step)) - function(Moved(point, i, -step))) / (2 * step))];

    private static double[] Moved(double[] point, int index, double by)
    {
        var moved = (double[])point.Clone();
        moved[index] += by;
        return moved;
    }
}
