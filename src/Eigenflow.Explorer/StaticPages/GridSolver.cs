using System.Collections.Concurrent;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Solves settings of a grid once each, and samples their figures.</summary>
/// <param name="system">The system.</param>
/// <param name="methods">Names of the methods.</param>
/// <param name="given">What is the same for all.</param>
internal sealed class GridSolver(ISystem system, IReadOnlyList<string> methods, Setting given)
{
    private readonly ConcurrentDictionary<string, (SampledFigure? Figure, string Trouble)> known = new(StringComparer.Ordinal);

    /// <summary>The figure of a setting; null with the engine's words where it has none.</summary>
    public (SampledFigure? Figure, string Trouble) Solve(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> values, CancellationToken cancellation) => Solve(Setting(axes, values), cancellation);

    /// <summary>The figure of a setting.</summary>
    public (SampledFigure? Figure, string Trouble) Solve(Setting setting, CancellationToken cancellation)
    {
        var name = setting.ToString();
        if (known.TryGetValue(name, out var found))
            return found;
        try
        {
            Solution[] solutions = [.. RunPlan.Expand(system, methods, [setting]).Select(run => system.Solve(run, null, null, cancellation))];
            cancellation.ThrowIfCancellationRequested();
            found = (SampledFigure.Of(system.Draw(solutions)), "");
        }
        catch (EigenflowException exception)
        {
            found = (null, exception.Message.ReplaceLineEndings(" "));
        }

        known[name] = found;
        return found;
    }

    private Setting Setting(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> values)
    {
        var setting = given;
        for (var axis = 0; axis < axes.Count; axis++)
            setting = setting.With(axes[axis].Parameter.Name, axes[axis].Value(values[axis]));
        return setting;
    }

    /// <summary>The figures of many settings, side by side.</summary>
    public IReadOnlyList<(SampledFigure? Figure, string Trouble)> All(IReadOnlyList<PageAxis> axes, IReadOnlyList<double[]> points, int workers, Action<int>? done, CancellationToken cancellation)
    {
        var results = new (SampledFigure? Figure, string Trouble)[points.Count];
        var count = 0;
        Parallel.For(0, points.Count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, index =>
        {
            results[index] = Solve(axes, points[index], cancellation);
            done?.Invoke(Interlocked.Increment(ref count));
        });
        return results;
    }

    /// <summary>All settings of a grid, the first axis slowest.</summary>
    public static IReadOnlyList<double[]> Nodes(IReadOnlyList<PageAxis> axes)
    {
        IReadOnlyList<double[]> all = [[]];
        foreach (var axis in axes)
            all = [.. all.SelectMany(before => axis.Values.Select(value => (double[])[.. before, value]))];
        return all;
    }
}
