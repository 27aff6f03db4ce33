using Eigenflow.Data;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Variances of modes that were measured during training.</summary>
/// <param name="Times">Training times, ascending.</param>
/// <param name="Values">Variances, one array per mode; not a number where there was none.</param>
internal sealed record VarianceTrajectories(double[] Times, double[][] Values)
{
    private const int FewestRows = MeasuredPassage.FewestRows;
    private const int MostModes = 100_000;
    private const int MostMade = 1000;

    /// <summary>Number of every mode, from 0, as its column says.</summary>
    public int[] Numbers { get; init; } = [.. Enumerable.Range(0, Values.Length)];

    /// <summary>Whether the columns are named by the numbers of the modes, so that not all of them have to be there.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Which columns of the file are modes.</summary>
    public string Note { get; init; } = "";

    /// <summary>Number of modes.</summary>
    public int Modes => Values.Length;

    /// <summary>Reads a file, once per call of a host.</summary>
    public static VarianceTrajectories Read(string path) => InputScope.Once("variance trajectories", path, OfFile, all => 8.0 * all.Modes * all.Times.Length);

    /// <summary>Number of modes whose trajectories are made.</summary>
    public static int CountOf(DiffusionProblem problem) => Math.Min(problem.Dimension, MostMade);

    /// <summary>Those of the theory.</summary>
    public static VarianceTrajectories Of(DiffusionProblem problem, int points, CancellationToken cancellation)
    {
        var count = CountOf(problem);
        var solution = problem.Solve(new DiffusionTheory { Points = points, Shown = [.. Enumerable.Range(0, count)] }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new(solution.Times, [.. Enumerable.Range(1, count).Select(mode => solution[DiffusionColumns.Variance(mode).Name])]);
    }

    /// <summary>When a mode emerges.</summary>
    /// <param name="mode">From 0.</param>
    /// <param name="target">λ, or null for the last row.</param>
    /// <param name="criterion">The criterion.</param>
    public Emergence Emergence(int mode, double? target, Criterion criterion) => MeasuredPassage.Of(Times, Values[mode], target, criterion);

    /// <summary>What is to be known of the measurement.</summary>
    /// <param name="times">Emergence times.</param>
    /// <param name="targetsAreLast">Whether targets are the last rows.</param>
    public IEnumerable<string> Warnings(IReadOnlyList<Emergence> times, bool targetsAreLast)
    {
        var unresolved = times.Count(one => one.IsUnresolved);
        if (unresolved > 0)
            yield return FormattableString.Invariant($"{unresolved} of {Modes} modes are in no fit: their rows do not tell when they emerge to {MeasuredPassage.WidestError:P0}{(targetsAreLast ? ", or they are still on their way in the last ones" : "")}; save rows evenly in the logarithm of time, from long before the first mode emerges");
        var begun = times.Count(one => one.IsLate);
        if (begun > 0)
            yield return FormattableString.Invariant($"{begun} of {Modes} modes have made more than {MeasuredPassage.Levelled:P0} of their way before the first row: their starts are not those before training, which the intervals allow for; save a row at time 0");
        var late = Math.Max(0, Times.Length - 1 - (Times.Length / 10));
        var moving = Values.Count(one => double.IsFinite(one[late]) && double.IsFinite(one[^1]) && Math.Abs(one[^1] - one[late]) > MeasuredPassage.Levelled * Math.Abs(one[^1]));
        if (moving > 0)
            yield return FormattableString.Invariant($"{moving} of {Modes} modes still change by more than {MeasuredPassage.Levelled:P0} over the last tenth of the rows: their last rows are no targets; train longer, or give targets = spectrum");
        var none = times.Count(one => double.IsNaN(one.Time));
        if (none > 0)
            yield return FormattableString.Invariant($"{none} of {Modes} modes do not pass their threshold, or have fewer than {FewestRows} rows");
    }

    private static VarianceTrajectories OfFile(string path)
    {
        var table = ColumnTable.Read(path);
        var time = table.NameOf("t", "tau", "step", "steps", "time", "epoch", "n")
            ?? throw new InputFileException(path, "no column is named t, tau, step, time or epoch", table.NameOf("series") is not null && table.NameOf("panel") is not null ? "a column of training times, and one column of variances per mode: of the files beside a picture runs.csv" : "a column of training times, and one column of variances per mode");
        var columns = VarianceColumns.Of(table, time);
        var modes = columns.Modes;
        if (modes.Length is 0 or > MostModes)
            throw new InputFileException(path, FormattableString.Invariant($"it has {modes.Length} columns beside {time}"), FormattableString.Invariant($"1 to {MostModes} columns of variances, one per mode"));
        var times = table.Numbers(time);
        int[] order = [.. Enumerable.Range(0, table.Rows).Where(row => double.IsFinite(times[row])).OrderBy(row => times[row])];
        if (order.Length < FewestRows)
            throw new InputFileException(path, FormattableString.Invariant($"it has {order.Length} rows with a time"), FormattableString.Invariant($"at least {FewestRows} rows"));
        if (!(times[order[0]] >= 0))
            throw new InputFileException(path, FormattableString.Invariant($"{time} is {times[order[0]]:R} in a row"), "training times >= 0");
        for (var k = 1; k < order.Length; k++)
        {
            if (times[order[k]] == times[order[k - 1]])
                throw new InputFileException(path, FormattableString.Invariant($"{time} = {times[order[k]]:R} is in two rows"), "one row per training time");
        }

        var values = modes.Select(name => (Name: name, Numbers: table.Numbers(name))).ToArray();
        foreach (var (name, numbers) in values)
        {
            var wrong = Array.FindIndex(numbers, value => value < 0 || double.IsInfinity(value));
            if (wrong >= 0)
                throw new InputFileException(path, FormattableString.Invariant($"{DisplayText.Plain($"{name}")} is {numbers[wrong]:R} in row {wrong + 1}"), "finite variances >= 0");
        }

        return new([.. order.Select(row => times[row])], [.. values.Select(one => order.Select(row => one.Numbers[row]).ToArray())]) { Numbers = columns.Numbers, IsOwn = columns.IsOwn, Note = columns.Note };
    }
}
