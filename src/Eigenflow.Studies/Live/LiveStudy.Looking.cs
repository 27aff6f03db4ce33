using Eigenflow.Settings;

namespace Eigenflow.Studies;

/// <content>What is shown of what has been read.</content>
public sealed partial class LiveStudy
{
    private const int MostPanels = 24;
    private const int MostGroups = 100;
    private const int MostCurves = 2000;
    private const long MostNumbers = 4_000_000;
    private const int MostPoints = 200_000;
    private const int MostFailures = 500;
    private readonly Dictionary<string, IReadOnlyDictionary<string, double[]>> curves = new(StringComparer.Ordinal);
    private long numbers;
    private StudyMenu? menu;

    /// <summary>Title of the study.</summary>
    public string Title
    {
        get
        {
            lock (gate)
                return StudyMenu.TitleOf(Known, folder);
        }
    }

    /// <summary>Identifier of its system.</summary>
    public string SystemId
    {
        get
        {
            lock (gate)
                return Known.System.Id;
        }
    }

    /// <summary>What can be shown: columns, their values, and the figures of the study file.</summary>
    public StudyMenu Menu
    {
        get
        {
            lock (gate)
                return menu ??= StudyMenu.Of(Known, folder, Bytes(Path.Combine(folder, "study.json"), LargestRecord));
        }
    }

    /// <summary>The runs that failed, in the order of the plan; the first of them where there are many.</summary>
    public IReadOnlyList<StudyFailure> Failures
    {
        get
        {
            lock (gate)
            {
                var columns = Menu.Columns.Where(column => column.IsParameter).Select(column => column.Name).ToArray();
                return
                [
                    .. failures.Select(pair => (Place: places[pair.Key], pair.Value)).OrderBy(pair => pair.Place).Take(MostFailures).Select(pair =>
                    {
                        var run = Known.Runs[pair.Place];
                        return new StudyFailure(run.Id, run.Method, [.. columns.Select(name => StudyLabels.Short(Setting.Format(run.Setting[name])))], pair.Value.Error, pair.Value.IsOwn, CommandOf(run));
                    }),
                ];
            }
        }
    }

    private Study Known => study ?? throw new InvalidOperationException("Refresh comes first.");

