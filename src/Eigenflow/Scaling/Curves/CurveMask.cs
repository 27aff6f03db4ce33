using System.Globalization;

namespace Eigenflow.Scaling;

/// <summary>Why a row of a curve is left out.</summary>
public enum MaskReason
{
    /// <summary>x or y is missing, or not a finite number.</summary>
    Missing,

    /// <summary>x or y is zero or negative where its logarithm is needed.</summary>
    NotPositive,

    /// <summary>A later row of a resumed run stands for the same stretch of x.</summary>
    Superseded,

    /// <summary>An isolated outlier, far beyond the noise of its neighbours.</summary>
    Spike,
}

/// <summary>Rows that are left out for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Rows">Their numbers, from 0, in the order of the file.</param>
/// <param name="X">Their x, as many; NaN where it is missing.</param>
public sealed record MaskedRows(MaskReason Reason, int[] Rows, double[] X);

/// <summary>What <see cref="CurveMask"/> looks for.</summary>
public sealed record CurveMaskOptions
{
    /// <summary>Whether ln x is needed. Default true.</summary>
    public bool NeedsPositiveX { get; init; } = true;

    /// <summary>Whether ln y is needed. Default true.</summary>
    public bool NeedsPositiveY { get; init; } = true;

    /// <summary>Whether isolated outliers are left out. Default true.</summary>
    public bool LeavesOutSpikes { get; init; } = true;
}

/// <summary>
/// Decides which rows of a curve are used: the same rule for every command that reads curves.
/// <para>In this order are left out: rows without finite numbers; rows without logarithms where these are needed; rows that a resumed run repeats (<see cref="ResumedRuns"/>); isolated outliers (<see cref="CurveSpikes"/>).
/// The order of rows counts only where x ascends in long runs and goes back a little: a shuffled table gives what the sorted one gives. Nothing depends on the units of x or y.</para>
/// </summary>
public sealed class CurveMask
{
    private const int MostNamed = 5;

    private CurveMask(int[] kept, MaskedRows[] leftOut, int rows, ResumedRuns runs, int repeated, int doubtful) =>
        (Kept, LeftOut, Rows, Repeated, this.runs, this.doubtful) = (kept, leftOut, rows, repeated, runs, doubtful);

    private readonly ResumedRuns runs;
    private readonly int doubtful;

    /// <summary>Numbers of the rows that are used, ascending.</summary>
    public IReadOnlyList<int> Kept { get; }

    /// <summary>What is left out, per reason; reasons without rows are not listed.</summary>
    public IReadOnlyList<MaskedRows> LeftOut { get; }

    /// <summary>Number of all rows.</summary>
    public int Rows { get; }

    /// <summary>Rows that are used though an earlier used row has the same x.</summary>
    public int Repeated { get; }

    /// <summary>Whether the file is that of a run that was resumed.</summary>
    public bool IsResumed => runs.IsResumed;

    /// <summary>Whether the rows are not in the order of x, and their order was given no meaning.</summary>
    public bool IsUnordered => runs.IsUnordered;

    /// <summary>How many rows are left out for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public int Count(MaskReason reason) => LeftOut.FirstOrDefault(one => one.Reason == reason)?.Rows.Length ?? 0;

    /// <summary>The values of the rows that are used.</summary>
    /// <param name="values">One value per row.</param>
    public double[] Take(ReadOnlySpan<double> values)
    {
        var taken = new double[Kept.Count];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = values[Kept[i]];
        return taken;
    }

