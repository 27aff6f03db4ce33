using System.Globalization;
using System.Text.RegularExpressions;
using Eigenflow.Data;

namespace Eigenflow.Scaling.Epochs;

/// <summary>Reads measured epoch curves: arrays of means and deviations, a folder of runs, or a long table.</summary>
public static partial class EpochReader
{
    private static readonly string[] LambdaNames = ["lambda-log10", "log10_lambda", "lambda_log10", "log_lambda", "log10-lambda"];

    /// <summary>Reads.</summary>
    /// <param name="source">What.</param>
    /// <exception cref="EigenflowException">Something is missing or cannot be used.</exception>
    public static EpochCurveSet Read(EpochSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var isFolder = InputFile.IsFolder(source.Path);
        var isArray = !isFolder && RowSource.Ending(source.Path) is ".npy";
        if (!isArray)
        {
            Refuse("std", source.Deviations, "given with an array of means: runs and tables hold their own");
            Refuse("lambda-log10", source.Lambdas, "given with an array: names of files or a column tell it here");
            Refuse("transpose", source.IsTransposed ? "true" : null, "given with an array");
        }

        if (isFolder)
            Refuse("runs", source.Runs?.ToString(CultureInfo.InvariantCulture), "given with means: runs of a folder are counted");
        else
            Refuse("error", source.IsTraining ? "train" : null, "given with a folder of runs");
        return isFolder ? Folder(source) : isArray ? Arrays(source) : Table(source.Path, source.Runs);
    }

    private static EpochCurveSet Arrays(EpochSource source)
    {
        var notes = new List<string>();
        var mean = ColumnsOf(source.Path, source.IsTransposed);
        if (mean.Epochs < EpochCurveSet.FewestEpochs)
            throw new InputFileException(source.Path, $"it has {mean.Epochs} epochs", $"at least {EpochCurveSet.FewestEpochs} epochs (rows){(source.IsTransposed ? "" : "; arrays of regularisation × epoch are read with --transpose")}");
        var lambdas = LambdaGrid.Read(source.Lambdas, mean.Columns.Length, notes);
        double[][]? deviations = null;
        if (source.Deviations is { } path)
        {
            var array = ColumnsOf(path, source.IsTransposed);
            if (array.Epochs != mean.Epochs || array.Columns.Length != mean.Columns.Length)
                throw new InputFileException(path, $"it is {array.Epochs} × {array.Columns.Length}", $"the shape of the means, {mean.Epochs} × {mean.Columns.Length}");
            if (source.Runs is not >= 2)
                throw new ParameterException("runs", source.Runs?.ToString(CultureInfo.InvariantCulture) ?? "", "the number of runs of the deviations, at least 2", "their standard error is std/sqrt(runs - 1)");
            deviations = array.Columns;
        }

        return EpochCurveSet.Of(
            [.. lambdas.Select((lambda, column) => new EpochCurve { LogLambda = lambda, Mean = mean.Columns[column], Deviation = deviations?[column], Runs = source.Runs })], source.Path, notes, source.Deviations);
    }

