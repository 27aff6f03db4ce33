using System.Collections.Concurrent;
using System.Diagnostics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>What the engine gave for a setting.</summary>
/// <param name="Figure">The figure, or null.</param>
/// <param name="Trouble">Why there is none, in the engine's words.</param>
internal sealed record SolvedSetting(PageFigure? Figure, string Trouble);

/// <summary>Solves settings of a grid once each.</summary>
/// <param name="system">The system.</param>
/// <param name="methods">Names of the methods.</param>
/// <param name="given">What is the same for all.</param>
/// <param name="workers">How many are solved side by side.</param>
internal sealed class GridSolver(ISystem system, IReadOnlyList<string> methods, Setting given, int workers)
{
    private readonly ConcurrentDictionary<string, SolvedSetting> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double> took = new(StringComparer.Ordinal);
    private int solved;
    private double seconds;
    private double work;

    /// <summary>How many are solved side by side.</summary>
    public int Workers => workers;

    /// <summary>How many settings were solved; each is once.</summary>
    public int Solved => known.Count;

    /// <summary>How many were solved at a time when several were last, on the mean: as many as there are workers on a machine that has nothing else to do.</summary>
    public double SideBySide { get; private set; } = 1;

    /// <summary>The seconds that it takes where the machine has nothing else to do: what is chosen by it does not depend on what else runs. NaN before there were any.</summary>
    public double WorkEach => solved == 0 ? double.NaN : work / workers / solved;

    /// <summary>The figure of a setting.</summary>
    public SolvedSetting Solve(Setting setting, CancellationToken cancellation)
    {
        var name = setting.ToString();
        if (known.TryGetValue(name, out var found))
            return found;
        var clock = Stopwatch.StartNew();
        try
        {
            Solution[] solutions = [.. RunPlan.Expand(system, methods, [setting]).Select(run => system.Solve(run, null, null, cancellation))];
            cancellation.ThrowIfCancellationRequested();
            found = new SolvedSetting(new PageFigure(system.Draw(solutions)), "");
        }
        catch (EigenflowException exception)
        {
            found = new SolvedSetting(null, exception.Message.ReplaceLineEndings(" "));
        }

        took[name] = clock.Elapsed.TotalSeconds;
        known[name] = found;
        return found;
    }

    /// <summary>The figure at some values.</summary>
    public SolvedSetting One(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> values, CancellationToken cancellation) => Solve(Setting(axes, values), cancellation);

    /// <summary>The figures of many settings, side by side; what they take is measured.</summary>
    /// <param name="axes">The sliders.</param>
    /// <param name="points">Their values.</param>
    /// <param name="done">Told how many of them there are, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public IReadOnlyList<SolvedSetting> All(IReadOnlyList<PageAxis> axes, IReadOnlyList<double[]> points, Action<int>? done, CancellationToken cancellation)
    {
        var results = new SolvedSetting[points.Count];
        var (count, missing, clock, before) = (0, Missing(axes, points), Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        Parallel.For(0, points.Count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, index =>
        {
            results[index] = Solve(Setting(axes, points[index]), cancellation);
            done?.Invoke(Interlocked.Increment(ref count));
        });
        if (missing.Count == 0)
            return results;
        solved += missing.Count;
        SideBySide = Math.Clamp(missing.Sum(values => SecondsOf(axes, values) ?? 0) / clock.Elapsed.TotalSeconds, 1, workers);
        seconds += clock.Elapsed.TotalSeconds;
        work += (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        return results;
    }

    /// <summary>The seconds that a setting took; null where it is not solved yet.</summary>
    public double? SecondsOf(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> values) => took.TryGetValue(Setting(axes, values).ToString(), out var found) ? found : null;

    /// <summary>Those of some settings that are not solved yet, each once.</summary>
    public IReadOnlyList<double[]> Missing(IReadOnlyList<PageAxis> axes, IReadOnlyList<double[]> points) =>
        [.. points.Select(values => (Values: values, Name: Setting(axes, values).ToString())).DistinctBy(one => one.Name, StringComparer.Ordinal).Where(one => !known.ContainsKey(one.Name)).Select(one => one.Values)];

    /// <summary>All settings of a grid, the first axis slowest.</summary>
    public static IReadOnlyList<double[]> Nodes(IReadOnlyList<PageAxis> axes)
    {
        IReadOnlyList<double[]> all = [[]];
        foreach (var axis in axes)
            all = [.. all.SelectMany(before => axis.Values.Select(value => (double[])[.. before, value]))];
        return all;
    }

    private Setting Setting(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> values)
    {
        var setting = given;
        for (var axis = 0; axis < axes.Count; axis++)
            setting = setting.With(axes[axis].Parameter.Name, axes[axis].Value(values[axis]));
        return setting;
    }
}