    /// <summary>Decides.</summary>
    /// <param name="x">Abscissae in the order of the file; NaN where a field is missing.</param>
    /// <param name="y">Ordinates, as many.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static CurveMask Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, CurveMaskOptions? options = null)
    {
        options ??= new CurveMaskOptions();
        if (y.Length != x.Length)
            throw new ArgumentException("as many ordinates as abscissae", nameof(y));
        var reasons = new MaskReason?[x.Length];
        var used = new List<int>(x.Length);
        for (var row = 0; row < x.Length; row++)
        {
            if (!double.IsFinite(x[row]) || !double.IsFinite(y[row]))
                reasons[row] = MaskReason.Missing;
            else if ((options.NeedsPositiveX && !(x[row] > 0)) || (options.NeedsPositiveY && !(y[row] > 0)))
                reasons[row] = MaskReason.NotPositive;
            else
                used.Add(row);
        }

        // In logarithms wherever they exist, so that units drop out.
        double[] u = new double[used.Count], v = new double[used.Count];
        for (var i = 0; i < u.Length; i++)
        {
            u[i] = options.NeedsPositiveX ? Math.Log(x[used[i]]) : x[used[i]];
            v[i] = options.NeedsPositiveY ? Math.Log(y[used[i]]) : y[used[i]];
        }

        var runs = ResumedRuns.Of(u, v);
        foreach (var index in runs.Superseded)
            reasons[used[index]] = MaskReason.Superseded;
        int[] order = [.. Enumerable.Range(0, u.Length).Where(index => reasons[used[index]] is null).OrderBy(index => u[index]).ThenBy(index => v[index])];
        double[] sortedX = [.. order.Select(index => u[index])], sortedY = [.. order.Select(index => v[index])], ordinates = new double[order.Length];
        for (var i = 0; i < order.Length; i++)
            ordinates[i] = y[used[order[i]]];
        var doubtful = 0;
        if (options.LeavesOutSpikes)
        {
            var (spikes, tooMany) = CurveSpikes.Find(sortedX, sortedY, ordinates);
            doubtful = tooMany;
            foreach (var index in spikes)
                reasons[used[order[index]]] = MaskReason.Spike;
        }

        var repeated = 0;
        for (int i = 0, last = -1; i < order.Length; i++)
        {
            if (reasons[used[order[i]]] is not null)
                continue;
            repeated += last >= 0 && sortedX[i] == sortedX[last] ? 1 : 0;
            last = i;
        }

        var abscissae = x.ToArray();
        return new CurveMask(
            [.. used.Where(row => reasons[row] is null)],
            [
                .. Enum.GetValues<MaskReason>().Select(reason => new MaskedRows(reason, [.. Enumerable.Range(0, reasons.Length).Where(row => reasons[row] == reason)], []))
                    .Where(one => one.Rows.Length > 0).Select(one => one with { X = [.. one.Rows.Select(row => abscissae[row])] }),
            ],
            x.Length, runs, repeated, doubtful);
    }

    /// <summary>One sentence that says what is left out and how the order of rows was read; empty if there is nothing to say.</summary>
    /// <param name="xName">Name of x, such as step.</param>
    public string Sentence(string xName = "x")
    {
        var parts = new List<string>();
        var total = LeftOut.Sum(one => one.Rows.Length);
        if (total > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{total} {(total == 1 ? "row" : "rows")} of {Rows} left out: {string.Join("; ", LeftOut.Select(one => Words(one, xName)))}"));
        if (doubtful > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{doubtful} rows look like spikes, too many to be isolated: they count as noise and are used"));
        if (IsUnordered)
            parts.Add(runs.Discontinuity is { } row
                ? string.Create(CultureInfo.InvariantCulture, $"{xName} goes back {runs.Returns} {(runs.Returns == 1 ? "time" : "times")} and y does not go on from there: several curves in one table? All rows were used, in the order of {xName}")
                : $"the rows are not in the order of {xName}: they were sorted, and none counts as repeated by a resumed run");
        return string.Join("; ", parts);
    }

    private static string Words(MaskedRows rows, string xName)
    {
        var count = rows.Rows.Length;
        var where = rows.Reason == MaskReason.Superseded ? Stretch(rows, xName) : rows.X.All(double.IsFinite) ? $"at {xName} {List(rows.X)}" : $"in row {List([.. rows.Rows.Select(row => row + 1.0)])}";
        var number = count.ToString(CultureInfo.InvariantCulture);
        return rows.Reason switch
        {
            MaskReason.Missing => $"{number} missing or not finite {where}",
            MaskReason.NotPositive => $"{number} not above zero {where}",
            MaskReason.Superseded => $"{number} repeated by a resumed run {where}",
            _ => $"{number} {(count == 1 ? "spike" : "spikes")} {where}",
        };
    }

    private static string Stretch(MaskedRows rows, string xName) => rows.X.Length == 1 ? $"at {xName} {List(rows.X)}" : $"between {xName} {Number(rows.X.Min())} and {Number(rows.X.Max())}";

    private static string List(double[] values) => string.Join(", ", values.Take(MostNamed).Select(Number)) + (values.Length > MostNamed ? ", …" : "");

    private static string Number(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
