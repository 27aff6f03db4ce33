using Eigenflow.Data;
using Eigenflow.Scaling.LossCurves;
using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Makes runs of the rows of one table.</summary>
internal sealed class RunRows(LadderColumns columns, LadderReading reading, IReadOnlyDictionary<string, string>? named, List<string> notes)
{
    // Times with several different losses are those of several runs.
    private const double LargestShare = 0.1;
    private const int FewestDifferent = 3;

    // A last row without a loss is told where it is later by more than this part.
    private const double LargestGap = 0.01;
    private readonly string path = columns.Table.Path;

    public IEnumerable<LadderRun> Read()
    {
        var table = columns.Table;
        double[] times = table.Quantities(columns.Time), losses = LossCurveReader.Losses(table, new LossCurveReading { Columns = new LossCurveColumns { Loss = reading.Loss } }, notes, "y")!;
        var sizes = columns.Quantities(columns.Size);
        string[]?[] labels = [columns.Texts(columns.Run), sizes?.Select(size => double.IsNaN(size) ? "" : WrittenNumber.RoundTrip(size)).ToArray(), columns.Texts(columns.Seed), columns.Texts(columns.Schedule)];
        var groups = new Dictionary<(string, string, string, string), List<int>>();
        for (var row = 0; row < table.Rows; row++)
        {
            var key = (Label(0, row), Label(1, row), Label(2, row), Label(3, row));
            if (!groups.TryGetValue(key, out var rows))
                groups[key] = rows = [];
            rows.Add(row);
        }

        if (columns.Run is { } run && groups.Keys.GroupBy(key => key.Item1, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } torn)
        {
            var (first, second) = (torn.First(), torn.Skip(1).First());
            var what = first.Item2 != second.Item2 ? $"sizes {first.Item2} and {second.Item2}" : first.Item3 != second.Item3 ? $"seeds {first.Item3} and {second.Item3}" : $"schedules {first.Item4} and {second.Item4}";
            throw new InputFileException(path, $"{run} {NumberText.Shorten(torn.Key)} has {what}", "one size, seed and schedule per run");
        }

        foreach (var (key, rows) in groups)
        {
            var p = named?.TryGetValue("params", out var text) == true ? NamePattern.Number(text) : sizes![rows[0]];
            if (!(p > 0 && double.IsFinite(p)))
                throw new InputFileException(path, $"{columns.Size ?? "params"} {(key.Item2.Length > 0 ? key.Item2 : "is missing")} in row {rows[0] + 1}", "a positive number as the size of every run");
            var seed = named?.GetValueOrDefault("seed") ?? key.Item3;
            yield return Run(rows, times, losses, p, seed) with
            {
                Seed = seed.Length > 0 ? seed : named?.GetValueOrDefault("run") ?? key.Item1,
                Schedule = named?.GetValueOrDefault("schedule") ?? key.Item4,
                Name = groups.Count == 1 ? Path.GetFileNameWithoutExtension(path) : key.Item1,
            };
        }

        string Label(int which, int row) => labels[which]?[row] ?? "";
    }

    private LadderRun Run(List<int> rows, double[] times, double[] losses, double size, string seed)
    {
        var perStep = PerStep(rows);
        int[] used = [.. rows.Where(row => !(times[row] == 0))];
        double[] x = [.. used.Select(row => times[row] * perStep)], y = [.. used.Select(row => losses[row])];
        if (Array.FindIndex(x, time => time < 0) is >= 0 and var negative)
            throw new InputFileException(path, FormattableString.Invariant($"{columns.Time} {times[used[negative]]:R} in row {used[negative] + 1}"), "times of training >= 0");
        var mask = CurveMask.Of(x, y, new CurveMaskOptions { NeedsPositiveY = Array.TrueForAll(y, loss => !(loss <= 0)) });
        var where = DisplayText.Plain($"size {size:G6}") + (seed.Length > 0 ? $" seed {seed}: " : ": ");
        var sentence = mask.Sentence(columns.Time);
        if (sentence.Length > 0)
            notes.Add(where + sentence);
        if (mask.Kept.Count < 2)
            throw new InputFileException(path, DisplayText.Plain($"{mask.Kept.Count} losses are left of {rows.Count} rows of size {size:G6}"), "at least two rows with a finite loss per run");
        CheckEnd(used, x, y, mask, where);
        var (at, mean) = Merged(mask, x, y, where);
        var last = mask.LeftOut.Where(one => one.Reason == MaskReason.Superseded).SelectMany(one => one.Rows).ToHashSet();
        int[] logged = [.. Enumerable.Range(0, used.Length).Where(k => double.IsFinite(x[k]) && !last.Contains(k))];
        return new LadderRun
        {
            Size = size,
            Times = at,
            Losses = mean,
            Computes = Logged(columns.Compute),
            LearningRates = Logged(columns.Rate),
            Traces = Logged(columns.Trace),
        };

        // Linear between the rows in which a column is logged, at the times of the losses.
        double[]? Logged(string? column)
        {
            if (column is null)
                return null;
            var values = columns.Table.Numbers(column);
            var pairs = logged.Where(k => double.IsFinite(values[used[k]])).GroupBy(k => x[k]).OrderBy(group => group.Key).Select(group => (Time: group.Key, Value: values[used[group.Last()]])).ToArray();
            if (pairs.Length < 2)
                return pairs.Length == 0 ? null : [.. at.Select(_ => pairs[0].Value)];
            var spline = LinearSpline.InterpolateSorted([.. pairs.Select(pair => pair.Time)], [.. pairs.Select(pair => pair.Value)]);
            return [.. at.Select(time => spline.Interpolate(Math.Clamp(time, pairs[0].Time, pairs[^1].Time)))];
        }
    }

