using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.FrontEnd;
using Eigenflow.Solutions;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Makes a page of one system that needs no server: curves are computed for a grid of a few parameters, and mixed between.</summary>
public static class StaticPage
{
    private const double MostSeconds = 600;
    private const long MostBytes = 50_000_000;

    /// <summary>Chooses what is not said, solves some settings, and says what the page will take.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="told">Is told what choosing values will take before it begins, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EigenflowException">Not allowed, or more than the limits without <see cref="StaticPageRequest.IsUnlimited"/>.</exception>
    public static StaticPagePlan Plan(StaticPageRequest request, IProgress<Progress>? progress = null, Action<string>? told = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!PageFiles.Exist)
            throw new ExplorerException(PageFiles.Missing);
        request = PageCover.Complete(request);
        var system = request.System;
        IReadOnlyList<string> methods = request.Methods.Count > 0 ? [.. request.Methods.Select(name => system.Method(name).Name).Distinct(StringComparer.Ordinal)] : [PageCommand.UsualMethod(system)];
        var solver = new GridSolver(system, methods, request.Given, request.Workers);
        var clock = Stopwatch.StartNew();
        var (axes, done, left, seconds, bytes) = new PagePlanner(request, methods, solver, progress, told, cancellation).Plan();
        if (!request.IsUnlimited && (seconds > MostSeconds || bytes > MostBytes))
        {
            throw new ExplorerException(FormattableString.Invariant(
                $"The page would take about {seconds / 60:0.#} minutes and {bytes / 1e6:0.#} MB, beyond {MostSeconds / 60:0} minutes or {MostBytes / 1e6:0} MB: take fewer sliders (--parameters) or values (--grid), or add --force."));
        }

        return new StaticPagePlan(axes, methods, axes.Aggregate(1, (count, axis) => count * axis.Values.Count), InterpolationCheck.Points(axes).Count, left, seconds, bytes) { Solver = solver, Request = request, Checked = done, Spent = clock.Elapsed.TotalSeconds };
    }

    /// <summary>Whether a file is a page that was made here.</summary>
    /// <param name="path">The file.</param>
    public static bool IsOne(string path)
    {
        using var reader = new StreamReader(path);
        var head = new char[2_000];
        return new string(head, 0, reader.ReadBlock(head)).Contains(StaticPageFile.Mark, StringComparison.Ordinal);
    }

    /// <summary>How near the page is to the engine, in sentences.</summary>
    /// <param name="page">The page.</param>
    public static string Accuracy(StaticPageResult page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var computed = $"at computed settings curves are within {PageFacts.Percent(page.ComputedError)} of the engine";
        return computed + (page.Checks == 0
            ? "; between them the page shows the nearest one: no curve could be compared"
            : page.IsNearest
            ? $"; between them the page shows the nearest one: interpolated curves would be off, one point of ten by more than {PageFacts.Percent(page.UsualError)}; take more values (--grid), or parameters that curves follow more smoothly"
            : $"; between them, at {page.Checks} settings that were checked, nine points of ten are within {PageFacts.Percent(page.UsualError)}, and the largest error that was found is {PageFacts.Percent(page.LargestError)} ({page.WorstPanel})");
    }

    /// <summary>Makes the page.</summary>
    /// <param name="plan">What it shows.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends it; nothing is written by it in any case.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static StaticPageResult Make(StaticPagePlan plan, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        cancellation.ThrowIfCancellationRequested();
        var (axes, points) = (plan.Axes, InterpolationCheck.Points(plan.Axes));
        double total = plan.Settings + points.Count;
        var solved = plan.Solver.All(axes, GridSolver.Nodes(axes), done => progress?.Report(new Progress(done / total, "settings")), cancellation);
        var truths = plan.Solver.All(axes, points, done => progress?.Report(new Progress((plan.Settings + done) / total, "checks")), cancellation);
        IReadOnlyList<SampledFigure?> figures = plan.Checked?.Nodes ?? SampledFigure.Of([.. solved.Select(node => node.Figure)]);
        var error = plan.Checked?.Error ?? InterpolationCheck.Best(axes, figures, [.. points.Select((point, k) => (point, truths[k].Figure))]);
        PageNode[] nodes = [.. solved.Select((node, k) => new PageNode(figures[k], node.Trouble))];
        var command = PageCommand.Of(plan);
        return new StaticPageResult(
            StaticPageFile.Of(plan.Request.System, (writer, pages) => PageFacts.Write(writer, plan, command, error, pages), nodes), axes, nodes.Length, nodes.Count(node => node.Figure is null), error.Settings.Count, error.Largest,
            error.Usual, error.Panel, error.Computed, command)
        { IsNearest = error.IsNearest };
    }
}
