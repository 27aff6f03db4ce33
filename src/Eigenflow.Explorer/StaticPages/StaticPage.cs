using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.FrontEnd;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Makes a page of one system that needs no server: curves are computed for a grid of a few parameters, and mixed between.</summary>
public static class StaticPage
{
    private const double MostSeconds = 600;
    private const long MostBytes = 50_000_000;
    private const int MostSettings = 50_000;
    private const int MostAxes = 4;

    // Beyond this error a slider gets more values, as long as the page stays small.
    private const double WantedError = 0.05;
    private const int MostRefinements = 3;
    private const int MostRefinedSettings = 1_000;
    private const double MostRefinedSeconds = 60;

    /// <summary>Chooses what is not said, times a few settings, and says what the page will take.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EigenflowException">Not allowed, or more than the limits without <see cref="StaticPageRequest.IsUnlimited"/>.</exception>
    public static StaticPagePlan Plan(StaticPageRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!PageFiles.Exist)
            throw new ExplorerException(PageFiles.Missing);
        var system = request.System;
        IReadOnlyList<string> methods = request.Methods.Count > 0 ? [.. request.Methods.Select(name => system.Method(name).Name).Distinct(StringComparer.Ordinal)] : [system.Methods.FirstOrDefault(method => method.Role == MethodRole.Theory)?.Name ?? system.Methods[0].Name];
        var solver = new GridSolver(system, methods, request.Given);
        var axes = Axes(request, methods, solver, cancellation);
        var settings = axes.Aggregate(1.0, (count, axis) => count * axis.Values.Count);
        if (settings > MostSettings)
            throw new ParameterException("grid", settings, $"at most {MostSettings} settings", "take fewer sliders, or fewer values");
        var checks = InterpolationCheck.Points(axes).Count;

        // The middle and the ends of the grid; what they took is what the others take.
        var clock = Stopwatch.StartNew();
        var trials = Trials(axes);
        var solved = trials.Select(values => solver.Solve(axes, values, cancellation)).ToArray();
        var seconds = clock.Elapsed.TotalSeconds / trials.Count * (settings + checks) / Math.Min(request.Workers, settings);
        if (solved.All(one => one.Figure is null))
            throw new ExplorerException($"None of the settings that were tried has a solution: {solved[0].Trouble}");
        var floats = solved.Where(one => one.Figure is not null).Average(one => one.Figure!.Curves.Sum(curve => curve.Y.Length * (curve.Lower is null ? 1 : 3)));
        var bytes = StaticPageFile.FixedSize + (long)(settings * ((3.2 * floats) + 300 + PageShape.Size([.. solved.Select(one => one.Figure).OfType<SampledFigure>()])));
        if (!request.IsUnlimited && (seconds > MostSeconds || bytes > MostBytes))
        {
            throw new ExplorerException(FormattableString.Invariant(
                $"The page would take about {seconds / 60:0.#} minutes and {bytes / 1e6:0.#} MB, beyond {MostSeconds / 60:0} minutes or {MostBytes / 1e6:0} MB: take fewer sliders (--parameters) or values (--grid), or add --force."));
        }