    private double PerStep(List<int> rows)
    {
        if (!columns.IsSteps)
            return 1;
        if (reading.TokensPerStep is { } given)
        {
            return (Several(columns.TokensPerStep) ?? Several(columns.Batch)) is not { } column
                ? given
                : throw new ParameterException("tokens-per-step", given, $"left out where {column} differs between rows", "one number for all runs would contradict it");
        }

        if (named?.TryGetValue("tokens_per_step", out var text) == true)
            return NamePattern.Number(text);
        if (columns.TokensPerStep is { } perStep)
            return One(perStep, rows);
        if (columns.Batch is not { } batch)
            return 1;
        var note = $"times are {columns.Time} × {batch}{(columns.Length is null ? "" : $" × {columns.Length}")}";
        if (!notes.Contains(note, StringComparer.Ordinal))
            notes.Add(note);
        return One(batch, rows) * (columns.Length is { } length ? One(length, rows) : 1);
    }

    // A column that holds more than one number in this table.
    private string? Several(string? name) => columns.Quantities(name) is { } values && values.Where(value => !double.IsNaN(value)).Distinct().Skip(1).Any() ? name : null;

    private double One(string name, List<int> rows)
    {
        var column = columns.Quantities(name)!;
        double[] values = [.. rows.Select(row => column[row]).Where(value => !double.IsNaN(value)).Distinct()];
        return values is [> 0 and var one] && double.IsFinite(one)
            ? one
            : throw new InputFileException(path, $"{name} holds {(values.Length == 0 ? "nothing" : string.Join(", ", values.Take(3).Select(value => WrittenNumber.RoundTrip(value))))} in one run", "one positive number per run (tokens of runs with changing batches: give the column tokens)");
    }

    private void CheckEnd(int[] used, double[] x, double[] y, CurveMask mask, string where)
    {
        var end = mask.Kept.Max(k => x[k]);
        var later = Enumerable.Range(0, used.Length).Where(k => x[k] > end).ToArray();
        if (later.Length == 0)
            return;

        // Where nan stands between losses too, it means that none was measured.
        var isDiverged = later.Any(k => double.IsInfinity(y[k])) || (IsWrittenAsNan() && !Enumerable.Range(0, used.Length).Any(k => x[k] < end && double.IsNaN(y[k])));
        if (isDiverged)
            throw new InputFileException(path, $"{where}the losses after {columns.Time} {WrittenNumber.RoundTrip(end)} are not finite", "a run that reaches its horizon: a diverged run has no end point, leave it out");
        if (later.Max(k => x[k]) > end * (1 + LargestGap))
            notes.Add(DisplayText.Plain($"{where}the last loss that counts is at {columns.Time} {end:G7}, rows that do not count go on to {later.Max(k => x[k]):G7}: the former is the end point"));
    }

    private bool IsWrittenAsNan() => columns.Table.WithNotANumber.Any(name =>
        reading.Loss is { } given ? string.Equals(name, given.Split('@')[0], StringComparison.OrdinalIgnoreCase) : ColumnFinder.LossNames.Contains(ColumnFinder.Plain(name), StringComparer.Ordinal));

    // Ascending times; the mean where a time has several losses.
    private (double[] Times, double[] Losses) Merged(CurveMask mask, double[] x, double[] y, string where)
    {
        int[] order = [.. mask.Kept.OrderBy(k => x[k])];
        var (times, losses) = (new List<double>(order.Length), new List<double>(order.Length));
        int repeated = 0, different = 0;
        for (var k = 0; k < order.Length;)
        {
            var end = k;
            double sum = 0, low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (; end < order.Length && x[order[end]] == x[order[k]]; end++)
            {
                var loss = y[order[end]];
                (sum, low, high) = (sum + loss, Math.Min(low, loss), Math.Max(high, loss));
            }

            times.Add(x[order[k]]);
            losses.Add(sum / (end - k));
            repeated += end - k > 1 ? 1 : 0;
            different += high > low ? 1 : 0;
            k = end;
        }

        if (different >= FewestDifferent && different > LargestShare * times.Count)
        {
            throw new InputFileException(
                path, $"{where}{different} of {times.Count} values of {columns.Time} have several losses: several runs that nothing tells apart",
                "one run per size, seed and schedule: name the columns that tell runs apart (--run, --seeds, --schedule)");
        }

        if (repeated > 0)
            notes.Add($"{where}{repeated} values of {columns.Time} come several times: their mean is taken");
        return ([.. times], [.. losses]);
    }
}
