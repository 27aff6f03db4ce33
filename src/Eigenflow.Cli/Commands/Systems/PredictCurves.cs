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

    /// <summary>Solves every setting by the method of the system that gives learning curves; none where it has no such method.</summary>
    public static IReadOnlyList<Solution> Solve(ISystem system, IReadOnlyList<Setting> given, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        if (system.LearningCurve is not { } method)
            return [];
        var info = system.Method(method);
        var runs = new List<CompletedSetting>();
        foreach (var setting in given)
        {
            // A prediction may also read the learning rate and the batch, which the curve does not.
            var read = setting.Pairs.Where(pair => system.IsRead(info, pair.Key));
            var run = system.Complete(method, new Setting(read));
            if (!runs.Contains(run))
                runs.Add(run);
        }

        return RunExecutor.Solve(system, runs, null, Environment.ProcessorCount, progress, cancellation);
    }

    /// <summary>The numbers of one curve at powers of ten, or at the times that were asked for.</summary>
    public static Table Rows(ISystem system, Solution solution)
    {
        var rows = Enumerable.Range(0, solution.Rows).ToArray();
        if (rows.Length > LargestPrinted)
            rows = [.. rows.Where(row => row == rows[^1] || IsDecade(solution.Axis.Values, row))];
        var columns = solution.Observables.Where(column => !ReplicaColumns.IsSpread(column.Name)).ToArray();
        var events = system.Events.Select(quantity =>
            $"{quantity.Symbol} = {(solution.Events.TryGetValue(quantity.Name, out var time) && time is { } reached ? RunTables.Number(reached, 6) : "not reached")}");
        return new Table(
            FigureName, $"learning curve ({solution.Method}): {string.Join(", ", events)}", [.. columns.Select(column => column.Name)],
            [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => RunTables.Number(column.Values[row], 8))])]);
    }

    /// <summary>Writes the figure with its numbers, the curves and the predictions.</summary>
    public static void Write(string folder, ISystem system, IReadOnlyList<Solution> curves, string predictions, RenderOptions pictures)
    {
        AtomicFile.WriteText(Path.Combine(folder, "predictions.csv"), predictions);
        if (curves.Count == 0)
            return;
        var figure = system.Draw([.. curves.Take(LargestDrawn)]) with { Id = FigureName };
        FigureFiles.Write(folder, figure, pictures);
        AtomicFile.WriteText(Path.Combine(folder, "curves.csv"), CsvText.Solutions(curves));
    }

    /// <summary>The names of the files that are written.</summary>
    public static string Files(IReadOnlyList<Solution> curves) =>
        curves.Count == 0 ? "predictions.csv" : string.Create(CultureInfo.InvariantCulture, $"predictions.csv, curves.csv, {FigureName}.png, {FigureName}.svg and {FigureName}.csv");

    // The first saved time of each decade.
    private static bool IsDecade(double[] times, int row) =>
        times[row] > 0 && (row == 0 || times[row - 1] <= 0 || Math.Floor(Math.Log10(times[row]) + 1e-9) > Math.Floor(Math.Log10(times[row - 1]) + 1e-9));
}
