using Eigenflow.Data;
using Eigenflow.Scaling.LossCurves;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Finds the columns of a table that make runs of a ladder, by usual names as <see cref="ColumnFinder"/> compares them.</summary>
internal sealed class LadderColumns
{
    public static readonly string[] ParameterNames =
        ["params", "parameters", "n_params", "num_params", "num_parameters", "n_parameters", "param_count", "model_params", "total_params", "non_embedding_params", "model_size", "n", "p"];

    public static readonly string[] WidthNames = ["width", "d_model", "hidden_size", "dimension", "size"];
    private static readonly string[] SeedNames = ["seed", "seed_id", "random_seed"];
    private static readonly string[] RunNames = ["run_id", "run", "run_name", "experiment"];
    private static readonly string[] ScheduleNames = ["schedule", "lr_schedule", "schedule_name", "scheduler"];
    private static readonly string[] ComputeNames = ["compute", "flops", "total_flops", "flop", "pflop", "pflops"];
    private static readonly string[] TraceNames = ["grad_cov_trace", "gradient_covariance_trace", "grad_covariance_trace", "tr_sigma", "trace"];
    private static readonly string[] TokensPerStepNames = ["tokens_per_step", "tokens_per_batch"];
    private static readonly string[] BatchNames = ["batch_size", "global_batch_size", "train_batch_size", "bs"];
    private static readonly string[] LengthNames = ["seq_len", "sequence_length", "seq_length", "context_length", "ctx_len", "block_size", "max_seq_len"];
    private static readonly string[] OtherTimes = ["t", "time"];

    private LadderColumns(ColumnTable table) => Table = table;

    public ColumnTable Table { get; }

    public required string Time { get; init; }

    public required string? Size { get; init; }

    public required string? Seed { get; init; }

    public required string? Run { get; init; }

    public required string? Schedule { get; init; }

    public required string? Rate { get; init; }

    public required string? Compute { get; init; }

    public required string? Trace { get; init; }

    public required string? TokensPerStep { get; init; }

    /// <summary>Column of examples per step, where there is none of tokens per step.</summary>
    public required string? Batch { get; init; }

    /// <summary>Column of tokens per example, beside <see cref="Batch"/>.</summary>
    public required string? Length { get; init; }

    /// <summary>Whether sizes are widths and not numbers of parameters.</summary>
    public required bool IsWidth { get; init; }

    /// <summary>Whether times are steps.</summary>
    public bool IsSteps => ColumnFinder.StepNames.Contains(ColumnFinder.Plain(Time), StringComparer.Ordinal);

    public static LadderColumns Of(ColumnTable table, LadderReading reading)
    {
        bool InName(string key) => reading.Name?.Names.Contains(key, StringComparer.Ordinal) == true;
        var time = reading.Time is { } given
            ? ColumnFinder.Named(table, given, "x")
            : Usual(ColumnFinder.UnitNames) ?? Usual(ColumnFinder.StepNames) ?? Usual(OtherTimes)
                ?? throw new InputFileException(table.Path, $"no column of training time among {List(table)}", "a column named tokens or step (or examples, iteration, t, …), or --x COLUMN");
        var size = InName("params") ? null : Chosen(reading.Size, "params", ParameterNames) ?? Usual(WidthNames);
        return new LadderColumns(table)
        {
            Time = time,
            Size = size,

            // A column that is called size is what --params says it is.
            IsWidth = size is not null && WidthNames.Contains(ColumnFinder.Plain(size), StringComparer.Ordinal) && !(reading.Size is not null && ColumnFinder.Plain(size) is "size"),
            Seed = InName("seed") ? null : Chosen(reading.Seed, "seeds", SeedNames),
            Run = InName("run") ? null : Chosen(reading.Run, "run", RunNames),
            Schedule = InName("schedule") ? null : Chosen(reading.Schedule, "schedule", ScheduleNames),
            Rate = Chosen(reading.Rate, "rate", ColumnFinder.RateNames),
            Compute = Chosen(reading.Compute, "compute", ComputeNames),
            Trace = Chosen(reading.Trace, "trace", TraceNames),
            TokensPerStep = InName("tokens_per_step") ? null : Usual(TokensPerStepNames),
            Batch = InName("tokens_per_step") || Usual(TokensPerStepNames) is not null ? null : Usual(BatchNames),
            Length = InName("tokens_per_step") || Usual(TokensPerStepNames) is not null ? null : Usual(LengthNames),
        };

        string? Usual(IReadOnlyList<string> names) => ColumnFinder.Matches(table, names).FirstOrDefault();

        string? Chosen(string? name, string option, IReadOnlyList<string> names) => name is not null ? ColumnFinder.Named(table, name, option) : Usual(names);
    }

    /// <summary>Numbers of a column; null without one.</summary>
    public double[]? Numbers(string? column) => column is null ? null : Table.Numbers(column);

    /// <summary>Counts of a column, such as 124M; null without one.</summary>
    public double[]? Quantities(string? column) => column is null ? null : Table.Quantities(column);

    /// <summary>Texts of a column, empty without one.</summary>
    public string[]? Texts(string? column) => column is null ? null : Table.Texts(column);

    public static string List(ColumnTable table) => string.Join(", ", table.Names.Take(30)) + (table.Names.Count > 30 ? ", …" : "");
}
