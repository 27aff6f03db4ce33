using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Exports;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Systems;

/// <summary>A figure with the runs that are drawn in it: those that were asked for, then those that were kept.</summary>
/// <param name="System">Their system.</param>
/// <param name="Runs">The canonical runs.</param>
/// <param name="Solutions">Their solutions.</param>
/// <param name="Solved">How many of them were asked for; the others are kept ones.</param>
/// <param name="IsRunning">Whether each goes on.</param>
/// <param name="Missing">Numbers of those kept runs of which there is nothing.</param>
/// <param name="Figure">The figure.</param>
/// <param name="IsDraft">Whether a curve of it is a draft.</param>
internal sealed record DrawnFigure(ISystem System, CompletedSetting[] Runs, Solution[] Solutions, int Solved, bool[] IsRunning, int[] Missing, Figure Figure, bool IsDraft)
{
    /// <summary>The runs of a request, judged before it waits for its turn: a typed value is refused at once, whatever is being solved. Null where files have to be read for that.</summary>
    /// <exception cref="EigenflowException">A run that is not allowed, or no run.</exception>
    public static CompletedSetting[]? Judged(ISystem system, DrawRequest request)
    {
        request.Check();
        return request.Runs.Any(run => run.Setting?.Values.Any(text => text?.Contains("file:", StringComparison.Ordinal) ?? false) ?? false) ? null : Checked(RunRequest.Complete(system, request.Runs));

        static CompletedSetting[] Checked(CompletedSetting[] runs)
        {
            SolutionCache.CheckRows(runs);
            return runs;
        }
    }

    /// <summary>Solves what is missing and draws.</summary>
    /// <param name="system">The system.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cache">Solutions of before.</param>
    /// <param name="shelf">Figures of before.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="judged">Its runs, where they are judged already.</param>
    /// <exception cref="EigenflowException">A run that is not allowed, or no run.</exception>
    public static DrawnFigure Of(ISystem system, DrawRequest request, SolutionCache cache, FigureShelf shelf, CancellationToken cancellation, CompletedSetting[]? judged = null)
    {
        request.Check();
        var asked = judged ?? RunRequest.Complete(system, request.Runs);
        var isDraft = false;
        Solution[] solved = [.. asked.Select((run, k) => Solve(run, request.Runs[k]))];
        var typed = (request.Kept ?? []).ToArray();
        var kept = typed.Select(run => cache.Find(run.Complete(system))).ToArray();
        SolutionCache.Entry[] found = [.. kept.OfType<SolutionCache.Entry>().Where(entry => entry.Solution.Rows > 0)];
        CompletedSetting[] runs = [.. asked, .. found.Select(entry => entry.Run)];
        Solution[] solutions = [.. solved, .. found.Select(entry => entry.Solution)];
        if (solutions.Length == 0)
            throw new ExplorerException("The explorer has none of these curves any more: run them again.");
        SolutionCache.CheckSize(solutions);
        return new DrawnFigure(
            system, runs, solutions, asked.Length, [.. asked.Select(_ => false), .. found.Select(entry => entry.IsRunning)],
            [.. Enumerable.Range(0, kept.Length).Where(index => kept[index] is not { Solution.Rows: > 0 })],
            shelf.Find(solutions, request.Marks) ?? (isDraft ? Drawn() : shelf.Keep(solutions, request.Marks, Drawn())),
            isDraft);

        Figure Drawn() => request.Marks ? Named(Marked(system, [.. request.Runs, .. typed.Where((_, index) => kept[index] is { Solution.Rows: > 0 })], solutions, cancellation)) with { Title = Plain().Title } : Plain();

        // Marks are an addition: the title is that of the curves.
        Figure Plain() => shelf.Find(solutions, false) ?? Named(system.Draw(solutions));

        static Figure Named(Figure figure) => figure with { Caption = HandedFiles.Named(figure.Caption) };

        // A draft is shown as what it stands for: its tolerance tells no curves apart.
        Solution Solve(CompletedSetting run, RunRequest typed)
        {
            if (!request.Draft || cache.Find(run) is { IsWhole: true } || typed.Draft(system) is not { } draft)
                return cache.Solve(system, run, cancellation);
            isDraft = true;
            return cache.Solve(system, draft, cancellation) with { Setting = run.Values };
        }
    }

    // Methods of one setting share its predictions.
    private static Figure Marked(ISystem system, RunRequest[] runs, Solution[] solutions, CancellationToken cancellation)
    {
        var predictions = new Dictionary<CompletedSetting, IReadOnlyList<Prediction>>();
        return system.DrawPredicted([.. solutions.Select((solution, k) =>
        {
            var problem = system.PredictedFor(runs[k].Complete(system), runs[k].Problem(system));
            if (!predictions.TryGetValue(problem, out var known))
                predictions.Add(problem, known = system.Predict(problem, cancellation));
            return new PredictedCurve(solution, known);
        })]);
    }
}
