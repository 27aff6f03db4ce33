using System.Collections.Concurrent;
using Eigenflow.Dynamics;
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
    public (SampledFigure? Figure, string Trouble) Solve(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> values, CancellationToken cancellation) => Solve(Setting(axes, values), null, cancellation);

    /// <summary>The figure of a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="ends">How far each run goes, where it leaves its end to a default and ends before; null leaves all as they are.</param>
    /// <param name="cancellation">Ends it.</param>
    public (SampledFigure? Figure, string Trouble) Solve(Setting setting, IReadOnlyList<double>? ends, CancellationToken cancellation)
    {
        var name = setting + (ends is null ? "" : " to " + string.Join(' ', ends));
        if (known.TryGetValue(name, out var found))
            return found;
        try
        {
            var runs = RunPlan.Expand(system, methods, [setting]);
            var areFree = runs.Select(run => RunExecutor.HasDefaultEnd(system, run)).ToArray();
            Solution[] solutions = [.. runs.Select((run, k) => system.Solve(ends is not null && areFree[k] ? system.Complete(run.Method, run.Values.With(ContinuousParameters.Until.Name, ends[k])) : run, null, null, cancellation))];
            cancellation.ThrowIfCancellationRequested();
            found = (SampledFigure.Of(system.Draw(solutions), [.. solutions.Select((solution, k) => areFree[k] && solution.Rows > 1 ? solution.Axis.Values[^1] : double.NaN)]), "");
        }
        catch (EigenflowException exception)
        {
            found = (null, exception.Message.ReplaceLineEndings(" "));
        }

        known[name] = found;
        return found;
    }

    /// <summary>
    /// The figures of a grid, in which neighbours end alike: where the end of a curve is left to a default, it goes as far as the furthest of its neighbours, so that between them no curve breaks off.
    /// </summary>
    public IReadOnlyList<(SampledFigure? Figure, string Trouble)> Grid(IReadOnlyList<PageAxis> axes, int workers, Action<int>? done, CancellationToken cancellation)
    {
        var points = Nodes(axes);
        var alone = All(axes, points, workers, done, cancellation);
        var longer = new (SampledFigure? Figure, string Trouble)[alone.Count];
        Parallel.For(0, alone.Count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, index =>
        {
            longer[index] = alone[index];
            if (alone[index].Figure is not { } own || own.Ends.All(double.IsNaN))
                return;
            double[] ends = [.. own.Ends.Select((end, k) => Neighbours(axes, index).Select(node => alone[node].Figure).Where(figure => figure is not null && figure.Ends.Count == own.Ends.Count).Max(figure => double.IsNaN(figure!.Ends[k]) ? end : figure.Ends[k]))];
            if (ends.Zip(own.Ends).Any(pair => pair.First > pair.Second) && Solve(Setting(axes, points[index]), ends, cancellation) is { Figure: not null } extended)
                longer[index] = extended;
        });
        return longer;
    }

    // Itself among them.
    private static IEnumerable<int> Neighbours(IReadOnlyList<PageAxis> axes, int node)
    {
        List<int> all = [0];
        var rest = node;
        var places = new int[axes.Count];
        for (var axis = axes.Count - 1; axis >= 0; axis--)
        {
            places[axis] = rest % axes[axis].Values.Count;
            rest /= axes[axis].Values.Count;
        }

        for (var axis = 0; axis < axes.Count; axis++)
        {
            var (count, place) = (axes[axis].Values.Count, places[axis]);
            all = [.. all.SelectMany(before => Enumerable.Range(-1, 3).Select(step => place + step).Where(next => next >= 0 && next < count).Select(next => (before * count) + next))];
        }

        return all;
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
