using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>A run of a study with what its file says and what is derived from it.</summary>
internal sealed class CollectedRun(StudyRun run, RunRecord? record, string error)
{
    private readonly Dictionary<string, double> derived = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> halves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> outside = new(StringComparer.Ordinal);

    public StudyRun Run => run;

    /// <summary>What its file says, or null when it has none.</summary>
    public RunRecord? Record { get; private set; } = record;

    /// <summary>Why it has no file, or empty.</summary>
    public string Error => error;

    /// <summary><c>completed</c>, <c>diverged</c>, <c>failed</c> or <c>missing</c>.</summary>
    public string Status => Record?.Status ?? (error.Length > 0 ? "failed" : "missing");

    /// <summary>Name of the independent variable, the first column; empty where there is no file.</summary>
    public string Axis { get; } = record?.Columns.Keys.FirstOrDefault() ?? "";

    /// <summary>Columns of the trajectory that figures show.</summary>
    public IReadOnlyDictionary<string, double[]> Columns { get; private set; } = record?.Columns ?? new Dictionary<string, double[]>(StringComparer.Ordinal);

    /// <summary>Last value of every column.</summary>
    public IReadOnlyDictionary<string, double> Last { get; } =
        (record?.Columns ?? new Dictionary<string, double[]>(StringComparer.Ordinal)).Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value[^1], StringComparer.Ordinal);

    /// <summary>A number per run: derived quantity, numeric parameter, or column of the collected table (<see cref="KeptColumns"/>); not a number where there is none.</summary>
    public double Scalar(string name)
    {
        if (derived.TryGetValue(name, out var value))
            return value;
        return run.Setting[name] switch
        {
            double number => number,
            long whole => whole,
            _ => string.Equals(name, "pi", StringComparison.Ordinal) ? Math.PI : KeptColumns.Value(name, this),
        };
    }

    /// <summary>Value of a column by which runs are grouped, as text.</summary>
    public string Label(string name) => name switch
    {
        "method" => run.Method,
        "status" => Status,
        _ => derived.TryGetValue(name, out var value) ? WrittenNumber.RoundTrip(value)
            : KeptColumns.Value(name, this) is var kept && !double.IsNaN(kept) ? WrittenNumber.RoundTrip(kept) : Setting.Format(run.Setting[name]),
    };

    /// <summary>Whether it has the values that a selection asks for.</summary>
    public bool Matches(Selection only) =>
        only.Values.All(pair => pair.Value.Contains(Label(pair.Key), StringComparer.Ordinal))
        && only.Ranges.All(range => Scalar(range.Name) >= range.Low && Scalar(range.Name) <= range.High);

    /// <summary>Says that a quantity comes from a prediction that is out of its window here, and why.</summary>
    public void MarkOutside(string name, string reason) => outside[name] = reason;

    /// <summary>Why a formula rests on a prediction that is out of its window here; null where it does not.</summary>
    public string? Outside(Formula formula) => formula.Names.Select(name => outside.GetValueOrDefault(name)).FirstOrDefault(reason => reason is not null);

    /// <summary>Says the half-width of the 95 % interval of a quantity.</summary>
    public void SetHalf(string name, double half) => halves[name] = half;

    /// <summary>Half-width of the interval that fitted quantities leave in a formula: its largest change when each moves within its own interval, added up; null where it reads none.</summary>
    public double? Half(Formula formula)
    {
        var uncertain = formula.Names.Where(halves.ContainsKey).ToArray();
        if (uncertain.Length == 0)
            return null;
        var middle = formula.Evaluate(Scalar);
        return uncertain.Sum(moved => new[] { -halves[moved], halves[moved] }.Max(by => Math.Abs(formula.Evaluate(name => string.Equals(name, moved, StringComparison.Ordinal) ? Scalar(name) + by : Scalar(name)) - middle)));
    }

    public void Set(string name, double value) => derived[name] = value;

    /// <summary>Keeps only these columns, so that many runs fit in memory.</summary>
    public void Keep(IReadOnlySet<string> columns)
    {
        Columns = Columns.Where(pair => columns.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (Record is not null)
            Record = Record with { Columns = Columns };
    }

    /// <summary>Forgets what theory said of it: what follows has been derived.</summary>
    public void ForgetPredictions() => Record = Record is null ? null : Record with { Predictions = null };

    /// <summary>The same run with these columns.</summary>
    public CollectedRun With(IReadOnlyDictionary<string, double[]> columns)
    {
        var copy = (CollectedRun)MemberwiseClone();
        copy.Columns = columns;
        return copy;
    }
}
