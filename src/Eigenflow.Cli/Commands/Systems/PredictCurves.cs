using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>The learning curves that go with predictions: their table, their figure and their files.</summary>
internal static class PredictCurves
{
    private const string FigureName = "learning-curve";

    // More curves than this in one picture say nothing.
    private const int LargestDrawn = 24;
    private const int LargestPrinted = 24;

    /// <summary>Solves every setting by the methods of the system that give learning curves, each with the predictions of its setting; none where it has no such method, or where the method refuses a problem whose numbers are known.</summary>
    public static IReadOnlyList<PredictedCurve> Solve(
        ISystem system, IReadOnlyList<(Setting Setting, IReadOnlyList<Prediction> Predictions)> given, List<string> warnings, bool isDrawn, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var runs = new List<(CompletedSetting Run, IReadOnlyList<Prediction> Predictions)>();
        foreach (var method in system.LearningCurves)
        {
            var info = system.Method(method);
            foreach (var (setting, predictions) in given)
            {
                // A prediction may also read the learning rate and the batch, which the curve does not.
                CompletedSetting run;
                try
                {
                    run = system.Complete(method, new Setting(setting.Pairs.Where(pair => system.IsRead(info, pair.Key))));
                }
                catch (ParameterException error) when (setting.Pairs.All(pair => system.IsOfProblem(pair.Key)))
                {
                    // Nothing was asked of the curve: the numbers stand without it.
                    warnings.Add($"no learning curve ({method}): {error.Message}");
                    continue;
                }

                // What was not asked for may not take longer than what was.
                if (!isDrawn && setting.Pairs.All(pair => system.IsOfPredictions(pair.Key) || !system.IsRead(info, pair.Key)) && system.IsLongCurve(run))
                {
                    warnings.Add($"no learning curve ({method}): it takes long here; give --points, another option of {method}, or --out");
                    continue;
                }

                if (!runs.Exists(other => other.Run.Equals(run)))
                    runs.Add((run, predictions));
            }
        }

        return [.. RunExecutor.Solve(system, [.. runs.Select(run => run.Run)], null, Environment.ProcessorCount, progress, cancellation).Select((solution, k) => new PredictedCurve(solution, runs[k].Predictions))];
    }

    /// <summary>The figure of the curves.</summary>
    public static Figure Figure(ISystem system, IReadOnlyList<PredictedCurve> curves) => system.DrawPredicted([.. curves.Take(LargestDrawn)]);

    /// <summary>The numbers of one curve at powers of ten, or at the times that were asked for.</summary>
    public static Table Rows(ISystem system, Solution solution)
    {
        var rows = Enumerable.Range(0, solution.Rows).ToArray();
        if (rows.Length > LargestPrinted)
            rows = [.. rows.Where(row => row == rows[^1] || IsDecade(solution.Axis.Values, row))];
        var columns = solution.Observables.Where(column => !ReplicaColumns.IsSpread(column.Name)).ToArray();

        // Events that the method does not look for are no news.
        string[] events = [.. system.Events.Where(quantity => solution.Events.ContainsKey(quantity.Name)).Select(quantity => $"{quantity.Symbol} = {(solution.Events[quantity.Name] is { } reached ? DisplayNumber.Of(reached) : "not reached")}")];
        return new Table(
            FigureName, $"learning curve ({solution.Method}){(events.Length > 0 ? ": " : "")}{string.Join(", ", events)}", [.. columns.Select(column => column.Name)],
            [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => RunTables.Cell(column, row))])]);
    }

    /// <summary>Writes the figure with its numbers, the curves and the predictions.</summary>
    public static void Write(string folder, ISystem system, IReadOnlyList<PredictedCurve> curves, string predictions, RenderOptions pictures)
    {
        AtomicFile.WriteText(Path.Combine(folder, "predictions.csv"), predictions);
        if (curves.Count == 0)
            return;
        FigureFiles.Write(folder, Figure(system, curves) with { Id = FigureName }, pictures);
        AtomicFile.WriteText(Path.Combine(folder, "curves.csv"), CsvText.Solutions([.. curves.Select(curve => curve.Solution)]));
    }

    /// <summary>The names of the files that are written.</summary>
    public static string Files(IReadOnlyList<PredictedCurve> curves) =>
        curves.Count == 0 ? "predictions.csv" : string.Create(CultureInfo.InvariantCulture, $"predictions.csv, curves.csv, {FigureName}.png, {FigureName}.svg and {FigureName}.csv");

    // The first saved time of each decade.
    private static bool IsDecade(double[] times, int row) =>
        times[row] > 0 && (row == 0 || times[row - 1] <= 0 || Math.Floor(Math.Log10(times[row]) + 1e-9) > Math.Floor(Math.Log10(times[row - 1]) + 1e-9));
}