        return new StaticPagePlan(axes, methods, (int)settings, checks, seconds, bytes) { Solver = solver, Request = request };
    }

    /// <summary>Whether a file is a page that was made here.</summary>
    /// <param name="path">The file.</param>
    public static bool IsOne(string path)
    {
        using var reader = new StreamReader(path);
        var head = new char[2_000];
        return new string(head, 0, reader.ReadBlock(head)).Contains(StaticPageFile.Mark, StringComparison.Ordinal);
    }

    /// <summary>How near interpolation is to the engine, as a sentence.</summary>
    /// <param name="page">The page.</param>
    public static string Accuracy(StaticPageResult page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Checks == 0
            ? "between computed settings the page shows the nearest one: no curve could be compared"
            : StaticPageFile.IsNearest(page.UsualError)
            ? $"between computed settings the page shows the nearest one: interpolated curves would be off, one point of ten by more than {StaticPageFile.Percent(page.UsualError)}; take more values (--grid), or parameters that curves follow more smoothly"
            : $"between computed settings curves are interpolated: at {page.Checks} settings that were checked nine points of ten are within {StaticPageFile.Percent(page.UsualError)}, and the largest error is {StaticPageFile.Percent(page.LargestError)}";
    }

    /// <summary>Makes the page.</summary>
    /// <param name="plan">What it shows.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends it; nothing is written by it in any case.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static StaticPageResult Make(StaticPagePlan plan, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (axes, workers, before) = (plan.Axes, plan.Request.Workers, double.PositiveInfinity);
        for (var round = 0; ; round++)
        {
            var nodes = plan.Solver.All(axes, GridSolver.Nodes(axes), workers, Report("settings"), cancellation);
            SampledFigure?[] figures = [.. nodes.Select(node => node.Figure)];
            var points = InterpolationCheck.Points(axes);
            var truths = plan.Solver.All(axes, [.. points.Select(point => point.Values)], workers, Report("checks"), cancellation);
            (int, double[], SampledFigure?)[] exact = [.. points.Select((point, k) => (point.Kind, point.Values, truths[k].Figure))];

            var error = InterpolationCheck.Best(axes, figures, exact);

            // As long as it helps.
            if (error.Usual > WantedError && round < MostRefinements && error.Usual < 0.7 * before && Refined(plan, axes, error, nodes.Count) is { } finer)
            {
                (axes, before) = (finer, error.Usual);
                continue;
            }

            var html = StaticPageFile.Of(plan.Request, plan.Methods, axes, nodes, error);
            return new StaticPageResult(html, axes, nodes.Count, nodes.Count(node => node.Figure is null), error.Count, error.Largest, error.Usual);

            Action<int> Report(string what)
            {
                var total = string.Equals(what, "settings", StringComparison.Ordinal) ? axes.Aggregate(1, (count, axis) => count * axis.Values.Count) : InterpolationCheck.Points(axes).Count;
                return done => progress?.Report(new Progress((double)done / total, round == 0 ? what : $"{what}, finer"));
            }
        }
    }

    private static IReadOnlyList<PageAxis> Axes(StaticPageRequest request, IReadOnlyList<string> methods, GridSolver solver, CancellationToken cancellation)
    {
        var system = request.System;
        var named = request.Parameters.Where(name => request.Axes.All(axis => !string.Equals(axis.Parameter.Name, name, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal).ToArray();
        var total = named.Length + request.Axes.Count;
        if (total == 0)
        {
            var chosen = AxisChoice.Of(system, methods, request.Given, solver, cancellation);
            return chosen.Count > 0 ? chosen : throw new ExplorerException("No parameter was found that changes the curves; name one or more with --parameters or --grid.");
        }

        if (total > MostAxes)
            throw new ParameterException("parameters", total, $"at most {MostAxes} sliders");
        List<PageAxis> axes = [.. named.Select(name => system.Parameter(name) is not { } parameter
            ? throw new ParameterException("parameters", name, "a parameter of " + system.Id, Suggestion.For(name, system.Parameters.Select(one => one.Name)))
            : PageAxis.Over(parameter, AxisChoice.Values(total)) ?? throw new ParameterException("parameters", name, "a parameter that is a number")), .. request.Axes];
        if (axes.Find(axis => !methods.Any(method => system.IsRead(system.Method(method), axis.Parameter.Name))) is { } unread)
            throw new ParameterException("parameters", unread.Parameter.Name, "a parameter that " + string.Join(" or ", methods) + " reads");
        if (axes.Find(axis => request.Given[axis.Parameter.Name] is not null) is { } both)
            throw new ParameterException("set", both.Parameter.Name, "a parameter without a slider");
        return axes;
    }

    private static List<double[]> Trials(IReadOnlyList<PageAxis> axes) =>
    [
        [.. axes.Select(axis => axis.Values[axis.Values.Count / 2])],
        [.. axes.Select(axis => axis.Values[0])],
        [.. axes.Select(axis => axis.Values[^1])],
        [.. axes.Select((axis, j) => axis.Values[j % 2 == 0 ? axis.Values.Count - 1 : 0])],
    ];

    // Values that the user gave stay as they are.
    private static IReadOnlyList<PageAxis>? Refined(StaticPagePlan plan, IReadOnlyList<PageAxis> axes, InterpolationError error, int settings)
    {
        var free = Enumerable.Range(0, axes.Count).Where(j => plan.Request.Axes.All(axis => !ReferenceEquals(axis.Parameter, axes[j].Parameter))).OrderByDescending(j => error.PerAxis[j]);
        foreach (var j in free)
        {
            var finer = axes[j].Refined();
            var more = (double)settings / axes[j].Values.Count * finer.Values.Count;
            if (finer.Values.Count > axes[j].Values.Count && more <= MostRefinedSettings && plan.Seconds / plan.Settings * more <= MostRefinedSeconds)
                return [.. axes.Select((axis, k) => k == j ? finer : axis)];
        }

        return null;
    }
}