    /// <summary>A figure of the runs that have been read.</summary>
    /// <param name="request">What it shows.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EigenflowException">Something of it is not allowed, or it would be too large for a page.</exception>
    public StudyDrawing Draw(StudyFigureRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request = request.Whole();
        Study known;
        CollectedRun[] all;
        lock (gate)
        {
            known = Known;
            all = [.. runs.OfType<CollectedRun>()];
        }

        var figure = request.Read(known);
        var chosen = Array.FindAll(all, run => run.Matches(figure.Only));
        Bound(figure, chosen);
        if (figure.ShowsTrajectories)
            chosen = WithCurves(figure, chosen, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var builder = new FigureBuilder(StudyResults.Of(known, folder, chosen));
        var drawn = builder.Build(figure);
        var points = drawn?.Panels.Sum(panel => panel.Series.Sum(series => series.X.Length)) ?? 0;
        if (points > MostPoints)
            throw new StudyRequestException(FormattableString.Invariant($"The figure has {points} points; a page shows at most {MostPoints}: choose fewer values."));
        return new StudyDrawing(
            drawn,
            [.. builder.Fits.Select(Fit)],
            [.. builder.Unfitted.Select(group => new StudyWithoutFit(group.Panel, group.Group, group.Reason))],
            chosen.Length, request.ToToml());
    }

    /// <summary>The collected table as CSV, with what has been read so far.</summary>
    public string Csv()
    {
        lock (gate)
        {
            return RunTableWriter.Csv(StudyResults.Of(
                Known, folder, [.. Known.Runs.Select((run, place) => runs[place] ?? new CollectedRun(run, null, failures.TryGetValue(run.Id, out var failure) ? failure.Error : ""))]));
        }
    }

    private static StudyFit Fit(FittedSlope fit) => new(
        fit.Panel, fit.Group, fit.Quantity, fit.Line.Slope, fit.Lower, fit.Upper, fit.Line.Points, fit.From, fit.To, FigureBuilder.Slope(fit.Line with { Half = fit.Half }),
        double.IsFinite(fit.Lower) && double.IsFinite(fit.Upper) ? $"{DisplayNumber.Of(fit.Lower)} to {DisplayNumber.Of(fit.Upper)}" : "",
        $"{DisplayNumber.Of(fit.From)} to {DisplayNumber.Of(fit.To)}", fit.Law?.Verdict ?? "");

    private static void Bound(StudyFigure figure, CollectedRun[] chosen)
    {
        Check(figure.Facet is { } facet ? [facet] : [], MostPanels, "panels");
        Check(figure.Group, MostGroups, "colours");
        if (figure.ShowsTrajectories && chosen.Length > MostCurves)
            throw new StudyRequestException(FormattableString.Invariant($"{chosen.Length} runs have a curve here; a page shows those of at most {MostCurves}: choose fewer values."));

        void Check(IReadOnlyList<string> columns, int most, string what)
        {
            if (columns.Count == 0)
                return;
            var count = chosen.Select(run => string.Join('\n', ValueOrder.KeyOf(columns, run))).Distinct(StringComparer.Ordinal).Take(most + 1).Count();
            if (count > most)
                throw new StudyRequestException(FormattableString.Invariant($"{string.Join(" and ", columns)} would make more than {most} {what}: choose fewer values, or another column."));
        }
    }

    // Trajectories are read when they are shown, and kept while there is room.
    private CollectedRun[] WithCurves(StudyFigure figure, CollectedRun[] chosen, CancellationToken cancellation)
    {
        var wanted = figure.Y.Concat(figure.Lines).Append(figure.X).SelectMany(formula => formula.Names).SelectMany(name => new[] { name, name + "-q10", name + "-q90" })
            .Concat(chosen.Select(run => run.Axis)).ToHashSet(StringComparer.Ordinal);
        var key = string.Join(' ', wanted.Order(StringComparer.Ordinal));
        var result = new CollectedRun?[chosen.Length];
        long total = 0;
        ParallelWork.ForEach(Enumerable.Range(0, chosen.Length), Math.Max(1, Environment.ProcessorCount / 2), k =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (Columns(chosen[k].Run, key, wanted) is not { } columns)
                return;
            if (Interlocked.Add(ref total, columns.Values.Sum(column => (long)column.Length)) > MostNumbers)
                throw new StudyRequestException(FormattableString.Invariant($"The curves of {chosen.Length} runs have more than {MostNumbers} numbers, which is more than a page shows: choose fewer values."));
            result[k] = chosen[k].With(columns);
        });
        return [.. result.OfType<CollectedRun>()];
    }

    private IReadOnlyDictionary<string, double[]>? Columns(StudyRun run, string key, HashSet<string> wanted)
    {
        var name = run.Id + " " + key;
        lock (curves)
        {
            if (curves.TryGetValue(name, out var known))
                return known;
        }

        try
        {
            var columns = reading.Columns(run, wanted);
            lock (curves)
            {
                if (numbers > MostNumbers)
                {
                    curves.Clear();
                    numbers = 0;
                }

                if (curves.TryAdd(name, columns))
                    numbers += columns.Values.Sum(column => (long)column.Length);
            }

            return columns;
        }
        catch (FormatException)
        {
            // It was there a moment ago: the next look tells what became of it.
            return null;
        }
    }

    // A run is named by what the study file gives; the rest is as by default.
    private string CommandOf(StudyRun run) => string.Join(' ', new[] { "eigenflow", "run", run.System, "--method", run.Method }
        .Concat(Known.Given.Where(name => run.Setting[name] is not null).SelectMany(name => new[] { "--" + name, Setting.Format(run.Setting[name]) })).Select(ShellWord.Quoted));
}
