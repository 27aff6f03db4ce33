using System.CommandLine;
using Eigenflow.Scaling;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary>Options that say which columns of files are curves: the same for every command that reads curves.</summary>
internal sealed class CurveOptions
{
    private readonly Argument<string[]> files = new("file") { Description = "Tables with a heading: .csv, .tsv, .txt, .jsonl or .parquet with any names of columns, or .npy (columns 1, 2, …).", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> abscissa = new("--x") { Description = "Column of x (default: step, t, time, x, …, else the first column of numbers).", HelpName = "COLUMN" };
    private readonly Option<string?> ordinates = new("--y") { Description = "Columns of y, one curve each (default: loss, test_loss, …, else all other columns of numbers).", HelpName = "COLUMN,…" };
    private readonly Option<string?> group = new("--group") { Description = "Columns whose values tell curves apart, such as dimension,seed: one curve per combination.", HelpName = "COLUMN,…" };

    public CurveOptions(Command command)
    {
        command.Arguments.Add(files);
        foreach (var option in (Option<string?>[])[abscissa, ordinates, group])
            command.Options.Add(option);
    }

    /// <summary>Reads the curves.</summary>
    /// <param name="parse">What the user typed.</param>
    /// <param name="alsoGroup">Options of the command whose columns tell curves apart too.</param>
    public IReadOnlyList<TableCurve> Read(ParseResult parse, params IReadOnlyList<Option<string?>> alsoGroup)
    {
        var groups = Names(parse.GetValue(group));
        var also = alsoGroup.Select(option => (Option: option.Name.TrimStart('-'), Name: parse.GetValue(option)))
            .Where(pair => pair.Name is not null && !groups.Contains(pair.Name, StringComparer.OrdinalIgnoreCase))
            .DistinctBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(pair => pair.Name!, pair => pair.Option, StringComparer.Ordinal);
        return TableCurve.Read(parse.GetRequiredValue(files), new CurveColumns
        {
            X = parse.GetValue(abscissa),
            Y = Names(parse.GetValue(ordinates)),
            Group = [.. groups, .. also.Keys],
            GroupOptions = also,
        });
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Files(ParseResult parse) => parse.GetRequiredValue(files);

    /// <summary>The column of x, or null.</summary>
    public string? X(ParseResult parse) => parse.GetValue(abscissa);

    /// <summary>The columns of y, or null.</summary>
    public string? Y(ParseResult parse) => parse.GetValue(ordinates);

    /// <summary>The columns that tell curves apart, or null.</summary>
    public string? Group(ParseResult parse) => parse.GetValue(group);

    internal static IReadOnlyList<string> Names(string? text) => TypedNumbers.Names(text);
}
