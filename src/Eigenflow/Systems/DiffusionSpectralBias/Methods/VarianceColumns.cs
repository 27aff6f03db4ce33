using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Which columns of a file of measurements are variances of modes.</summary>
/// <param name="Modes">Names of the columns of modes.</param>
/// <param name="Numbers">Number of every mode, from 0.</param>
/// <param name="IsOwn">Whether they are columns as this program writes them, named by the numbers of the modes.</param>
/// <param name="LeftOut">Names of columns that are none.</param>
internal sealed record VarianceColumns(string[] Modes, int[] Numbers, bool IsOwn, string[] LeftOut)
{
    private const string NumberParts = "0123456789.+-eE";
    private const int FewestAlike = 2;
    private const int MostNamed = 8;

    private static readonly string[] NoModes =
    [
        "t", "tau", "time", "step", "steps", "epoch", "epochs", "n", "iteration", "iterations", "iter", "index", "run", "method", "seed", "replica", "kl", "kl-reverse", "alignment", "learned",
        "lr", "learning-rate", "learning_rate", "batch", "seconds", "accuracy", "fid",
    ];

    /// <summary>What was taken and what was not, in words.</summary>
    public string Note => string.Create(CultureInfo.InvariantCulture, $"{Modes.Length} columns are modes: {Named(Modes)}{(LeftOut.Length > 0 ? "; none are " + Named(LeftOut) : "")}");

    /// <summary>The columns of a table. Where it has columns variance1, variance2, … only these are modes; otherwise all that are not known to be something else, which have to be named alike if two of them are.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">Name of the column of times.</param>
    /// <exception cref="InputFileException">A column that is neither.</exception>
    public static VarianceColumns Of(ColumnTable table, string time)
    {
        RequireOneRun(table);
        string[] others = [.. table.Names.Where(name => name != time && !name.EndsWith(ReplicaColumns.Error, StringComparison.Ordinal))];
        var own = others.Select(name => (Name: name, Number: OwnNumber(name))).Where(one => one.Number > 0).OrderBy(one => one.Number).ToArray();
        if (own.Length > 0)
            return new([.. own.Select(one => one.Name)], [.. own.Select(one => one.Number - 1)], IsOwn: true, [.. others.Where(name => OwnNumber(name) == 0)]);
        string[] modes = [.. others.Where(name => !IsKnown(name))];
        var alike = modes.Where(name => char.IsAsciiDigit(name[^1])).GroupBy(Stem, StringComparer.Ordinal).MaxBy(group => group.Count());
        if (alike?.Count() >= FewestAlike && Array.Find(modes, name => !alike.Contains(name, StringComparer.Ordinal)) is { } odd)
        {
            throw new InputFileException(
                table.Path, $"it is not clear whether the column {Quoted(odd)} is a mode: it is not named like {Quoted(alike.First())}", "beside a column of training times columns of variances that are named alike; leave the column out, or name it like the others");
        }

        return new(modes, [.. Enumerable.Range(0, modes.Length)], IsOwn: false, [.. others.Where(IsKnown)]);
    }

    private static bool IsKnown(string name) =>
        NoModes.Contains(name, StringComparer.OrdinalIgnoreCase) || name.Contains("loss", StringComparison.OrdinalIgnoreCase) || (name.StartsWith("weight", StringComparison.Ordinal) && NumberOf(name, "weight") > 0);

    private static int OwnNumber(string name) => NumberOf(name, "variance");

    private static int NumberOf(string name, string stem) =>
        name.StartsWith(stem, StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Stem(string name) => name.TrimEnd(NumberParts.ToCharArray());

    private static string Quoted(string name) => DisplayText.Plain($"'{name}'");

    private static string Named(string[] names) => string.Join(", ", names.Take(MostNamed).Select(name => DisplayText.Plain($"{name}"))) + (names.Length > MostNamed ? ", ..." : "");

    private static void RequireOneRun(ColumnTable table)
    {
        if (table.NameOf("run") is not { } run)
            return;
        var count = table.IsNumeric(run) ? table.Numbers(run).Distinct().Count() : 1;
        if (count > 1)
            throw new InputFileException(table.Path, FormattableString.Invariant($"it holds {count} runs"), "the variances of one run");
    }
}
