using System.Text;
using Eigenflow.Data;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>Which columns of a table are read as a loss curve; null for those with a usual name.</summary>
public sealed record LossCurveColumns
{
    /// <summary>Column of steps, or of tokens or examples, which are then counted in units.</summary>
    public string? Step { get; init; }

    /// <summary>Column of losses; <c>COLUMN@VALUE</c> for the rows in which a column such as split holds a value.</summary>
    public string? Loss { get; init; }

    /// <summary>Column of learning rates.</summary>
    public string? Rate { get; init; }
}

/// <summary>
/// Finds columns by usual names: case, <c>/</c>, <c>-</c>, <c>.</c> and blanks do not matter, so that <c>train/loss</c> is <c>train_loss</c>;
/// nor does what an export writes before or after the name of a metric (<c>run-7 - train/loss</c>, but not <c>train/loss__MIN</c>).
/// </summary>
internal static class ColumnFinder
{
    public static readonly string[] StepNames =
    [
        "step", "steps", "global_step", "train_global_step", "trainer_global_step", "train_step", "iteration", "iterations", "iter", "train_iteration", "update", "updates", "num_updates", "_step", "batch_idx",
    ];

    public static readonly string[] UnitNames = ["tokens", "tokens_seen", "num_tokens", "train_tokens", "train_tokens_seen", "train_num_input_tokens_seen", "num_input_tokens_seen", "n_tokens", "examples", "samples", "train_samples", "consumed_samples", "consumed_tokens"];

    public static readonly string[] LossNames =
    [
        "loss", "test_loss", "val_loss", "valid_loss", "validation_loss", "eval_loss", "train_loss", "training_loss", "train_train_loss", "loss_train", "loss_val", "lm_loss", "train_lm_loss", "train_loss_step", "train_loss_epoch", "cross_entropy",
    ];

    public static readonly string[] RateNames =
    [
        "learning_rate", "lr", "train_learning_rate", "train_lr", "training_lr", "optim_lr", "optimizer_lr", "learning_rates", "lr_0", "lr_adam", "lr_adamw", "lr_sgd", "lr_adamw_pg1", "lr_adam_pg1", "lr_sgd_momentum", "lr_scheduler", "eta", "rate",
    ];

    public static readonly string[] BatchNames = ["batch", "batch_size", "train_batch_size", "bs", "global_batch_size"];

    public static readonly string[] SplitNames = ["split", "phase", "subset", "stage", "mode", "set", "dataset", "type", "kind"];

    /// <summary>All columns with one of the names, in the order of the names.</summary>
    public static IEnumerable<string> Matches(ColumnTable table, IReadOnlyList<string> names) =>
        names.SelectMany(name => table.Names.Where(own => string.Equals(Plain(own), name, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal);

    /// <summary>The column that was asked for.</summary>
    /// <exception cref="InputFileException">There is none.</exception>
    public static string Named(ColumnTable table, string name, string option) => table.NameOf(name) ?? Matches(table, [Plain(name)]).FirstOrDefault()
        ?? throw new InputFileException(table.Path, $"it has no column '{name}' (--{option})", $"one of the columns {string.Join(", ", table.Names.Take(30))}{(table.Names.Count > 30 ? ", …" : "")}");

    /// <summary>A name as it is compared.</summary>
    public static string Plain(string name)
    {
        var start = name.LastIndexOf(" - ", StringComparison.Ordinal);
        var text = new StringBuilder();
        foreach (var letter in start < 0 ? name : name[(start + 3)..])
            text.Append(letter is '/' or '-' or '.' or ' ' or ':' ? '_' : char.ToLowerInvariant(letter));
        return text.ToString();
    }
}