    // Columns of an array, whatever the order of its numbers in the file.
    private static (double[][] Columns, int Epochs) ColumnsOf(string path, bool isTransposed)
    {
        if (RowSource.Ending(path) is not ".npy")
            throw new InputFileException(path, "it is no .npy file", "a .npy array");
        var matrix = NumericFile.ReadArray(path);
        return isTransposed
            ? ([.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray())], matrix.Columns)
            : ([.. Enumerable.Range(0, matrix.Columns).Select(matrix.Column)], matrix.Rows);
    }

    private static EpochCurveSet Folder(EpochSource source)
    {
        var runs = new SortedDictionary<double, List<Run>>();
        var notes = new List<string>();
        var others = 0;
        foreach (var file in Directory.GetFiles(InputGate.Resolve(source.Path), "*.npy").Order(StringComparer.Ordinal))
        {
            var match = RunName().Match(System.IO.Path.GetFileName(file));
            if (!match.Success || !double.TryParse(match.Groups["x"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var lambda) || !double.IsFinite(lambda))
            {
                others++;
                continue;
            }

            var (columns, rows) = ColumnsOf(file, isTransposed: true);
            if (columns.Length != 2)
                throw new InputFileException(file, $"it is {columns.Length} × {rows}", "2 × epochs: training errors, then test errors");
            if (!runs.TryGetValue(lambda, out var list))
                runs[lambda] = list = [];
            list.Add(new Run(System.IO.Path.GetFileName(file), columns[source.IsTraining ? 0 : 1]));
        }

        if (runs.Count == 0)
            throw new InputFileException(source.Path, "it holds no file log_lambda_<x>_seed_<k>.npy", "one such file a run");
        if (others > 0)
            notes.Add($"{others} other .npy files of the folder were not read");
        if (source.IsTraining)
            notes.Add("training errors are means during the epoch: half an epoch earlier than test errors");
        return Averaged(runs, source.Path, notes);
    }

    private static EpochCurveSet Table(string path, int? runs)
    {
        var table = ColumnTable.Read(path);
        var lambdaName = table.NameOf(LambdaNames) ?? throw new InputFileException(path, "it has no column of regularisations", $"columns {LambdaNames[0]}, epoch, error, and run or std");
        double[] lambdas = table.Numbers(lambdaName), epochs = table.Numbers(table.NameOf("epoch") ?? "epoch"), errors = table.Numbers(table.NameOf("error", "test-error", "test_error") ?? "error");
        var deviations = table.NameOf("std") is { } std ? table.Numbers(std) : null;
        var runName = table.NameOf("run", "seed");
        if (deviations is not null && runName is not null)
            throw new InputFileException(path, $"it has columns std and {runName}", "one of them: deviations over runs, or the runs");
        if (deviations is not null && runs is not >= 2)
            throw new ParameterException("runs", runs?.ToString(CultureInfo.InvariantCulture) ?? "", "the number of runs of the column std, at least 2", "their standard error is std/sqrt(runs - 1)");
        if (deviations is null)
            Refuse("runs", runs?.ToString(CultureInfo.InvariantCulture), "given with a column std: runs of a table are counted");
        var labels = runName is not null ? table.Texts(runName) : [.. Enumerable.Repeat("1", table.Rows)];
        var notes = table.Notes.ToList();
        var unknown = Array.FindIndex(lambdas, lambda => !double.IsFinite(lambda));
        if (unknown >= 0)
            throw new InputFileException(path, $"column '{lambdaName}' holds no finite number", "a number in every row", Line(unknown));
        var curves = new SortedDictionary<double, List<Run>>();
        var spreads = new List<EpochCurve>();
        foreach (var group in Enumerable.Range(0, table.Rows).GroupBy(row => (Lambda: lambdas[row], Run: labels[row])))
        {
            int[] rows = [.. group.OrderBy(row => epochs[row])];
            for (var k = 0; k < rows.Length; k++)
            {
                if (epochs[rows[k]] != k + 1)
                    throw new InputFileException(path, FormattableString.Invariant($"the epochs of log10 lambda = {group.Key.Lambda:R}, run '{NumberText.Shorten(group.Key.Run)}' have {epochs[rows[k]]:R} in place {k + 1}"), "every epoch from 1 on, once", Line(rows[k]));
            }

            double[] own = [.. rows.Select(row => errors[row])];
            if (deviations is not null)
                spreads.Add(new EpochCurve { LogLambda = group.Key.Lambda, Mean = own, Deviation = [.. rows.Select(row => deviations[row])], Runs = runs });
            if (!curves.TryGetValue(group.Key.Lambda, out var list))
                curves[group.Key.Lambda] = list = [];
            list.Add(new Run($"run '{NumberText.Shorten(group.Key.Run)}'", own));
        }

        if (deviations is null)
            return Averaged(curves, path, notes);
        var isNegated = LambdaGrid.IsNegated([.. spreads.Select(curve => curve.LogLambda)], notes);
        return EpochCurveSet.Of([.. spreads.Select(curve => isNegated ? curve with { LogLambda = -curve.LogLambda } : curve)], path, notes);

        long Line(int row) => row < table.Lines.Count ? table.Lines[row] : 0;
    }

    // Means and deviations over runs; runs that hold numbers that are not finite are left out.
    private static EpochCurveSet Averaged(SortedDictionary<double, List<Run>> columns, string path, List<string> notes)
    {
        var isNegated = LambdaGrid.IsNegated(columns.Keys, notes);
        var curves = new List<EpochCurve>();
        foreach (var (key, all) in columns)
        {
            var lambda = isNegated ? -key : key;
            foreach (var run in all)
            {
                // A run of another unit would hide in a mean that lies in the range.
                var outside = Array.FindIndex(run.Errors, value => double.IsFinite(value) && value is < 0 or > 1);
                if (outside >= 0)
                    throw new InputFileException(path, FormattableString.Invariant($"the error of log10 lambda = {lambda:0.####}, {run.Name}, after epoch {outside + 1} is {run.Errors[outside]:R}"), EpochCurveSet.ErrorsAllowed);
            }

            double[][] runs = [.. all.Select(run => run.Errors).Where(run => Array.TrueForAll(run, double.IsFinite))];
            if (runs.Length < all.Count)
                notes.Add(FormattableString.Invariant($"log10 lambda = {lambda:0.####}: {all.Count - runs.Length} of {all.Count} runs hold numbers that are not finite and were left out"));
            if (runs.Length == 0)
            {
                notes.Add(FormattableString.Invariant($"log10 lambda = {lambda:0.####} skipped: no run is left"));
                continue;
            }

            var length = runs.Min(run => run.Length);
            if (runs.Any(run => run.Length > length))
                notes.Add(FormattableString.Invariant($"log10 lambda = {lambda:0.####}: runs differ in length; the first {length} epochs were read"));
            double[] mean = [.. Enumerable.Range(0, length).Select(row => runs.Average(run => run[row]))];
            double[] deviation = [.. Enumerable.Range(0, length).Select(row => Math.Sqrt(runs.Average(run => (run[row] - mean[row]) * (run[row] - mean[row]))))];
            curves.Add(new EpochCurve { LogLambda = lambda, Mean = mean, Deviation = runs.Length >= 2 ? deviation : null, Runs = runs.Length });
        }

        return EpochCurveSet.Of(curves, path, notes);
    }

    private sealed record Run(string Name, double[] Errors);

    private static void Refuse(string name, string? value, string allowed)
    {
        if (value is not null)
            throw new ParameterException(name, value, allowed);
    }

    [GeneratedRegex(@"^log_lambda_(?<x>[-+0-9.eE]+)_seed_[^_]+\.npy$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RunName();
}
